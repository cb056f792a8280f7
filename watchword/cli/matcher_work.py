# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `watchword matcher ...` does: apart from its words, because whoever compares loads numpy."""

import argparse
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

from watchword.cli import identity_file
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.shares import Share
from watchword.core.sealing.unseal import unseal
from watchword.matcher import sealed_key, server
from watchword.matcher.client import PATIENCE, Client, State
from watchword.matcher.keys import new_secret
from watchword.matcher.service import Matcher

# Seconds that a rotation of a large table may take.
LONG = 3600.0


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
    matcher, socket = Matcher(args.dir), socket_of(args)
    with server.listen(socket) as listening:
        print(f"matcher listens on {socket}, locked", flush=True)
        server.serve(listening, matcher)


def unlock(args: argparse.Namespace) -> State:
    """A share leaves this process for the matcher alone, and touches no disk in clear."""
    return [client(args).unlock(share) for share in own_shares(args)][-1]


def pass_on(args: argparse.Namespace) -> State:
    """What breaks off leaves the share with whoever had it: they say the same again."""
    return [client(args).pass_on(share, args.to) for share in own_shares(args)][-1]


def replace(args: argparse.Namespace) -> State:
    """One custodian's word for others; with the last that is needed, they have the key."""
    patient = client(args, LONG)
    return [patient.replace(share, args.needed, args.to) for share in own_shares(args)][-1]


def client(args: argparse.Namespace, patience: float = PATIENCE) -> Client:
    """Asks the matcher that is named."""
    return Client(socket_of(args), patience)


def socket_of(args: argparse.Namespace) -> Path:
    """Where it listens."""
    return Path(args.socket or args.dir / server.SOCKET)


def own_shares(args: argparse.Namespace) -> list[Share]:
    """What a custodian's file of identities opens; its passphrase, if it has one, is typed here."""
    return shares_for(args.dir, identity_file.read(args.identity))


def shares_for(folder: Path, identities: list[Identity]) -> list[Share]:
    """Every share that these identities open; NoMatchingKey when there is none."""
    key, shares = sealed_key.read(folder), []
    for number in range(1, len(key.recipients) + 1):
        try:
            text = unseal((folder / key.share_file(number)).read_bytes(), identities).decode()
        except NoMatchingKey:
            continue
        shares.append(sealed_key.share_of(text))
    if not shares:
        raise NoMatchingKey("no share here is sealed to this key")
    return shares


def said(state: State) -> str:
    """The state in a sentence."""
    told = [f"Key {state.key}, generation {state.generation}: {'locked' if state.locked else 'open'}"]
    if state.locked:
        told.append(f"{state.given} of {state.needed} shares are in")
    if state.agreed:
        told.append(f"{state.agreed} of {state.needed} custodians have named the same successors")
    return "; ".join(told) + "."


DONE: Mapping[str, Callable[[argparse.Namespace], None]] = {"init": init, "run": start}
ANSWERED: Mapping[str, Callable[[argparse.Namespace], State]] = {
    "unlock": unlock,
    "state": lambda args: client(args).state(),
    "lock": lambda args: client(args).lock(),
    "rotate": lambda args: client(args, LONG).rotate(),
    "pass-on": pass_on,
    "replace": replace,
}
"""What the matcher answers with how it is afterwards."""
