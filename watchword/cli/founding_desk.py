# SPDX-License-Identifier: AGPL-3.0-or-later
"""The founding inside the Desk: ledger, staff, role keys, and what the manifest says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
from django.conf import settings
from django.core.management import call_command

from watchword import profiles
from watchword.accounts import selectors as accounts
from watchword.accounts import services
from watchword.accounts.rules import CONTENT_ROLES, Actor
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
    first, *others = sorted(organisation.staff, key=lambda person: person.roles != ("administrator",))
    told, administrator = found_first(first, passphrase_for(first), now)
    tell(told)
    credentials = [told]
    for person in others:
        credentials.append(enrol(person, passphrase_for(person), administrator, now))
        tell(credentials[-1])
    courier = services.enrol_courier(actor=administrator, now=now)
    roles = {}
    for role in sorted(CONTENT_ROLES & {role.id for role in profile.roles}):
        if accounts.holders(role).exists():
            made = services.create_role_key(role=role, actor=administrator, now=now)
            roles[role] = RoleAddress(made.epoch, made.recipient)
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
    return credentials, manifest


def found_first(person: Person, passphrase: str, now: datetime) -> tuple[Credentials, Actor]:
    """The first administrator, whose key opens the ledger, logged in."""
    enrolment = services.found(
        login=person.login, name=person.name, passphrase=passphrase, language=person.language, now=now
    )
    code = pyotp.TOTP(enrolment.totp_secret).at(now)
    actor = services.unlock_for(login=person.login, passphrase=passphrase, code=code, now=now)
    return Credentials(person, passphrase, enrolment.totp_secret, enrolment.totp_uri), actor


def enrol(person: Person, passphrase: str, administrator: Actor, now: datetime) -> Credentials:
    enrolment = services.enrol(
        login=person.login,
        name=person.name,
        roles=person.roles,
        passphrase=passphrase,
        language=person.language,
        actor=administrator,
        now=now,
    )
    return Credentials(person, passphrase, enrolment.totp_secret, enrolment.totp_uri)
