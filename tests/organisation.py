# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small invented organisation with a real ledger, real keys and a signed manifest, made anew for each test.

Olha and Petro administer; Iris does intake; Ada, Hugo and Lena vet; Sofia and Stas screen; Pola examines;
Mira is the doctor; Ben, Eva, Finn and Gita are the board; Aud audits. Cleo examines too, and must see nothing
of a case elsewhere. Halyna, Jonas, Katrin, Milda and Tomasz are the custodians, in this order.
"""

import json
from collections.abc import Hashable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
from django.test import Client
from pytest_django import Settings

from tests import clock
from tests.kept import Kept
from watchword.accounts import selectors, services
from watchword.accounts.middleware import COOKIE
from watchword.accounts.models import RoleKey, Staff, StaffSession
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import CONTENT_ROLES, Actor, Change
from watchword.accounts.services import courier, rewrapping
from watchword.accounts.session_keys import SessionKeys
from watchword.core.ledger.audit import Given, audit, one_by_one
from watchword.core.ledger.findings import Report
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.policy import Policy
from watchword.core.sealing import primitives
from watchword.journal import services as journal
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING, read_key_file
from watchword.trust.manifest import Manifest, RoleAddress, Root, sign

FOUNDER = "olha"
CAST = {
    FOUNDER: ("administrator",),
    "petro": ("administrator",),
    "iris": ("intake",),
    "ada": ("vetting",),
    "hugo": ("vetting",),
    "lena": ("vetting",),
    "sofia": ("screening",),
    "stas": ("screening",),
    "pola": ("examiner",),
    "cleo": ("examiner",),
    "mira": ("medical",),
    "tess": ("training",),
    "ben": ("board",),
    "eva": ("board",),
    "finn": ("board",),
    "gita": ("board",),
    "aud": ("auditor",),
    **{
        login: (f"custodian-{number}",)
        for number, login in enumerate(["halyna", "jonas", "katrin", "milda", "tomasz"], start=1)
    },
}
ROOTS = tuple(Root(f"root-{number}", bytes([number]) * 32) for number in (1, 2))


@dataclass
class Organisation:
    """Who works here, and how to act as them."""

    home: Path
    now: datetime
    secrets: dict[str, str] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    version: int = 0
    # At which moment, and what showed then that nothing has happened since: see tests/moments.py.
    stands: tuple[tuple[Hashable, ...], object] | None = None

    def actor(self, login: str) -> Actor:
        """This person, logged in and unlocked; once in a test."""
        if login not in self.actors:
            self.actors[login] = self.fresh_actor(login)
        return self.actors[login]

    def fresh_actor(self, login: str, now: datetime | None = None) -> Actor:
        """This person with a new session of their own, with the roles that they hold now."""
        return services.unlock_for(now=now or self.now, **self.credentials(login, now or self.now))

    def browser(self, login: str) -> Client:
        """A browser in which this person is logged in."""
        now = clock.now()
        client = Client()
        client.cookies[COOKIE] = services.log_in(now=now, **self.credentials(login, now))
        return client

    def credentials(self, login: str, now: datetime) -> dict[str, str]:
        """What this person types; the last code is forgotten: tests log in more than twice a minute."""
        Staff.objects.filter(login=login).update(last_step=0)
        code = pyotp.TOTP(self.secrets[login]).at(now)
        return {"login": login, "passphrase": passphrase_of(login), "code": code}

    def remember(self, enrolment: services.Enrolment) -> Staff:
        """Keep what a new member of staff was told."""
        self.secrets[enrolment.staff.login] = enrolment.totp_secret
        self.staff[enrolment.staff.login] = enrolment.staff
        return enrolment.staff

    def enrol(self, login: str, *roles: str) -> Staff:
        """Petro enrols somebody, and Olha confirms the roles."""
        enrolment = services.enrol(
            login=login,
            name=login.capitalize(),
            roles=roles,
            passphrase=passphrase_of(login),
            language="en",
            actor=self.actor("petro"),
            now=self.now,
        )
        self.confirm_all()
        return self.remember(enrolment)

    def confirm_all(self) -> None:
        """Olha agrees to all that waits for her."""
        for proposal in open_proposals():
            services.confirm(uid=proposal.uid, actor=self.actor(FOUNDER), now=self.now)

    def grant(self, login: str, role: str, by: str = "petro", second: str = FOUNDER) -> None:
        """One administrator proposes a role for somebody, another confirms it."""
        self._change(Change.GRANT, login, role, by, second)

    def revoke(self, login: str, role: str, by: str = "petro", second: str = FOUNDER) -> None:
        """One administrator proposes to take a role back, another confirms it."""
        self._change(Change.REVOKE, login, role, by, second)

    def _change(self, change: Change, login: str, role: str, by: str, second: str) -> None:
        staff_id = self.staff[login].uid
        asked = services.propose(
            change=change, staff_id=staff_id, role=role, reason="needed", actor=self.actor(by), now=self.now
        )
        services.confirm(uid=asked.uid, actor=self.actor(second), now=self.now)

    def new_epoch(self, role: str, by: str) -> RoleKey:
        """A holder makes the role's next key, and everybody's next session has it."""
        key = services.new_epoch(role=role, actor=self.actor(by), now=self.now)
        self.actors = {login: one for login, one in self.actors.items() if role not in one.roles}
        return key

    def rewrap(self, role: str, by: str) -> int:
        """A holder seals the role's records to its new key; how many there were."""
        run = rewrapping.begin(role=role, actor=self.fresh_actor(by), now=self.now)
        return [progress.done for progress in rewrapping.chunks(run, lambda: self.now)][-1]

    def audit(self) -> Report:
        """The ledger, verified as a stranger would who pins the log's keys and the founder's."""
        journal.integrate(self.now)
        logs = [VerifierKey.parse(text) for text in read_key_file(self.home / "keys" / "ledger.key").vkeys]
        founder = bytes.fromhex(self.staff[FOUNDER].signing_public)
        stored = (self.home / "vault").rglob("*")
        blobs = [(path.name, primitives.sha256(path.read_bytes())) for path in stored if path.is_file()]
        given = Given(Policy.threshold(logs, [], 0), frozenset({founder}), blobs=blobs)
        disk = Disk(self.home / "ledger")
        judge = one_by_one(primitives.entry_verify)
        return audit(disk.read, given, VERIFYING, judge, lambda _done, _total: None)

    def publish_manifest(self, settings: Settings) -> Manifest:
        """Have the roots sign the newest keys of all roles."""
        self.version += 1
        manifest = _manifest(self)
        self.believe_manifest(settings).write_bytes(sign(manifest, ROOTS))
        return manifest

    def believe_manifest(self, settings: Settings) -> Path:
        """Have both programs look for the newest manifest; where it lies."""
        path = self.home / f"manifest-{self.version}.note"
        settings.WATCHWORD_ROOTS, settings.WATCHWORD_MANIFEST = [str(root.key) for root in ROOTS], path
        return path


