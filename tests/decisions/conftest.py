# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of the board may ask for."""

import pytest

from tests.decisions import others
from tests.decisions.at_the_table import Table, laid
from tests.organisation import Organisation


@pytest.fixture
def answered(organisation: Organisation) -> Table:
    """The first board intends to refuse, and Dov has answered: others are to confirm it."""
    return others.intended(organisation)


@pytest.fixture
def appealed(organisation: Organisation) -> Table:
    """Refused twice and appealed: the case waits for people who had no part in it."""
    return others.appealed(organisation)


@pytest.fixture
def table(organisation: Organisation) -> Table:
    """A case that stands before the board."""
    return laid(organisation)
