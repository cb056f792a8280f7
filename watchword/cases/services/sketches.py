# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps the sketches of the first texts between two comparisons: sealed to intake, and no longer than needed.

How much two sketches resemble each other shows who wrote like whom, to whoever holds them. So they exist in
clear in memory alone; at rest they are one sealed record, replaced by each comparison, and destroyed when a
case is erased whose text one of them may come from.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from watchword.accounts.rules import Actor
from watchword.cases.models import Likeness, SketchSheet
from watchword.cases.rules import COMPARED, COMPARING, COMPARING_ROLE
from watchword.core.linkage import KEY_SIZE, Sheet, decode_sheet, encode_sheet
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.vault import services as vault
from watchword.vault.opening import open_record

KIND = "sketches"


@dataclass(frozen=True)
class OpenedSheet:
    """The sheet in force, and the record it came from: empty where a new one begins with a new key."""

    record: str
    sheet: Sheet
    new: bool = False


def open_sheet(*, actor: Actor, now: datetime) -> OpenedSheet:
    """The sheet in force, its opening recorded first. One that cannot be read is given up for a new one."""
    kept = SketchSheet.objects.filter(pk=COMPARED).first()
    record = kept.record if kept else ""
    if record:
        try:
            opened = open_record(record, actor=actor, purpose=COMPARING, now=now)
            return OpenedSheet(record, decode_sheet(opened))
        except WrongState:
            # Altered, or sealed to a key that is gone: what it held can be read again from the applications.
            pass
    return OpenedSheet(record, Sheet(random_bytes(KEY_SIZE)), new=True)


def hold_sheet(opened: OpenedSheet) -> SketchSheet:
    """The row of the sheet, locked until the transaction ends. WrongState when it is no longer this sheet."""
    SketchSheet.objects.get_or_create(pk=COMPARED, defaults={"uid": random_bytes(16).hex()})
    row = SketchSheet.objects.select_for_update().get(pk=COMPARED)
    if row.record != opened.record:
        raise WrongState(sentence("Somebody else compared applications in this minute. Look again."))
    return row


def seal_sheet(row: SketchSheet, sheet: Sheet, *, actor: Actor, now: datetime) -> str:
    """Put this sheet in the place of the one before, which nobody can open again; the record of it."""
    vault.erase(case=row.uid)
    sealed = vault.seal_record(
        case=row.uid,
        compartment=COMPARED,
        kind=KIND,
        payload=encode_sheet(sheet),
        signer=actor.signer,
        now=now,
        readers=[COMPARING_ROLE],
    )
    row.record = sealed.uid
    row.save(update_fields=["record"])
    return sealed.uid


def forget_likeness(case_uid: str) -> int:
    """What was found of this case, and the sheet if it may hold its sketch; how many records were erased.

    The sheet holds a sketch of whatever was the first of something current when it was sealed, and of
    nothing else. A comparison ends that for cases which have left triage, so most erasures leave it alone.
    """
    row = SketchSheet.objects.select_for_update().filter(pk=COMPARED).first()
    held = Likeness.objects.filter(Q(first=case_uid) | Q(case=case_uid), current=True)
    erased = 0
    if row and held.exists():
        erased = vault.erase(case=row.uid)
        row.record = ""
        row.save(update_fields=["record"])
        Likeness.objects.update(current=False)
    Likeness.objects.filter(case=case_uid).delete()
    return erased
