# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rules erase by themselves: on their day and not before, never of a case that goes on, and for good."""

from datetime import timedelta

import pytest

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Case
from watchword.cases.selectors import due_by_rule
from watchword.core.ledger.canonical import encode_plain
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.spelling import to_base64url
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.primitives import sha256
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.keystore import services as keystore
from watchword.oversight.selectors import retention_page
from watchword.oversight.services import run_retention
from watchword.vault import services as vault
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record


def run(organisation: Organisation, days: int) -> int:
    """What the Desk does so many days from now."""
    now = organisation.now + timedelta(days=days)
    return run_retention(actor=courier_actor(now), now=now)


def left(case: str) -> set[str]:
    rows = SealedRecord.objects.filter(case=case).exclude(header=b"")
    return set(rows.values_list("compartment", flat=True))


def proofs() -> list[EntryDetail]:
    return list(EntryDetail.objects.filter(event=Event.SHRED_RULE).select_related("entry"))


def test_a_case_that_goes_on_is_never_due(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    before = left(dov.case)
    assert run(organisation, 5000) == 0
    assert left(dov.case) == before
    actor, now = courier_actor(organisation.now), organisation.now
    with pytest.raises(WrongState, match="as long as the case goes on"):
        services.erase_by_rule(case_uid=dov.case, rule_id="withdrawn", actor=actor, now=now)


def test_what_was_withdrawn_goes_on_the_day_of_the_rule_and_not_before(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    dov.withdraw()
    assert run(organisation, 29) == 0
    actor = courier_actor(organisation.now)
    with pytest.raises(WrongState, match="not before"):
        services.erase_by_rule(case_uid=dov.case, rule_id="withdrawn", actor=actor, now=organisation.now)
    assert left(dov.case)
    assert run(organisation, 30) == 1
    assert left(dov.case) == set()
    assert run(organisation, 31) == 0
    # The entry's public hash is that of an action which the Desk still has: the auditor checks it.
    (proof,) = proofs()
    stated = parse_entry(bytes(proof.entry.entry)).statement.public["action"]
    assert stated == to_base64url(sha256(encode_plain(proof.payload)))
    assert (proof.payload["rule"], proof.actor) == ("withdrawn", actor.id)
    assert organisation.audit().ok


def test_no_person_and_no_rule_of_another_end_erases_by_rule(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    dov.withdraw()
    later = organisation.now + timedelta(days=900)
    for login in ("iris", "ada", "olha", "aud"):
        with pytest.raises(NotPermitted):
            services.erase_by_rule(
                case_uid=dov.case, rule_id="withdrawn", actor=organisation.actor(login), now=later
            )
    with pytest.raises(WrongState):
        services.erase_by_rule(case_uid=dov.case, rule_id="refused", actor=courier_actor(later), now=later)
    with pytest.raises(NotFound):
        services.erase_by_rule(case_uid=dov.case, rule_id="no-such", actor=courier_actor(later), now=later)
    assert left(dov.case)


# What is done after a commit is done only where there are commits.
@pytest.mark.django_db(transaction=True)
def test_of_a_part_that_goes_the_rest_is_read_on_and_no_old_copy_of_the_part_opens(
    organisation: Organisation,
) -> None:
    dov, _ = case_in(organisation)
    now = organisation.now
    health = vault.seal_record(
        case=dov.case,
        compartment="health",
        kind="note",
        payload=b"an old wound",
        signer=organisation.actor("mira").signer,
        now=now,
        readers=["medical"],
    )
    kept = SealedRecord.objects.get(case=dov.case, compartment="routing", kind="meta")
    iris = organisation.actor("iris")
    told = open_record(kept.uid, actor=iris, purpose="reading", now=now)
    Case.objects.filter(pk=dov.case).update(stage="refused", closed_at=now)
    assert run(organisation, 89) == 0
    assert run(organisation, 90) == 1
    assert "health" not in left(dov.case)
    assert open_record(kept.uid, actor=iris, purpose="reading", now=now) == told
    # The row as a copy of the database has it.
    assert keystore.secret(health.key) is None
    health.save()
    with pytest.raises(WrongState, match="erased"):
        open_record(health.uid, actor=organisation.actor("mira"), purpose="reading", now=now)
    assert proofs()[0].payload["compartments"] == ["health", "examination", "relatives"]
    assert run(organisation, 395) >= 1
    assert left(dov.case) == set()


def test_auditors_see_codes_beforehand_and_others_a_number_unless_it_is_small(
    organisation: Organisation,
) -> None:
    dov, _ = case_in(organisation)
    dov.withdraw()
    ended = organisation.now - timedelta(days=40)
    Case.objects.update(closed_at=ended)
    code, today = Case.objects.get().code, organisation.now.date()
    assert [one.code for one in due_by_rule(today)] == [code]
    pages = {who: organisation.browser(who).get("/retention/").content.decode() for who in ("aud", "olha")}
    assert code in pages["aud"]
    assert code not in pages["olha"]
    assert retention_page(viewer=organisation.actor("olha"), today=today).count is None
    assert organisation.browser("iris").get("/retention/").status_code == 403
    run(organisation, 0)
    assert "withdrawn" in organisation.browser("aud").get("/retention/").content.decode()
    page = retention_page(viewer=organisation.actor("olha"), today=today)
    assert (page.count, page.gone) == (0, ())
