# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes in what the applicant's own machine has sealed: an age file in pieces, which the Gate cannot open.

An upload goes on after the line was broken: a piece that is here already may come again, but only the same
bytes. Until ``finish`` the entry is not ready: nobody is offered it, and it replaces nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing import shape
from watchword.core.sealing.envelope import HEADER_LIMIT
from watchword.core.sealing.errors import SealingError
from watchword.intake import envelopes, rules
from watchword.intake.models import Mailbox, SealedChunk, SealedEntry
from watchword.intake.services.applications import own_mailbox
from watchword.intake.services.discarding import discard
from watchword.intake.services.entries import forget_replaced, new_uid, next_revision
from watchword.intake.services.room import check_room
from watchword.intake.services.visits import Visit

PIECE = 1 << 20
Limit = Callable[[str], int]
"""The most bytes of something of a kind, before it is sealed."""


@dataclass(frozen=True)
class Place:
    """Where a visitor may put something now: of this kind, for these readers, of at most ``limit`` bytes."""

    kind: str
    compartment: str
    limit: int


@dataclass(frozen=True)
class Begun:
    """An upload that was begun, and what its maker must bind and seal it to.

    Without ``recipients`` it goes into custody: to a key that its maker draws, and splits among the seats.
    """

    uid: str
    case: str
    compartment: str
    revision: int
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """The first ``pieces`` are here without a gap; ``size`` counts the bytes of all that are here."""

    pieces: int
    size: int


def begin(*, visit: Visit, place: Place, today: date, revision: int | None = None) -> Begun:
    """Reserve the revision that the frame must name. An unfinished upload to the same place is given up.

    ``revision`` is that of an entry of the same act, which this one belongs to.
    """
    if rules.is_file(place.kind):
        check_room()
    case, entry = reserve(visit, place, today, revision)
    kept = envelopes.profile().compartment(place.compartment).custody
    recipients = () if kept else tuple(str(reader) for reader in envelopes.readers(place.compartment))
    return Begun(entry.uid, case, entry.compartment, entry.revision, recipients)


def reserve(visit: Visit, place: Place, today: date, revision: int | None = None) -> tuple[str, SealedEntry]:
    """The case, and an entry in it that is not ready: it is filled piece by piece, from wherever.

    One that stands there unfinished was left by a stopped process, or still comes in another tab, which is
    then told so.
    """
    with transaction.atomic():
        mailbox = own_mailbox(visit)
        same = mailbox.entries.filter(kind=place.kind, compartment=place.compartment)
        discard(same.filter(parcel=None, ready=False))
        if revision is not None:
            _check_belongs(mailbox, place, revision)
        entry = SealedEntry.objects.create(
            uid=new_uid(),
            mailbox=mailbox,
            compartment=place.compartment,
            kind=place.kind,
            revision=revision or next_revision(mailbox),
            begun=today,
        )
    return mailbox.case, entry


def _check_belongs(mailbox: Mailbox, place: Place, revision: int) -> None:
    """Refuse a number under which nothing of the same page waits, or this part of it already does."""
    beside = mailbox.entries.filter(parcel=None, kind=place.kind, revision=revision)
    taken = mailbox.entries.filter(compartment=place.compartment, revision=revision)
    if not beside.exists() or taken.exists():
        raise NotFound(sentence("Nothing of this kind can be sent from here now."))


def put(*, visit: Visit, uid: str, seq: int, data: bytes, limit: Limit) -> None:
    """Keep one piece. The same bytes again change nothing; other bytes in the same place are refused."""
    entry = _unfinished(visit, uid)
    # Pieces are numbered as if each were full, so that their count alone bounds what is stored.
    if not data or len(data) > PIECE or seq * PIECE >= most(limit(entry.kind)):
        raise WrongState(sentence("This piece is empty, or more than fits."))
    if rules.is_file(entry.kind):
        check_room()
    if seq == 0:
        _header(entry, data)
    try:
        with transaction.atomic():
            SealedChunk.objects.create(entry=entry, seq=seq, data=data)
    except IntegrityError:
        # Gone meanwhile, or here already.
        held = SealedChunk.objects.filter(entry=entry, seq=seq).first()
        if held is None or bytes(held.data) != data:
            raise WrongState(sentence("Another piece is here already in this place.")) from None


def progress(*, visit: Visit, uid: str) -> Progress:
    """Where to go on after a broken line."""
    sizes = _sizes(_unfinished(visit, uid))
    whole = next((seq for seq in range(len(sizes)) if seq not in sizes), len(sizes))
    return Progress(whole, sum(sizes.values()))


def finish(*, visit: Visit, uid: str, pieces: int, size: int, limit: Limit) -> None:
    """Everything is here: the entry becomes part of what will be sent, in place of an older one."""
    with transaction.atomic():
        own_mailbox(visit)
        entry = _unfinished(visit, uid)
        sizes, largest = _sizes(entry), most(limit(entry.kind))
        if sorted(sizes) != list(range(pieces)) or sum(sizes.values()) != size or not 0 < size <= largest:
            raise WrongState(sentence("Not everything has arrived. Send the missing pieces again."))
        first = SealedChunk.objects.get(entry=entry, seq=0)
        try:
            shape.check_length(size, _header(entry, bytes(first.data)))
        except SealingError as error:
            raise _unsound(error) from error
        SealedEntry.objects.filter(pk=entry.pk).update(size=size, ready=True)
        forget_replaced(entry)


def give_up(*, visit: Visit, uid: str) -> None:
    """Delete an upload that is not wanted any more; nothing happens when there is none, or it is whole."""
    give_up_in(visit.mailbox, uid)


def give_up_in(mailbox: str, uid: str) -> None:
    """The same in the mailbox of this name, held meanwhile: it may be finished at this moment."""
    with transaction.atomic():
        hold(mailbox)
        discard(SealedEntry.objects.filter(mailbox=mailbox, pk=uid, ready=False))


def hold(mailbox: str) -> None:
    """Let nobody else begin, finish or delete anything in this mailbox until the transaction ends."""
    Mailbox.objects.select_for_update().filter(pk=mailbox).first()


def most(limit: int) -> int:
    """The most bytes that ``limit`` bytes can become when they are named, framed, padded and sealed."""
    return HEADER_LIMIT + shape.sealed_length(limit + rules.LONGEST_HEAD)


def _unfinished(visit: Visit, uid: str) -> SealedEntry:
    entry = SealedEntry.objects.filter(mailbox=visit.mailbox, pk=uid, ready=False).first()
    if entry is None:
        raise NotFound(sentence("There is no such upload, or it has ended."))
    return entry


def _header(entry: SealedEntry, beginning: bytes) -> int:
    """The length of the header in the first piece, which must be for as many readers as ours would be."""
    try:
        return shape.check_header(beginning, envelopes.stanzas(entry.compartment))
    except SealingError as error:
        raise _unsound(error) from error


def _sizes(entry: SealedEntry) -> dict[int, int]:
    rows = SealedChunk.objects.filter(entry=entry).annotate(bytes=Length("data"))
    return dict(rows.values_list("seq", "bytes"))


def _unsound(error: SealingError) -> WrongState:
    return WrongState(sentence("This is not sealed as it must be: %(reason)s.", reason=error.reason))
