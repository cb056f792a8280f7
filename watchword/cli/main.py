# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: `watchword COMMAND ...`. Each command lives in a module of its own."""

import argparse
import sys

from django.core.exceptions import ImproperlyConfigured

from watchword import __version__
from watchword.cli import (
    backup,
    cards,
    clones,
    custodian,
    demo,
    deploy,
    doctor,
    forms,
    gate_torrc,
    init,
    keepers,
    kit,
    ledger,
    lists,
    manifest,
    matcher,
    metrics,
    profile,
    retention,
    role_keys,
    screen,
    sealing,
    serve,
)

COMMANDS = (
    demo,
    init,
    serve,
    deploy,
    doctor,
    metrics,
    gate_torrc,
    manifest,
    role_keys,
    keepers,
    custodian,
    cards,
    clones,
    kit,
    profile,
    forms,
    sealing,
    ledger,
    lists,
    screen,
    matcher,
    retention,
    backup,
)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="watchword",
        description="Sealed intake, vetting and protection of volunteers at risk.",
    )
    top.add_argument("--version", action="version", version=f"watchword {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_arguments(commands)
    return top


def main(argv: list[str] | None = None) -> int:
    args = parser().parse_args(argv)
    run = args.run
    try:
        return int(run(args) or 0)
    except ImproperlyConfigured as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
