# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `watchword matcher ...` does: apart from its words, because whoever compares loads numpy."""

import argparse
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal
from watchword.matcher import sealed_key, server
from watchword.matcher.client import Client, State
from watchword.matcher.keys import new_secret
from watchword.matcher.service import Matcher

# Seconds that a rotation of a large table may take.
PATIENCE = 3600.0


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
