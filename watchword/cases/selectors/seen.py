# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a form was written against: sent back with it, it shows whether the case has changed meanwhile."""

from watchword.cases.models import Case


def seen_of(case: Case) -> str:
    """Changes with the stage, the people and the letters of a case; it says nothing to whoever reads it."""
    return f"{case.version}.{case.letters.count()}"
