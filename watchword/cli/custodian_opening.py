# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens on a custodian's own machine what came along with a request: this seat's shares, and the words."""

from collections.abc import Iterator, Mapping, Sequence

from watchword.cli import custodian_words
from watchword.core.procedure.custody import REQUESTS, SEATS
from watchword.core.refusals import WrongState
from watchword.core.sealing import batch_request, custody, frame, handed, plain
from watchword.core.sealing import request as requests
from watchword.core.sealing.batch_request import SealedRefusal, SeatBatch
from watchword.core.sealing.custody import Part
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.handed import Entry
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.request import SealedWords, SeatRequest
from watchword.core.sealing.unseal import unseal
from watchword.custody.action import read_words

AnyRequest = SeatRequest | SeatBatch


def read(raw: bytes) -> AnyRequest:
    """The request of one case or of many that these bytes are; Malformed otherwise."""
    if plain.named(raw) == batch_request.WHAT:
        return batch_request.unpack(raw)
    return requests.unpack(raw)


def parts(request: AnyRequest, identity: Identity) -> Mapping[str, Part]:
    """By the hash of a body, this seat's part of its key, opened in the frame of case and sending.

    Of a request every one must be right. Of a batch those that are not are left out, unless none is: one
    applicant who sealed something else to a seat must not keep all others waiting.
    """
    found = list(_tried(request, identity))
    right = {sha: part for sha, part in found if isinstance(part, Part)}
    wrong = [fault for _, fault in found if isinstance(fault, SealingError)]
    if wrong and not (right and isinstance(request, SeatBatch)):
        raise wrong[0]
    return right


def told(request: AnyRequest, identity: Identity) -> Iterator[str]:
    """Everything that a custodian reads before they answer, in lines."""
    if isinstance(request, SeatRequest):
        return custodian_words.described(request, [_read(one, request, identity) for one in request.words])
    right = sum(isinstance(part, Part) for _, part in _tried(request, identity))
    return custodian_words.described_batch(
        request, [_refusal(one, identity) for one in request.words], right=right
    )


def _tried(request: AnyRequest, identity: Identity) -> Iterator[tuple[str, Part | SealingError]]:
    """For each body its part, or why there is none."""
    number = SEATS.index(request.seat) + 1
    opened = [_handed(entry, request.seat, identity) for entry in request.entries]
    for body in request.bodies:
        found = opened[body.entry]
        try:
            if isinstance(found, SealingError):
                raise found
            yield body.sha256, handed.chosen(found, body, number)
        except SealingError as error:
            yield body.sha256, error


def _handed(entry: Entry, seat: str, identity: Identity) -> Sequence[Part] | SealingError:
    bound = frame.Frame(bytes.fromhex(entry.case), seat, entry.revision)
    try:
        return custody.unpack(frame.unpack(unseal(entry.sealed, [identity]), bound))
    except SealingError as error:
        return error


def _read(one: SealedWords, request: SeatRequest, identity: Identity) -> str:
    bound = frame.Frame(bytes.fromhex(request.asked.case), REQUESTS, one.revision)
    return read_words(frame.unpack(unseal(one.sealed, [identity]), bound), expected=one.hash)


def _refusal(one: SealedRefusal, identity: Identity) -> str:
    """Others' words; those from before this seat had this key stay closed, and keep nobody from answering."""
    try:
        return read_words(unseal(one.sealed, [identity]), expected=one.hash)
    except (SealingError, WrongState) as error:
        return f"({error})"
