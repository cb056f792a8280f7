# SPDX-License-Identifier: AGPL-3.0-or-later
"""Screening in one case as one person may see it: codes, and the reason beside everything not open."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules.judged import JUDGING, VERDICTS, Judging, Verdict
from watchword.core.procedure import Text
from watchword.core.refusals import NotFound, Sentence, read_sentence, sentence
from watchword.custody import selectors as custody
from watchword.custody.rules import State
from watchword.custody.selectors import BatchRow
from watchword.screening import rules, shelf
from watchword.screening.models import Hit, ScreeningRun, Stayed
from watchword.screening.rules import STEPS, Step
from watchword.screening.selectors.matter import Matter, matter, matter_by_code
from watchword.screening.selectors.runs import names_asked_for, why_not_run
from watchword.screening.shelf import ListRow


@dataclass(frozen=True)
class HitRow:
    """One hit in codes; nobody knows who is listed. ``known``: the list, while it is on the shelf.

    ``older``: it is about what the applicant wrote before; ``names``: where this person's request for names
    and birth stands, if one waits or is open.
    """

    uid: str
    case: str
    code: str
    list_id: str
    list_version: int
    known: ListRow | None
    state: Judging
    state_words: Sentence
    outcome: Sentence | None
    judged_by: str
    seconded_by: str
    found: datetime
    changed: datetime | None
    older: bool
    names: State | None
    record: str
    why_not_judge: Sentence | None
    why_not_second: Sentence | None


@dataclass(frozen=True)
class RunRow:
    """One comparison. ``lists``: titles with versions; ``cut_off``: only the likeliest were kept."""

    at: datetime
    by: str
    everything: bool
    cut_off: bool
    lists: tuple[tuple[Text | str, int], ...]


@dataclass(frozen=True)
class CasePage:
    """Everything on the page of screening in one case. ``batches``: what custodians were asked for with it.

    ``stayed``: why the last run could not compare it.
    """

    uid: str
    code: str
    stage: Text
    step: Step
    step_words: Sentence
    hits: tuple[HitRow, ...]
    runs: tuple[RunRow, ...]
    lists: tuple[ListRow, ...]
    why_not_run: Sentence | None
    stayed: Sentence | None
    batches: tuple[BatchRow, ...]
    why_not_tell: Sentence | None


def case_page(code: str, *, viewer: Actor, now: datetime) -> CasePage:
    """The page; NotFound for whoever may not know of the case, NotPermitted for other roles."""
    one = matter_by_code(code, viewer=viewer)
    rules.check_may_look(viewer, one.standing, one.readers)
    lists = shelf.lists()
    runs = ScreeningRun.objects.filter(case=one.uid).order_by("-number")
    stayed = Stayed.objects.filter(case=one.uid).first()
    return CasePage(
        uid=one.uid,
        code=one.code,
        stage=one.profile.stage(one.stage).title,
        step=one.step,
        step_words=STEPS[one.step],
        hits=tuple(_hit_rows(one, lists, viewer, now)),
        runs=tuple(_run_rows(list(runs), lists)),
        lists=tuple(lists),
        why_not_run=why_not_run(viewer, one, now),
        stayed=read_sentence(stayed.reason) if stayed else None,
        batches=tuple(batch for batch in custody.batches_in(one.uid, viewer=viewer, now=now) if batch.waits),
        why_not_tell=rules.why_not_tell(viewer, one.standing, one.readers, one.step),
    )


def hit_row(hit_uid: str, *, viewer: Actor, now: datetime) -> tuple[HitRow, Matter]:
    """One hit with its case; to whoever may not know of the case there is none."""
    found = Hit.objects.filter(pk=hit_uid).first()
    if found is None:
        raise NotFound(sentence("There is no such hit."))
    one = matter(found.case_id, viewer=viewer)
    rules.check_may_look(viewer, one.standing, one.readers)
    return next(row for row in _hit_rows(one, shelf.lists(), viewer, now) if row.uid == hit_uid), one


def result_words(one: Matter) -> Text:
    """What vetting will read as the result, as things stand."""
    code = rules.result([Verdict(hit.outcome) for hit in one.hits if hit.outcome])
    kind = one.profile.evidence_kind(rules.EVIDENCE_KIND)
    return next(known.title for known in kind.results if known.id == code)


def check_in_case(hit_uid: str, code: str, *, viewer: Actor) -> None:
    """The hit belongs to the case of this code: nobody judges one while the page names another."""
    one = matter_by_code(code, viewer=viewer)
    if not any(hit.uid == hit_uid for hit in one.hits):
        raise NotFound(sentence("There is no such hit."))


@dataclass(frozen=True)
class _Words:
    """What the codes of a hit are called: lists, staff, the moments of comparisons and of which answers."""

    lists: dict[str, ListRow]
    staff: dict[str, str]
    runs: dict[str, datetime]
    about: dict[str, str]
    names: State | None


def _hit_rows(one: Matter, lists: list[ListRow], viewer: Actor, now: datetime) -> list[HitRow]:
    runs = ScreeningRun.objects.filter(case=one.uid)
    words = _Words(
        lists=shelf.by_id(lists),
        staff=names({who for hit in one.hits for who in (hit.judged_by_id, hit.seconded_by_id) if who}),
        runs=dict(runs.values_list("uid", "at")),
        about=dict(runs.values_list("uid", "identity")),
        names=names_asked_for(one.uid, viewer=viewer, now=now),
    )
    return [_hit_row(hit, one, words, viewer) for hit in one.hits]


def _hit_row(hit: Hit, one: Matter, words: _Words, viewer: Actor) -> HitRow:
    facts = hit.facts()
    return HitRow(
        uid=hit.uid,
        case=one.uid,
        code=one.code,
        list_id=hit.list_id,
        list_version=hit.list_version,
        known=words.lists.get(hit.list_id),
        state=facts.state,
        state_words=JUDGING[facts.state],
        outcome=VERDICTS[Verdict(hit.outcome)] if hit.outcome else None,
        judged_by=words.staff.get(hit.judged_by_id or "", ""),
        seconded_by=words.staff.get(hit.seconded_by_id or "", ""),
        found=words.runs[hit.first_run_id],
        changed=words.runs[hit.last_run_id] if hit.last_run_id != hit.first_run_id else None,
        older=words.about[hit.last_run_id] != one.progress.identity,
        names=words.names,
        record=hit.record_id,
        why_not_judge=rules.why_not_judge(viewer, one.standing, one.readers, facts),
        why_not_second=rules.why_not_second(viewer, one.standing, one.readers, facts),
    )


def _run_rows(runs: list[ScreeningRun], lists: list[ListRow]) -> list[RunRow]:
    known = shelf.by_id(lists)
    staff = names({run.by_id for run in runs})
    return [
        RunRow(
            at=run.at,
            by=staff.get(run.by_id, ""),
            everything=run.reason == "new",
            cut_off=run.cut_off,
            lists=tuple(
                (known[one].title if one in known else one, version) for one, version in run.lists.items()
            ),
        )
        for run in runs
    ]
