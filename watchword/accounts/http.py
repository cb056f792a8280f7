# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every Desk view stands behind: somebody is logged in, and may do this."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from watchword.accounts.beyond import asking_why
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.accounts.services import Resumed
from watchword.accounts.unlocking import unlocking

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request behind ``require``: ``actor`` is there and unlocked."""

    actor: Actor
    desk_session: Resumed


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def require(permission: Permission | None) -> Callable[[StaffView[P]], View[P]]:
    """Let through who is logged in and has ``permission``; None asks for the log-in alone.

    Whoever is not logged in is sent to the log-in page. Whoever is locked unlocks first, and then goes on
    with what they asked for; a form that was being sent goes to that page and back, and is kept nowhere else.
    Whoever opens more than is usual is asked why in the same way.
    """

    def decorate(view: StaffView[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return unlocking(request) if getattr(request, "locked", None) else redirect("accounts:log_in")
            if permission is not None:
                check_has(actor, permission)
            # The middleware has set actor.
            answer = partial(view, request, *args, **kwargs)  # type: ignore[arg-type]
            return asking_why(request, actor, answer)

        # Not @wraps: its type would claim that the guarded view still takes a StaffRequest.
        update_wrapper(guarded, view)
        # For the test of law 8, which holds every grant against every address.
        guarded.needs = permission  # type: ignore[attr-defined]  # decorators around this one hand it on
        return guarded

    return decorate
