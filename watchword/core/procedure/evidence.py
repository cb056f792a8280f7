# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kinds of evidence: who may record which, and whom recording one keeps from what else in the same case."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.procedure.wording import either
from watchword.core.refusals import NotPermitted, sentence

DECIDING = ("propose", "vote", "countersign")


@dataclass(frozen=True)
class Result:
    """One of the fixed results that evidence of a kind may have, such as “fit with conditions”."""

    id: str
    title: Text


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence item.

    ``recorded_by``: the roles that may record it. ``excludes``: kinds that nobody who recorded this one may
    record in the same case, and the other way round. ``keeps_from``: acts of deciding that its recorder may
    not do in this case. ``caveat``: a warning that stands beside every item of the kind.
    """

    id: str
    title: Text
    caveat: Text | None
    recorded_by: frozenset[str]
    excludes: frozenset[str]
    keeps_from: frozenset[str]
    results: tuple[Result, ...]


def check_may_record(
    kind: EvidenceKind, roles: Collection[str], recorded: Collection[EvidenceKind], titles: Collection[Text]
) -> None:
    """Refuse to let a person record ``kind`` whose role does not, or who did what excludes it in this case.

    ``roles`` are the person's; ``recorded`` the kinds they recorded in this case already; ``titles`` name the
    roles that do record it, for the sentence.
    """
    if not kind.recorded_by.intersection(roles):
        who = either(sorted(titles, key=str))
        raise NotPermitted(sentence("“%(kind)s” is recorded by: %(roles)s.", kind=kind.title, roles=who))
    for other in recorded:
        if other.id in kind.excludes or kind.id in other.excludes:
            raise NotPermitted(
                sentence(
                    "You recorded “%(other)s” in this case, so someone else must record “%(kind)s”.",
                    other=other.title,
                    kind=kind.title,
                )
            )


def check_may_decide(act: str, recorded: Collection[EvidenceKind]) -> None:
    """Refuse ``act`` (one of DECIDING) to a person whose own evidence in this case keeps them from it."""
    for kind in recorded:
        if act in kind.keeps_from:
            raise NotPermitted(
                sentence(
                    "You recorded “%(kind)s” in this case, so you take no part in deciding it.",
                    kind=kind.title,
                )
            )


def read_evidence_kind(table: Table, roles: Collection[str], kinds: Collection[str]) -> EvidenceKind:
    """Read one ``[[evidence_kinds]]`` table."""
    kind = EvidenceKind(
        id=table.name("id"),
        title=table.text("title"),
        caveat=table.optional_text("caveat"),
        recorded_by=frozenset(table.names("recorded_by", among=roles)),
        excludes=frozenset(table.names("excludes", among=kinds, needed=False)),
        keeps_from=frozenset(table.names("keeps_from", among=DECIDING, needed=False)),
        results=tuple(_read_result(row) for row in table.tables("results")),
    )
    if kind.id in kind.excludes:
        table.note("excludes", sentence("a kind cannot exclude itself"))
    table.refuse_unknown()
    return kind


def _read_result(table: Table) -> Result:
    result = Result(table.name("id"), table.text("title"))
    table.refuse_unknown()
    return result
