# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword run gate|desk`: one of the two programs, in one process, ready for a browser."""

import argparse
import io
import os
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from watchword.cli import directory

PORTS = {"gate": 8731, "desk": 8732}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Under which address each program takes more than a form; see ``spool`` for where it waits meanwhile.
LARGE = {"gate": "/files/", "desk": "nowhere"}
# What a form of files adds to them.
AROUND_A_FILE = 2**20
# Waitress stops asking the program for more long before so many bytes of an answer wait to be read.
WAITING_ANSWER = 64 * 2**20


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("run", help="start the Gate or the Desk")
    command.add_argument("program", choices=sorted(PORTS))
    command.add_argument(
        "--dir", type=Path, required=True, help="the program's directory, made by `watchword init`"
    )
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    command.add_argument("--port", type=int, help="default: 8731 for the Gate, 8732 for the Desk")
    command.add_argument(
        "--socket", type=Path, help="listen on this Unix socket and on no port, as Tor prefers"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check(args.program, args.dir)
    except directory.Unusable as reason:
        sys.exit(f"watchword: {reason}.")
    prepare(args.program, args.dir)
    call_command("migrate", verbosity=0, interactive=False)
    refuse_unsafe_start(args.host)
    serve(args.program, Door(args.host, args.port or PORTS[args.program], args.socket))
    return 0


@dataclass(frozen=True)
class Door:
    """Where a program listens: on a Unix socket where there is one, else at a host and port."""

    host: str
    port: int
    socket: Path | None = None

    def __str__(self) -> str:
        return f"unix:{self.socket}" if self.socket else f"http://{self.host}:{self.port}/"

    @property
    def options(self) -> dict[str, Any]:
        """As waitress wants it; the socket is open to its group, which is Tor's."""
        if self.socket:
            return {"unix_socket": str(self.socket), "unix_socket_perms": "660"}
        return {"host": self.host, "port": self.port}


def prepare(program: str, home: Path) -> None:
    """Make this process the ``program`` whose data is in ``home``."""
    # Databases and sealed bodies are this account's alone.
    os.umask(0o077)
    os.environ["WATCHWORD_DIR"] = str(home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = f"watchword.config.settings.{program}"
    # Any library that wants to spool something to a temporary file fails instead: see docs/threat-model.md.
    tempfile.tempdir = str(home / "no-temporary-files")
    django.setup()


def refuse_unsafe_start(host: str) -> None:
    """Leave with a sentence when a system check finds an error, or a demo would be open to a network."""
    from django.conf import settings

    if settings.WATCHWORD_DEMO and host not in LOOPBACK:
        sys.exit("This is a demo: its second factor is shown on the page. It starts on 127.0.0.1 only.")
    try:
        # With the database: some checks look whether its guards are in place.
        call_command("check", databases=["default"], stdout=io.StringIO())
    except SystemCheckError as found:
        sys.exit(str(found))


def serve(program: str, door: Door) -> None:
    """Answer requests until stopped; the Desk's courier runs beside, in a thread."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress.server import BaseWSGIServer, create_server

    from watchword import profiles
    from watchword.cli import spool

    application = get_wsgi_application()
    largest = profiles.load(settings.WATCHWORD_PROFILE).attachment_limit + AROUND_A_FILE
    BaseWSGIServer.channel_class = spool.channel(
        spool.Room(settings.WATCHWORD_DIR, spool.free_bytes), LARGE[program]
    )
    stop = threading.Event()
    if program == "desk":
        from watchword.courier.deskside import rounds

        threading.Thread(target=rounds.run, args=(stop,), name="courier", daemon=True).start()
    try:
        listening = create_server(
            application,
            **door.options,
            threads=8,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=largest,
            # Waitress itself never makes a temporary file, neither for a request nor for an answer.
            inbuf_overflow=2 * largest,
            outbuf_overflow=WAITING_ANSWER,
        )
        print(f"{program} listens on {door}", flush=True)
        listening.run()
    except OSError as error:
        sys.exit(f"watchword: {program} cannot listen on {door}: {error.strerror}.")
    finally:
        stop.set()
