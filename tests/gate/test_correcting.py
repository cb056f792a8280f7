# SPDX-License-Identifier: AGPL-3.0-or-later
"""An answer is corrected from the mailbox once the Desk has written, as a sealed form of its own."""

from tests.gate.applicant import Dov, answers_to
from tests.gate.browser import Page
from tests.gate.desk import collect, fetch, write
from tests.gate.test_mailbox import STRANGER
from tests.intake.harbour import Harbour
from watchword.intake import envelopes

LIST, PAGE = "/mailbox/correct/", "/mailbox/asked/prescreen/"


def answered(dov: Dov, gate: Harbour, **letter: object) -> Page:
    """The list of parts, for somebody whose application the Desk has read."""
    dov.applies()
    collect(gate)
    write(gate, **letter)
    dov.comes_back()
    return dov.browser.open(LIST)


def test_a_corrected_part_goes_to_the_desk_as_a_higher_revision(dov: Dov, gate: Harbour) -> None:
    page = answered(dov, gate)
    assert PAGE in page.links
    form = dov.browser.open(PAGE).form_with("ticket")
    section = envelopes.profile().questionnaire.section("prescreen")
    page = dov.browser.send(form, **answers_to(section, "Other words."))
    assert page.address == "/mailbox/"
    ((parcel, (entry,)),) = fetch(gate)
    assert (parcel.kind, entry.kind, entry.compartment) == ("section", "section:prescreen", "routing")
    assert parcel.entries[0].revision > len(envelopes.profile().questionnaire.sections)
    assert b"Other words." in entry.payload
    assert dov.browser.send(form, **answers_to(section, "Other words.")).address == "/mailbox/"
    assert len(fetch(gate)) == 1


def test_the_file_and_what_was_not_asked_for_cannot_be_corrected(dov: Dov, gate: Harbour) -> None:
    page = answered(dov, gate)
    for name in ("attachment", "identity", "chronology"):
        assert f"/mailbox/asked/{name}/" not in page.links
        assert dov.browser.open(f"/mailbox/asked/{name}/").status == 404


def test_nobody_corrects_before_the_desk_has_written_nor_while_somebody_forges(
    dov: Dov, gate: Harbour
) -> None:
    assert answered(dov, gate, signer=STRANGER).address == "/mailbox/"
    assert dov.browser.open(PAGE).status == 404
    write(gate)
    assert LIST not in dov.browser.open("/mailbox/").links
    assert dov.browser.open(PAGE).status == 404


def test_nothing_is_corrected_in_a_case_that_has_ended(dov: Dov, gate: Harbour) -> None:
    assert answered(dov, gate, stage="closed", kind="status").address == "/mailbox/"
    assert dov.browser.open(PAGE).status == 404
