# SPDX-License-Identifier: AGPL-3.0-or-later
"""The harbour for every test of the Gate's storage."""

from tests.intake.harbour import harbour

__all__ = ["harbour"]
