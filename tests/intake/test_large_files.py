# SPDX-License-Identifier: AGPL-3.0-or-later
"""A large file is sealed, stored and handed to the courier in the memory of a few pieces."""

import tracemalloc

from tests.clock import TODAY
from tests.intake.draft import complete, file_place
from tests.intake.harbour import Harbour
from watchword.core.sealing.frame import unpack_stream
from watchword.core.sealing.unseal import unseal_stream
from watchword.intake import envelopes, selectors
from watchword.intake.models import SealedEntry
from watchword.intake.services import IncomingFile, Visit

MEGABYTE = b"zvonkyj-kanarok " * 62_500
FEW_PIECES = 6_000_000


def test_a_long_file_goes_in_and_out_in_constant_memory(visit: Visit, harbour: Harbour) -> None:
    complete(visit)
    incoming = IncomingFile(visit=visit, place=file_place(), name="long.pdf", today=TODAY)
    tracemalloc.start()
    for _ in range(24):
        incoming.write(MEGABYTE)
    incoming.finish()
    entry = SealedEntry.objects.select_related("mailbox").get(kind="file:1")
    assert entry.mailbox is not None
    frame = envelopes.frame_of(entry.mailbox.case, "evidence", entry.revision)
    pieces = (bytes(data) for data in entry.chunks.order_by("seq").values_list("data", flat=True).iterator(1))
    opened = unpack_stream(unseal_stream(pieces, [harbour.keys["vetting"]]), frame)
    size = sum(len(piece) for piece in opened)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 24_000_000 + len(b'{"name":"long.pdf"}\n')
    assert [file.size for file in selectors.files(visit.mailbox)] == [entry.size]
    assert peak < FEW_PIECES
