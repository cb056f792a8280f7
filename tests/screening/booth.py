# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sofia and Stas at work on one case, with a shelf of invented lists, through the services alone."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pytest_django import Settings

from tests.cast import Applicant, Office, case_in
from tests.moments import Moment
from tests.organisation import Organisation
from tests.runs import Custodians
from tests.screening.shelves import put
from watchword.cases.rules.judged import Verdict
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import NameKind, Person, PersonName, Polarity
from watchword.journal.selectors import timeline
from watchword.screening import selectors, services
from watchword.screening.models import HandOver, Hit, HitJudgement, ScreeningRun
from watchword.screening.rules import Step
from watchword.screening.services import OpenedHit, OpenedSides, Ran

DOV = Person(
    "harbour-1",
    (PersonName("Berehovyi Dov Illich"), PersonName("Береговой Дов Ильич", NameKind.ALIAS)),
    births=(PartialDate(1991, 4, 17),),
)
"""A listed person with the name and the day of the cast's applicant."""

NAMESAKE = replace(DOV, key="harbour-2", births=(PartialDate(1958, 11, 2),))
STRANGER = Person("harbour-3", (PersonName("Kvasyliuk Ostap Tarasovych"),), births=(PartialDate(1970, 1, 5),))
TOLD = {
    "facts": "Compared with every list.",
    "source": "",
    "favourable": "I looked and found nothing.",
    "bearing": "neither",
    "guideline": "A",
    "source_grade": "B",
    "information_grade": "2",
    "disclosure": "open",
}


@dataclass
class Booth:
    """One case in the checks, whose applicant has given the name, and the lists of this Desk."""

    organisation: Organisation
    office: Office
    applicant: Applicant
    lists: Path

    @property
    def case(self) -> str:
        return self.office.case

    @property
    def now(self) -> datetime:
        return self.organisation.now

    def load(self, *people: Person, name: str = "harbour", polarity: Polarity = Polarity.ADVERSE) -> None:
        """The list ``name``, or its next version."""
        put(self.lists, name, *people, polarity=polarity)

    @property
    def custodians(self) -> Custodians:
        return Custodians(self.organisation)

    def compare(self, who: str = "sofia", case: str = "") -> ScreeningRun:
        """Custodians release one case to a run; what came of it."""
        self.custodians.run(who, case=case or self.case)
        return ScreeningRun.objects.filter(case=case or self.case).order_by("number").last()  # type: ignore[return-value]  # it was run

    def sides(self, who: str = "sofia", hit: Hit | None = None) -> OpenedSides:
        """Both records beside each other."""
        chosen = hit or self.hit()
        return services.open_sides(chosen.uid, actor=self.organisation.actor(who), now=self.now)

    def found(self) -> Hit:
        """Load a list with the applicant on it, compare, and return the one hit; lived once."""
        moment = Moment(self.organisation, "found on a list", further=True)
        if moment.put_back() is None:
            self.load(DOV, STRANGER)
            self.compare()
            moment.keep(True)
        return self.hit()

    def hit(self) -> Hit:
        return Hit.objects.get(case=self.case)

    def open(self, who: str = "sofia", hit: Hit | None = None) -> OpenedHit:
        chosen = hit or self.hit()
        return services.open_hit(chosen.uid, actor=self.organisation.actor(who), now=self.now)

    def judge(
        self, verdict: Verdict, who: str = "sofia", hit: Hit | None = None, **changed: str
    ) -> HitJudgement:
        chosen = hit or self.hit()
        made = HitJudgement.objects.filter(hit=chosen, about=chosen.record_id)
        before = made.order_by("-record__revision").first()
        seen = before.uid if before else chosen.record_id
        return services.judge(
            hit_uid=chosen.uid,
            verdict=verdict,
            actor=self.organisation.actor(who),
            now=self.now,
            **{"reason": f"{who} compared the two.", "seen": seen, **changed},
        )

    def second(self, verdict: Verdict, who: str = "stas", **changed: str) -> HitJudgement:
        hit = self.hit()
        first = HitJudgement.objects.filter(hit=hit).order_by("-record__revision").first()
        return services.second(
            hit_uid=hit.uid,
            verdict=verdict,
            actor=self.organisation.actor(who),
            now=self.now,
            **{"reason": f"{who} looked as well.", "seen": first.uid if first else "", **changed},
        )

    def tell(self, who: str = "sofia", **changed: str) -> HandOver:
        return services.hand_over(
            case_uid=self.case, actor=self.organisation.actor(who), now=self.now, **{**TOLD, **changed}
        )

    def catch_up(self, who: str = "sofia", most: int = 100) -> Ran:
        """A run of everything that waits."""
        return self.custodians.run(who, most=most)

    def step(self, who: str = "sofia") -> Step:
        return selectors.matter(self.case, viewer=self.organisation.actor(who)).step

    def events(self) -> list[str]:
        """What was done in screening, in order."""
        named = [moment.event.value for moment in timeline(self.case)]
        return [event for event in named if event.startswith("screening.")]


def opened_booth(organisation: Organisation, settings: Settings, *, lodged: bool = True) -> Booth:
    """Dov's case in the checks. Lived once, then put back."""
    settings.WATCHWORD_LISTS = organisation.home / "lists"
    moment = Moment(organisation, ("booth", lodged))
    dov: Applicant | None = moment.put_back()
    if dov is None:
        dov, _ = case_in(organisation, "checks")
        if lodged:
            dov.lodge()
        moment.keep(dov)
    dov.organisation = organisation
    office = Office(organisation, dov.case)
    return Booth(organisation, office, dov, organisation.home / "lists")
