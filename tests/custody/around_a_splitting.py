# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jonas is distrusted: his seat is taken away, Nadia gets it, and Halyna has what is lodged split anew."""

from dataclasses import dataclass
from datetime import timedelta

from pytest_django import Settings

from tests.custody.around_a_batch import Drawer
from watchword.custody import services, splitting
from watchword.custody.models import Batch, Resplit
from watchword.custody.rules import Stage
from watchword.custody.splitting import Ran

SEAT = "custodian-2"
TRUSTED = ("halyna", "katrin", "milda")
"""Halyna runs it, and her own share is one of the three."""


@dataclass
class Ceremony:
    """Two cases that have lodged, and everybody who can do something about the seat."""

    drawer: Drawer
    settings: Settings

    @property
    def organisation(self) -> object:
        return self.drawer.organisation

    def propose(self, *seats: str, by: str = "petro", reason: str = "He was seen with them.") -> Resplit:
        actor, now = self.drawer.organisation.actor(by), self.drawer.organisation.now
        return services.propose_resplit(seats=seats or [SEAT], reason=reason, actor=actor, now=now)

    def confirm(self, one: Resplit, by: str = "olha") -> Resplit:
        actor, now = self.drawer.organisation.actor(by), self.drawer.organisation.now
        return services.confirm_resplit(uid=one.uid, actor=actor, now=now)

    def vacate(self, who: str = "jonas", seat: str = SEAT) -> None:
        self.drawer.organisation.revoke(who, seat)
        self.drawer.organisation.actors.pop(who, None)

    def fill(self, who: str = "nadia", seat: str = SEAT) -> None:
        """Somebody gets the seat, makes a key that the old holder never had, and the roots sign it."""
        organisation = self.drawer.organisation
        organisation.enrol(who, seat)
        organisation.new_epoch(seat, who)
        organisation.publish_manifest(self.settings)

    @property
    def one(self) -> Resplit:
        """What goes on."""
        return Resplit.objects.get(stage=Stage.CONFIRMED)

    def begin(self, *, filled: bool = True) -> Resplit:
        one = self.propose()
        self.vacate()
        one = self.confirm(one)
        if filled:
            self.fill()
        return one

    def ask(self, who: str = "halyna", **changed: int) -> Batch:
        organisation = self.drawer.organisation
        until = organisation.now + timedelta(days=2)
        actor, now = organisation.actor(who), organisation.now
        draft = services.draw_up_resplit(until=until, actor=actor, now=now, **changed)
        return services.ask_batch(draft=draft, actor=actor, now=now)

    def run(self, who: str = "halyna", **changed: int) -> Ran:
        organisation = self.drawer.organisation
        return splitting.run_on(actor=organisation.actor(who), now=organisation.now, **changed)

    def split(self) -> Ran:
        """All of it, from the asking."""
        self.drawer.give(self.ask(), *TRUSTED)
        return self.run()
