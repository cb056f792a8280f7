# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may record which evidence, and in what terms its source and its content are judged."""

from collections.abc import Collection, Mapping

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_acts_as, check_leads
from watchword.core.procedure import EvidenceKind, Text
from watchword.core.procedure import check_may_record as check_kind
from watchword.core.refusals import Sentence, WrongState, permitted, sentence, why_not

SOURCE_GRADES: Mapping[str, Sentence] = {
    "A": sentence("A: completely reliable"),
    "B": sentence("B: usually reliable"),
    "C": sentence("C: fairly reliable"),
    "D": sentence("D: not usually reliable"),
    "E": sentence("E: unreliable"),
    "F": sentence("F: cannot be judged"),
}
"""How far the source is trusted, whatever it says this time."""

INFORMATION_GRADES: Mapping[str, Sentence] = {
    "1": sentence("1: confirmed by other sources"),
    "2": sentence("2: probably true"),
    "3": sentence("3: possibly true"),
    "4": sentence("4: doubtful"),
    "5": sentence("5: improbable"),
    "6": sentence("6: cannot be judged"),
}
"""How likely the information is, whoever says it. Judged apart from the source: a liar can be right."""

DISCLOSURES: Mapping[str, Sentence] = {
    "open": sentence("Open: the applicant may read it on request"),
    "closed": sentence("Closed: it would expose a source"),
}

BEARINGS: Mapping[str, Sentence] = {
    "for": sentence("It speaks for the applicant"),
    "against": sentence("It speaks against the applicant"),
    "neither": sentence("It speaks neither for nor against"),
}

OWN_ROOM = frozenset({"screening"})
"""Kinds that come out of a room of their own once its work is done: nobody types them in by hand."""


def check_may_record(
    actor: Actor,
    case: Standing,
    kind: EvidenceKind,
    recorded: Collection[EvidenceKind],
    titles: Collection[Text],
) -> None:
    """A role that records this kind, in an open case, by somebody without a tie and not excluded (law 3).

    ``recorded``: the kinds this person recorded here already. ``titles``: the roles that record this kind.
    """
    check_has(actor, Permission.EVIDENCE_ADD)
    check_leads(case)
    check_kind(kind, actor.roles, recorded, titles)
    check_acts_as(actor, case, kind.recorded_by)


may_record = permitted(check_may_record)
why_not_record = why_not(check_may_record)


def check_item(
    kind: EvidenceKind,
    *,
    guideline: str,
    guidelines: Collection[str],
    source_grade: str,
    information_grade: str,
    disclosure: str,
    bearing: str,
    result: str,
    facts: str,
    favourable: str,
) -> None:
    """All of an item is said: both grades, what it bears on, and what in it speaks for the applicant."""
    results = {one.id for one in kind.results}
    if guideline not in guidelines:
        raise WrongState(sentence("Choose the guideline that this bears on."))
    if source_grade not in SOURCE_GRADES or information_grade not in INFORMATION_GRADES:
        raise WrongState(sentence("Grade the source and the information, each by itself."))
    if disclosure not in DISCLOSURES or bearing not in BEARINGS:
        raise WrongState(sentence("Say whether it is open or closed, and what it speaks for."))
    if (result not in results) if results else result:
        raise WrongState(sentence("Choose one of the results that this kind of evidence has."))
    if not facts.strip() or not favourable.strip():
        raise WrongState(sentence("Write what was found, and what in it speaks for the applicant."))
