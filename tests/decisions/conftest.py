# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of the board may ask for."""

import pytest

from tests.decisions.at_the_table import Table, laid
from tests.organisation import Organisation


@pytest.fixture
def table(organisation: Organisation) -> Table:
    """A case that stands before the board."""
    return laid(organisation)
