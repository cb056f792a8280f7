# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest make`: the next version of the manifest, with each role's key of today, unsigned."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from watchword.cli import manifest_words
from watchword.trust.manifest import Manifest, RoleAddress, Untrusted, believe, read_draft

DAYS, MOST_DAYS = 90, 120


def run(args: argparse.Namespace) -> int:
    """In a process that has become the Desk."""
    before = present()
    fresh = renewed(before, datetime.now(UTC), days_of(args.days), addresses(args.address or before.gates))
    read_draft(fresh.text().encode())
    args.output.write_text(fresh.text(), encoding="utf-8")
    print(*manifest_words.described(fresh), sep="\n")
    told = list(manifest_words.changes(before, fresh)) or ["nothing but the dates"]
    print("\nWhat changes:", *told, sep="\n  ")
    print(
        f"\nNobody has signed {args.output} yet. Bring it to two of the officers who keep a root; each runs:"
        f"\n  watchword manifest sign {args.output.name} --root ROOT.key -o {args.output.name}"
    )
    return 0


def present() -> Manifest:
    """The manifest that the roots signed last, also when its time is over."""
    from django.conf import settings

    raw = Path(settings.WATCHWORD_MANIFEST).read_bytes()
    return believe(raw, settings.WATCHWORD_ROOTS, settings.WATCHWORD_ROOTS_NEEDED)


def renewed(manifest: Manifest, now: datetime, days: int, gates: tuple[str, ...]) -> Manifest:
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
        expires=(now + timedelta(days=days)).date(),
        roles={**manifest.roles, **roles},
        gates=gates,
    )


def days_of(days: int) -> int:
    """A number of days that is a life for a manifest."""
    if not 1 <= days <= MOST_DAYS:
        raise Untrusted(f"a manifest is in force for 1 to {MOST_DAYS} days, not {days}")
    return days


def addresses(given: Iterable[str]) -> tuple[str, ...]:
    """The Gate's addresses, each one that a browser can open."""
    for address in given:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not address.isascii():
            raise Untrusted(f"{address} is not an address: write it as http://….onion/ or https://…/")
    return tuple(given)
