# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest check`: whether the roots vouch for a manifest, and the mark to compare with paper."""

import argparse
from datetime import UTC, datetime

from watchword.cli import directory, manifest_words
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import Untrusted, believe, read_draft


def run(args: argparse.Namespace) -> int:
    """Tell who signed and what it says; 0 only when it is signed as it must be and in force today."""
    roots, needed = believed(args)
    raw = args.file.read_bytes()
    draft = read_draft(raw)
    print(*manifest_words.described(draft.manifest), sep="\n")
    print(f"Names under it: {', '.join(draft.signed_by) or 'none'}")
    manifest = believe(raw, roots, needed)
    today = datetime.now(UTC).date()
    print(
        f"\nGenuine: {needed} or more of these {len(roots)} roots signed it, and nothing was changed since."
    )
    print(manifest_words.in_force(manifest, today))
    print("\nThe mark of these roots. Every card and the Gate's own page must show the same:")
    print(*manifest_words.mark(of_roots(roots, needed), args.language), sep="\n")
    if args.dir:
        print("\nCopy it as manifest.note into the directories of Desk and Gate; they notice by themselves.")
    return 0 if manifest.published <= today <= manifest.expires else 1


def believed(args: argparse.Namespace) -> tuple[list[str], int]:
    """The roots to believe: those named, or those in a program's settings."""
    if args.root:
        return args.root, args.needed
    if args.dir is None:
        raise Untrusted(
            "say whose signatures count: --dir with a program's directory,"
            " or --root with each of the public keys that the founders printed"
        )
    return settings_of(args)


def settings_of(args: argparse.Namespace) -> tuple[list[str], int]:
    """Read as text: who checks a manifest need not become the program that uses it."""
    lines = (args.dir / directory.SETTINGS).read_text(encoding="utf-8").splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line)
    try:
        return found["WATCHWORD_ROOTS"].split(","), int(found.get("WATCHWORD_ROOTS_NEEDED", "2"))
    except (KeyError, ValueError):
        raise Untrusted(f"{args.dir / directory.SETTINGS} names no roots") from None
