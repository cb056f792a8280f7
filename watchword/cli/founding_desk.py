# SPDX-License-Identifier: AGPL-3.0-or-later
"""The founding inside the Desk: ledger, staff, role keys, and what the manifest says."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pyotp
from django.conf import settings
from django.core.management import call_command

from watchword import profiles
from watchword.accounts import services
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import ADMINISTRATOR, CONTENT_ROLES, Actor
from watchword.cli.founding_answers import Organisation, Person
from watchword.cli.founding_ceremony import Credentials
from watchword.core.sealing import primitives
from watchword.journal import services as journal
from watchword.trust.installed import desk_publics
from watchword.trust.manifest import Manifest, RoleAddress


def found(
    organisation: Organisation,
    passphrase_for: Callable[[Person], str],
    tell: Callable[[Credentials], None],
    now: datetime,
    manifest_life: timedelta,
) -> tuple[list[Credentials], Manifest]:
    """Found the Desk of this process; returns what each person must be told, and the manifest to sign."""
    profile = profiles.load(organisation.profile)
    call_command("migrate", verbosity=0, interactive=False)
    key = journal.create_log(
        Path(settings.WATCHWORD_LEDGER_DIR),
        Path(settings.WATCHWORD_LEDGER_KEY),
        f"watchword.invalid/{primitives.random_bytes(8).hex()}",
    )
    staff = FirstStaff(passphrase_for, tell, now)
    staff.enrol_all(organisation.staff)
    courier = services.enrol_courier(actor=staff.administrators[0], now=now)
    staff.confirm_all()
    roles = staff.make_keys(sorted(CONTENT_ROLES & {role.id for role in profile.roles}))
    journal.integrate(now)
    ed25519, mldsa44 = desk_publics()
    manifest = Manifest(
        organisation=primitives.random_bytes(8).hex(),
        title=organisation.title,
        version=1,
        published=now.date(),
        expires=(now + manifest_life).date(),
        profile=organisation.profile,
        roles=roles,
        courier=courier,
        desk_ed25519=ed25519,
        desk_mldsa44=mldsa44,
        logs=tuple(str(signer.key) for signer in key.signers),
        gates=organisation.gates,
    )
    return staff.credentials, manifest


class FirstStaff:
    """The first members of staff: two administrators, whoever they enrol together, and the keys of roles."""

    def __init__(
        self, passphrase_for: Callable[[Person], str], tell: Callable[[Credentials], None], now: datetime
    ) -> None:
        self._passphrase_for = passphrase_for
        self._tell = tell
        self._now = now
        self.credentials: list[Credentials] = []
        self.administrators: list[Actor] = []
        self._open: dict[str, Actor] = {}

    def enrol_all(self, staff: Sequence[Person]) -> None:
        """The administrators first: one proposes what the other confirms."""
        first, second, *others = sorted(staff, key=lambda person: person.roles != (ADMINISTRATOR,))
        self._found(first, services.found)
        self._found(second, partial(services.second_administrator, founder=self.administrators[0]))
        for person in others:
            enrolled = partial(services.enrol, roles=person.roles, actor=self.administrators[0])
            self._told(person, self._passphrase_for(person), enrolled)

    def confirm_all(self) -> None:
        """The second administrator agrees to what the first proposed."""
        for proposal in open_proposals():
            services.confirm(uid=proposal.uid, actor=self.administrators[1], now=self._now)

    def make_keys(self, roles: Iterable[str]) -> dict[str, RoleAddress]:
        """Each role's first key, in the session of somebody who holds the role: no administrator has it."""
        made = {}
        for role in roles:
            holder = next((one for one in self.credentials if role in one.person.roles), None)
            if holder is not None:
                key = services.create_role_key(role=role, actor=self._log_in(holder), now=self._now)
                made[role] = RoleAddress(key.epoch, key.recipient)
        return made

    def _found(self, person: Person, enrolled: Callable[..., services.Enrolment]) -> None:
        told = self._told(person, self._passphrase_for(person), enrolled)
        self.administrators.append(self._log_in(told))

    def _told(
        self, person: Person, passphrase: str, enrolled: Callable[..., services.Enrolment]
    ) -> Credentials:
        enrolment = enrolled(
            login=person.login,
            name=person.name,
            passphrase=passphrase,
            language=person.language,
            now=self._now,
        )
        told = Credentials(person, passphrase, enrolment.totp_secret, enrolment.totp_uri)
        self._tell(told)
        self.credentials.append(told)
        return told

    def _log_in(self, told: Credentials) -> Actor:
        """Once each: a code opens one session."""
        login = told.person.login
        if login not in self._open:
            code = pyotp.TOTP(told.totp_secret).at(self._now)
            self._open[login] = services.unlock_for(
                login=login, passphrase=told.passphrase, code=code, now=self._now
            )
        return self._open[login]
