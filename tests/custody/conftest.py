# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of custody may ask for."""

import pytest

from tests.custody.around_a_safe import Safe, laid
from tests.organisation import Organisation


@pytest.fixture
def safe(organisation: Organisation) -> Safe:
    """A case with something in custody."""
    made = laid(organisation)
    made.lodge()
    return made
