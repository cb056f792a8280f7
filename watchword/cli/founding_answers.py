# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the founders decide: the answers file of `watchword init`, refused before anything is made of it."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from watchword import profiles
from watchword.accounts.rules import CUSTODIANS, check_roles_together
from watchword.cli.founding_strength import holders_needed
from watchword.core.procedure import LANGUAGES, Profile, ProfileError
from watchword.core.refusals import Refused
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.seat import SeatAddress

LOGIN = re.compile(r"[a-z][a-z0-9.-]{1,40}")
LONGEST_NAME = 120


class CannotFound(Exception):
    """The organisation cannot be founded like this, with the reason in a sentence."""


@dataclass(frozen=True)
class Person:
    """One of the first members of staff."""

    login: str
    name: str
    roles: tuple[str, ...]
    language: str = "en"
    seat_key: str = ""
    """The public half of a custodian's key that was born on a machine of their own."""


@dataclass(frozen=True)
class Organisation:
    """What the founders decide."""

    title: str
    profile: str
    gates: tuple[str, ...]
    staff: tuple[Person, ...]


def read_answers(raw: bytes, profile: Profile | None = None) -> Organisation:
    """The founders' decisions, with ``profile`` in the place of the one that they name.

    CannotFound says what is wrong with them.
    """
    try:
        fields = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotFound(f"the answers file is not TOML: {error}") from None
    _check_words(fields, {"title", "profile", "gates", "staff"}, "the answers file")
    staff = fields.get("staff")
    if not isinstance(staff, list) or not all(isinstance(row, dict) for row in staff):
        raise CannotFound("the answers file needs a list of staff")
    organisation = Organisation(
        title=_text(fields, "title", "the answers file"),
        profile=profile.name if profile else _text(fields, "profile", "the answers file"),
        gates=tuple(_address(gate) for gate in _texts(fields, "gates", "the answers file")),
        staff=tuple(_person(row) for row in staff),
    )
    _check_staff(organisation.staff, profile or _profile(organisation.profile))
    return organisation


def _person(row: Mapping[str, object]) -> Person:
    _check_words(row, {"login", "name", "roles", "language", "seat_key"}, "a member of staff")
    login = _text(row, "login", "a member of staff")
    if not LOGIN.fullmatch(login):
        raise CannotFound(f"{login!r} cannot be a log-in: lower-case letters, digits, dots, hyphens")
    name = _text(row, "name", login)
    if len(name) > LONGEST_NAME:
        raise CannotFound(f"the name of {login} is longer than {LONGEST_NAME} characters")
    language = str(row.get("language", "en"))
    if language not in LANGUAGES:
        raise CannotFound(f"{login} needs a language out of: {', '.join(LANGUAGES)}")
    roles = tuple(_texts(row, "roles", login))
    return Person(login, name, roles, language, _seat_key(row, login, roles) if "seat_key" in row else "")


def _seat_key(row: Mapping[str, object], login: str, roles: Sequence[str]) -> str:
    try:
        address = str(SeatAddress.parse(_text(row, "seat_key", login)))
    except Malformed as error:
        raise CannotFound(f"the seat_key of {login}: {error}") from None
    if len(set(roles)) != 1 or roles[0] not in CUSTODIANS:
        raise CannotFound(f"{login} has a seat_key and no seat in custody")
    return address


def _check_staff(staff: Sequence[Person], profile: Profile) -> None:
    """One log-in each, roles that go together, and enough people for the whole procedure."""
    twice = [login for login, count in Counter(person.login for person in staff).items() if count > 1]
    keys = [person.seat_key for person in staff if person.seat_key]
    if len(set(keys)) < len(keys):
        raise CannotFound("two custodians have the same seat_key")
    if twice:
        raise CannotFound(f"two people have the log-in {twice[0]}")
    known = {role.id for role in profile.roles}
    for person in staff:
        if strange := sorted(set(person.roles) - known):
            raise CannotFound(f"{person.login} has the role {strange[0]}, which {profile.name} does not know")
        try:
            check_roles_together(person.roles)
        except Refused as refused:
            raise CannotFound(f"{person.login}: {refused}") from None
    holders = Counter(role for person in staff for role in set(person.roles))
    needed = holders_needed(profile).items()
    short = [f"{count} {role}, not {holders[role]}" for role, count in needed if holders[role] < count]
    if short:
        raise CannotFound(f"the procedure needs more people: {'; '.join(short)}")


def _profile(name: str) -> Profile:
    try:
        return profiles.load(name)
    except (Refused, ProfileError) as error:
        raise CannotFound(str(error)) from None


def _check_words(fields: Mapping[str, object], known: set[str], where: str) -> None:
    """A word that nobody reads is a slip of the pen, and the founder believes that it did something."""
    if strange := sorted(set(fields) - known):
        raise CannotFound(f"{where} says {strange[0]!r}, which nobody reads")


def _text(fields: Mapping[str, object], key: str, where: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise CannotFound(f"{where} needs a {key}, in one line")
    return value


def _texts(fields: Mapping[str, object], key: str, where: str) -> list[str]:
    values = fields.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise CannotFound(f"{where} needs a list of {key}")
    return values


def _address(gate: str) -> str:
    try:
        parts = urlsplit(gate)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not gate.isprintable() or " " in gate:
        raise CannotFound(f"{gate!r} is not the address of a Gate, such as http://127.0.0.1:8731/")
    return gate
