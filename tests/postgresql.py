# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real PostgreSQL for the tests: made for this run, on a socket of its own, gone afterwards.

A plugin that pytest loads before Django reads its settings (see addopts). It does nothing unless
WATCHWORD_TEST_ENGINE is "postgresql"; workers of a parallel run inherit the address and share the server.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest

ENGINE, ADDRESS = "WATCHWORD_TEST_ENGINE", "WATCHWORD_TEST_DATABASE"
# Nothing here outlives the run, so nothing has to survive a power cut.
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path:
    """Where Debian keeps initdb and pg_ctl, which are not on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise pytest.UsageError("PostgreSQL is not installed; `make test` installs it.")
    return Path(elsewhere).parent


def as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package made an account for it."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        [*as_nobody_special(), *map(str, command)], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise pytest.UsageError(f"PostgreSQL did not start: {done.stdout}{done.stderr}")


def start() -> str:
    """Start a server and return the address that the settings take."""
    home = Path(tempfile.mkdtemp(prefix="ww-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data, bin_ = home / "data", programs()
    run(bin_ / "initdb", "-D", data, "-U", "watchword", "-A", "trust", "-E", "UTF8", "--no-sync", cwd=home)
    options = f"-k {home} {OPTIONS}"
    run(bin_ / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start", cwd=home)
    atexit.register(stop, bin_, data, home)
    return f"postgresql://watchword@{quote(str(home), safe='')}/watchword"


def stop(bin_: Path, data: Path, home: Path) -> None:
    run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop", cwd=home)
    shutil.rmtree(home, ignore_errors=True)


if os.environ.get(ENGINE) == "postgresql" and not os.environ.get(ADDRESS):
    os.environ[ADDRESS] = start()
