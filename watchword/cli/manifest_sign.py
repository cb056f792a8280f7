# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest sign`: one officer reads what a draft says, and puts one root's signature under it."""

import argparse

from watchword.cli import manifest_words
from watchword.cli.founding import read_root
from watchword.trust.manifest import Untrusted, add_signature, read_draft, unchecked


def run(args: argparse.Namespace) -> int:
    """Needs no settings and no network: this program, the draft and the root's file."""
    root = read_root(args.root)
    raw = args.draft.read_bytes()
    draft = read_draft(raw)
    print(*manifest_words.described(draft.manifest), sep="\n")
    if args.before:
        told = list(manifest_words.changes(unchecked(args.before.read_bytes()), draft.manifest))
        print("\nWhat changes:", *(told or ["nothing but the dates"]), sep="\n  ")
    print(f"\nSigned so far by: {', '.join(draft.signed_by) or 'nobody'}.")
    if root.name in draft.signed_by:
        raise Untrusted(f"{root.name} has signed this already; another officer must be the second")
    if not args.yes and not agreed(root.name):
        print("Nothing was signed.")
        return 1
    args.output.write_bytes(add_signature(raw, root))
    print(f"{root.name} has signed. {args.output} now has {len(draft.signed_by) + 1} signatures.")
    print(f"When two have signed:  watchword manifest check {args.output} --dir the-directory-of-the-Desk")
    return 0


def agreed(name: str) -> bool:
    """Whether the officer types the name of the root: a yes is typed too quickly."""
    try:
        return input(f"To sign all of this, type {name}: ").strip() == name
    except EOFError:
        return False
