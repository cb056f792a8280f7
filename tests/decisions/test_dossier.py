# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 7: what leaves is one case, seen before, counted, signed by a second person, and taken once."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import FILE, STORY
from tests.decisions.at_the_table import CANDOUR, REASONS, Table
from watchword.cases.services import write_note
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.decisions.dossier import selectors, services
from watchword.decisions.dossier.contents import open_contents
from watchword.decisions.dossier.taking import take
from watchword.decisions.models import Dossier
from watchword.decisions.selectors import waiting_for
from watchword.journal import selectors as journal
from watchword.journal.events import Event

PARTS = ("story", "evidence", "decision")


def ask(table: Table, who: str = "ada", *parts: str) -> Dossier:
    case = selectors.file_of(table.case, viewer=table.organisation.actor(who))
    seen = selectors.records_in(case, parts or PARTS)
    return services.ask(
        case_uid=table.case,
        compartments=parts or PARTS,
        purpose="board",
        seen=seen,
        actor=table.organisation.actor(who),
        now=table.now,
    )


def sign(table: Table, dossier: Dossier, who: str = "ben") -> Dossier:
    actor = table.organisation.actor(who)
    return services.sign(case_uid=table.case, seen=dossier.action_hash, actor=actor, now=table.now)


def taken(table: Table, who: str = "ada") -> bytes:
    return take(case_uid=table.case, actor=table.organisation.actor(who), now=table.now, language="en")


def test_it_is_looked_at_signed_by_another_and_leaves_once_as_a_pdf(table: Table) -> None:
    write_note(
        case_uid=table.case,
        compartment="story",
        text="She spoke of a bridge.",
        actor=table.organisation.actor("ada"),
        now=table.now,
    )
    table.decide(CANDOUR)
    contents = open_contents(
        case_uid=table.case,
        compartments=PARTS,
        actor=table.organisation.actor("ada"),
        now=table.now,
        language="en",
    )
    words = repr(contents)
    assert STORY in words
    assert REASONS in words
    assert CANDOUR.facts in words
    assert "She spoke of a bridge." in words
    (file,) = (one for chapter in contents.chapters for one in chapter.files)
    assert (file.name, file.size, file.sha256) == ("school.pdf", len(FILE), hashlib.sha256(FILE).hexdigest())
    dossier = ask(table)
    assert dossier.records == len(contents.records)
    with pytest.raises(WrongState, match="not signed"):
        taken(table)
    sign(table, dossier)
    opened = journal.counts(table.case)[Event.COMPARTMENT_OPEN]
    made = taken(table)
    assert made.startswith(b"%PDF-")
    assert journal.counts(table.case)[Event.COMPARTMENT_OPEN] > opened
    assert table.events()[-1] == "export.take"
    with pytest.raises(WrongState, match="No dossier"):
        taken(table)
    assert table.organisation.audit().ok


def test_nobody_signs_what_they_asked_for_and_no_tie_signs(table: Table) -> None:
    dossier = ask(table, "eva")
    with pytest.raises(NotPermitted, match="someone else"):
        sign(table, dossier, "eva")
    table.office.tie("finn")
    with pytest.raises(NotFound):
        sign(table, dossier, "finn")
    with pytest.raises(NotPermitted):
        sign(table, dossier, "ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.update(state="signed", signed_by=dossier.asked_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.update(state="taken")


def test_only_what_the_reader_may_open_goes_into_it(table: Table) -> None:
    for who, part in (("ada", "identity"), ("gita", "contact"), ("ada", "polygraph")):
        try:
            ask(table, who, part)
        except Refused:
            continue
        readers = table.organisation.actor(who).roles
        pytest.fail(f"{who} with {readers} took {part}")
    assert not Dossier.objects.exists()


def test_what_came_after_the_preview_or_the_signature_keeps_it_here(table: Table) -> None:
    dossier = ask(table)
    table.office.record("ada", "check")
    with pytest.raises(WrongState, match="added"):
        sign(table, dossier)
    services.drop(case_uid=table.case, actor=table.organisation.actor("ada"), now=table.now)
    sign(table, ask(table))
    table.organisation.now += timedelta(hours=25)
    table.organisation.actors.clear()
    with pytest.raises(WrongState, match="more than a day"):
        taken(table)


def test_it_waits_at_home_for_whoever_can_sign_and_then_for_whoever_asked(table: Table) -> None:
    dossier = ask(table)
    signs, asked = table.organisation.actor("ben"), table.organisation.actor("ada")
    assert [row.url.split("/")[-2] for row in waiting_for(signs, now=table.now).rows] == ["dossier"]
    sign(table, dossier)
    assert waiting_for(signs, now=table.now).rows == ()
    assert "dossier" in [row.url.split("/")[-2] for row in waiting_for(asked, now=table.now).rows]
