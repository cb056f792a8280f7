# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that several roles read is sealed in parts, the same everywhere, and always to all of them."""

import json

import pytest
from pytest_django import Settings

from tests.clock import TODAY
from tests.core.sealing.other_programs import run_node
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.gate.desk import collect, fetch, write
from tests.gate.own import APART, asking
from tests.gate.sealing import Script
from tests.gate.test_browser import Tab
from tests.intake.harbour import Harbour
from watchword.cli import kit_file
from watchword.core.procedure.described import described
from watchword.core.sealing.receipt import Receipt
from watchword.intake.models import Mailbox

PAGE, ILL = "/mailbox/asked/health/", "I broke my wrist."
PARTS = {"health": {"health": ILL}, "story": {"examined": "given"}}


@pytest.fixture
def harbour_apart(gate: Harbour, settings: Settings) -> Harbour:
    """The same organisation, where one answer of the application is read by others."""
    return asking(gate, settings, APART)


def asked(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate, kind="health-asked", stage="medical", asks=("health",))


def test_sealed_on_arrival_each_reader_gets_a_part(dov: Dov, gate: Harbour) -> None:
    asked(dov, gate)
    page = dov.browser.open(PAGE)
    assert "What should the doctor know of you?" in page.text
    assert "Sealed apart from the rest of this page: “May our doctor talk" in page.text
    assert "Who can open this answer: Vetting, Decision board." in page.text
    dov.browser.send(page.form_with("ticket"), health=ILL, examined="given")
    ((parcel, entries),) = fetch(gate)
    assert parcel.kind == "section"
    assert {one.compartment: one.fields["answers"] for one in entries} == PARTS


def test_sealed_in_the_browser_half_a_page_is_not_sent(gate: Harbour) -> None:
    tab = Tab(gate).opens("/contact/")
    tab.tells("/browser/begin/", **tab.contact())
    tab.tells("/browser/written/")
    Mailbox.objects.update(sent=TODAY)
    script = Script(Dov(tab.browser))
    assert script.begins("section:health", "evidence").status_code == 404
    script.begins("section:health", "health")
    script.sends(b"the part of the doctor")
    uid = script.told["uid"]
    assert tab.tells("/browser/post/", uid=uid)[0] == 409
    assert fetch(gate) == []
    script.begins("section:health", "story")
    script.sends(b"the part of vetting")
    assert [tab.tells("/browser/post/", uid=uid)[0] for _ in range(2)] == [204, 204]
    ((_, entries),) = fetch(gate)
    assert {one.compartment: one.payload for one in entries} == {
        "health": b"the part of the doctor",
        "story": b"the part of vetting",
    }


def test_a_draft_of_which_one_reader_would_get_nothing_is_not_sent(dov: Dov, harbour_apart: Harbour) -> None:
    dov.begins().answers("prescreen")
    script = Script(dov)
    script.begins("section:reach", "contact")
    script.sends(b"{}")
    assert "Coming back to this site Still open" in dov.browser.open("/application/").text
    assert "Open parts: 1." in dov.browser.open("/application/send/").text
    dov.answers("reach", "a neighbour")
    page = dov.browser.open("/application/send/")
    assert "Whom do you fear?" in page.text
    dov.sends()
    ((_, entries),) = fetch(harbour_apart)
    found = [(one.compartment, one.fields["answers"]) for one in entries if one.kind == "section:reach"]
    assert found == [("contact", {"how_often": "days"}), ("story", {"feared": "a neighbour"})]


def test_the_kit_seals_the_same_parts_and_a_parcel_without_one_is_refused(harbour_apart: Harbour) -> None:
    text = kit_parcel(harbour_apart)
    lines = text.split("\n")
    (first,) = [at for at, line in enumerate(lines) if line.startswith("entry story section:reach")]
    last = lines.index("-----END AGE ENCRYPTED FILE-----", first)
    entry = "\n".join(lines[first : last + 1])
    for wrong in (
        "\n".join(lines[:first] + lines[last + 1 :]),
        text.replace("entry story section:reach", "entry evidence section:reach"),
        text.replace("entry story section:reach", "entry routing section:reach"),
        text.replace("entry story section:reach", "entry story section:prescreen"),
        text.replace(entry, entry + "\n" + entry.replace("reach 4", "reach 9")),
    ):
        browser = Browser()
        browser.open("/offline/")
        assert browser.send(browser.page.form_with("parcel"), parcel=wrong).status == 422
    assert not Mailbox.objects.exists()
    browser.open("/offline/")
    assert "waits to be fetched" in browser.send(browser.page.form_with("parcel"), parcel=text).text
    ((_, entries),) = fetch(harbour_apart)
    found = [(one.compartment, one.fields["answers"]) for one in entries if one.kind == "section:reach"]
    assert found == [("contact", {"how_often": "week"}), ("story", {"feared": "a neighbour"})]


def kit_parcel(harbour: Harbour) -> str:
    form = {
        "contact": {"whereabouts": "host", "adult": "yes", "danger_now": "no", "found_us": "list"},
        "prescreen": {
            "citizenships": "A",
            "languages": "B",
            "age_bracket": "from_25",
            "prior_service": "no",
            "bars": "none",
        },
        "reach": {"how_often": "week", "feared": "a neighbour"},
    }
    sections = {one.id: one for one in harbour.profile.questionnaire.application}
    filled = [
        {
            "section": described(harbour.profile, sections[name], "en"),
            "controls": {control: [value] for control, value in controls.items()},
        }
        for name, controls in form.items()
    ]
    kit = json.loads(kit_file.data_of(harbour.profile, harbour.manifest, "the mark"))
    digits = Receipt.new().digits
    (text,) = run_node(
        "gate.mjs", [{"act": "parcel", "kit": kit, "language": "en", "filled": filled, "digits": digits}]
    )
    assert isinstance(text, str)
    return text
