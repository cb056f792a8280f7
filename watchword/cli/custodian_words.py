# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a custodian reads on their own screen: first what is proven, then what the Desk merely says."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from watchword.cli import manifest_words
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.sealing.asked import Asked
from watchword.core.sealing.asked_batch import AskedBatch
from watchword.core.sealing.batch_request import SeatBatch
from watchword.core.sealing.request import SeatRequest
from watchword.core.sealing.seat import SeatAddress
from watchword.custody.rules import RUNS
from watchword.trust.fingerprint import Fingerprint


def described(request: SeatRequest, words: Sequence[str]) -> Iterator[str]:
    """The request in lines; ``words``: the reason, and then what refused it, opened."""
    asked, told = request.asked, request.told
    kind = "A BROKEN GLASS: two custodians ask for themselves" if asked.glass else "A request"
    yield f"{kind}, for {request.seat}"
    yield "Signed, in the ledger, and what your answer is bound to:"
    yield f"  asked for:  {', '.join(asked.elements)} ({counted(len(asked.records), 'sealed body')})"
    yield f"  serves:     {asked.serves}"
    yield from _bounds(asked)
    yield "The reason, as it was signed:"
    yield from indented(words[0])
    for one, text in zip(request.words[1:], words[1:], strict=True):
        yield f"Refused before: {plain(one.by)}"
        yield from indented(text)
    yield "The Desk says besides, and nobody can prove it here:"
    yield f"  case {plain(told.code)}, asked by {plain(told.who)}, for: {plain(told.check)}"
    yield "  what else the same person asked for lately:"
    yield from (f"    {plain(line)}" for line in told.before or ("nothing",))


def described_batch(batch: SeatBatch, words: Sequence[str], *, right: int) -> Iterator[str]:
    """A batch in lines; ``words``: what refused it, ``right``: for how many bodies this seat can give."""
    asked, told = batch.asked, batch.told
    yield f"MANY CASES for a program, for {batch.seat}"
    yield "Signed, in the ledger, and what your answer is bound to:"
    yield f"  program:    {RUNS[asked.run]} ({asked.run})"
    if asked.ceremony:
        yield f"  ceremony:   {asked.ceremony}"
    yield f"  cases:      {asked.cases}; which they are, nobody tells you"
    yield f"  asked for:  {', '.join(asked.elements)} ({counted(len(asked.records), 'sealed body')})"
    yield from _bounds(asked)
    yield f"Your seat can give its share of {right} of these {counted(len(asked.records), 'sealed body')}."
    if not right:
        yield "None of them opens with this key: has the Desk sealed the records of your seat to it?"
    for one, text in zip(batch.words, words, strict=True):
        yield f"Refused, this or the same before: {plain(one.by)}"
        yield from indented(text)
    yield "The Desk says besides, and nobody can prove it here:"
    yield f"  asked by {plain(told.who)}"
    yield "  what else the same person asked for lately (day; cases; program; how it stands):"
    yield from (f"    {plain(line)}" for line in told.before or ("nothing",))


def _bounds(asked: Asked | AskedBatch) -> Iterator[str]:
    yield f"  until:      {datetime.fromtimestamp(asked.until, UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(asked, Asked):
        when = f"not before {asked.told}" if asked.told else "on the next day"
        yield f"  told:       the applicant, {when}"
    yield f"  takes:      {asked.needed} of {asked.seats} shares"
    yield f"  asked by:   {asked.asked_by}"
    yield f"  hash:       {asked.hash.hex()}"


def mark(address: SeatAddress) -> Iterator[str]:
    """The mark of a seat's key, in words and digits."""
    return manifest_words.mark(Fingerprint(address.mark), "en")


def kept(signed: SignedCheckpoint) -> str:
    """What to type at the next download."""
    return (
        f"Kept: the ledger at {signed.head.size} entries. Type this number when you download the next file."
    )


def plain(text: str) -> str:
    """A stranger's text without what could move a terminal's cursor or hide a line."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def indented(text: str) -> Iterator[str]:
    return (f"  | {plain(line)}" for line in text.splitlines() or [""])


def counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what.removesuffix('y')}ies"
