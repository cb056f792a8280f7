# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: every address of the Desk, asked by everybody: a case that is not theirs is no case at all.

The addresses come from the program itself: one that nobody thought of here fails the test.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PROFILE, Applicant, Office
from tests.decisions.at_the_table import CANDOUR, Table, laid
from tests.laws.addresses import addresses, gaps_of
from tests.laws.breaking import everything
from tests.moments import Moment
from tests.organisation import Organisation, same_people
from watchword.accounts.rules import Permission
from watchword.cases.models import Case
from watchword.decisions.models import Proposal

OPEN = {
    "accounts:log_in",
    "accounts:unlock",
    "accounts:recover",
    "accounts:finish_recovery",
    "healthz",
    "language",
    "leave",
    "left",
}
"""What somebody not logged in, or locked, may ask for; the pages that show the look are a demo's alone."""
DEMO = {"look", "look_gate"}

_P = Permission
WITHOUT_A_CASE: dict[str, Permission | None] = {
    "accounts:log_out": None,
    "accounts:lock": None,
    "accounts:recoveries": _P.RECOVERY_APPROVE,
    "accounts:approve_recovery": _P.RECOVERY_APPROVE,
    "accounts:stop_recovery": None,
    "accounts:devices": None,
    "accounts:add_passkey": None,
    "accounts:end_session": None,
    "accounts:revoke_passkey": None,
    "accounts:devices_of": _P.SESSION_END,
    "accounts:people": _P.STAFF_LIST,
    "accounts:enrol": _P.STAFF_ENROL,
    "accounts:person": _P.STAFF_LIST,
    "accounts:grant": _P.ROLE_GRANT,
    "accounts:revoke": _P.ROLE_REVOKE,
    "accounts:end_service": _P.STAFF_LEAVE,
    "accounts:keys": None,
    "accounts:hand_over": None,
    "accounts:confirm": _P.ROLE_GRANT,
    "accounts:drop": _P.ROLE_GRANT,
    "accounts:renew": None,
    "accounts:rewrap": None,
    "accounts:stop_rewrap": None,
    "accounts:destroy": None,
    "accounts:bring_key": _P.RELEASE_ANSWER,
    "accounts:hand_on_seat": _P.RELEASE_ANSWER,
    "accounts:put_headers": _P.RELEASE_ANSWER,
    "accounts:take_headers": _P.RELEASE_ANSWER,
    "cases:alike": _P.ALIKE_COMPARE,
    "cases:compare": _P.ALIKE_COMPARE,
    "cases:call": _P.CASE_MESSAGE,
    "cases:take_call": _P.CASE_MESSAGE,
    "cases:read_call": _P.CASE_OPEN,
    "cases:answer_call": _P.CASE_MESSAGE,
    "cases:offer": _P.CASE_ASSIGN,
    "cases:accept_offer": _P.CASE_ASSIGN,
    "cases:list": _P.CASE_LIST,
    "cases:tie_from_seat": _P.RELEASE_ANSWER,
    "cases:keep_choice": _P.CASE_LIST,
    "cases:drop_choice": _P.CASE_LIST,
    "cases:several": _P.CASE_LIST,
    "cases:batch": _P.CASE_LIST,
    "cases:answer_of_batch": _P.CASE_LIST,
    "cases:do_batch": _P.CASE_LIST,
    "cases:drop_batch": _P.CASE_LIST,
    "custody:anew": _P.RESPLIT_RUN,
    "custody:ask_anew": _P.RESPLIT_RUN,
    "custody:break": _P.RELEASE_ANSWER,
    "custody:confirm_anew": _P.RESPLIT_RUN,
    "custody:confirm_break": _P.RELEASE_ANSWER,
    "custody:confirm_distrust": _P.RESPLIT_PROPOSE,
    "custody:distrust": _P.RESPLIT_PROPOSE,
    "custody:drop_distrust": _P.RESPLIT_PROPOSE,
    "custody:end": _P.RELEASE_OPEN,
    "custody:end_anew": _P.RESPLIT_RUN,
    "custody:finish_distrust": _P.RESPLIT_PROPOSE,
    "custody:give": _P.RELEASE_ANSWER,
    "custody:give_batch": _P.RELEASE_ANSWER,
    "custody:give_batch_outside": _P.RELEASE_ANSWER,
    "custody:give_outside": _P.RELEASE_ANSWER,
    "custody:open": _P.RELEASE_OPEN,
    "custody:outside": _P.RELEASE_ANSWER,
    "custody:outside_batch": _P.RELEASE_ANSWER,
    "custody:propose_distrust": _P.RESPLIT_PROPOSE,
    "custody:read": _P.RELEASE_ANSWER,
    "custody:read_batch": _P.RELEASE_ANSWER,
    "custody:refuse": _P.RELEASE_ANSWER,
    "custody:refuse_batch": _P.RELEASE_ANSWER,
    "custody:refuse_batch_outside": _P.RELEASE_ANSWER,
    "custody:refuse_outside": _P.RELEASE_ANSWER,
    "custody:review": _P.RELEASE_ANSWER,
    "custody:run_anew": _P.RESPLIT_RUN,
    "custody:seat": _P.RELEASE_ANSWER,
    "custody:take_out": _P.RELEASE_ANSWER,
    "custody:take_out_batch": _P.RELEASE_ANSWER,
    "custody:why": _P.RELEASE_ASK,
    "desk:home": None,
    "desk:fetch": _P.PARCEL_PULL,
    "desk:machine": _P.MACHINE_READ,
    "desk:shortcuts": None,
    "genuine:clones": _P.CLONE_PROPOSE,
    "genuine:draft": _P.CLONE_PROPOSE,
    "genuine:propose": _P.CLONE_PROPOSE,
    "genuine:confirm": _P.CLONE_CONFIRM,
    "genuine:drop": _P.CLONE_PROPOSE,
    "matching:rings": _P.MATCH_READ,
    "oversight:beyond": _P.EXPOSURE_READ,
    "oversight:exposure": _P.EXPOSURE_READ,
    "oversight:figures": _P.FIGURES_READ,
    "oversight:honey": _P.HONEY_WATCH,
    "oversight:honey_anew": _P.HONEY_WATCH,
    "oversight:honey_ask": _P.HONEY_WATCH,
    "oversight:honey_drop": _P.HONEY_WATCH,
    "oversight:honey_look": _P.HONEY_WATCH,
    "oversight:honey_looks": _P.HONEY_WATCH,
    "oversight:honey_second": _P.HONEY_SECOND,
    "oversight:ledger": _P.LEDGER_READ,
    "oversight:retention": _P.FIGURES_READ,
    "oversight:checkpoint": _P.LEDGER_READ,
    "oversight:tile_log": _P.LEDGER_READ,
    "protection:answer": _P.ENQUIRY_TAKE,
    "protection:ask": _P.ENQUIRY_LOOK,
    "protection:compromise": _P.COMPROMISE_ANSWER,
    "protection:destroy": _P.ENQUIRY_LOOK,
    "protection:draw": _P.CALLSIGN_ISSUE,
    "protection:end": _P.COMPROMISE_ANSWER,
    "protection:enquiries": _P.ENQUIRY_LOOK,
    "protection:issue": _P.CALLSIGN_ISSUE,
    "protection:look": _P.ENQUIRY_LOOK,
    "protection:open": _P.CALLSIGN_ISSUE,
    "protection:read": _P.ENQUIRY_LOOK,
    "protection:report": _P.COMPROMISE_ANSWER,
    "protection:rule": _P.COMPROMISE_ANSWER,
    "protection:settle": _P.COMPROMISE_ANSWER,
    "protection:signs": _P.CALLSIGN_ISSUE,
    "protection:take": _P.ENQUIRY_TAKE,
    "screening:answers": _P.SCREENING_RUN,
    "screening:ask": _P.SCREENING_RUN,
    "screening:confirm": _P.SCREENING_RUN,
    "screening:end": _P.SCREENING_RUN,
    "screening:lists": _P.SCREENING_RUN,
    "screening:queue": _P.SCREENING_RUN,
    "screening:run": _P.SCREENING_RUN,
}
"""What each address outside of cases asks for; None is the log-in alone, and acts on what is one's own."""

