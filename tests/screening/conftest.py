# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of screening may ask for."""

import pytest
from pytest_django import Settings

from tests.organisation import Organisation
from tests.screening.booth import Booth, opened_booth


@pytest.fixture
def booth(organisation: Organisation, settings: Settings) -> Booth:
    """A case in the checks whose applicant has given the name; no list is loaded yet."""
    return opened_booth(organisation, settings)
