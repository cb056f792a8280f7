# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far each case has come in screening, in codes, for whoever may know of it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import Standing
from watchword.core.procedure import Profile
from watchword.screening import shelf
from watchword.screening.models import HandOver, Hit, ScreeningRun
from watchword.screening.rules import COMPARTMENT, NAMES, SECTION, Progress, Step, next_step
from watchword.screening.shelf import Versions
from watchword.vault import selectors as vault

RECORD_KIND = f"section:{SECTION}"


@dataclass(frozen=True)
class Matter:
    """One case. ``run``: the newest comparison; ``hits``: in the order in which they were found."""

    uid: str
    code: str
    received: datetime
    since: datetime
    stage: str
    standing: Standing
    profile: Profile
    progress: Progress
    run: ScreeningRun | None
    hits: tuple[Hit, ...]

    @property
    def readers(self) -> frozenset[str]:
        """The roles that may open what screening works on."""
        return self.profile.compartment(COMPARTMENT).readers

    @property
    def knows(self) -> Versions:
        """The lists that these answers were compared with, spelled as they are today; nothing if never."""
        alike = self.run is not None and self.run.table_version == shelf.table_version()
        return (
            self.run.lists if self.run and alike and self.progress.compared == self.progress.identity else {}
        )

    @property
    def waits_for_run(self) -> bool:
        """Whether there is a name that was not compared with everything as it is today."""
        compared = self.progress.compared == self.progress.identity and self.progress.current
        return self.progress.identity is not None and not compared

    @property
    def step(self) -> Step:
        """What comes next."""
        return next_step(self.progress, self.standing.ties)


def matter(case_uid: str, *, viewer: Actor) -> Matter:
    """This case; NotFound for whoever may not know of it, and for those who have a tie to it."""
    cases.find_by_uid(case_uid, viewer=viewer)
    return matters(cases.visible_cases(viewer).filter(pk=case_uid))[0]


def matter_by_code(code: str, *, viewer: Actor) -> Matter:
    """The same by the code of the case."""
    return matter(cases.find(code, viewer=viewer).uid, viewer=viewer)


def matters(found: QuerySet[Any]) -> list[Matter]:
    """These cases in their order, in as many queries as one case takes."""
    identities = vault.newest_by_applicants(found, NAMES, RECORD_KIND)
    among = found.order_by().values("pk")
    runs = {run.case_id: run for run in ScreeningRun.objects.filter(case__in=among).order_by("number")}
    told = dict(HandOver.objects.filter(case__in=among).order_by("pk").values_list("case", "told"))
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in Hit.objects.filter(case__in=among).order_by("list_id", "first_run__number", "uid"):
        hits[hit.case_id].append(hit)
    now = shelf.versions()

    def progress(case_uid: str) -> Progress:
        run, identity = runs.get(case_uid), identities.get(case_uid)
        return Progress(
            identity=identity,
            compared=run.identity_id if run else None,
            current=run is not None and _is_current(run, now),
            told=told.get(case_uid) == told_hash(identity, hits[case_uid]),
            hits=tuple(hit.facts() for hit in hits[case_uid]),
        )

    rows = found.prefetch_related("ties", "colleagues")
    return [_matter(case, progress(case.pk), runs.get(case.pk), hits[case.pk]) for case in rows]


def told_hash(identity: str | None, hits: Iterable[Hit]) -> str:
    """A hash of what vetting would be told: the answers compared, and how each hit stands."""
    lines = sorted(f"{hit.uid} {hit.record_id} {hit.outcome} {hit.judged_by_id}" for hit in hits)
    return hashlib.sha256("\n".join([identity or "", *lines]).encode()).hexdigest()


def _matter(case: Any, progress: Progress, run: ScreeningRun | None, hits: list[Hit]) -> Matter:
    return Matter(
        uid=case.pk,
        code=case.code,
        received=case.received,
        since=case.stage_since,
        stage=case.stage,
        standing=case.standing(),
        profile=cases.profile_of(case),
        progress=progress,
        run=run,
        hits=tuple(hits),
    )


def _is_current(run: ScreeningRun, now: Versions) -> bool:
    return run.table_version == shelf.table_version() and shelf.is_current(run.lists, now)
