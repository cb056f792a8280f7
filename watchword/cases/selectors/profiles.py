# SPDX-License-Identifier: AGPL-3.0-or-later
"""The procedure under which a case runs: the version it started with, whatever came later."""

from watchword import profiles
from watchword.cases.models import Case
from watchword.core.procedure import Profile


def profile_of(case: Case) -> Profile:
    """The profile to which this case is pinned."""
    return profiles.load(case.profile, case.profile_version)
