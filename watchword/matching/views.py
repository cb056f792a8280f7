# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second applications and rings: codes and kinds of things, never a name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.matching import selectors


@require(Permission.MATCH_READ)
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """Whether this person has applied before, as far as is known and as this role may hear it."""
    return render(request, "matching/case.html", {"page": selectors.page(code, viewer=request.actor)})


@require(Permission.MATCH_READ)
@require_GET
def rings(request: StaffRequest) -> HttpResponse:
    """Cases that have something in common, drawn and in a table."""
    return render(request, "matching/rings.html", {"rings": selectors.rings(viewer=request.actor)})
