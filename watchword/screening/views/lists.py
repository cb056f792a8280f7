# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists, and how many open cases know them as they are today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.screening import selectors


@require(Permission.SCREENING_RUN)
@require_GET
def lists(request: StaffRequest) -> HttpResponse:
    """Every list with its version, and how many open cases know the lists of today."""
    return render(request, "screening/lists.html", {"page": selectors.lists_page(viewer=request.actor)})
