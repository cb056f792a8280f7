# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dov has lodged who could be punished for him; Ada keeps his case and asks, and five custodians answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.cast import PROFILE, Applicant, Office, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case
from watchword.core.procedure import Answer, encode_answers
from watchword.core.procedure.sealed_answers import SealedAnswers
from watchword.core.sealing import frame
from watchword.core.sealing.custody import Part, entrust, pack
from watchword.core.sealing.seal import seal
from watchword.custody import opening, services
from watchword.custody.models import Release
from watchword.custody.opening import Opened
from watchword.custody.rules import GLASS, GLASS_LASTS, PROTECT, Wanted
from watchword.journal import selectors as journal
from watchword.vault import selectors as vault
from watchword.vault.services import store_sealed

SEATS = ("halyna", "jonas", "katrin", "milda", "tomasz")
WORDS = "His sister was visited; she must be warned before Friday."
SISTER = "Olena in the house above the mill"
KIND = "section:relatives"


@dataclass
class Safe:
    """One case, what of it is in custody, and everybody who can do something about it."""

    organisation: Organisation
    applicant: Applicant
    office: Office

    @property
    def case(self) -> str:
        return self.office.case

    @property
    def code(self) -> str:
        return Case.objects.values_list("code", flat=True).get(pk=self.case)

    @property
    def now(self) -> datetime:
        return self.organisation.now

    def later(self, **by: float) -> None:
        """Time passes; sessions are opened anew."""
        self.organisation.now += timedelta(**by)
        self.organisation.actors.clear()

    def lodge(self, revision: int = 1, wrong: Sequence[int] = ()) -> Sequence[Part]:
        """What the applicant sends, as a Gate seals it; the seats in ``wrong`` are handed something else."""
        given: dict[str, Answer] = {"close": ({"name": SISTER, "beware": "Never by telephone."},)}
        answers = SealedAnswers(PROFILE.name, PROFILE.version, "relatives", "uk", given)
        made = entrust("relatives", needed=3, seats=5)
        self._store("relatives", revision, encode_answers(answers), [made.recipient])
        other = entrust("relatives", needed=3, seats=5)
        for number, part in enumerate(made.parts, 1):
            handed = other.parts[number - 1] if number in wrong else part
            seat = f"custodian-{number}"
            self._store(seat, revision, pack([handed]), vault.manifest().recipients([seat]))
        return made.parts

    def _store(self, compartment: str, revision: int, payload: bytes, recipients: Sequence[object]) -> None:
        framed = frame.pack(frame.Frame(bytes.fromhex(self.case), compartment, revision), payload)
        store_sealed(
            case=self.case,
            compartment=compartment,
            kind=KIND,
            revision=revision,
            sealed=seal(framed, recipients),  # type: ignore[arg-type]  # recipients of a manifest
            written_by="applicant",
            signer=courier_actor(self.now).signer,
            now=self.now,
        )

    def wanted(self, **changed: object) -> Wanted:
        usual: dict[str, object] = {
            "elements": ("relatives",),
            "serves": PROTECT,
            "words": WORDS,
            "until": self.now + timedelta(days=2),
            "told": None,
        }
        return Wanted(**{**usual, **changed})  # type: ignore[arg-type]  # each of its type

    def ask(self, who: str = "ada", **changed: object) -> Release:
        actor, wanted = self.organisation.actor(who), self.wanted(**changed)
        draft = services.drawn_up(case_uid=self.case, wanted=wanted, actor=actor, now=self.now)
        return services.ask(case_uid=self.case, draft=draft, actor=actor, now=self.now)

    def break_glass(self, who: str = "halyna", told: date | None = None) -> Release:
        actor = self.organisation.actor(who)
        wanted = self.wanted(serves=GLASS, until=self.now + GLASS_LASTS, told=told)
        draft = services.drawn_up_glass(code=self.code, wanted=wanted, actor=actor, now=self.now)
        return services.break_glass(code=self.code, draft=draft, actor=actor, now=self.now)

    def give(self, release: Release, *who: str) -> Release:
        for one in who:
            actor = self.organisation.actor(one)
            release = services.give(
                release_uid=release.uid, seen=release.action_hash, actor=actor, now=self.now
            )
        return release

    def refuse(self, release: Release, *who: str, reason: str = "I cannot picture it.") -> Release:
        for one in who:
            actor = self.organisation.actor(one)
            release = services.refuse(
                release_uid=release.uid,
                seen=release.action_hash,
                reason=reason,
                actor=actor,
                now=self.now,
            )
        return release

    def open(self, release: Release, who: str = "ada") -> Opened:
        actor = self.organisation.actor(who)
        return opening.open_release(release_uid=release.uid, actor=actor, now=self.now)

    def events(self) -> list[str]:
        return [moment.event.value for moment in journal.timeline(self.case)]


def laid(organisation: Organisation) -> Safe:
    """A case in its interviews, kept by Ada, whose applicant has lodged somebody close."""
    applicant, office = case_in(organisation, "interviews")
    return Safe(organisation, applicant, office)
