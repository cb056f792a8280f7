# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one may see of other applications by the same hand: a word for triage, kinds of things for others."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.cases.rules.judged import JUDGING, VERDICTS, Judging, Verdict
from watchword.core.linkage import Judged, Likeness
from watchword.core.refusals import Refused, Sentence, sentence
from watchword.matching import rules
from watchword.matching.models import Asking, Link
from watchword.matching.rules import ELEMENTS, WORDS, Element, Word
from watchword.matching.selectors.links import judged, pair

LIKE = {
    Likeness.LIKELY: sentence("Likely the same person"),
    Likeness.POSSIBLE: sentence("Possibly the same person"),
    Likeness.NONE: sentence("Shares something with it"),
}
IMPLIED = {
    True: sentence("By what was judged of other cases it is the same person."),
    False: sentence("By what was judged of other cases it is a different person."),
}


@dataclass(frozen=True)
class LinkRow:
    """One other application. ``code`` is empty for whoever may not know of it, and then nobody is named."""

    uid: str
    code: str
    like: Likeness
    like_words: Sentence
    agrees: tuple[Sentence, ...]
    differs: tuple[Sentence, ...]
    state: Judging
    state_words: Sentence
    outcome: Verdict | None
    outcome_words: Sentence | None
    implied: Sentence | None
    judged_by: str
    seconded_by: str
    why_not_judge: Sentence | None
    why_not_second: Sentence | None


@dataclass(frozen=True)
class Page:
    """Everything on the page. ``rows`` is empty for triage, which hears ``word`` alone."""

    code: str
    word: Word
    word_words: Sentence
    looked: datetime | None
    more: bool
    rows: tuple[LinkRow, ...]


def page(code: str, *, viewer: Actor) -> Page:
    """The page of this case; NotFound for whoever may not know of it."""
    case = cases.find(code, viewer=viewer)
    rules.check_may_look(viewer, case.standing())
    asking, known = Asking.objects.filter(case=case.uid).first(), judged()
    links = list(Link.objects.filter(one=case.uid) | Link.objects.filter(other=case.uid))
    told = {link.uid: known.between(link.one_id, link.other_id) for link in links}
    word = _word([link for link in links if told[link.uid] is not False], asking is not None)
    more = rules.may_read_more(viewer)
    order = sorted(links, key=lambda link: (list(LIKE).index(link.like), link.found, link.uid))
    return Page(
        code=case.code,
        word=word,
        word_words=WORDS[word],
        looked=asking.at if asking else None,
        more=more,
        rows=tuple(_row(link, case.uid, known, viewer) for link in order) if more else (),
    )


def looked_at(case_uid: str, identity: str) -> bool:
    """Whether these answers were looked for among other applications, as far as there is a matcher."""
    if not settings.WATCHWORD_MATCHER:
        return True
    return Asking.objects.filter(case=case_uid, identity=identity).exists()


def _word(links: list[Link], looked: bool) -> Word:
    """What is left after those that two people found to be somebody else."""
    likes = {link.like for link in links}
    if Likeness.LIKELY in likes or any(link.outcome == Verdict.SAME for link in links):
        return Word.YES
    if Likeness.POSSIBLE in likes:
        return Word.POSSIBLE
    return Word.NO if looked else Word.UNKNOWN


def _row(link: Link, case_uid: str, known: Judged, viewer: Actor) -> LinkRow:
    facts, (agrees, differs) = link.facts(), rules.told(*link.kinds)
    staff = names({who for who in (link.judged_by_id, link.seconded_by_id) if who})
    implied = known.between(link.one_id, link.other_id) if facts.state is not Judging.JUDGED else None
    code, why_not_judge, why_not_second = _other(link, case_uid, viewer)
    return LinkRow(
        uid=link.uid,
        code=code,
        like=link.like,
        like_words=LIKE[link.like],
        agrees=_words(agrees),
        differs=_words(differs),
        state=facts.state,
        state_words=JUDGING[facts.state],
        outcome=facts.outcome,
        outcome_words=VERDICTS[facts.outcome] if facts.outcome else None,
        implied=IMPLIED[implied] if implied is not None else None,
        judged_by=staff.get(link.judged_by_id or "", ""),
        seconded_by=staff.get(link.seconded_by_id or "", ""),
        why_not_judge=why_not_judge,
        why_not_second=why_not_second,
    )


def _other(link: Link, case_uid: str, viewer: Actor) -> tuple[str, Sentence | None, Sentence | None]:
    """The other case's code and what this person may do, as far as they may know of it."""
    try:
        both = pair(link.uid, viewer=viewer)
    except Refused:
        hidden = sentence("You may not know of the other case.")
        return "", hidden, hidden
    mine = link.beside(case_uid)
    return (
        both.codes[both.uids.index(mine)],
        rules.why_not_judge(viewer, both.standings, both.readers, both.link),
        rules.why_not_second(viewer, both.standings, both.readers, both.link),
    )


def _words(elements: list[Element]) -> tuple[Sentence, ...]:
    return tuple(ELEMENTS[one] for one in elements)
