# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases are one person's, and which were proposed as such."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.urls import reverse

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Case, Joining
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find, known_among
from watchword.cases.selectors.waits import Waiting, Waits, first_few
from watchword.core.refusals import Sentence, sentence

OTHERS = sentence("proposals to join or part two cases")


@dataclass(frozen=True)
class OpenJoining:
    """A proposal that waits: ``case`` is to go on in ``leading``, or to be parted from it."""

    case: str
    leading: str
    parting: bool
    by: str
    at: datetime
    why_not_confirm: Sentence | None


@dataclass(frozen=True)
class Joined:
    """How a case is joined with others: ``goes_on_in`` one, or ``continues`` several; what is proposed."""

    uid: str
    code: str
    closed: bool
    goes_on_in: str
    continues: tuple[str, ...]
    proposed: tuple[OpenJoining, ...]
    why_not_part: Sentence | None

    @property
    def waiting(self) -> OpenJoining | None:
        """The proposal about this case itself."""
        return next((one for one in self.proposed if one.case == self.code), None)


def joined_of(case: Case, *, viewer: Actor) -> Joined:
    """The other cases of this person, as far as two officers agreed that they are."""
    standing = case.standing()
    here = Joining.objects.filter(case=case, outcome="") | Joining.objects.filter(leading=case, outcome="")
    rows = list(here.select_related("case", "leading").order_by("at", "uid"))
    staff = names(row.by_id for row in rows)
    return Joined(
        uid=case.uid,
        code=case.code,
        closed=standing.closed,
        goes_on_in=standing.continued_in,
        continues=tuple(one.code for one in together(case)[1:]),
        proposed=tuple(
            OpenJoining(
                case=row.case.code,
                leading=row.leading.code,
                parting=row.parting,
                by=staff.get(row.by_id, ""),
                at=row.at,
                why_not_confirm=rules.why_not_second(viewer, row.by_id),
            )
            for row in rows
        ),
        why_not_part=rules.why_not_part(viewer, (case.continued_in or case).standing()),
    )


def join_page(code: str, *, viewer: Actor) -> Joined:
    """The page on which a case is joined with another, or parted from it."""
    return joined_of(find(code, viewer=viewer), viewer=viewer)


def together(case: Case) -> list[Case]:
    """A case and those that go on in it: what is opened and told together."""
    return [case, *sorted(case.continued.all(), key=attrgetter("code"))]


def joinings_waiting_for(viewer: Actor) -> Waits:
    """What others proposed about two cases that this person knows of both, the longest waiting first."""
    if not viewer.has(Permission.CASE_JOIN):
        return Waits()
    waiting = Joining.objects.filter(outcome="").exclude(by=viewer.id)
    both = {key for pair in waiting.values_list("case", "leading") for key in pair}
    known = known_among(both, viewer=viewer)
    rows, more = first_few(
        waiting.filter(case__in=known, leading__in=known)
        .select_related("case", "leading")
        .order_by("at", "uid")
    )
    return Waits(tuple(_waiting(row) for row in rows), more, OTHERS)


def _waiting(joining: Joining) -> Waiting:
    case = joining.case
    code = joining.leading.code
    what = sentence("May be the same person as %(code)s: confirm it, or drop it.", code=code)
    if joining.parting:
        what = sentence("To be parted from %(code)s: confirm it, or drop it.", code=code)
    stage = profile_of(case).stage(case.stage).title
    return Waiting(case.code, stage, what, joining.at, None, reverse("cases:join", args=[case.code]))
