# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call for help reaches humans before anything else, and nothing happens until one of them acts."""

import pytest

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Call, Case
from watchword.core.refusals import NotFound, Refused, WrongState
from watchword.desk.selectors import home
from watchword.intake.services import Call as Spoken
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


def the_call(organisation: Organisation, who: str) -> str:
    (row,) = selectors.open_calls(viewer=organisation.actor(who)).rows
    return row.uid


def test_a_call_changes_nothing_by_itself_and_stands_on_top_for_all_who_protect(
    organisation: Organisation,
) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    before = Case.objects.get(pk=dov.case)
    waiting = len(dov.mailbox())
    dov.call("pressured")
    after = Case.objects.get(pk=dov.case)
    assert (after.stage, after.version, after.danger_declared) == (before.stage, before.version, False)
    assert len(dov.mailbox()) == waiting
    # Ada vets and may not yet know of this case; the call reaches her all the same.
    for who in ("iris", "ada", "hugo"):
        heard = home(viewer=organisation.actor(who), now=organisation.now).calls.rows
        assert [row.taker for row in heard] == [""]
    for who in ("cleo", "ben", "sofia", "aud", "olha"):
        assert home(viewer=organisation.actor(who), now=organisation.now).calls.rows == []


def test_who_may_not_hear_a_call_cannot_touch_it(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    dov.call("pressured")
    uid = the_call(organisation, "iris")
    ada = organisation.actor("ada")
    services.declare_tie(
        case_uid=dov.case, kind="family", actor=organisation.actor("iris"), now=organisation.now
    )
    for who in ("iris", "ben", "cleo"):
        actor = organisation.actor(who)
        with pytest.raises(NotFound):
            selectors.call_row(uid, viewer=actor)
        with pytest.raises(NotFound):
            services.take_call(call_uid=uid, actor=actor, now=organisation.now)
        with pytest.raises(NotFound):
            services.open_call(call_uid=uid, actor=actor, now=organisation.now)
        with pytest.raises(Refused):
            services.answer_call(call_uid=uid, letter="call-pressured", actor=actor, now=organisation.now)
    assert services.open_call(call_uid=uid, actor=ada, now=organisation.now).text == ""


def test_a_human_takes_it_reads_it_and_answers_with_a_signed_letter(organisation: Organisation) -> None:
    dov, office = case_in(organisation, language="uk")
    office.open("iris", "routing")
    dov.call("relatives", "Вчора двоє, питали про мене.")
    iris, ada, now = organisation.actor("iris"), organisation.actor("ada"), organisation.now
    uid = the_call(organisation, "iris")
    with pytest.raises(WrongState, match="Take this call first"):
        services.answer_call(call_uid=uid, letter="call-relatives", actor=iris, now=now)
    services.take_call(call_uid=uid, actor=iris, now=now)
    row = selectors.call_row(uid, viewer=ada)
    assert (row.taker, row.taken_at) == ("Iris", now)
    services.take_call(call_uid=uid, actor=ada, now=now)
    opened = services.open_call(call_uid=uid, actor=ada, now=now)
    assert (opened.about, opened.text) == ("relatives", "Вчора двоє, питали про мене.")
    with pytest.raises(NotFound):
        services.answer_call(call_uid=uid, letter="decision-refuse", actor=ada, now=now)
    services.answer_call(call_uid=uid, letter=opened.letter, actor=ada, now=now)
    letter = dov.mailbox()[-1]
    assert (letter.kind, letter.language, letter.number) == ("call-relatives", "uk", 2)
    assert "Це не ваша провина" in letter.text
    assert selectors.open_calls(viewer=iris).rows == []
    with pytest.raises(WrongState, match="answered"):
        services.answer_call(call_uid=uid, letter=opened.letter, actor=ada, now=now)
    events = [moment.event for moment in timeline(dov.case)]
    assert events.count(Event.CALL_TAKE) == 2
    assert events.count(Event.CALL_ANSWER) == 1


def test_a_parcel_that_comes_twice_is_one_call_and_one_in_a_wrong_place_is_none(
    organisation: Organisation,
) -> None:
    dov, _ = case_in(organisation)
    payload = Spoken("alarm", "pressured", "", "en").payload
    now = organisation.now
    parcel = dov.parcel("alarm", dov.entry("contact", "alarm", payload, 9))
    for _ in range(2):
        services.receive_call(parcel=parcel, actor=courier_actor(now), now=now)
    assert Call.objects.count() == 1
    for entry in (dov.entry("story", "alarm", payload, 10), dov.entry("contact", "consent", payload, 11)):
        with pytest.raises(WrongState, match="not in order"):
            services.receive_call(parcel=dov.parcel("alarm", entry), actor=courier_actor(now), now=now)


def test_a_closed_case_is_still_heard(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    office.write("iris", "countersign")
    office.write("iris", "closed", reasons="It is full.")
    office.move("iris", "close")
    dov.call("second-receipt")
    uid = the_call(organisation, "iris")
    iris = organisation.actor("iris")
    services.take_call(call_uid=uid, actor=iris, now=organisation.now)
    opened = services.open_call(call_uid=uid, actor=iris, now=organisation.now)
    services.answer_call(call_uid=uid, letter=opened.letter, actor=iris, now=organisation.now)
    assert dov.mailbox()[-1].kind == "call-second-receipt"


def test_the_pages_lead_from_home_to_the_answer(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    dov.call("false-site", "<script>alert(1)</script>")
    browser = organisation.browser("iris")
    uid = the_call(organisation, "iris")
    assert f"/call/{uid}/" in browser.get("/").content.decode()
    assert browser.post(f"/call/{uid}/take/").status_code == 302
    read = browser.post(f"/call/{uid}/read/").content.decode()
    assert "I wrote to a fake site" in read
    assert "<script>" not in read
    assert "&lt;script&gt;" in read
    answered = browser.post(f"/call/{uid}/answer/", {"letter": "call-false-site"}, follow=True)
    assert "This call was answered" not in answered.content.decode()
    code = Case.objects.get(pk=dov.case).code
    page = browser.get(f"/case/{code}/").content.decode()
    assert "What the applicant called out" in page
    assert "The applicant called for help" in page
    assert organisation.browser("ben").get(f"/call/{uid}/").status_code in {403, 404}
