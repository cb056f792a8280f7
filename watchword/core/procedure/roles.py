# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles, and the compartments that keep what each role may read apart from what it may not."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text

# The applicant acts too (answers, withdraws) but is no role of the staff and holds no role key.
APPLICANT = "applicant"


@dataclass(frozen=True)
class RoleDef:
    """A role that staff may hold."""

    id: str
    title: Text


@dataclass(frozen=True)
class CompartmentDef:
    """One class of data of a case. To write takes only a public key, so ``writers`` need not read."""

    id: str
    title: Text
    readers: frozenset[str]
    writers: frozenset[str]


def read_role(table: Table) -> RoleDef:
    """Read one ``[[roles]]`` table."""
    role = RoleDef(table.name("id"), table.text("title"))
    table.refuse_unknown()
    return role


def read_compartment(table: Table, roles: Collection[str]) -> CompartmentDef:
    """Read one ``[[compartments]]`` table; its readers and writers must be among ``roles``."""
    compartment = CompartmentDef(
        id=table.name("id"),
        title=table.text("title"),
        readers=frozenset(table.names("readers", among=roles)),
        writers=frozenset(table.names("writers", among=roles, needed=False)),
    )
    table.refuse_unknown()
    return compartment
