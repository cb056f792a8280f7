# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 9 with a ledger that is broken on the disk: nothing of a case is changed or opened.

That no service is forgotten, and that none changes anything when an entry cannot be written, tests/laws says.
"""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from tests.cases.test_handing import offer
from tests.cases.test_work import note, task
from tests.cast import Applicant, Office, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Case
from watchword.cases.selectors.pieces import pieces_of
from watchword.core.ledger.errors import LedgerError

Attempt = Callable[[Applicant, Office], object]

ATTEMPTS: dict[str, tuple[str, Attempt]] = {
    "open_case": ("checks", lambda dov, office: Applicant(office.organisation).apply()),
    "receive_letter": ("checks", lambda dov, office: dov.answer("I am here.")),
    "receive_call": ("checks", lambda dov, office: dov.call("relatives")),
    "take_call": ("checks", lambda dov, office: _take_call(office)),
    "open_call": ("checks", lambda dov, office: _open_call(office)),
    "answer_call": ("checks", lambda dov, office: _answer_call(office)),
    "receive_section": ("checks", lambda dov, office: dov.lodge()),
    "receive_withdrawal": ("checks", lambda dov, office: dov.withdraw()),
    "assign_keeper": ("checks", lambda dov, office: office.keep("hugo")),
    "ask_colleague": ("interviews", lambda dov, office: office.ask("ada", "hugo")),
    "offer_case": ("interviews", lambda dov, office: offer(office, "ada", "hugo")),
    "declare_tie": ("checks", lambda dov, office: office.tie("ada")),
    "send_letter": ("questionnaire", lambda dov, office: office.write("iris", "message", message="Hello.")),
    "open_compartment": ("questionnaire", lambda dov, office: office.open("iris", "routing")),
    "open_letter": ("questionnaire", lambda dov, office: _read_letter(office)),
    "open_file": ("checks", lambda dov, office: _take_file(office)),
    "move_stage": ("questionnaire", lambda dov, office: office.move("iris", "complete")),
    "apply_outcome": ("board", lambda dov, office: _accept(office)),
    "letters_delivered": ("checks", lambda dov, office: _deliver(office)),
    "add_evidence": ("interviews", lambda dov, office: office.record("ada", "interview")),
    "write_note": ("interviews", lambda dov, office: note(office, "ada")),
    "set_task": ("interviews", lambda dov, office: task(office, "ada", "ada", words="Ask the baker.")),
    "note_evidence": ("interviews", lambda dov, office: office.record("ada", "interview")),
}


@pytest.mark.parametrize("stage", sorted({stage for stage, _ in ATTEMPTS.values()}))
def test_a_broken_ledger_stops_the_change_as_well(organisation: Organisation, stage: str) -> None:
    dov, office = case_in(organisation, stage)
    for who in ("iris", "ada", "hugo", "sofia", "ben"):
        organisation.actor(who)
    courier_actor(organisation.now)
    dov.call("pressured")
    services.take_call(call_uid=_call(office), actor=organisation.actor("iris"), now=organisation.now)
    before = _everything()
    (settings.WATCHWORD_LEDGER_DIR / "checkpoint").rename(organisation.home / "stolen-checkpoint")
    for service, attempt in _attempts_in(stage).items():
        with pytest.raises(LedgerError):
            attempt(dov, office)
        assert _everything() == before, service


def _attempts_in(stage: str) -> dict[str, Attempt]:
    """Each leaves everything as it was, so all that begin in one stage follow each other in one case."""
    return {service: attempt for service, (where, attempt) in ATTEMPTS.items() if where == stage}


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of what belongs to cases, evidence and sealed records."""
    models: list[type[Model]] = [
        model for app in ("cases", "vetting", "vault") for model in apps.get_app_config(app).get_models()
    ]
    return {
        model.__name__: [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._default_manager.order_by("pk").values_list()
        ]
        for model in models
    }


def _call(office: Office) -> str:
    return _case(office).calls.get().uid


def _take_call(office: Office) -> None:
    ada = office.organisation.actor("ada")
    services.take_call(call_uid=_call(office), actor=ada, now=office.organisation.now)


def _open_call(office: Office) -> object:
    iris = office.organisation.actor("iris")
    return services.open_call(call_uid=_call(office), actor=iris, now=office.organisation.now)


def _answer_call(office: Office) -> None:
    iris, now = office.organisation.actor("iris"), office.organisation.now
    services.answer_call(call_uid=_call(office), letter="call-pressured", actor=iris, now=now)


def _read_letter(office: Office) -> object:
    letter = _case(office).letters.get(kind="countersign")
    return services.open_letter(
        case_uid=office.case,
        letter_uid=letter.uid,
        actor=office.organisation.actor("iris"),
        now=office.organisation.now,
    )


def _take_file(office: Office) -> object:
    (file,) = [piece for piece in pieces_of(_case(office)) if piece.is_file]
    return services.open_file(
        case_uid=office.case,
        record_uid=file.uid,
        actor=office.organisation.actor("ada"),
        now=office.organisation.now,
    )


def _accept(office: Office) -> object:
    return services.apply_outcome(
        case_uid=office.case,
        outcome="accept",
        filled={"reasons": "We believe you."},
        actor=office.organisation.actor("ben"),
        now=office.organisation.now,
    )


def _deliver(office: Office) -> object:
    uids = list(_case(office).outgoing.values_list("uid", flat=True))
    now = office.organisation.now
    return services.letters_delivered(uids=uids, actor=courier_actor(now), now=now)


def _case(office: Office) -> Case:
    return Case.objects.get(pk=office.case)
