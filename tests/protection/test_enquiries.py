# SPDX-License-Identifier: AGPL-3.0-or-later
"""An enquiry is answered alike, looked up by two through the matcher, and heard of by the keeper."""

from datetime import timedelta

import pytest

from tests.matching.search import Search
from tests.organisation import CAST, Organisation
from tests.protection.at_the_desk import SAID, asked_for, code_of, looked_up
from watchword.accounts.services import courier_actor
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.models import EntryDetail
from watchword.matcher import diary
from watchword.protection import selectors, services
from watchword.protection.models import Enquiry, Notice
from watchword.protection.rules import KEPT, State

NOBODY = {"surname": "Kvasiuk", "given": "Ostap", "birth_date": "1970"}


def test_who_is_here_is_found_by_two_and_the_keeper_hears_of_it_without_a_name(search: Search) -> None:
    search.look_at_both()
    organisation = search.organisation
    heard = looked_up(organisation, asked_for(organisation))
    assert heard.found is not None
    assert {one.code for one in heard.found} == {code_of(search.first.case), code_of(search.again.case)}
    (notice,) = [
        one
        for one in selectors.notices(viewer=organisation.actor("ada"), now=organisation.now)
        if one.code == code_of(search.first.case)
    ]
    assert (str(notice.asker), "Berehovyi" in repr(notice), SAID in repr(notice)) == (
        "A relative or a friend",
        False,
        False,
    )
    for who in ("hugo", "iris", "ben", "halyna", "petro"):
        rows = selectors.notices(viewer=organisation.actor(who), now=organisation.now)
        assert code_of(search.first.case) not in {row.code for row in rows}, who
    late = organisation.now + timedelta(days=31)
    assert selectors.notices(viewer=organisation.actor("ada"), now=late) == ()
    assert selectors.notices_of(code_of(search.first.case), viewer=organisation.actor("ada")) == (notice,)
    assert organisation.audit().ok


def test_the_ledger_and_the_answer_say_the_same_of_somebody_here_and_of_nobody(search: Search) -> None:
    search.look_at_both()
    organisation, told = search.organisation, []
    for who in ("iris", "halyna", "jonas"):
        organisation.actor(who)
    for changed in ({}, NOBODY):
        enquiry = asked_for(organisation, **changed)
        answer = selectors.own_enquiry(enquiry.uid, viewer=organisation.actor("iris"))
        newest = EntryDetail.objects.latest("entry_id").entry_id
        found = looked_up(organisation, enquiry).found
        entries = EntryDetail.objects.filter(entry_id__gt=newest).order_by("entry_id")
        told.append(
            (answer.spoken, [one.event for one in entries], {one.case == enquiry.uid for one in entries})
        )
        assert bool(found) is (not changed)
    assert told[0] == told[1]
    assert told[0][2] == {True}, "no entry names the case that was found"


def test_nobody_looks_alone_and_nobody_but_custodians_at_all(search: Search) -> None:
    search.look_at_both()
    organisation, now = search.organisation, search.organisation.now
    enquiry = asked_for(organisation)
    before = diary.read(search.bench.folder)
    halyna = organisation.actor("halyna")
    with pytest.raises(WrongState, match="ask for this look-up first"):
        services.look(enquiry_uid=enquiry.uid, actor=halyna, now=now)
    services.ask_look(enquiry_uid=enquiry.uid, actor=halyna, now=now)
    with pytest.raises(NotPermitted, match="another custodian must do it"):
        services.look(enquiry_uid=enquiry.uid, actor=halyna, now=now)
    for who in CAST:
        if not CAST[who][0].startswith("custodian"):
            actor = organisation.actor(who)
            for act in (services.hear, services.ask_look, services.look, services.destroy):
                with pytest.raises(NotFound):
                    act(enquiry_uid=enquiry.uid, actor=actor, now=now)
            assert selectors.enquiries(viewer=actor) == []
    assert diary.read(search.bench.folder) == before
    assert not Notice.objects.exists()


def test_the_matcher_forgets_the_question_and_a_locked_one_costs_nobody_an_entry(search: Search) -> None:
    search.look_at_both()
    organisation, now = search.organisation, search.organisation.now
    enquiry = asked_for(organisation)
    looked_up(organisation, enquiry)
    assert [told["act"] for told in diary.read(search.bench.folder)][-3:] == ["put", "ask", "forget"]
    assert enquiry.uid not in str(search.bench.ask("ask", case=search.first.case))
    other = asked_for(organisation)
    services.ask_look(enquiry_uid=other.uid, actor=organisation.actor("halyna"), now=now)
    search.bench.ask("lock")
    entries = EntryDetail.objects.count()
    with pytest.raises(WrongState, match="locked"):
        services.look(enquiry_uid=other.uid, actor=organisation.actor("jonas"), now=now)
    assert EntryDetail.objects.count() == entries
    assert Enquiry.objects.get(pk=other.uid).facts().state is State.ASKED


def test_after_half_a_year_and_by_hand_the_words_are_gone_and_the_warning_stays(search: Search) -> None:
    search.look_at_both()
    organisation = search.organisation
    heard = looked_up(organisation, asked_for(organisation))
    young = asked_for(organisation, **NOBODY)
    notices = Notice.objects.count()
    services.destroy(enquiry_uid=heard.row.uid, actor=organisation.actor("milda"), now=organisation.now)
    with pytest.raises(WrongState, match="destroyed"):
        services.hear(enquiry_uid=heard.row.uid, actor=organisation.actor("milda"), now=organisation.now)
    assert Notice.objects.count() == notices > 0
    assert selectors.old_enquiries(organisation.now) == []
    late = organisation.now + KEPT
    assert services.destroy_old(actor=courier_actor(late), now=late) == 1
    assert Enquiry.objects.get(pk=young.uid).facts().state is State.DESTROYED


def test_an_enquiry_is_taken_down_by_intake_and_custodians_and_nobody_reads_it_back(
    organisation: Organisation,
) -> None:
    enquiry = asked_for(organisation)
    with pytest.raises(NotFound):
        selectors.own_enquiry(enquiry.uid, viewer=organisation.actor("halyna"))
    for who in ("ada", "ben", "sofia", "petro", "aud", "tess"):
        with pytest.raises(Refused):
            services.take(
                way="call",
                asker="press",
                question=None,  # type: ignore[arg-type]  # the law is asked before anything is read
                actor=organisation.actor(who),
                now=organisation.now,
            )
