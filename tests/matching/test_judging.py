# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two cases are one person's takes two people to say, and what they said of others binds them."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import lodge_identity
from tests.matching.search import WRITTEN_AGAIN, Search
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.matching import selectors, services
from watchword.matching.models import Link

SAME, DIFFERENT, UNSURE = Verdict


def test_only_who_reads_names_judges(search: Search) -> None:
    link = search.look_at_both()
    for who in ("ada", "iris", "eva"):
        with pytest.raises((NotPermitted, NotFound)):
            search.judge(link, SAME, who)


def test_a_tie_in_one_case_keeps_out_of_both(search: Search) -> None:
    link = search.look_at_both()
    search.first.tie("stas")
    search.judge(link, SAME)
    with pytest.raises(NotFound):
        search.judge(link, SAME, "stas")
    assert (search.code(search.first), search.code(search.again)) not in selectors.waiting(
        search.organisation.actor("stas")
    )


def test_what_somebody_judged_before_declaring_a_tie_does_not_stand(search: Search) -> None:
    link = search.look_at_both()
    search.judge(link, SAME)
    search.again.tie("sofia")
    link.refresh_from_db()
    stas, seen, now = search.organisation.actor("stas"), selectors.newest(link), search.organisation.now
    with pytest.raises(WrongState, match="No judgement waits"):
        services.second(link_uid=link.uid, verdict=SAME, reason="Alike.", seen=seen, actor=stas, now=now)
    services.judge(link_uid=link.uid, verdict=SAME, reason="Alike.", seen=seen, actor=stas, now=now)
    link.refresh_from_db()
    assert (link.state, link.outcome, link.judged_by_id) == ("second", "", stas.id)


def test_nobody_seconds_oneself(search: Search) -> None:
    link = search.look_at_both()
    search.judge(link, DIFFERENT)
    with pytest.raises(NotPermitted):
        search.judge(link, DIFFERENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.update(state="judged", outcome=DIFFERENT, seconded_by=link.judged_by_id)


def test_of_two_at_once_one_reads_the_other(search: Search) -> None:
    link = search.look_at_both()
    with pytest.raises(WrongState):
        search.judge(link, UNSURE, seen="f" * 32)
    with pytest.raises(WrongState):
        search.judge(link, UNSURE, reason="  ")


def test_two_who_agree_settle_it_and_both_files_have_both_signatures(search: Search) -> None:
    link = search.look_at_both()
    assert len(selectors.waiting(search.organisation.actor("stas"))) == 1
    search.settle(link, SAME)
    link.refresh_from_db()
    assert (link.state, link.outcome) == ("judged", "same")
    for office in (search.first, search.again):
        acts = [moment.event for moment in timeline(office.case) if moment.event.startswith("match.")]
        assert acts == [Event.MATCH_ASK, Event.MATCH_JUDGE, Event.MATCH_SECOND]
    assert selectors.waiting(search.organisation.actor("stas")) == []


def test_two_who_differ_leave_it_open(search: Search) -> None:
    link = search.look_at_both()
    search.judge(link, SAME)
    search.judge(link, DIFFERENT, "stas")
    link.refresh_from_db()
    assert (link.state, link.outcome, link.judged_by) == ("open", "", None)


def test_the_same_as_the_same_is_the_same_and_a_different_bars_the_chain(search: Search) -> None:
    link = search.look_at_both()
    third = search.further()
    search.settle(link, SAME)
    beside = search.between(search.again, third)
    search.settle(beside, SAME)
    last = search.between(search.first, third)
    row = next(one for one in search.page("sofia", third).rows if one.uid == last.uid)
    assert "same person" in str(row.implied)
    with pytest.raises(WrongState, match="judged of other cases"):
        search.judge(last, DIFFERENT)
    # LikenessFacts anew, the other way: now the chain is barred.
    search.settle(last, UNSURE)
    search.settle(beside, DIFFERENT)
    with pytest.raises(WrongState, match="different people"):
        search.judge(last, SAME)


def test_new_answers_do_not_undo_what_two_people_found(search: Search) -> None:
    link = search.look_at_both()
    search.settle(link, DIFFERENT)
    lodge_identity(search.organisation, search.again.case, revision=2, **WRITTEN_AGAIN)
    search.look(search.again)
    link.refresh_from_db()
    assert link.outcome == "different"
    assert search.page("sofia").word.value == "no"
