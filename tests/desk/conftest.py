# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of the Desk's own rooms may ask for."""

from tests.matching.conftest import bench

__all__ = ["bench"]
