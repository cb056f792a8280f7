# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deletes sealed entries without keeping everybody waiting, however large they are.

The database writes over what is deleted. For half a gigabyte that takes seconds, in which nobody else could
write. So a large entry is taken out of its mailbox at once, and its bytes go piece by piece after the commit;
what a stopped process leaves of that goes with the next purge.
"""

from django.db import transaction
from django.db.models import Count, QuerySet

from watchword.intake.models import SealedChunk, SealedEntry
from watchword.intake.services import traces

# Pieces that are deleted in one transaction; an entry of no more than these goes at once.
AT_ONCE = 16


def discard(entries: QuerySet[SealedEntry]) -> bool:
    """Delete these entries, in the caller's transaction; whether there were any."""
    counted = entries.annotate(pieces=Count("chunks")).values_list("pk", "pieces")
    pieces = dict(counted)
    large = [uid for uid, count in pieces.items() if count > AT_ONCE]
    SealedEntry.objects.filter(pk__in=pieces.keys() - set(large)).delete()
    if large:
        SealedEntry.objects.filter(pk__in=large).update(mailbox=None, parcel=None, ready=False)
        transaction.on_commit(empty)
    if pieces:
        traces.remove_after_commit()
    return bool(pieces)


def empty() -> None:
    """Delete what lies in no mailbox, a few pieces in each transaction."""
    for uid in SealedEntry.objects.filter(mailbox=None).values_list("pk", flat=True):
        chunks = SealedChunk.objects.filter(entry=uid)
        while some := list(chunks.values_list("seq", flat=True)[:AT_ONCE]):
            chunks.filter(seq__in=some).delete()
        SealedEntry.objects.filter(pk=uid).delete()
    with transaction.atomic():
        traces.remove_after_commit()
