# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command as a person meets it: a process of its own, with a terminal that asks without an echo."""

import io
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from watchword.cli.main import main

WATCHWORD = [sys.executable, "-m", "watchword.cli.main"]
# The smallest Argon2id; the browser's rule about Secure cookies is not httpx's.
CHEAP = {
    "WATCHWORD_PASSPHRASE_PASSES": "1",
    "WATCHWORD_PASSPHRASE_KIB": "64",
    "WATCHWORD_SECURE_COOKIES": "false",
    "WATCHWORD_COURIER_SECONDS": "1",
}
ASKS = re.compile(r"(five words|Once more|shows now|Passphrase of \w+|of now|type yes): $")


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str = ""


def environment() -> dict[str, str]:
    """Ours without what the tests themselves are set up with."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("WATCHWORD", "DJANGO"))}
    return {**ours, **CHEAP}


def watchword(*words: str | Path, cwd: Path | None = None) -> Said:
    """Run to its end, without a terminal."""
    done = subprocess.run(
        [*WATCHWORD, *map(str, words)],
        env=environment(),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def here(*words: str | Path, cwd: Path | None = None) -> Said:
    """Run to its end in this process, a second sooner: for what is said before it becomes a program."""
    out, err = io.StringIO(), io.StringIO()
    mask = os.umask(0o077)
    try:
        with redirect_stdout(out), redirect_stderr(err), chdir(cwd or Path.cwd()):
            status = main([str(word) for word in words])
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
        err.write("" if isinstance(ended.code, int) else f"{ended.code}\n")
    finally:
        os.umask(mask)
    return Said(status, out.getvalue(), err.getvalue())


def at_a_terminal(answer: Callable[[str], str], *words: str | Path) -> Said:
    """Run to its end; ``answer`` is given everything printed so far each time that something is asked."""
    process, screen = pty.fork()
    if process == 0:
        # Whoever started the tests in the background may have had them ignore Ctrl-C, which is inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(WATCHWORD[0], [*WATCHWORD, *map(str, words)], environment())
    heard = ""
    with open(screen, "r+b", buffering=0) as terminal:
        while True:
            try:
                more = terminal.read(65536)
            except OSError:  # how Linux says that nobody holds the other end
                break
            heard += more.decode(errors="replace")
            if ASKS.search(heard):
                terminal.write(answer(heard).encode())
    return Said(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), heard.replace("\r\n", "\n"))
