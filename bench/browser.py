# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seconds and memory of sealing in a real browser, with its compiler and without it, and what a page loads.

Without the compiler (``--jitless``) is how Tor Browser runs at its safer settings. The worker is the one that
pages load; the page around it is empty.
"""

import contextlib
import gzip
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route, sync_playwright

from bench.timing import goal, table
from watchword.core.sealing.recipients import Identity

BUILT = Path(__file__).parents[1] / "watchword" / "web" / "static" / "built"
ADDRESS = "http://127.0.0.1:9/"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MODES = {"with the compiler": [], "without (jitless)": ["--js-flags=--jitless"]}
SIZES = {"10 kB": 10_000, "10 MB": 10_000_000}
READERS, ROUNDS = 3, 3
ASK = """([act, size, fields]) => new Promise((resolve, reject) => {
    window.worker ??= new Worker('/gate-worker.js');
    if (size) fields.payload = new Uint8Array(size);
    const from = performance.now();
    window.worker.onmessage = ({data}) => {
        if ('failed' in data) reject(data.failed);
        if ('answer' in data) resolve((performance.now() - from) / 1000);
    };
    window.worker.postMessage({act, ...fields});
})"""


def main() -> None:
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}
    with sync_playwright() as playwright:
        for mode, flags in MODES.items():
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS + flags)
            measured(browser, mode, seconds, memory)
            browser.close()
    milliseconds = {name: value * 1000 for name, value in seconds.items()}
    table("Time in the worker", milliseconds, "ms", "seal 10 kB, with the compiler")
    table("Peak memory of the page's process", memory, "MB", "an empty page, with the compiler")
    goal("10 MB without the compiler, in 30 seconds", 30 / seconds["seal 10 MB, without (jitless)"], 1)
    goal("a receipt without the compiler, in 10 seconds", 10 / seconds["receipt, without (jitless)"], 1)
    for name in ("gate.js", "gate-worker.js", "gate.css"):
        data = (BUILT / name).read_bytes()
        print(f"{name}: {len(data):,} bytes, {len(gzip.compress(data, 9)):,} gzipped")


def measured(browser: Browser, mode: str, seconds: dict[str, float], memory: dict[str, float]) -> None:
    with opened(browser) as page:
        memory[f"an empty page, {mode}"] = peak_of_renderers()
        recipients = [str(Identity.generate().recipient) for _ in range(READERS)]
        frame = {"case": "0" * 32, "compartment": "story", "revision": 1}
        for name, size in SIZES.items():
            told = {"recipients": recipients, "frame": frame}
            seconds[f"seal {name}, {mode}"] = typical(page, "seal", size, told)
            memory[f"after {name}, {mode}"] = peak_of_renderers()
        asked = {"digits": "123456789012345678901234567839", "organisation": "bench"}
        seconds[f"receipt, {mode}"] = typical(page, "derive", 0, asked)


def typical(page: Page, act: str, size: int, told: Mapping[str, object]) -> float:
    """The median of a few, after one that starts the worker."""
    page.evaluate(ASK, [act, size and 100, told])
    return median(float(page.evaluate(ASK, [act, size, told])) for _ in range(ROUNDS))


@contextlib.contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """An empty page that may load the worker, as it is built."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        script = route.request.url.endswith(".js")
        body = (BUILT / "gate-worker.js").read_bytes() if script else b"<!doctype html><title>bench</title>"
        route.fulfill(body=body, content_type="text/javascript" if script else "text/html")

    page.context.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    page.close()


def peak_of_renderers() -> float:
    """The largest resident set that a page's process of ours ever had, in MB."""
    peaks = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            if b"--type=renderer" in (status.parent / "cmdline").read_bytes() and ours(status):
                peaks.append(int(field(status, "VmHWM").split()[0]))
    return max(peaks) / 1000


def ours(status: Path) -> bool:
    """Whether this process descends from the one that measures: other browsers may run beside."""
    parent = int(field(status, "PPid"))
    if parent <= 1:
        return False
    return parent == os.getpid() or ours(Path(f"/proc/{parent}/status"))


def field(status: Path, name: str) -> str:
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(line.partition(":")[2] for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
