# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast of a demo, whose secrets are shown on purpose; a Desk that is no demo never looks for the file."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyotp
from django.conf import settings


@dataclass(frozen=True)
class CastMember:
    """One invented member of staff with everything that it takes to log in as them."""

    login: str
    name: str
    roles: tuple[str, ...]
    passphrase: str
    totp_secret: str


@dataclass(frozen=True)
class Prompt:
    """What the log-in page of a demo shows: the member, and the code of this half-minute."""

    member: CastMember
    code: str


def write_cast(path: Path, members: Iterable[CastMember]) -> None:
    """Keep the cast beside the demo's data."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(member) for member in members], file, ensure_ascii=False, indent=1)


def read_cast(path: Path) -> list[CastMember]:
    """The cast that ``write_cast`` kept; nobody when there is no file."""
    if not path.is_file():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [CastMember(**{**row, "roles": tuple(row["roles"])}) for row in rows]


def prompts(now: datetime) -> list[Prompt]:
    """Log-ins, passphrases and present codes, in a demo alone."""
    if not settings.WATCHWORD_DEMO:
        return []
    cast = read_cast(Path(settings.WATCHWORD_DEMO_CAST))
    return [Prompt(member, pyotp.TOTP(member.totp_secret).at(now)) for member in cast]
