# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case of several, as it is laid before the person who answers for it."""

from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts.rules import Actor
from watchword.cases.models import Batch, Case
from watchword.cases.rules import several as law
from watchword.cases.selectors.letters import LetterPage, letter_page
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.seen import seen_of
from watchword.cases.selectors.several import find_batch
from watchword.cases.selectors.visibility import find
from watchword.core.procedure import Stage
from watchword.core.procedure.letters import Composed


@dataclass(frozen=True)
class Asked:
    """Where the case stands, what is still to be done in it, and the letter as its applicant will read it.

    ``sent_before``: when the same letter went out in this case the last time.
    """

    code: str
    stage: Stage
    since: datetime
    due: date | None
    tasks: int
    letters: int
    seen: str
    last_reason: str
    letter: Composed | None = None
    own: Composed | None = None
    language: str = ""
    sent_before: datetime | None = None


def asked_case(batch_uid: str, code: str, *, viewer: Actor, language: str) -> Asked:
    """The page of one case; NotFound for whoever does not know of it any more. ``language``: the reader's."""
    batch, case = find_batch(batch_uid, viewer=viewer), find(code, viewer=viewer)
    stage = profile_of(case).stage(case.stage)
    given = batch.cases.exclude(reason="").order_by("-pk").values_list("reason", flat=True).first()
    drawn: dict[str, Composed | None] = {}
    if batch.act == law.LETTER:
        drawn = _drawn(letter_page(code, batch.letter, viewer=viewer), batch.ready, language)
    return Asked(
        code=case.code,
        stage=stage,
        since=case.stage_since,
        due=stage.deadline(case.stage_since.date()),
        tasks=case.tasks.filter(outcome="").count(),
        letters=case.letters.filter(direction="in", read_at=None).count(),
        seen=seen_of(case),
        last_reason=given or "",
        letter=drawn.get("letter"),
        own=drawn.get("own"),
        language=case.language,
        sent_before=_sent_before(batch, case),
    )


def _sent_before(batch: Batch, case: Case) -> datetime | None:
    """Of a letter with a text in its gap nothing is known: the words lie sealed."""
    if batch.act != law.LETTER or batch.ready:
        return None
    sent = case.letters.filter(direction="out", kind=batch.letter)
    return sent.order_by("-at").values_list("at", flat=True).first()


def _drawn(page: LetterPage, ready: str, own: str) -> dict[str, Composed | None]:
    """The letter for the applicant, and for whoever sends it when that is another language."""
    if page.why_not is not None:
        return {}
    text = page.template.ready_text(ready).words if ready else None

    def composed(language: str) -> Composed:
        return page.composed({gap: text.in_language(language) for gap in page.gaps} if text else {}, language)

    return {"letter": composed(page.language), "own": composed(own) if own != page.language else None}
