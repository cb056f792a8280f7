# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles, and the compartments that keep what each role may read apart from what it may not."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import sentence

# The applicant acts too (answers, withdraws) but is no role of the staff and holds no role key.
APPLICANT = "applicant"


@dataclass(frozen=True)
class RoleDef:
    """A role that staff may hold.

    ``cases_a_day``: of how many cases somebody of this role usually opens something in one day. Whoever needs
    more says why. None: nobody asks.
    """

    id: str
    title: Text
    cases_a_day: int | None = None


@dataclass(frozen=True)
class CompartmentDef:
    """One class of data of a case. To write takes only a public key, so ``writers`` need not read.

    ``custody``: no role reads it; it is sealed to a key of its own that the seats hold in shares.
    """

    id: str
    title: Text
    readers: frozenset[str]
    writers: frozenset[str]
    custody: bool = False


def read_role(table: Table, seats: Collection[str]) -> RoleDef:
    """Read one ``[[roles]]`` table; ``seats`` are roles that no profile writes down."""
    role = RoleDef(table.name("id"), table.text("title"), table.optional_integer("cases_a_day", least=1))
    if role.id in seats:
        table.note("id", sentence("the table [custody] makes this role"))
    table.refuse_unknown()
    return role


def read_compartment(table: Table, roles: Collection[str], seats: Collection[str]) -> CompartmentDef:
    """Read one ``[[compartments]]`` table; its readers and writers must be among ``roles``."""
    custody = table.flag("custody")
    compartment = CompartmentDef(
        id=table.name("id"),
        title=table.text("title"),
        readers=frozenset(table.names("readers", among=roles, needed=not custody)),
        writers=frozenset(table.names("writers", among=roles, needed=False)),
        custody=custody,
    )
    if custody and (compartment.readers or compartment.writers):
        table.note("custody", sentence("what is in custody has no readers and no writers"))
    if compartment.id in seats:
        table.note("id", sentence("the table [custody] makes this compartment"))
    table.refuse_unknown()
    return compartment
