# SPDX-License-Identifier: AGPL-3.0-or-later
"""Megabytes a second of a file on its way in, and the Gate's memory, beside the same upload kept plain.

Turn and turn about over the same loopback, each to a server of its own process, until it is durable:

* *kept plain*: waitress as it comes, which spools to a temporary file, and a view that copies it to a disk;
* *sealed on arrival*: the form of a page without scripts, spooled encrypted, sealed and stored in pieces;
* *sealed before*: an age file that the applicant's own machine has made, in pieces of the upload protocol.
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import httpx

from bench.mailbox_town import in_a_process_of_its_own, open_gate
from bench.submission import found
from bench.timing import goal, medians, table
from tests.ports import free_port
from watchword.core.sealing.frame import Frame, pack_stream
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal_stream

MEGABYTES = int(sys.argv[1]) if len(sys.argv) > 1 else 100
ROUNDS, BLOCK = 3, 1_000_000
PLAIN, ARRIVAL, BEFORE = "kept plain", "sealed on arrival", "sealed before"
BOUNDARY = "a-boundary-that-no-file-holds"


def visitor(home: Path) -> None:
    """Somebody with a begun application; what the browser holds of it is written down for the client."""
    open_gate(home)
    from tests.gate.applicant import Dov

    dov = Dov()
    dov.begins()
    dov.browser.open("/files/")
    cookies = {name: cookie.value for name, cookie in dov.browser.client.cookies.items()}
    (home / "visitor.json").write_text(json.dumps(cookies), encoding="utf-8")


def gate(home: Path, port: int) -> None:
    """The real server of the Gate."""
    open_gate(home)
    from watchword.cli import serve

    serve.serve("gate", serve.Door("127.0.0.1", port))


def plain(home: Path, port: int) -> None:
    """A server that keeps what it is sent."""
    from waitress import serve

    def keep(environ: dict[str, Any], answer: Callable[..., object]) -> list[bytes]:
        source = environ["wsgi.input"]
        with (home / "plain.bin").open("wb") as out:
            while block := source.read(BLOCK):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        answer("302 Found", [("Location", "/"), ("Content-Length", "0")])
        return []

    serve(keep, host="127.0.0.1", port=port, _quiet=True)


def form(token: str) -> Iterator[bytes]:
    """The body of the form, in pieces."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
    yield head.encode()
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'.encode()
    yield from content()
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def content() -> Iterator[bytes]:
    block = bytes(range(250)) * (BLOCK // 250)
    yield b"%PDF-1.7\n" + block[9:]
    for _ in range(MEGABYTES - 1):
        yield block


def post_form(client: httpx.Client, path: str) -> None:
    body = list(form(client.cookies["csrftoken"]))
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(sum(map(len, body))),
    }
    answer = client.post(path, content=iter(body), headers=headers)
    if answer.status_code != httpx.codes.FOUND:
        raise SystemExit(f"the upload was refused: {answer.status_code}")


class Sealed:
    """An age file made before the clock runs, handed over in pieces."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._headers = {"X-CSRFToken": client.cookies["csrftoken"]}

    def prepare(self) -> tuple[str, list[bytes]]:
        asked = {"kind": "file:2", "compartment": "evidence"}
        told = self._client.post("/sealed/", json=asked, headers=self._headers).raise_for_status().json()
        frame = Frame(bytes.fromhex(told["case"]), told["compartment"], told["revision"])
        readers = [Recipient.parse(one) for one in told["recipients"]]
        whole = b"".join(seal_stream(pack_stream(frame, content()), readers))
        return told["uid"], [whole[at : at + told["piece"]] for at in range(0, len(whole), told["piece"])]

    def send(self, uid: str, pieces: list[bytes]) -> float:
        began = time.perf_counter()
        for seq, piece in enumerate(pieces):
            self._client.put(f"/sealed/{uid}/{seq}/", content=piece, headers=self._headers).raise_for_status()
        ended = {"pieces": len(pieces), "size": sum(map(len, pieces))}
        self._client.post(f"/sealed/{uid}/finish/", json=ended, headers=self._headers).raise_for_status()
        return time.perf_counter() - began


def peak(process: SpawnProcess) -> float:
    """The most memory that a process has held, in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000


def started(work: Callable[[Path, int], None], home: Path) -> tuple[SpawnProcess, httpx.Client]:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(home, port), daemon=True)
    process.start()
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600, trust_env=False)
    for _ in range(200):
        try:
            client.get("/safety/" if work is gate else "/")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return process, client
    raise SystemExit("a server did not start")


def measure(home: Path) -> None:
    cookies = json.loads((home / "visitor.json").read_text(encoding="utf-8"))
    (gate_process, client), (plain_process, other) = started(gate, home), started(plain, home)
    client.cookies.update(cookies)
    other.cookies.update(cookies)
    before = peak(gate_process)
    sealed, times = Sealed(client), []

    def send() -> None:
        times.append(sealed.send(*sealed.prepare()))

    work = {
        PLAIN: lambda: post_form(other, "/"),
        ARRIVAL: lambda: post_form(client, "/files/?into=1"),
        BEFORE: send,
    }
    seconds = medians(work, ROUNDS)
    seconds[BEFORE] = sorted(times[1:])[len(times[1:]) // 2]
    rates = {name: MEGABYTES / taken for name, taken in seconds.items()}
    table(f"A file of {MEGABYTES} MB until it is durable", rates, "MB/s", PLAIN)
    grown = peak(gate_process) - before
    print(f"  memory: the Gate {before:.0f} MB before and {before + grown:.0f} MB at its highest;", end=" ")
    print(f"the plain server {peak(plain_process):.0f} MB")
    goal("a file of any size in 128 MB of memory, times", 128 / grown, 1)
    for process in (gate_process, plain_process):
        process.terminate()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "organisation"
        for step in (found, visitor):
            in_a_process_of_its_own(step, home)
        measure(home)


if __name__ == "__main__":
    main()
