# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk lets each role do: a profile that asks for more is refused at the start."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from watchword.accounts.rules import ADMINISTRATOR, GRANTABLE_ROLES, ROLE_PERMISSIONS, Permission
from watchword.cases.rules import KEEPING_ROLE
from watchword.core.procedure import ProfileError
from watchword.core.procedure.fitting import Programs, fitting_problems
from watchword.core.refusals import NotFound
from watchword.decisions.outcomes import KINDER_OUTCOMES
from watchword.profiles import versions


def programs() -> Programs:
    """What a profile has to fit: read from the tables that the Desk itself obeys."""
    return Programs(
        roles=GRANTABLE_ROLES,
        needed=frozenset({ADMINISTRATOR, KEEPING_ROLE, *_allowed(Permission.PARCEL_PULL)}),
        moving=_allowed(Permission.CASE_STAGE),
        writing=_allowed(Permission.CASE_MESSAGE),
        recording=_allowed(Permission.EVIDENCE_ADD),
        proposing=_allowed(Permission.DECISION_PROPOSE),
        voting=_allowed(Permission.DECISION_VOTE),
        countersigning=_allowed(Permission.DECISION_COUNTERSIGN),
        screening=_allowed(Permission.SCREENING_RUN),
        kinder=frozenset(KINDER_OUTCOMES),
    )


def _allowed(permission: Permission) -> frozenset[str]:
    return frozenset(role for role in GRANTABLE_ROLES if permission in ROLE_PERMISSIONS[role])


def check_fits(
    app_configs: Sequence[AppConfig] | None = None,  # noqa: ARG001 - Django's signature
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """An error for each thing in a version of the procedure that nobody could ever do at this Desk."""
    name = settings.WATCHWORD_PROFILE
    try:
        every = versions(name)
    except (NotFound, ProfileError):
        # Said by the check that both programs have.
        return []
    found = [problem for one in every for problem in fitting_problems(name, one, programs())]
    return [Error(str(problem), id="decisions.E004") for problem in found]
