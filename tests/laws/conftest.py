# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of the laws may ask for."""

from tests.decisions.conftest import table

__all__ = ["table"]
