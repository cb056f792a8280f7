# SPDX-License-Identifier: AGPL-3.0-or-later
"""What went into custody is kept as it came; a case page says that it is there, and never what it is."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from pytest_django import Settings

from tests.cast import PROFILE, RELATIVES, Applicant, case_in
from tests.organisation import Organisation
from watchword.accounts import services as accounts
from watchword.accounts.rules import CUSTODIANS
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Case
from watchword.cases.parcels import ParcelEntry, check_parcel
from watchword.cases.selectors.held import Held
from watchword.core.procedure import decode_answers
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing import frame
from watchword.core.sealing.custody import Part, restore, unpack
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.unseal import unseal_parts
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record
from watchword.vault.selectors import compartments_read_by, readers_of, records

CLOSE = PROFILE.questionnaire.section("relatives")
HOLDERS = ("halyna", "jonas", "katrin", "milda", "tomasz")


def share_of(organisation: Organisation, case: str, who: str, revision: int = 1) -> Part:
    """What the holder of a seat finds in its record, opened through the one door."""
    (seat,) = organisation.actor(who).roles & CUSTODIANS
    record = records(case, seat).get(revision=revision)
    payload = open_record(record.uid, actor=organisation.actor(who), purpose="release", now=organisation.now)
    (part,) = unpack(payload)
    return part


def held(organisation: Organisation, case: str) -> Held | None:
    code = Case.objects.get(pk=case).code
    page = selectors.case_page(code, viewer=organisation.actor("ada"), now=organisation.now)
    (row,) = [one for one in page.compartments if one.id == "relatives"]
    assert row.why_not is not None
    return row.held


def test_it_lies_in_the_vault_for_any_three_seats_and_for_nobody_else(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    assert held(organisation, dov.case) == Held(False, 0, 3, 5)
    dov.confide()
    assert held(organisation, dov.case) == Held(True, 5, 3, 5)
    body = records(dov.case, "relatives").get()
    for who in ("iris", "ada", "sofia", "eva", "aud", "petro", *HOLDERS):
        with pytest.raises(NotPermitted):
            open_record(body.uid, actor=organisation.actor(who), purpose="case-work", now=organisation.now)
    parts = [share_of(organisation, dov.case, who) for who in HOLDERS]
    for three in combinations(parts, 3):
        assert read(body, three) == RELATIVES
    for two in combinations(parts, 2):
        with pytest.raises(SealingError):
            read(body, two)


def read(body: SealedRecord, parts: tuple[Part, ...]) -> object:
    whole = b"".join(bodies.read(body.body_sha256))
    opened = unseal_parts(headers.bare(body), whole, [restore(parts)])
    expected = frame.Frame(bytes.fromhex(body.case), "relatives", body.revision)
    return decode_answers(frame.unpack(opened, expected)).answers["close"]


def test_the_case_page_counts_how_often_it_was_released(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.confide()
    body = records(dov.case, "relatives").get()
    told = {"record": body.uid, "compartment": "relatives", "kind": body.kind, "purpose": "check"}
    for minute in range(2):
        record(
            Event.IDENTITY_OPEN,
            signer=organisation.actor("ada").signer,
            case=dov.case,
            payload=told,
            public={"action": bytes(32)},
            at=organisation.now + timedelta(minutes=minute),
        )
    code = Case.objects.get(pk=dov.case).code
    page = selectors.case_page(code, viewer=organisation.actor("hugo"), now=organisation.now)
    (row,) = [one for one in page.compartments if one.id == "relatives"]
    assert row.opened is not None
    assert row.opened.times == 2


def test_no_seat_opens_the_record_of_another_and_no_page_of_a_case_is_theirs(
    organisation: Organisation,
) -> None:
    dov, office = case_in(organisation, "checks")
    dov.confide()
    other = records(dov.case, "custodian-2").get()
    for who in ("halyna", "ada", "petro"):
        with pytest.raises(NotPermitted):
            open_record(other.uid, actor=organisation.actor(who), purpose="release", now=organisation.now)
    code = Case.objects.get(pk=dov.case).code
    for who in HOLDERS:
        with pytest.raises(NotFound):
            selectors.case_page(code, viewer=organisation.actor(who), now=organisation.now)
    for who in ("ada", "halyna"):
        for compartment in ("relatives", "custodian-1"):
            with pytest.raises((NotPermitted, NotFound)):
                office.open(who, compartment)


def test_too_few_shares_are_taken_in_and_told_at_once(organisation: Organisation) -> None:
    """Left at the Gate they would be lost; here somebody can ask for the page anew while there is time."""
    dov, _ = case_in(organisation, "checks")
    for revision, kept in ((1, 2), (2, 3)):
        entries = dov.parts(CLOSE, revision, close=RELATIVES)
        brings(organisation, dov, *entries[: 1 + kept])
        found = held(organisation, dov.case)
        assert found is not None
        assert (found.lodged, found.shares, found.lost) == (True, kept, kept < 3)
    # The Gate may seal by a newer version of the profile than the one to which the case is pinned.
    entries = dov.parts(CLOSE, 3, close=RELATIVES)
    brings(organisation, dov, *entries, replace(entries[-1], compartment="custodian-6"))
    assert records(dov.case, "custodian-6").get().readers == ["custodian-6"]


def test_shares_of_another_revision_belong_to_nothing(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    body, *_ = dov.parts(CLOSE, 2, close=RELATIVES)
    _, *shares = dov.parts(CLOSE, 3, close=RELATIVES)
    brings(organisation, dov, body, *shares)
    found = held(organisation, dov.case)
    assert found is not None
    assert (found.shares, found.lost) == (0, True)


def test_a_share_that_is_none_keeps_nothing_out_and_is_found_when_it_is_opened(
    organisation: Organisation,
) -> None:
    dov, _ = case_in(organisation, "checks")
    entries = {one.compartment: one for one in dov.parts(CLOSE, close=RELATIVES)}
    entries["custodian-2"] = dov.entry("custodian-2", "section:relatives", b"trust me", 1)
    brings(organisation, dov, *entries.values())
    with pytest.raises(SealingError):
        share_of(organisation, dov.case, "jonas")
    honest = tuple(share_of(organisation, dov.case, who) for who in ("halyna", "katrin", "milda"))
    assert read(records(dov.case, "relatives").get(), honest) == RELATIVES


def test_what_no_program_of_ours_sends_is_left_where_it_is(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    body, first, *rest = dov.parts(CLOSE)
    name = dov.section(PROFILE.questionnaire.section("polygraph"))
    for entries in (
        [first, *rest],
        [body, body, first],
        [body, first, first],
        [replace(body, compartment="story"), first, *rest],
        [body, first, replace(rest[0], kind="section:identity")],
        [name, replace(first, kind="section:polygraph")],
        [body, replace(first, compartment="custodian-17")],
    ):
        with pytest.raises(WrongState):
            check_parcel(dov.parcel("section", *entries), "section", PROFILE)
    application = dov.parcel("application", dov.meta(), body, first, *rest)
    with pytest.raises(WrongState):
        check_parcel(application, "application", PROFILE)


def test_every_seat_that_can_be_is_a_compartment_of_its_holder_alone() -> None:
    for seat in SEATS:
        assert readers_of(seat) == {seat}
        assert seat in compartments_read_by(seat)
    assert not set(compartments_read_by("vetting")) & set(SEATS)


def test_a_seat_passes_to_a_successor_and_whoever_left_opens_nothing_more(
    organisation: Organisation, settings: Settings
) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.confide()
    body = records(dov.case, "relatives").get()
    organisation.enrol("zenon")
    organisation.enrol("yvo")
    organisation.grant("zenon", "custodian-2")
    with pytest.raises(WrongState, match="being handed over"):
        organisation.grant("yvo", "custodian-2")
    zenon = organisation.staff["zenon"].uid
    accounts.share_role_key(
        role="custodian-2", to_staff=zenon, actor=organisation.actor("jonas"), now=organisation.now
    )
    organisation.revoke("jonas", "custodian-2")
    organisation.new_epoch("custodian-2", by="zenon")
    organisation.publish_manifest(settings)
    assert organisation.rewrap("custodian-2", by="zenon") >= 1
    accounts.destroy_retired(role="custodian-2", actor=organisation.actor("zenon"), now=organisation.now)
    jonas = organisation.fresh_actor("jonas")
    handed = records(dov.case, "custodian-2").get()
    with pytest.raises(NotPermitted):
        open_record(handed.uid, actor=jonas, purpose="release", now=organisation.now)
    three = tuple(share_of(organisation, dov.case, who) for who in ("halyna", "zenon", "katrin"))
    assert read(body, three) == RELATIVES


def test_a_seat_whose_holder_is_distrusted_begins_anew_and_what_was_lodged_has_a_share_less(
    organisation: Organisation, settings: Settings
) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.confide()
    organisation.enrol("zenon")
    accounts.revoke_now(
        staff_id=organisation.staff["jonas"].uid,
        role="custodian-2",
        reason="seen with strangers",
        actor=organisation.actor("petro"),
        now=organisation.now,
    )
    organisation.grant("zenon", "custodian-2")
    organisation.new_epoch("custodian-2", by="zenon")
    organisation.publish_manifest(settings)
    lodged = records(dov.case, "custodian-2").get()
    for who, refusal in (("jonas", NotPermitted), ("zenon", WrongState)):
        with pytest.raises(refusal):
            open_record(
                lodged.uid, actor=organisation.fresh_actor(who), purpose="release", now=organisation.now
            )
    dov.confide(revision=2)
    anew = tuple(share_of(organisation, dov.case, who, 2) for who in ("halyna", "zenon", "katrin"))
    assert read(records(dov.case, "relatives").get(revision=2), anew) == RELATIVES
    rest = tuple(share_of(organisation, dov.case, who) for who in ("halyna", "katrin", "milda"))
    assert read(records(dov.case, "relatives").get(revision=1), rest) == RELATIVES


def brings(organisation: Organisation, dov: Applicant, *entries: ParcelEntry) -> None:
    parcel = dov.parcel("section", *entries)
    services.receive_section(parcel=parcel, actor=courier_actor(organisation.now), now=organisation.now)
