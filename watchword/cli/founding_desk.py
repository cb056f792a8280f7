# SPDX-License-Identifier: AGPL-3.0-or-later
"""The founding inside the Desk: ledger, staff, role keys, and what the manifest says.

Each step looks whether it was done before: whoever is interrupted calls ``found`` again and goes on.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pyotp
from django.conf import settings
from django.core.management import call_command

from watchword import profiles
from watchword.accounts import selectors, services
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import ADMINISTRATOR, CONTENT_ROLES, COURIER, Actor
from watchword.cli.founding_answers import Organisation, Person
from watchword.cli.founding_begun import sync_folder
from watchword.cli.founding_ceremony import Ceremony, Credentials
from watchword.core.refusals import NotPermitted
from watchword.core.sealing import primitives
from watchword.core.sealing.seat import SeatAddress
from watchword.journal import services as journal
from watchword.journal.keyfile import LogKey, read_key_file
from watchword.trust.fingerprint import Fingerprint
from watchword.trust.installed import desk_publics
from watchword.trust.manifest import Manifest, RoleAddress


def found(
    organisation: Organisation, ceremony: Ceremony, clock: Callable[[], datetime], manifest_life: timedelta
) -> tuple[list[Credentials], Manifest]:
    """Found the Desk of this process; returns what each person was told now, and the manifest to sign."""
    profile = profiles.load(organisation.profile)
    call_command("migrate", verbosity=0, interactive=False)
    key = ledger()
    staff = FirstStaff(organisation.staff, ceremony, clock)
    staff.enrol_all()
    staff.enrol_courier()
    staff.confirm_all()
    roles = staff.make_keys(sorted(CONTENT_ROLES & {role.id for role in profile.roles}))
    journal.integrate(clock())
    ed25519, mldsa44 = desk_publics()
    manifest = Manifest(
        organisation=primitives.random_bytes(8).hex(),
        title=organisation.title,
        version=1,
        published=clock().date(),
        expires=(clock() + manifest_life).date(),
        profile=organisation.profile,
        roles=roles,
        courier=staff.courier,
        desk_ed25519=ed25519,
        desk_mldsa44=mldsa44,
        logs=tuple(str(signer.key) for signer in key.signers),
        gates=organisation.gates,
    )
    return staff.told, manifest


def ledger() -> LogKey:
    """The ledger's key, of one that somebody opened before, or of a new one."""
    folder, key_path = Path(settings.WATCHWORD_LEDGER_DIR), Path(settings.WATCHWORD_LEDGER_KEY)
    if selectors.anybody():
        return read_key_file(key_path)
    # Before the first administrator there is no entry: what lies here was never a whole ledger.
    shutil.rmtree(folder, ignore_errors=True)
    key_path.unlink(missing_ok=True)
    key = journal.create_log(folder, key_path, f"watchword.invalid/{primitives.random_bytes(8).hex()}")
    for path in (folder.parent, key_path.parent):
        sync_folder(path)
    return key


class FirstStaff:
    """The first members of staff: two administrators, whoever they enrol together, and the keys of roles."""

    def __init__(self, staff: Sequence[Person], ceremony: Ceremony, clock: Callable[[], datetime]) -> None:
        first, second, *others = sorted(staff, key=lambda person: person.roles != (ADMINISTRATOR,))
        self._first, self._second, self._others = first, second, others
        self._ceremony = ceremony
        self._clock = clock
        self._told: dict[str, Credentials] = {}
        self._open: dict[str, Actor] = {}
        self.courier = b""

    @property
    def told(self) -> list[Credentials]:
        """What people were told in this process, in that order."""
        return list(self._told.values())

    def enrol_all(self) -> None:
        """The administrators first: one proposes what the other confirms."""
        self._enrol(self._first, lambda: services.found)
        self._enrol(
            self._second, lambda: partial(services.second_administrator, founder=self._actor(self._first))
        )
        for person in self._others:
            self._enrol(person, partial(self._enrolment_of, person))

    def enrol_courier(self) -> None:
        """The program that fetches from the Gate."""
        known = selectors.enrolled(COURIER)
        self.courier = (
            bytes.fromhex(known.signing_public)
            if known
            else services.enrol_courier(actor=self._actor(self._first), now=self._clock())
        )

    def confirm_all(self) -> None:
        """The second administrator agrees to what the first proposed."""
        for proposal in open_proposals():
            services.confirm(uid=proposal.uid, actor=self._actor(self._second), now=self._clock())

    def make_keys(self, roles: Iterable[str]) -> dict[str, RoleAddress]:
        """Each role's first key, in the session of somebody who holds the role: no administrator has it."""
        made = {}
        for role in roles:
            holder = self._holder(role)
            if selectors.current_role_key(role) is None and holder is not None:
                self._make_key(role, holder)
            key = selectors.current_role_key(role)
            if key is not None:
                made[role] = RoleAddress(key.epoch, key.recipient)
        return made

    def _make_key(self, role: str, holder: Person) -> None:
        """In the holder's session; or told by its public half, which they have made at home."""
        actor = self._actor(holder)
        if not holder.seat_key:
            services.create_role_key(role=role, actor=actor, now=self._clock())
            return
        self._ceremony.compare(holder, Fingerprint(SeatAddress.parse(holder.seat_key).mark))
        services.bring_key(
            role=role, address=holder.seat_key, held_by=actor.id, actor=actor, now=self._clock()
        )

    def _holder(self, role: str) -> Person | None:
        """Who holds the role; sooner somebody who need not come back for it."""
        holders = [person for person in self._others if role in person.roles]
        present = [person for person in holders if person.login in {*self._told, *self._open}]
        return next(iter(present or holders), None)

    def _enrolment_of(self, person: Person) -> Callable[..., services.Enrolment]:
        return partial(services.enrol, roles=person.roles, actor=self._actor(self._first))

    def _enrol(self, person: Person, enrolment: Callable[[], Callable[..., services.Enrolment]]) -> None:
        """Once each. Nothing of somebody is kept who has not shown that their codes work."""
        if selectors.enrolled(person.login) is not None:
            return
        enrol, keys = enrolment(), StaffKeys.new()
        passphrase = self._ceremony.passphrase(person)
        told = Credentials(person, passphrase, keys.totp_base32, keys.totp_uri(person.login))
        self._ceremony.hand_over(told)
        enrol(
            login=person.login,
            name=person.name,
            passphrase=passphrase,
            language=person.language,
            now=self._clock(),
            keys=keys,
        )
        self._told[person.login] = told
        self._ceremony.enrolled(person)

    def _actor(self, person: Person) -> Actor:
        """Logged in once each: a code opens one session."""
        if person.login not in self._open:
            told = self._told.get(person.login)
            self._open[person.login] = self._at_once(told) if told else self._came_back(person)
        return self._open[person.login]

    def _at_once(self, told: Credentials) -> Actor:
        now = self._clock()
        code = pyotp.TOTP(told.totp_secret).at(now)
        return services.unlock_for(login=told.person.login, passphrase=told.passphrase, code=code, now=now)

    def _came_back(self, person: Person) -> Actor:
        """Somebody who was enrolled before the founding was interrupted: their secrets were not kept."""
        refused = ""
        while True:
            passphrase, code = self._ceremony.come_back(person, refused)
            try:
                return services.unlock_for(
                    login=person.login, passphrase=passphrase, code=code, now=self._clock()
                )
            except NotPermitted as reason:
                refused = str(reason)
