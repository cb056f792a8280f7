# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt: shown until the applicant has shown that it is written down, and then gone from here."""

from itertools import combinations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchword.gate.forms import GROUPS, ReceiptCheckForm
from watchword.gate.language import speaking
from watchword.gate.visiting import COOKIE, visiting
from watchword.intake import services
from watchword.intake.services import Visit


@require_safe
@visiting
def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Thirty digits, large, to be copied by hand."""
    if not visit.unwritten:
        return redirect("gate:application")
    groups = visit.receipt.groups() if visit.receipt else []
    return render(request, "gate/receipt.html", {"groups": groups, "in_browser": visit.in_browser})


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@visiting
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Two groups of the six, from the paper. Only then does the Gate forget the receipt."""
    if not visit.unwritten:
        return redirect("gate:application")
    if request.method != "POST":
        return _check_page(request, ReceiptCheckForm(_two_positions(visit)), in_browser=visit.in_browser)
    if visit.receipt is None:
        # Made in the browser: only its script can compare. Without scripts there is nothing to compare with.
        return redirect("gate:receipt")
    form = ReceiptCheckForm(_asked(request, visit), request.POST)
    if form.is_valid() and form.check_against(visit.receipt):
        services.confirm(visit=visit, now=timezone.now())
        return redirect("gate:application")
    return _check_page(request, form, status=422 if form.is_bound else 200)


@require_POST
@visiting
def again(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Begin anew: the receipt was lost before it was checked, so nobody will ever need what it opens."""
    if not visit.unwritten:
        return redirect("gate:application")
    services.start_again(visit=visit)
    response = redirect("gate:contact")
    response.delete_cookie(COOKIE)
    return response


def _check_page(
    request: HttpRequest, form: ReceiptCheckForm, *, in_browser: bool = False, status: int = 200
) -> HttpResponse:
    page = {"form": form, "seal": "check" if in_browser else ""}
    return render(request, "gate/receipt_check.html", page, status=status)


def _two_positions(visit: Visit) -> list[int]:
    """The same for a whole visit, so that another language asks for what is typed already."""
    pairs = list(combinations(GROUPS, 2))
    return list(pairs[visit.key[0] % len(pairs)])


def _asked(request: HttpRequest, visit: Visit) -> list[int]:
    """The groups that the sent page asked for; a page that asks for fewer than two was not made here."""
    asked = [position for position in GROUPS if f"group_{position}" in request.POST]
    return asked if len(asked) == 2 else _two_positions(visit)
