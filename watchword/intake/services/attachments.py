# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file on its way in: sealed piece by piece as it arrives, never whole and never plain on any disk."""

from collections import deque
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from watchword.core.procedure.sealed_files import encode_head
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.frame import pack_stream
from watchword.core.sealing.seal import Sealer
from watchword.intake import envelopes
from watchword.intake.models import SealedChunk, SealedEntry
from watchword.intake.services.applications import own_mailbox
from watchword.intake.services.discarding import discard
from watchword.intake.services.entries import CHUNK_SIZE, forget_replaced
from watchword.intake.services.pieces import Place, give_up_in, hold, reserve
from watchword.intake.services.room import check_room
from watchword.intake.services.visits import Visit


class IncomingFile:
    """One upload: ``write`` each piece, then ``finish``, or ``abandon``.

    Pieces are committed as they come, because a transaction as long as an upload over a slow line would keep
    every other applicant waiting. Until ``finish`` the entry is not ready: nobody is offered it.
    """

    def __init__(self, *, visit: Visit, place: Place, name: str, today: date) -> None:
        check_room()
        self._mailbox = visit.mailbox
        case, self._entry = reserve(visit, place, today)
        frame = envelopes.frame_of(case, place.compartment, self._entry.revision)
        self._waiting = deque([encode_head(name)])
        self._framed = pack_stream(frame, _drain(self._waiting))
        self._sealer = Sealer(envelopes.readers(place.compartment))
        self._held = bytearray(self._sealer.update(next(self._framed)))
        self._stored = self._size = 0

    def write(self, piece: bytes) -> None:
        """Seal the next piece of the file, and store what is complete."""
        check_room()
        self._waiting.append(piece)
        self._held += self._sealer.update(next(self._framed))
        self._store(at_least=CHUNK_SIZE)

    def finish(self) -> None:
        """The file is whole: it becomes part of the draft, with its name, in one moment."""
        for padding in self._framed:
            self._held += self._sealer.update(padding)
        self._held += self._sealer.finish()
        self._store(at_least=1)
        with transaction.atomic():
            hold(self._mailbox)
            self._check_still_there()
            SealedEntry.objects.filter(pk=self._entry.pk).update(size=self._size, ready=True)
            forget_replaced(self._entry)

    def abandon(self) -> None:
        """The upload was cut or refused: nothing of it stays."""
        give_up_in(self._mailbox, self._entry.pk)

    def _store(self, *, at_least: int) -> None:
        while len(self._held) >= at_least:
            data = bytes(self._held[:CHUNK_SIZE])
            del self._held[:CHUNK_SIZE]
            with transaction.atomic():
                self._check_still_there()
                SealedChunk.objects.create(entry=self._entry, seq=self._stored, data=data)
            self._stored += 1
            self._size += len(data)

    def _check_still_there(self) -> None:
        if not SealedEntry.objects.select_for_update().filter(pk=self._entry.pk).exists():
            raise WrongState(
                sentence("Another file took the place of this one while it was coming. Send it again.")
            )


def remove(*, visit: Visit, kind: str) -> None:
    """Take one file out of what will be sent; nothing happens when it is not there."""
    with transaction.atomic():
        discard(own_mailbox(visit).entries.filter(kind=kind, parcel=None))


def _drain(waiting: deque[bytes]) -> Iterator[bytes]:
    """Hand over what waits. It ends when nothing does, which happens only when the file has ended."""
    while waiting:
        yield waiting.popleft()