def passphrase_of(login: str) -> str:
    """Everybody's passphrase is their log-in and four words."""
    return f"{login} walks over the bridge"


def found(home: Path, settings: Settings) -> Organisation:
    """Everything that ``watchword init`` makes, in a folder of the test's own; made once, then put back."""
    settings.WATCHWORD_LEDGER_DIR = home / "ledger"
    settings.WATCHWORD_LEDGER_KEY = home / "keys" / "ledger.key"
    settings.WATCHWORD_DESK_KEY = home / "keys" / "desk.key"
    settings.WATCHWORD_COURIER_KEY = home / "keys" / "courier.key"
    settings.WATCHWORD_VAULT_DIR = home / "vault"
    settings.WATCHWORD_KEYSTORE_DIR = home / "keystore"
    settings.WATCHWORD_KEYSTORE_ROOT_DIR = home / "keystore" / "root"
    # The courier's session of another test stands in no ledger of this one.
    courier._open.clear()
    if _made:
        kept, made = _made[0]
        kept.put_back(home)
    else:
        made = _found(home)
        made.publish_manifest(settings)
        _made.append((Kept.take(home), made))
    organisation = same_people(made, home)
    organisation.believe_manifest(settings)
    return organisation


_made: list[tuple[Kept, Organisation]] = []


def _found(home: Path) -> Organisation:
    now = clock.now().replace(second=0, microsecond=0)
    journal.create_log(home / "ledger", home / "keys" / "ledger.key", "watchword.invalid/tests")
    (home / "keys" / "desk.key").write_text(json.dumps({"ed25519": "07" * 32, "mldsa44": "08" * 32}))
    organisation = Organisation(home, now)
    founder = services.found(
        login=FOUNDER, name="Olha", passphrase=passphrase_of(FOUNDER), language="en", now=now
    )
    organisation.remember(founder)
    second = services.second_administrator(
        login="petro",
        name="Petro",
        passphrase=passphrase_of("petro"),
        language="en",
        founder=organisation.actor(FOUNDER),
        now=now,
    )
    organisation.remember(second)
    for login, roles in CAST.items():
        if login not in {FOUNDER, "petro"}:
            organisation.enrol(login, *roles)
    services.enrol_courier(actor=organisation.actor("petro"), now=now)
    organisation.confirm_all()
    for role in sorted(CONTENT_ROLES & set().union(*CAST.values())):
        holder = next(login for login, roles in CAST.items() if role in roles)
        services.create_role_key(role=role, actor=organisation.fresh_actor(holder), now=now)
    # Nobody is at a screen when a test begins.
    StaffSession.objects.all().delete()
    return organisation


def founded() -> Kept:
    """What every test begins with."""
    return _made[0][0]


def same_people(made: Organisation, home: Path) -> Organisation:
    """The same people for another test, which may change them without changing them for the next."""
    staff = {login: copy(one) for login, one in made.staff.items()}
    actors = {login: replace(one, keys=_same_keys(one)) for login, one in made.actors.items()}
    return Organisation(home, made.now, dict(made.secrets), staff, actors, made.version)


def _same_keys(actor: Actor) -> SessionKeys:
    assert isinstance(actor.keys, SessionKeys)
    return replace(actor.keys, _opened={})


def _manifest(organisation: Organisation) -> Manifest:
    keys = {role: selectors.current_role_key(role) for role in sorted(CONTENT_ROLES)}
    return Manifest(
        organisation="0123456789abcdef",
        title="Free Harbour",
        version=organisation.version,
        published=clock.TODAY - timedelta(days=1),
        expires=clock.TODAY + timedelta(days=30),
        profile="legion",
        roles={role: RoleAddress(key.epoch, key.recipient) for role, key in keys.items() if key},
        courier=bytes.fromhex(Staff.objects.get(login="courier").signing_public),
        desk_ed25519=primitives.ed25519_public(bytes.fromhex("07" * 32)),
        desk_mldsa44=primitives.mldsa44_public(bytes.fromhex("08" * 32)),
        logs=read_key_file(organisation.home / "keys" / "ledger.key").vkeys,
        gates=("http://127.0.0.1:8731/",),
    )
