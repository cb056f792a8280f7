# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who comes after the first board: Hana, Ivo and Jana confirm; Kira, Lev, Mila, Nora and Osip had no part."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy

from django.db import connection

from tests.cast import Office
from tests.decisions.at_the_table import CANDOUR, Table, laid
from tests.moments import Moment
from tests.organisation import Organisation, same_people
from watchword.accounts import services as accounts
from watchword.decisions import triggers
from watchword.decisions.guards import GUARDS

SECOND = ("hana", "ivo", "jana")
NEW = ("kira", "lev", "mila", "nora", "osip")
APPEAL = "Nobody ever asked my neighbour."


def join_the_board(organisation: Organisation, *logins: str) -> None:
    """More people for the board, with its key from Ben."""
    for login in logins:
        staff = organisation.enrol(login, "board")
        accounts.share_role_key(
            role="board", to_staff=staff.uid, actor=organisation.actor("ben"), now=organisation.now
        )
        organisation.actor(login)


def intended(organisation: Organisation) -> Table:
    """Dov's case, where the first board intends to refuse and he has answered; the others stand ready."""
    return _lived(organisation, "intended", _intend)


def refused(organisation: Organisation) -> Table:
    """The same case refused by the second panel: it can be appealed."""
    return _lived(organisation, "refused", _refuse)


def appealed(organisation: Organisation) -> Table:
    """The same case, appealed, and acknowledged by Ada: it waits for people who had no part."""
    return _lived(organisation, "appealed", _appeal)


def _intend(organisation: Organisation) -> Table:
    table = laid(organisation)
    join_the_board(organisation, *SECOND, *NEW)
    table.decide(CANDOUR, outcome="refuse")
    table.applicant.answer("I was afraid and mixed up two years.", "decision")
    table.voters, table.signer = SECOND, "hana"
    return table


def _refuse(organisation: Organisation) -> Table:
    table = intended(organisation)
    table.decide(CANDOUR, outcome="confirm-refusal")
    return table


def _appeal(organisation: Organisation) -> Table:
    table = refused(organisation)
    table.applicant.answer(APPEAL, "decision")
    table.office.write("ada", "appeal-received")
    table.office.move("ada", "appeal")
    table.voters, table.signer = ("lev", "mila", "nora"), "osip"
    return table


def _lived(organisation: Organisation, name: str, live: Callable[[Organisation], Table]) -> Table:
    """Be there again, or live through it once for later tests."""
    moment = Moment(organisation, name)
    with no_guards():
        held: Table | None = moment.put_back()
    if held is not None:
        organisation.staff |= held.organisation.staff
        organisation.secrets |= held.organisation.secrets
        return _with(held, organisation)
    table = live(organisation)
    moment.keep(_with(table, same_people(organisation, organisation.home)))
    return table


@contextmanager
def no_guards() -> Iterator[None]:
    """What once happened is written back row by row, which the database would refuse anybody."""
    with connection.cursor() as cursor:
        for guard in GUARDS:
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
    yield
    triggers.install(connection)


def _with(table: Table, organisation: Organisation) -> Table:
    applicant = copy(table.applicant)
    applicant.organisation = organisation
    office = Office(organisation, table.case)
    return Table(organisation, office, applicant, table.voters, table.signer)
