# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of call signs and enquiries may ask for."""

from tests.matching.conftest import bench, search

__all__ = ["bench", "search"]
