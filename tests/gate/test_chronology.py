# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten years are written entry by entry without scripts, and nothing is lost on the way."""

import json

from tests.gate.applicant import Dov
from tests.gate.browser import Form, Page
from tests.gate.desk import collect, write
from tests.intake.harbour import Harbour
from watchword.intake.models import SealedEntry

PAGE = "/mailbox/asked/chronology/"
ASKING = {"number": 2, "kind": "questionnaire-asked", "stage": "questionnaire", "asks": ("chronology",)}


def asked(dov: Dov, gate: Harbour) -> Form:
    """The page that the Desk's letter has opened."""
    dov.applies()
    collect(gate)
    write(gate, **ASKING)
    dov.comes_back()
    return dov.browser.open(PAGE).form_with("ticket")


def period(number: int, begun: str, ended: str, **more: str) -> dict[str, str]:
    """What is typed into one entry; an end of "still" is the tick."""
    end = {"still": "on"} if ended == "still" else {"to_year": ended}
    when = {f"when.{name}": value for name, value in {"from_year": begun, **end}.items()}
    return {f"periods.{number}.{name}": value for name, value in {**when, **more}.items()}


def sealed() -> bool:
    return SealedEntry.objects.filter(kind="section:chronology").exists()


def presses(dov: Dov, form: Form, button: str, **typed: str) -> Page:
    """One of the buttons of the list: the same page comes back, and nothing is sealed."""
    page = dov.browser.send(form, rows=button, **typed)
    assert (page.status, page.address, sealed()) == (200, PAGE, False)
    return page


def test_entries_are_added_and_removed_and_every_word_stays(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    typed = period(
        0, "2015", "2019", **{"where.place": "<b>the river</b>", "when.from_part": "22", "did": "work"}
    )
    page = presses(dov, form, "add periods", **typed, **period(2, "2019", "still"))
    assert page.html.count('value="remove periods.') == 5  # with the new one, and the pattern for scripts
    page = presses(dov, page.form_with("ticket"), "remove periods.1", **{"periods.0.when.from_part": "22"})
    form = page.form_with("ticket")
    assert form.fields["periods.0.where.place"] == ["<b>the river</b>"]
    assert '<option value="22" selected>' in page.html
    assert (form.fields["periods.1.when.from_year"], form.fields["periods.1.when.still"]) == (
        ["2019"],
        ["on"],
    )
    assert "<b>the river" not in page.html


def test_they_are_put_in_order_of_time_and_sealed_in_it(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    page = presses(dov, form, "order periods", **period(0, "2019", "still"), **period(2, "2014", "2019"))
    form = page.form_with("ticket")
    assert form.fields["periods.0.when.from_year"] == ["2014"]
    dov.browser.send(form)
    ((_, (entry,)),) = collect(gate)
    answers = json.loads(entry.payload)["answers"]
    assert answers == {"periods": [{"when": "2014/2019"}, {"when": "2019/.."}]}


def test_a_gap_is_pointed_out_once_and_then_taken_as_it_is(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    page = dov.browser.send(form, **period(0, "2021", "still"), **period(1, "2014", "2018"))
    assert (page.status, sealed()) == (200, False)
    assert "after “2018” and before “2021”" in page.text
    page = dov.browser.send(page.form_with("ticket"))
    assert page.address == "/mailbox/"
    assert sealed()


def test_a_fault_names_its_entry_and_loses_nothing(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    typed = {**period(0, "2014", "still"), **period(2, "2020", "2019", **{"where.country": "Nowhere"})}
    page = dov.browser.send(form, **typed)
    assert (page.status, sealed()) == (422, False)
    assert "3 · When was it?: The end lies before the beginning." in page.text
    assert 'href="#id_periods.2.when.from_part"' in page.html
    assert page.form_with("ticket").fields["periods.2.where.country"] == ["Nowhere"]


def test_nothing_written_at_all_is_asked_for_and_a_strange_button_does_nothing(
    dov: Dov, gate: Harbour
) -> None:
    form = asked(dov, gate)
    assert "Write at least one entry." in dov.browser.send(form).text
    for button in ("remove periods.9", "add nothing", "drop table", "remove periods.²", "add periods.when"):
        page = dov.browser.send(form, rows=button)
        assert page.status == 200
    assert not sealed()


def test_a_visit_that_ended_gives_every_typed_word_back(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    dov.browser.client.cookies.pop("visit")
    typed = period(0, "2014", "2019", **{"where.place": "the river", "did": "work"})
    page = dov.browser.send(form, rows="add periods", **typed)
    assert page.status == 409
    assert [word in page.text for word in ("2014", "2019", "the river", "add periods")] == [True] * 3 + [
        False
    ]


def test_no_more_entries_fit_than_the_profile_says(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    typed = {name: value for number in range(21) for name, value in period(number, "2014", "still").items()}
    page = dov.browser.send(form, **typed)
    assert "There are too many entries: at most 20 fit." in page.text
    assert "No more entries fit here." in page.text
