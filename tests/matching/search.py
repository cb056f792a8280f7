# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sofia and Stas look for second applications, through the services alone."""

from dataclasses import dataclass

from tests.cast import Office, case_in
from tests.matcher.desk import Bench
from tests.moments import Moment
from tests.organisation import Organisation
from tests.runs import Custodians
from tests.screening.booth import STRANGER
from tests.screening.shelves import put
from watchword.cases.models import Case
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import Sentence
from watchword.matching import selectors, services
from watchword.matching.models import Link, LinkJudgement
from watchword.matching.selectors import LinkRow, Page

WRITTEN_AGAIN = {"surname": "Berehovyi", "given": "Dov", "patronymic": "Illich", "latin": ""}
SOMEBODY_ELSE = {
    "surname": "Квасюк",
    "given": "Остап",
    "patronymic": "Тарасович",
    "latin": "",
    "birth_date": "1970-01-05",
}


@dataclass
class Search:
    """Two cases of one person."""

    organisation: Organisation
    bench: Bench
    first: Office
    again: Office

    @property
    def custodians(self) -> Custodians:
        return Custodians(self.organisation)

    def look(self, office: Office, who: str = "sofia") -> Sentence | None:
        """Custodians let one case be compared; why nobody could look for others, if nobody could."""
        return self.custodians.run(who, case=office.case).unlinked

    def look_at_both(self) -> Link:
        """Both are looked at; the link that is found."""
        for office in (self.first, self.again):
            assert self.look(office) is None
        return Link.objects.get()

    def further(self, **changed: str) -> Office:
        """One more case in the checks, already looked at."""
        applicant, office = case_in(self.organisation, "checks")
        applicant.lodge(1, **changed)
        assert self.look(office) is None
        return office

    def between(self, one: Office, other: Office) -> Link:
        low, high = sorted((one.case, other.case))
        return Link.objects.get(one=low, other=high)

    def judge(self, link: Link, verdict: Verdict, who: str = "sofia", **changed: str) -> LinkJudgement:
        link.refresh_from_db()
        do = services.second if link.state == "second" else services.judge
        typed = {"reason": f"{who} compared the two.", "seen": selectors.newest(link), **changed}
        return do(
            link_uid=link.uid,
            verdict=verdict,
            actor=self.organisation.actor(who),
            now=self.organisation.now,
            **typed,
        )

    def settle(self, link: Link, verdict: Verdict) -> None:
        """Two people say the same."""
        self.judge(link, verdict)
        self.judge(link, verdict, "stas")

    def page(self, who: str, office: Office | None = None) -> Page:
        return selectors.page(self.code(office or self.again), viewer=self.organisation.actor(who))

    def row(self, who: str = "sofia") -> LinkRow:
        (row,) = self.page(who).rows
        return row

    @staticmethod
    def code(office: Office) -> str:
        return Case.objects.get(pk=office.case).code


def begun(organisation: Organisation, bench: Bench) -> Search:
    """Dov applied, and applies again in Latin letters; Ada keeps both cases. Lived once, then put back."""
    moment = Moment(organisation, "applied again")
    cases = moment.put_back()
    if cases is None:
        cases = [_applied(organisation, changed) for changed in ({}, WRITTEN_AGAIN)]
        put(organisation.home / "lists", "harbour", STRANGER)
        moment.keep(cases)
    return Search(organisation, bench, *(Office(organisation, case) for case in cases))


def _applied(organisation: Organisation, changed: dict[str, str]) -> str:
    applicant, office = case_in(organisation, "checks")
    applicant.lodge(1, **changed)
    office.keep("ada")
    return office.case
