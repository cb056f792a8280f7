# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several cases to which one person does the same: what will happen to each, or why it cannot; what did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Batch, BatchCase, Case, Offer
from watchword.cases.rules import several as law
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.ready_letters import ready_letters
from watchword.cases.selectors.visibility import visible_cases
from watchword.core.procedure import Profile, Text
from watchword.core.refusals import NotFound, Refused, Sentence, WrongState, sentence, why_not

GONE = sentence("You do not know of this case any more: it moved on, or somebody else has it.")
KEEPERS = "keeper"
"""Instead of a pseudonym: the task of each case goes to its keeper."""


@dataclass(frozen=True)
class Line:
    """One case. ``agreed``: None until its page was answered; ``why_not``: what stands in the way, or did."""

    code: str
    agreed: bool | None
    outcome: str
    why_not: Sentence | None
    here: bool


@dataclass(frozen=True)
class BatchPage:
    """All of them, in the order of the list; ``will``: what is done to each that is agreed to."""

    uid: str
    act: str
    arranged: bool
    will: Sentence | None
    lines: tuple[Line, ...]

    @property
    def title(self) -> Sentence:
        """What is done."""
        return law.ACTS[self.act]

    @property
    def asking(self) -> Line | None:
        """The case to be looked at next."""
        return next((line for line in self.lines if line.agreed is None), None)

    @property
    def answered(self) -> int:
        """How many were looked at."""
        return sum(line.agreed is not None for line in self.lines)

    @property
    def agreed(self) -> int:
        """How many it is to be done to."""
        return sum(bool(line.agreed) for line in self.lines)

    @property
    def ended(self) -> int:
        """Of how many it is known what became of them."""
        return sum(bool(line.outcome) for line in self.lines)

    @property
    def able(self) -> int:
        """Of those that wait, how many nothing stands in the way of."""
        return sum(bool(line.agreed) and not line.outcome and line.why_not is None for line in self.lines)

    @property
    def left(self) -> int:
        """How many are agreed to and wait."""
        return self.agreed - self.ended


def find_batch(uid: str, *, viewer: Actor) -> Batch:
    """What this person began; to all others there is none."""
    batch = Batch.objects.filter(pk=uid, by=viewer.id).select_related("given_to").first()
    if batch is None:
        raise NotFound(sentence("There is no such selection of cases."))
    return batch


@dataclass(frozen=True)
class Unfinished:
    """What somebody began and did not bring to its end: of ``cases`` so many are ``ended``."""

    uid: str
    title: Sentence
    cases: int
    ended: int


def unfinished(viewer: Actor) -> list[Unfinished]:
    """What this person has arranged and not brought to its end, the newest first."""
    waiting = BatchCase.objects.filter(outcome="").exclude(agreed=False)
    mine = Batch.objects.filter(by=viewer.id, arranged=True, pk__in=waiting.values("batch"))
    ended = Count("cases", filter=~Q(cases__outcome=""))
    rows = mine.annotate(size=Count("cases"), ended=ended).order_by("-at", "uid")
    return [Unfinished(row.uid, law.ACTS[row.act], row.size, row.ended) for row in rows]


def batch_page(uid: str, *, viewer: Actor, today: date) -> BatchPage:
    """Each case as it stands now."""
    batch = find_batch(uid, viewer=viewer)
    rows = list(batch.cases.select_related("case").order_by("pk"))
    here = _here(rows, viewer)
    open_offers = set(Offer.objects.filter(case__in=here, outcome="").values_list("case", flat=True))
    lines = []
    for row in rows:
        reason = said(row.why)
        if batch.arranged and not row.outcome:
            reason = why_not_now(batch, here.get(row.case_id), viewer, today, row.case_id in open_offers)
        lines.append(Line(row.case.code, row.agreed, row.outcome, reason, row.case_id in here))
    return BatchPage(batch.uid, batch.act, batch.arranged, _will(batch, rows), tuple(lines))


