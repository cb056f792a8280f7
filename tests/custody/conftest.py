# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of custody may ask for."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Applicant, Office
from tests.custody.around_a_batch import Drawer, filled
from tests.custody.around_a_safe import SEATS, Safe, laid
from tests.custody.around_a_splitting import Ceremony
from tests.custody.outside import AWAY, AwayWithMany, forget_old_keys, machines_at, moved_away_with_many
from tests.moments import Moment
from tests.organisation import Organisation


@pytest.fixture
def safe(organisation: Organisation) -> Safe:
    """A case with something in custody; Ada and the custodians have logged in. Lived once, then put back."""
    moment = Moment(organisation, "in custody")
    applicant: Applicant | None = moment.put_back()
    if applicant is None:
        made = laid(organisation)
        made.lodge()
        for who in ("ada", *SEATS):
            organisation.actor(who)
        applicant = made.applicant
        moment.keep(applicant)
    applicant.organisation = organisation
    return Safe(organisation, applicant, Office(organisation, applicant.case))


@pytest.fixture
def drawer(organisation: Organisation) -> Drawer:
    """Two cases in the checks that have lodged; everybody has logged in."""
    return put_in_a_drawer(organisation)


@pytest.fixture
def away(
    organisation: Organisation, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AwayWithMany:
    """The same, with two seats held outside. Lived once, then put back: the machines are files as well."""
    moment = Moment(organisation, "two seats held outside")
    cases: tuple[str, str] | None = moment.put_back()
    if cases is None:
        away = moved_away_with_many(put_in_a_drawer(organisation), AWAY, settings, tmp_path, monkeypatch)
        moment.keep(away.drawer.both)
    else:
        organisation.version += 1
        organisation.believe_manifest(settings)
        away = AwayWithMany(Drawer(organisation, *cases), machines_at(AWAY, tmp_path, monkeypatch))
    # A moment puts back what was added, and cannot take away what was destroyed.
    forget_old_keys(AWAY, organisation)
    for case in away.drawer.both:
        away.drawer.lodge(case, revision=2)
    return away


@pytest.fixture
def ceremony(drawer: Drawer, settings: Settings) -> Ceremony:
    """The same two cases, before anything was said about Jonas."""
    return Ceremony(drawer, settings)


def put_in_a_drawer(organisation: Organisation) -> Drawer:
    """Lived once, then put back."""
    moment = Moment(organisation, "in a drawer")
    cases: tuple[str, str] | None = moment.put_back()
    if cases is None:
        made = filled(organisation)
        for who in ("sofia", "stas", *SEATS):
            organisation.actor(who)
        cases = made.both
        moment.keep(cases)
    return Drawer(organisation, *cases)
