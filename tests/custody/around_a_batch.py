# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two applicants in the checks have said who they are; Sofia asks custodians to let a program compare it."""

from dataclasses import dataclass
from datetime import timedelta

from tests.cast import IDENTITY, PROFILE, Applicant, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case
from watchword.custody import blind, services
from watchword.custody.models import Batch
from watchword.custody.rules import SCREENING_RUN
from watchword.journal import selectors as journal
from watchword.vault.services import store_sealed

SEATS = ("halyna", "jonas", "katrin", "milda", "tomasz")
SURNAME = "Береговий"
ASKED = ("birth", "identity")


@dataclass
class Drawer:
    """Both cases, and everybody who can do something about them."""

    organisation: Organisation
    dov: str
    zoya: str

    @property
    def both(self) -> tuple[str, str]:
        return self.dov, self.zoya

    def later(self, **by: float) -> None:
        """Time passes; sessions are opened anew."""
        self.organisation.now += timedelta(**by)
        self.organisation.actors.clear()

    def lodge(self, case: str, revision: int = 1) -> None:
        """What an applicant sends of who they are, as a Gate seals it."""
        applicant, now = Applicant(self.organisation, case=case), self.organisation.now
        section = PROFILE.questionnaire.section("identity")
        for entry in applicant.sealed(section, IDENTITY, revision):
            store_sealed(
                case=case,
                compartment=entry.compartment,
                kind=entry.kind,
                revision=entry.revision,
                sealed=entry.chunks(),
                written_by="applicant",
                signer=courier_actor(now).signer,
                now=now,
            )

    def draft(self, *cases: str, who: str = "sofia", **changed: object) -> services.BatchDraft:
        asked: dict[str, object] = {
            "case_uids": cases or self.both,
            "elements": ASKED,
            "run": SCREENING_RUN,
            "until": self.organisation.now + timedelta(days=2),
        }
        actor, now = self.organisation.actor(who), self.organisation.now
        return services.draw_up_batch(**{**asked, **changed}, actor=actor, now=now)  # type: ignore[arg-type]  # each of its type

    def ask(self, *cases: str, who: str = "sofia", **changed: object) -> Batch:
        draft, actor = self.draft(*cases, who=who, **changed), self.organisation.actor(who)
        return services.ask_batch(draft=draft, actor=actor, now=self.organisation.now)

    def give(self, batch: Batch, *who: str) -> Batch:
        for one in who:
            actor, now = self.organisation.actor(one), self.organisation.now
            batch = services.give_batch(batch_uid=batch.uid, seen=batch.action_hash, actor=actor, now=now)
        return batch

    def refuse(self, batch: Batch, *who: str, reason: str = "Too many at once.") -> Batch:
        for one in who:
            actor, now = self.organisation.actor(one), self.organisation.now
            batch = services.refuse_batch(
                batch_uid=batch.uid, seen=batch.action_hash, reason=reason, actor=actor, now=now
            )
        return batch

    def open(self, batch: Batch, *cases: str, who: str = "sofia") -> dict[str, object]:
        actor, now = self.organisation.actor(who), self.organisation.now
        return dict(blind.open_batch(batch.uid, cases or self.both, actor=actor, now=now))

    def openings(self) -> int:
        """How many openings by custodians' leave the two cases have in the ledger."""
        moments = [moment for case in self.both for moment in journal.timeline(case)]
        return sum(moment.event.value == "identity.open" for moment in moments)


def filled(organisation: Organisation) -> Drawer:
    """Dov's case in the checks, and another there; both have lodged."""
    dov, _ = case_in(organisation, "checks")
    zoya = Applicant(organisation).apply()
    Case.objects.filter(pk=zoya.pk).update(stage="checks")
    drawer = Drawer(organisation, dov.case, zoya.pk)
    for case in drawer.both:
        drawer.lodge(case)
    return drawer