STRANGERS = ("iris", "pola", "cleo", "mira", "petro", "aud", "hanna", "eva", "stas", "halyna")
"""Who must know nothing of a case before the board: other stages or vetting, two with a tie, a custodian."""


IN_A_CASE = [one for one in addresses() if "code" in one.gaps and one.name not in OPEN]
OUTSIDE = [one for one in addresses() if one not in IN_A_CASE]


@pytest.fixture
def table(organisation: Organisation) -> Table:
    """A case before the board with a proposal in it; Hanna vets too, and Eva and Stas have declared a tie.

    Lived once, then put back.
    """
    moment = Moment(organisation, "before strangers")
    lived: tuple[Applicant, Organisation] | None = moment.put_back()
    if lived is None:
        table = laid(organisation)
        organisation.enrol("hanna", "vetting")
        table.propose(CANDOUR)
        for who in ("eva", "stas"):
            table.office.tie(who)
        moment.keep((table.applicant, same_people(organisation, organisation.home)))
        return table
    applicant, people = lived
    applicant.organisation = organisation
    organisation.staff, organisation.secrets = dict(people.staff), dict(people.secrets)
    return Table(organisation, Office(organisation, applicant.case), applicant)


def words_of(page: bytes, code: str) -> str:
    """A page without the code in its address, the random marks of its forms and the running clock."""
    own = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode().replace(code, ""))
    return re.sub(r"locks in \d+ minutes?", "", own)


