# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second application is found without opening the first, and told to each as far as they may hear."""

from dataclasses import replace

import pytest

from tests.cast import lodge_identity
from tests.matching.search import SOMEBODY_ELSE, Search
from watchword.accounts.rules import Permission
from watchword.cases.models import Case
from watchword.core.linkage import Kind
from watchword.core.refusals import NotFound, NotPermitted
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.matcher import diary
from watchword.matching import rules, selectors, services
from watchword.matching.models import Asking, Link
from watchword.matching.rules import ELEMENTS, Element, Word
from watchword.vault import services as vault


def test_the_first_one_is_not_opened_for_it(search: Search) -> None:
    search.look(search.first)
    before = [moment.event for moment in timeline(search.first.case)]
    search.look(search.again)
    assert [moment.event for moment in timeline(search.first.case)] == before
    acts = [moment.event for moment in timeline(search.again.case)]
    assert acts[-2:] == [Event.SCREENING_RUN, Event.MATCH_ASK]
    # And the matcher has written down what the ledger says.
    asked = [one["act"] for one in diary.read(search.bench.folder) if one["case"] == search.again.case]
    assert asked == ["put", "ask"]


def test_what_is_found_says_kinds_and_no_values(search: Search) -> None:
    link = search.look_at_both()
    row = search.row()
    assert row.code == search.code(search.first)
    assert ELEMENTS[Element.FATHER] in row.agrees
    assert not row.differs
    stored = " ".join(map(str, Link.objects.values_list().get()))
    assert all(word not in stored for word in ("1991", "brh", "Bere", "Бере", "dav"))
    assert link.likeness == "likely"


def test_a_locked_matcher_keeps_nobody_from_working_and_the_page_says_so(search: Search) -> None:
    search.bench.ask("lock")
    assert "locked" in str(search.look(search.again))
    assert search.page("sofia").word is Word.UNKNOWN
    search.bench.unlock(1, 3)
    assert (
        "Ask custodians for a run"
        in search.organisation.browser("sofia")
        .get(f"/case/{search.code(search.again)}/again/")
        .content.decode()
    )
    search.look_at_both()
    assert search.page("sofia").word is Word.YES


def test_vetting_hears_what_agrees_intake_a_word_and_neither_a_name(search: Search) -> None:
    search.look_at_both()
    ada = search.row("ada")
    assert ELEMENTS[Element.YEAR] in ada.agrees
    assert ada.why_not_judge is not None, "who reads the story judges no names"
    with pytest.raises(NotFound):
        search.page("pola")
    standing = Case.objects.get(pk=search.again.case).standing()
    iris = search.organisation.actor("iris")
    rules.check_may_look(iris, replace(standing, seen_by=standing.seen_by | {"intake"}))
    assert not rules.may_read_more(iris)


def test_a_case_that_one_may_not_know_of_is_not_named(search: Search) -> None:
    search.look_at_both()
    search.first.tie("ada")
    row = search.row("ada")
    assert row.code == ""
    assert row.agrees


def test_the_board_does_not_hear_of_it(search: Search) -> None:
    eva = search.organisation.actor("eva")
    assert not eva.has(Permission.MATCH_READ)
    with pytest.raises((NotFound, NotPermitted)):
        search.page("eva")
    with pytest.raises(NotPermitted):
        selectors.rings(viewer=eva)


def test_an_erased_case_is_forgotten_by_the_matcher_too(search: Search) -> None:
    search.look_at_both()
    vault.erase(case=search.first.case)
    assert services.forget_erased() == 1
    assert not Link.objects.exists()
    assert not Asking.objects.filter(case=search.first.case).exists()
    assert search.bench.ask("ask", case=search.again.case) == {"cases": []}
    assert search.bench.ask("ask", case=search.first.case).keys() == {"refused"}


def test_corrected_answers_of_a_stranger_take_back_what_nobody_has_judged(search: Search) -> None:
    search.look_at_both()
    lodge_identity(search.organisation, search.again.case, revision=2, **SOMEBODY_ELSE)
    search.look(search.again)
    assert not Link.objects.exists()
    assert search.page("sofia").word is Word.NO


def test_what_differs_is_what_no_key_that_agrees_speaks_for() -> None:
    agrees, differs = rules.told([Kind.NAME_YEAR, Kind.RARE_NAME], [Kind.NAME_DAY, Kind.NAME_FATHER])
    assert agrees == [Element.SURNAME, Element.GIVEN, Element.YEAR]
    assert differs == [Element.FATHER, Element.DAY]