def _here(rows: Iterable[BatchCase], viewer: Actor) -> dict[str, Case]:
    """Those of the cases that this person still knows of, with all that their standing is made of."""
    known = visible_cases(viewer).filter(pk__in=[row.case_id for row in rows])
    known = known.select_related("continued_in")
    return {case.pk: case for case in known.prefetch_related("ties", "colleagues", "continued__ties")}


def why_not_now(
    batch: Batch, case: Case | None, viewer: Actor, today: date, offered: bool
) -> Sentence | None:
    """What stands in the way in this case, as the services would say it."""
    if case is None:
        return GONE
    return _why_not(batch, case, viewer, today, offered)


def _check(batch: Batch, case: Case, viewer: Actor, today: date, offered: bool) -> None:
    standing = case.standing()
    if batch.act == law.HAND:
        receiver = batch.given_to_id or ""
        rules.check_may_offer(viewer, standing, offered=offered)
        rules.check_can_keep(standing, staff_id=receiver, staff_roles=accounts.roles_of(receiver))
    elif batch.act == law.LETTER:
        profile = profile_of(case)
        if (batch.letter, batch.ready) not in {one[:2] for one in ready_letters(profile, viewer.roles)}:
            raise WrongState(sentence("The procedure of this case has no such letter."))
        rules.check_may_write(viewer, standing, profile.letter(batch.letter).written_by)
    else:
        staff, due = hand_of(batch, case), batch.due or today
        rules.check_task(viewer, standing, staff_id=staff, remind=batch.remind or due, due=due, today=today)


_why_not = why_not(_check)


def hand_of(batch: Batch, case: Case) -> str:
    """To whom the task of this case goes; empty where nobody keeps it."""
    return batch.given_to_id or case.keeper_id or ""


def letters_for(uid: str, *, viewer: Actor) -> list[tuple[str, Text]]:
    """The ready letters of the procedures of these cases, as ``template/text``."""
    batch = find_batch(uid, viewer=viewer)
    found: dict[str, Text] = {}
    for case in Case.objects.filter(pk__in=batch.cases.values("case")).distinct():
        for letter, text, title in ready_letters(profile_of(case), viewer.roles):
            found.setdefault(f"{letter}/{text}", title)
    return list(found.items())


def said(kept: Mapping[str, Any]) -> Sentence | None:
    """A sentence as it was kept."""
    return Sentence(**kept) if kept else None


def kept(refused: Refused) -> dict[str, Any]:
    """The sentence of a refusal, to be said again in the language of whoever reads it."""
    reason = refused.reason
    params = {name: str(value) for name, value in reason.params.items()}
    return {"text": reason.text, "params": params, "many": reason.many, "count": reason.count}


def _will(batch: Batch, rows: list[BatchCase]) -> Sentence | None:
    if not batch.arranged:
        return None
    name = batch.given_to.name if batch.given_to else ""
    if batch.act == law.HAND:
        return sentence("It is offered to %(name)s, and stays yours until it is accepted.", name=name)
    if batch.act == law.LETTER:
        profiles = {profile.name: profile for profile in map(profile_of, (row.case for row in rows))}
        titles = (_title(profile, batch) for profile in profiles.values())
        title = next((title for title in titles if title is not None), "")
        return sentence("The letter “%(letter)s” is signed, sealed and sent.", letter=title)
    task, day = rules.TASKS[batch.task], batch.due.isoformat() if batch.due else ""
    if name:
        return sentence("%(name)s has a task until %(day)s: %(task)s.", name=name, day=day, task=task)
    return sentence("Its keeper has a task until %(day)s: %(task)s.", day=day, task=task)


def _title(profile: Profile, batch: Batch) -> Text | None:
    try:
        letter = profile.letter(batch.letter)
        return letter.ready_text(batch.ready).title if batch.ready else letter.title
    except Refused:
        return None
