# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `watchword custodian ...` does, on a machine that has the seat's key and no connection to anything."""

import argparse
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from watchword.cli import custodian_check, custodian_key, custodian_opening, custodian_words, manifest_words
from watchword.cli.backup_keys import write_new
from watchword.cli.custodian_key import CannotDo, Kept
from watchword.cli.custodian_opening import AnyRequest
from watchword.core.ledger.note import VerifierKey
from watchword.core.procedure.custody import SEATS
from watchword.core.sealing import answer, custody, handing_on
from watchword.core.sealing.answer import Given, SeatAnswer
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.handing_on import HeadersAnew
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.seat import address_of
from watchword.core.sealing.unseal import rewrap
from watchword.trust.fingerprint import of_roots


def init(args: argparse.Namespace) -> Iterator[str]:
    """A new key; it is never written in clear."""
    if args.key.exists():
        raise CannotDo(f"{args.key} is there already, and no key is written over another")
    identity = custodian_key.make(args.key, custodian_key.new_passphrase())
    address = address_of(identity)
    yield f"{args.key} has the key. Without it and your passphrase what the seat holds is lost: keep a copy."
    public = custodian_key.beside(args.key, custodian_key.PUBLIC)
    yield f"{public} has the public half, which the Desk is told:"
    yield str(address)
    yield "Its mark, which you read aloud to whoever takes it:"
    yield from custodian_words.mark(address)


def trust(args: argparse.Namespace) -> Iterator[str]:
    """Pin whom this machine believes; the last checkpoint that was kept stays kept."""
    roots = tuple(str(VerifierKey.parse(text)) for text in args.root)
    if len(set(roots)) < args.needed or args.needed < 1:
        raise CannotDo("fewer root keys were given than must sign")
    before = custodian_key.beside(args.key, custodian_key.KEPT).exists()
    checkpoint = custodian_key.kept_by(args.key).checkpoint if before else ""
    if args.checkpoint:
        checkpoint = args.checkpoint.read_text(encoding="utf-8")
    kept = Kept(roots, args.needed, checkpoint)
    signed = kept.signed
    custodian_key.keep(args.key, kept)
    yield "The mark of these roots. It must be the one on the card that you were given:"
    yield from manifest_words.mark(of_roots(roots, args.needed), "en")
    if signed:
        yield custodian_words.kept(signed)


def look(args: argparse.Namespace) -> Iterator[str]:
    """Show a request, once everything in it that can be proven is proven."""
    request, identity = _checked(args)
    yield from custodian_opening.told(request, identity)
    yield from _learned(args.key)


def give(args: argparse.Namespace) -> Iterator[str]:
    """Open this seat's shares here, and seal them to the one-time key of the request."""
    request, identity = _checked(args)
    parts = custodian_opening.parts(request, identity)
    yield from custodian_opening.told(request, identity)
    _agree("GIVE", "To give your share of this, and of nothing else, type GIVE: ")
    once = Recipient.parse(request.asked.recipient)
    given = tuple(Given(seal(custody.pack([part]), [once]), sha) for sha, part in parts.items())
    yield from _answered(args, request, identity, given, "")


def refuse(args: argparse.Namespace) -> Iterator[str]:
    """Say why not; the reason is typed, so that it stands in no list of processes."""
    request, identity = _checked(args)
    yield from custodian_opening.told(request, identity)
    reason = _typed("Why you refuse, in one line; custodians and who may ask for it will read it: ")
    _agree("REFUSE", "A refusal stays. To refuse for good, type REFUSE: ")
    yield from _answered(args, request, identity, (), reason)


def hand_on(args: argparse.Namespace) -> Iterator[str]:
    """Make headers anew for the seat's next key, as the signed list names it and not as the file says."""
    found, identity = handing_on.unpack(args.file.read_bytes()), custodian_key.read(args.key)
    manifest = custodian_check.believed(found.manifest, custodian_key.kept_by(args.key), args.clock())
    recipient = manifest.roles[found.seat].recipient if found.seat in manifest.roles else ""
    if found.seat not in SEATS or not recipient or recipient == str(identity.recipient):
        raise CannotDo(
            f"the signed list names no other key of {custodian_words.plain(found.seat)} than this one"
        )
    yield f"{found.seat}: {len(found.headers)} headers, to the key that list {manifest.version} names."
    _agree("HAND ON", "To hand them on, type HAND ON: ")
    made: dict[str, tuple[str, bytes]] = {}
    for uid, header in found.headers.items():
        try:
            made[uid] = (sha256(header).hex(), rewrap(header, [identity], [Recipient.parse(recipient)]))
        except NoMatchingKey:
            continue
    unopened = tuple(sorted(found.headers.keys() - made.keys()))
    write_new(args.output, handing_on.pack_anew(HeadersAnew(made, recipient, found.seat, unopened), identity))
    yield f"{args.output} has {len(made)} of them; {len(unopened)} were not sealed to this key."


def _checked(args: argparse.Namespace) -> tuple[AnyRequest, Identity]:
    """The request, proven and of this machine's seat; from now on its checkpoint is the one that is kept."""
    request = custodian_opening.read(args.file.read_bytes())
    kept = custodian_key.kept_by(args.key)
    signed = custodian_check.check(request, kept, args.clock())
    if request.seat not in SEATS:
        raise CannotDo("this file is for nobody who holds a seat")
    identity = custodian_key.read(args.key)
    custodian_key.keep(args.key, Kept(kept.roots, kept.needed, str(signed.note)))
    return request, identity


def _answered(
    args: argparse.Namespace, request: AnyRequest, identity: Identity, given: tuple[Given, ...], reason: str
) -> Iterator[str]:
    made = SeatAnswer(request.asked.hash.hex(), request.seat, bool(given), given, reason)
    write_new(args.output, answer.pack(made, identity))
    yield f"{args.output} is your answer. Upload it at the Desk; then delete it and {args.file} here."
    yield from _learned(args.key)


def _learned(key: Path) -> Iterator[str]:
    signed = custodian_key.kept_by(key).signed
    if signed:
        yield custodian_words.kept(signed)


def _agree(word: str, asking: str) -> None:
    if _typed(asking) != word:
        raise CannotDo("nothing was written")


def _typed(asking: str) -> str:
    try:
        return input(asking).strip()
    except EOFError:
        raise CannotDo("nothing was written") from None


VERBS: Mapping[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "init": init,
    "trust": trust,
    "look": look,
    "give": give,
    "refuse": refuse,
    "hand-on": hand_on,
}


def run(args: argparse.Namespace) -> None:
    """Do it, and say each line as it becomes true."""
    os.umask(0o077)
    for line in VERBS[args.verb](args):
        print(line, flush=True)
