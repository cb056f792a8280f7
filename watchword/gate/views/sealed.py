# SPDX-License-Identifier: AGPL-3.0-or-later
"""For scripts and the kit: what was sealed on the applicant's machine comes in pieces. Answers are JSON."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial, wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from watchword.core.refusals import NotPermitted, sentence
from watchword.gate import places
from watchword.gate.spoken import answered, fields_of, number_of, text_of
from watchword.gate.visiting import visit_of
from watchword.intake import envelopes, selectors
from watchword.intake.services import Visit, pieces

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def spoken(answer: Answer[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the answer its visit, and say a refusal in JSON."""

    @answered
    @wraps(answer)
    def speak(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = visit_of(request)
        if visit is None or visit.unwritten:
            raise NotPermitted(sentence("Your visit has ended. Sign in with your receipt."))
        return answer(request, visit, *args, **kwargs)

    return speak


@require_POST
@spoken
def begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Reserve a place; the answer says what the frame must name, and whom to seal to.

    With ``revision``, that of a part of the same page which is here already: see docs/spec/custody.md.
    """
    fields = fields_of(request)
    place = places.place(
        envelopes.profile(),
        selectors.mailbox(visit.mailbox),
        None if visit.in_browser else selectors.post(visit.mailbox, visit.keys),
        text_of(fields, "kind"),
        text_of(fields, "compartment"),
    )
    revision = number_of(fields, "revision") if "revision" in fields else None
    begun = pieces.begin(visit=visit, place=place, today=timezone.now().date(), revision=revision)
    return JsonResponse(asdict(begun) | {"limit": place.limit, "piece": pieces.PIECE}, status=201)


@require_http_methods(["GET", "DELETE"])
@spoken
def upload(request: HttpRequest, visit: Visit, uid: str) -> HttpResponse:
    """Where to go on after a broken line; or that it is not wanted any more."""
    if request.method == "DELETE":
        pieces.give_up(visit=visit, uid=uid)
        return HttpResponse(status=204)
    return JsonResponse(asdict(pieces.progress(visit=visit, uid=uid)))


@require_http_methods(["PUT"])
@spoken
def piece(request: HttpRequest, visit: Visit, uid: str, seq: int) -> HttpResponse:
    """One piece, in any order; again, if the answer to it was lost."""
    limit = partial(places.limit, envelopes.profile())
    # Not ``request.body``: that is for forms, and reads less than a piece may have.
    pieces.put(visit=visit, uid=uid, seq=seq, data=request.read(pieces.PIECE + 1), limit=limit)
    return HttpResponse(status=204)


@require_POST
@spoken
def finish(request: HttpRequest, visit: Visit, uid: str) -> HttpResponse:
    """All pieces are here: from now on it is part of what will be sent."""
    fields = fields_of(request)
    limit = partial(places.limit, envelopes.profile())
    count, size = number_of(fields, "pieces"), number_of(fields, "size")
    pieces.finish(visit=visit, uid=uid, pieces=count, size=size, limit=limit)
    return HttpResponse(status=204)