def test_every_address_is_judged_here() -> None:
    assert {one.name for one in OUTSIDE} == {*WITHOUT_A_CASE, *OPEN, *DEMO}
    assert len(IN_A_CASE) > 15


@pytest.mark.parametrize("who", STRANGERS)
def test_to_a_stranger_a_case_and_no_case_are_the_same(table: Table, who: str) -> None:
    client, here = table.organisation.browser(who), gaps_of(table)
    nowhere = here | {"code": "WW-AAAA-00"}
    before = everything()
    for address in IN_A_CASE:
        for ask in (client.get, client.post):
            answer, other = ask(address.of(here)), ask(address.of(nowhere))
            # 405: this address is asked in the other way, which comes here too.
            assert answer.status_code in {403, 404, 405}, (address.name, answer.status_code)
            assert answer.status_code == other.status_code, address.name
            assert words_of(answer.content, here["code"]) == words_of(other.content, "WW-AAAA-00")
    assert everything() == before


def test_who_is_not_logged_in_is_sent_to_the_log_in_page(table: Table) -> None:
    client, here = Client(), gaps_of(table)
    before = everything()
    for address in [*IN_A_CASE, *(one for one in OUTSIDE if one.name in WITHOUT_A_CASE)]:
        for ask in (client.get, client.post):
            answer = ask(address.of(here))
            assert answer.headers.get("Location") == "/log-in/", (address.name, answer.status_code)
    assert everything() == before


@pytest.mark.parametrize("who", ["iris", "ada", "sofia", "pola", "mira", "ben", "petro", "aud", "halyna"])
def test_outside_of_cases_each_role_gets_what_its_permissions_say(table: Table, who: str) -> None:
    actor = table.organisation.actor(who)
    client, here = table.organisation.browser(who), gaps_of(table)
    for address in OUTSIDE:
        asked = WITHOUT_A_CASE.get(address.name)
        if asked is not None:
            answer = client.get(address.of(here))
            # Read to its end: closing it by hand would close the database's connection with it.
            b"".join(answer)
            status = answer.status_code
            assert (status == 403) is not actor.has(asked), (address.name, status)
            if not actor.has(asked):
                assert client.post(address.of(here)).status_code == 403, address.name


@pytest.mark.parametrize("who", ["ada", "hugo", "ben", "gita", "sofia"])
def test_who_may_know_of_a_case_opens_the_compartments_of_their_role_alone(table: Table, who: str) -> None:
    actor, client = table.organisation.actor(who), table.organisation.browser(who)
    here = gaps_of(table)
    assert client.get(reverse("cases:case", args=[here["code"]])).status_code == 200
    for compartment in PROFILE.compartments.values():
        answer = client.post(reverse("cases:compartment", args=[here["code"], compartment.id]))
        # 409: the compartment is theirs to read, and nothing is in it.
        allowed = {200, 409} if actor.roles & compartment.readers else {403}
        assert answer.status_code in allowed, (compartment.id, answer.status_code)


def test_what_belongs_to_one_case_is_not_found_under_the_code_of_another(
    table: Table, organisation: Organisation
) -> None:
    """A person who may see both must still not sign one while the page names the other."""
    other = laid(organisation)
    ben, sofia = organisation.browser("ben"), organisation.browser("sofia")
    mixed = gaps_of(table) | {"code": Case.objects.get(pk=other.case).code}
    before = everything()
    for address in IN_A_CASE:
        if address.gaps & {"letter", "record", "item", "proposal", "hit", "task"}:
            client = sofia if "hit" in address.gaps else ben
            sent = {"code": mixed["code"], "seen": Proposal.objects.get().action_hash, "reason": "Because."}
            status = client.post(address.of(mixed), sent).status_code
            assert status == 404, (address.name, status)
    assert everything() == before
