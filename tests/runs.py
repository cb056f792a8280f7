# SPDX-License-Identifier: AGPL-3.0-or-later
"""Custodians let a program compare what they hold: asked by screening, given by enough of them, and run."""

from dataclasses import dataclass
from datetime import timedelta

from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.custody import services as custody
from watchword.custody.models import Batch, Release
from watchword.custody.rules import Wanted
from watchword.screening import services
from watchword.screening.rules import TO_TELL_APART
from watchword.screening.services import Ran

SEATS = ("halyna", "jonas", "katrin", "milda", "tomasz")
ENOUGH = SEATS[:3]
WORDS = "The dates agree and the towns do not."


@dataclass(frozen=True)
class Custodians:
    """Five of whom three are enough, and whoever of screening asks them."""

    organisation: Organisation

    def asked(self, who: str = "sofia", *, case: str = "", days: int = 3) -> Batch:
        """A run is asked for, of the cases that wait or of this one."""
        actor, now = self.organisation.actor(who), self.organisation.now
        code = Case.objects.get(pk=case).code if case else ""
        draft = services.drawn_up(code=code, until=now + timedelta(days=days), actor=actor, now=now)
        return custody.ask_batch(draft=draft, actor=actor, now=now)

    def give(self, batch: Batch, *who: str) -> Batch:
        """These custodians give their shares of all of it."""
        now = self.organisation.now
        for one in who or ENOUGH:
            actor = self.organisation.actor(one)
            custody.give_batch(batch_uid=batch.uid, seen=batch.action_hash, actor=actor, now=now)
        return Batch.objects.get(pk=batch.pk)

    def refuse(self, batch: Batch, *who: str, reason: str = "Too many at once.") -> Batch:
        """These custodians refuse all of it."""
        now = self.organisation.now
        for one in who:
            actor = self.organisation.actor(one)
            custody.refuse_batch(
                batch_uid=batch.uid, seen=batch.action_hash, reason=reason, actor=actor, now=now
            )
        return Batch.objects.get(pk=batch.pk)

    def released(self, who: str = "sofia", *, case: str = "") -> Batch:
        """A run that can be started."""
        return self.give(self.asked(who, case=case))

    def run(self, who: str = "sofia", *, case: str = "", most: int = 100) -> Ran:
        """Asked for, given, and begun."""
        self.released(who, case=case)
        return self.go_on(who, most=most)

    def go_on(self, who: str = "sofia", *, most: int = 100) -> Ran:
        """The next piece of what was released."""
        return services.run_on(actor=self.organisation.actor(who), now=self.organisation.now, most=most)

    def names(self, case: str, who: str = "sofia", *, words: str = WORDS) -> Release:
        """Names and birth of one case, for this person, to tell two people apart."""
        return self.give_names(self.ask_names(case, who, words=words))

    def ask_names(self, case: str, who: str = "sofia", *, words: str = WORDS) -> Release:
        """The same, asked for and not given yet."""
        actor, now = self.organisation.actor(who), self.organisation.now
        wanted = Wanted(TO_TELL_APART, "screening", words, now + timedelta(days=2))
        draft = custody.drawn_up(case_uid=case, wanted=wanted, actor=actor, now=now)
        return custody.ask(case_uid=case, draft=draft, actor=actor, now=now)

    def give_names(self, release: Release) -> Release:
        """Enough custodians give their shares of it."""
        now = self.organisation.now
        for one in ENOUGH:
            seen, seat = release.action_hash, self.organisation.actor(one)
            release = custody.give(release_uid=release.uid, seen=seen, actor=seat, now=now)
        return release
