# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword matcher ...`: the process that finds second applications, and those who open its key."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from watchword.core.refusals import Refused
from watchword.core.sealing.errors import NoMatchingKey, SealingError
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal
from watchword.matcher import sealed_key, server
from watchword.matcher.client import Client, State
from watchword.matcher.keys import new_secret
from watchword.matcher.service import Matcher

NEEDED = 2
# Seconds that a rotation of a large table may take.
PATIENCE = 3600.0


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("matcher", help="the process that finds second applications, and its key")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = _verb(verbs, "init", "make a key, each share sealed to one custodian")
    make.add_argument("--needed", type=int, default=NEEDED, help=f"shares that open it (default: {NEEDED})")
    make.add_argument("--to", action="append", required=True, metavar="age1pq1...", help="a custodian's key")
    _verb(verbs, "run", "start it; it is locked until it is unlocked")
    unlock = _verb(verbs, "unlock", "open one's own share and hand it over")
    unlock.add_argument("-i", "--identity", type=Path, required=True, help="a custodian's identity file")
    _verb(verbs, "state", "say whether it is locked")
    _verb(verbs, "lock", "make it forget its key until it is unlocked again")
    _verb(verbs, "rotate", "put a new secret on top of the old ones, for the same custodians")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.add_argument("--dir", type=Path, required=True, help="the matcher's own folder")
    verb.set_defaults(run=run)
    return verb


def run(args: argparse.Namespace) -> int:
    try:
        VERBS[args.verb](args)
    except (Refused, SealingError, OSError, UnicodeDecodeError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0


def init(args: argparse.Namespace) -> None:
    """Make the folder, for this account alone; an existing key is never touched."""
    args.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (args.dir / sealed_key.FILE).exists():
        raise FileExistsError(f"{args.dir} has a key already")
    key = sealed_key.write(args.dir, [new_secret()], args.needed, args.to)
    print(f"Key {key.fingerprint}: {key.needed} of {len(key.recipients)} custodians open it.")


def start(args: argparse.Namespace) -> None:
    """Answer until stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    matcher = Matcher(args.dir)
    with server.listen(args.dir) as listening:
        print(f"matcher listens on {args.dir / server.SOCKET}, locked", flush=True)
        server.serve(listening, matcher)


def unlock(args: argparse.Namespace) -> None:
    """A share leaves this process for the matcher alone, and touches no disk in clear."""
    lines = args.identity.read_text(encoding="ascii").splitlines()
    identities = [Identity.parse(line) for line in lines if line and not line.startswith("#")]
    say(hand_over(args.dir, identities))


def hand_over(folder: Path, identities: list[Identity]) -> State:
    """Every share that these identities open, to the matcher; NoMatchingKey when there is none."""
    key, client, state = sealed_key.read(folder), Client(folder / server.SOCKET), None
    for number in range(1, len(key.recipients) + 1):
        try:
            text = unseal((folder / key.share_file(number)).read_bytes(), identities).decode()
        except NoMatchingKey:
            continue
        state = client.unlock(sealed_key.share_of(text))
    if state is None:
        raise NoMatchingKey("no share here is sealed to this key")
    return state


def say(state: State) -> None:
    given = f"; {state.given} of {state.needed} shares are in" if state.locked else ""
    print(f"Key {state.key}, generation {state.generation}: {'locked' if state.locked else 'open'}{given}.")


VERBS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "init": init,
    "run": start,
    "unlock": unlock,
    "state": lambda args: say(Client(args.dir / server.SOCKET).state()),
    "lock": lambda args: say(Client(args.dir / server.SOCKET).lock()),
    "rotate": lambda args: say(Client(args.dir / server.SOCKET, PATIENCE).rotate()),
}
