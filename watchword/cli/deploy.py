# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword deploy`: what systemd, nginx, PostgreSQL and Tor must be told, each line with its reason."""

import argparse
import re
import sys
from importlib.resources import files
from pathlib import Path
from string import Template

from watchword.cli.gate_torrc import SOCKET, torrc

TITLES = {"gate": "Gate", "desk": "Desk", "matcher": "matcher"}
# By program: the template, and the name under which it is written.
FILES = {
    "gate": {"gate.service": "watchword-gate.service", "gate.steps": "order.txt"},
    "desk": {
        "desk.service": "watchword-desk.service",
        "desk.steps": "order.txt",
        "ledger.sql": "ledger.sql",
    },
    "matcher": {
        "matcher.service": "watchword-matcher.service",
        "matcher.steps": "order.txt",
        "matcher.sysusers.conf": "sysusers.conf",
    },
}
# Of those that browsers reach.
SHARED = ("nginx.conf", "sysusers.conf", "roles.sql")
DOORLESS = "matcher"
# MiB: the largest file that a profile may allow, and the form around it.
LARGEST = 501
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
PLACE = re.compile(r"/[A-Za-z0-9/._-]*")


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("deploy", help="write the files for systemd, nginx, PostgreSQL and Tor")
    command.add_argument(
        "part", choices=sorted(TITLES), help="one program; Gate and Desk have a machine of their own each"
    )
    command.add_argument(
        "--name", default="", help="the host name under which browsers reach it; the matcher has none"
    )
    command.add_argument("--to", type=Path, required=True, help="a new folder for what is written")
    command.add_argument(
        "--program", default="/opt/watchword/bin/watchword", help="where the program will be"
    )
    command.add_argument("--home", default="/var/lib/watchword", help="where its folder will be")
    command.add_argument(
        "--certificates", default="/etc/letsencrypt/live", help="a folder for each host name"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    wrong = [value for value in (args.program, args.home, args.certificates) if not PLACE.fullmatch(value)]
    if wrong:
        print(f"watchword: {wrong[0]!r} must be a whole path of plain letters", file=sys.stderr)
        return 1
    if not HOST.fullmatch(args.name) and args.part != DOORLESS:
        print(f"watchword: {args.name!r} is not a host name, such as gate.example.org", file=sys.stderr)
        return 1
    if args.to.exists():
        print(f"watchword: {args.to} is there already; name a new folder", file=sys.stderr)
        return 1
    args.to.mkdir(parents=True)
    written = configuration(args.part, args.name, args.program, args.home, args.certificates)
    for name, text in written.items():
        (args.to / name).write_text(text, encoding="ascii")
    print(f"Written to {args.to}. Begin with order.txt.")
    return 0


def configuration(part: str, name: str, program: str, home: str, certificates: str) -> dict[str, str]:
    """Every file by its name. Nothing in them is secret: keys and settings stay in the program's folder."""
    words = {
        "part": part,
        "title": TITLES[part],
        "name": name,
        "program": program,
        "home": home.rstrip("/"),
        "certificates": certificates.rstrip("/"),
        "largest": str(LARGEST),
    }
    written = {target: _filled(template, words) for template, target in FILES[part].items()}
    if part != DOORLESS:
        written |= {template: _filled(template, words) for template in SHARED}
    if part == "gate":
        written["torrc"] = torrc("/var/lib/tor/watchword", f"unix:{SOCKET}", "")
    return written


def _filled(template: str, words: dict[str, str]) -> str:
    text = (files("watchword.cli") / "deployment" / template).read_text(encoding="ascii")
    return Template(text).substitute(words)
