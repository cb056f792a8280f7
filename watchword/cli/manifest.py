# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest`: a new manifest with the role keys of today, signed by the roots that are present."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.directory import Unusable
from watchword.cli.founding import read_root
from watchword.cli.founding_answers import CannotFound
from watchword.trust.manifest import Manifest, RoleAddress, Untrusted, believe, sign

LIFE = timedelta(days=90)


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("manifest", help="sign the keys of today with two of the roots")
    command.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    command.add_argument(
        "--root", type=Path, action="append", required=True, help="a root's key file; give it twice"
    )
    command.add_argument(
        "--output", type=Path, required=True, help="where to write; copy it to both programs"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check("desk", args.dir)
        roots = [read_root(path) for path in args.root]
        serve.prepare("desk", args.dir)
        fresh = renewed(present(), datetime.now(UTC))
        signed = sign(fresh, roots)
        check(signed, fresh)
    except (Unusable, CannotFound, Untrusted, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    args.output.write_bytes(signed)
    print(f"Version {fresh.version}, in force until {fresh.expires}. Fingerprint: {fresh.fingerprint}")
    print("Copy it as manifest.note into the directories of Desk and Gate; they notice by themselves.")
    return 0


def present() -> Manifest:
    """The manifest that the roots signed last, also when its time is over."""
    from django.conf import settings

    raw = Path(settings.WATCHWORD_MANIFEST).read_bytes()
    return believe(raw, settings.WATCHWORD_ROOTS, settings.WATCHWORD_ROOTS_NEEDED)


def renewed(manifest: Manifest, now: datetime) -> Manifest:
    """The next version: the same organisation, and each role's key of today."""
    from watchword.accounts import selectors

    roles = {}
    for role in manifest.roles:
        key = selectors.current_role_key(role)
        if key is not None:
            roles[role] = RoleAddress(key.epoch, key.recipient)
    return replace(
        manifest,
        version=manifest.version + 1,
        published=now.date(),
        expires=(now + LIFE).date(),
        roles={**manifest.roles, **roles},
    )


def check(signed: bytes, manifest: Manifest) -> None:
    """Refuse to hand out what the two programs would refuse to believe."""
    from django.conf import settings

    if believe(signed, settings.WATCHWORD_ROOTS, settings.WATCHWORD_ROOTS_NEEDED) != manifest:
        raise Untrusted("the new manifest does not read back as it was written")
