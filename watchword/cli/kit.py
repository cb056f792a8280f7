# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword kit make | sign | check`: the file in which an applicant answers and seals without a network."""

import argparse
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.founding import read_root
from watchword.cli.manifest import complaining
from watchword.cli.manifest_check import believed

KIT, NOTE = "kit.html", "kit.note"


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("kit", help="make, sign or check the offline kit for applicants")
    steps = command.add_subparsers(dest="step", required=True, metavar="STEP")
    make = steps.add_parser("make", help="write the kit, from a Gate's profile and manifest")
    make.add_argument("--dir", type=Path, required=True, help="the Gate's directory")
    make.add_argument("-o", "--output", type=Path, help=f"default: {KIT} in that directory")
    make.set_defaults(run=run_make)
    sign = steps.add_parser("sign", help="where a root is kept: put its signature beside the kit")
    sign.add_argument("kit", type=Path)
    sign.add_argument("--root", type=Path, required=True, help="the root's key file")
    sign.add_argument("-o", "--output", type=Path, required=True, help=f"{NOTE}; signatures there are kept")
    sign.set_defaults(run=run_sign)
    check = steps.add_parser("check", help="anywhere: whether the roots signed just this file")
    check.add_argument("kit", type=Path)
    check.add_argument("note", type=Path)
    check.add_argument("--dir", type=Path, help="believe the roots of this program's directory")
    check.add_argument("--root", action="append", default=[], help="a root's public key; give all of them")
    check.add_argument("--needed", type=int, default=2, help="how many must have signed (default: 2)")
    check.set_defaults(run=run_check)


def run_make(args: argparse.Namespace) -> int:
    return complaining(lambda: make(args))


def run_sign(args: argparse.Namespace) -> int:
    return complaining(lambda: sign(args))


def run_check(args: argparse.Namespace) -> int:
    return complaining(lambda: check(args))


def make(args: argparse.Namespace) -> int:
    directory.check("gate", args.dir)
    serve.prepare("gate", args.dir)
    from watchword.cli import kit_file

    target = args.output or args.dir / KIT
    target.write_bytes(kit_file.build_here())
    print(f"{target} is written. Two officers sign it:  watchword kit sign {target} --root ... -o {NOTE}")
    return 0


def sign(args: argparse.Namespace) -> int:
    from watchword.trust.kit_note import sign_kit

    before = args.output.read_bytes() if args.output.exists() else b""
    root = read_root(args.root)
    args.output.write_bytes(sign_kit(args.kit.read_bytes(), root, before))
    print(f"{root.name} has signed. Put kit and signatures into the Gate's directory, as {KIT} and {NOTE}.")
    return 0


def check(args: argparse.Namespace) -> int:
    from watchword.trust.kit_note import check_kit

    roots, needed = believed(args)
    check_kit(args.kit.read_bytes(), args.note.read_bytes(), roots, needed)
    print(f"Genuine: {needed} or more of these {len(roots)} roots signed just this file.")
    return 0
