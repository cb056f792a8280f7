# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printed cards for whoever keeps a root, a log-in, or an eye on the ledger. No secret is on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from watchword import trust
from watchword.accounts import selectors
from watchword.accounts.rules import ADMINISTRATOR
from watchword.core.ledger.note import VerifierKey
from watchword.trust.manifest import Manifest
from watchword.web.paper import CARD
from watchword.web.paper import pdf as on_paper

STYLE = Path(__file__).with_name("keepers.css")


@dataclass(frozen=True)
class Root:
    """One of the roots: its name, which is its file's as well, and its public key."""

    name: str
    key: str


@dataclass(frozen=True)
class Keeper:
    """Somebody who logs in at the Desk; the card says the log-in and no name."""

    login: str
    roles: Sequence[str]

    @property
    def administers(self) -> bool:
        """Whether this is one of the administrators."""
        return ADMINISTRATOR in self.roles


def pdf(*, manifest: Manifest, language: str) -> tuple[bytes, int]:
    """The cards in one language, and how many they are."""
    mark = trust.fingerprint()
    roots = [Root(VerifierKey.parse(key).name, key) for key in settings.WATCHWORD_ROOTS]
    keepers = [Keeper(one.login, one.roles) for one in selectors.people() if one.left is None]
    page = {
        "roots": roots,
        "needed": settings.WATCHWORD_ROOTS_NEEDED,
        "keepers": keepers,
        "administrators": sum(keeper.administers for keeper in keepers),
        "manifest": manifest,
        "mark": {"words": mark.rows(language), "digits": mark.digits},
        "language": language,
    }
    with translation.override(language):
        text = render_to_string("accounts/keepers.html", page)
    return on_paper(text, CARD, STYLE), len(roots) + len(keepers) + 1
