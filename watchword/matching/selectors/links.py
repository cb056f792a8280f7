# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links between cases: one for whoever may know of both, and what follows from all that were judged."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from watchword.accounts.rules import Actor, Permission
from watchword.cases import selectors as cases
from watchword.cases.rules import Standing
from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict
from watchword.core.linkage import Judged, Likeness
from watchword.core.refusals import NotFound, sentence
from watchword.matching.judgement import Judgement
from watchword.matching.models import Link, LinkJudgement
from watchword.matching.rules import COMPARTMENT, ties_of

NO_LINK = sentence("There is no such pair of cases.")


@dataclass(frozen=True)
class Pair:
    """Both cases of a link, in the order of their uids; ``readers``: who may judge in both."""

    uid: str
    uids: tuple[str, str]
    codes: tuple[str, str]
    standings: tuple[Standing, Standing]
    readers: frozenset[str]
    link: LikenessFacts
    newest: str

    @property
    def waits_for_second(self) -> bool:
        """Whether one person has judged it and another must."""
        return self.link.waits_for_second(ties_of(self.standings))

    def beside(self, code: str) -> tuple[str, str]:
        """Uid and code of the other case."""
        at = 1 - self.codes.index(code)
        return self.uids[at], self.codes[at]


@dataclass(frozen=True)
class Said:
    """One judgement, its words still sealed in ``record``. ``second``: it answered another."""

    staff: str
    record: str
    at: datetime
    second: bool
    hash: str

    def decoded(self, payload: bytes) -> Judgement:
        """The words, once somebody opened the record."""
        return Judgement.decode(payload, expected=self.hash)


def pair(link_uid: str, *, viewer: Actor) -> Pair:
    """NotFound unless this person may know of both cases, and for those who have a tie to one of them."""
    link = Link.objects.filter(pk=link_uid).first()
    if link is None:
        raise NotFound(NO_LINK)
    one, other = (cases.find_by_uid(str(uid), viewer=viewer) for uid in (link.one_id, link.other_id))
    readers = [cases.profile_of(case).compartment(COMPARTMENT).readers for case in (one, other)]
    return Pair(
        uid=link.uid,
        uids=(one.uid, other.uid),
        codes=(one.code, other.code),
        standings=(one.standing(), other.standing()),
        readers=readers[0] & readers[1],
        link=link.facts(),
        newest=newest(link),
    )


def check_in_case(found: Pair, code: str) -> None:
    """The link is of the case of this code: nobody judges one while the page names another."""
    if code not in found.codes:
        raise NotFound(NO_LINK)


def said(link_uid: str) -> list[Said]:
    """Every judgement of a link, the oldest first."""
    rows = LinkJudgement.objects.filter(link=link_uid).order_by("number")
    return [
        Said(row.staff_id, row.record_id, row.at, row.confirms_id is not None, row.action_hash)
        for row in rows
    ]


def newest(link: Link) -> str:
    """The last judgement, or the link itself: of two at once, one reads the other."""
    made = link.judgements.order_by("-number").first()
    return made.uid if made else link.uid


def judged(besides: Link | None = None) -> Judged:
    """What two people found of any two cases, without this one."""
    rows = Link.objects.exclude(outcome="").exclude(pk=besides.pk if besides else "")
    said = {
        verdict: [
            (str(one), str(other)) for one, other in rows.filter(outcome=verdict).values_list("one", "other")
        ]
        for verdict in (Verdict.SAME, Verdict.DIFFERENT)
    }
    return Judged(said[Verdict.SAME], said[Verdict.DIFFERENT])


def seen_by(viewer: Actor) -> QuerySet[Link]:
    """Links between two cases that this person may know of."""
    visible = cases.visible_cases(viewer).order_by().values("pk")
    return Link.objects.filter(one__in=visible, other__in=visible)


def waiting(viewer: Actor) -> list[tuple[str, str]]:
    """The codes of both cases of each link that waits for a judgement of this person, the oldest first."""
    if not viewer.has(Permission.SCREENING_JUDGE):
        return []
    links = seen_by(viewer).exclude(likeness=Likeness.NONE).exclude(state=Judging.JUDGED)
    mine = links.exclude(state=Judging.SECOND, judged_by=viewer.id).order_by("found", "uid")
    known = judged()
    rows = mine.values_list("one", "other", "one__code", "other__code")
    return [(one, other) for first, last, one, other in rows if known.between(first, last) is None]
