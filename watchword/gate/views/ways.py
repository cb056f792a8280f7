# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three ways in which something can be sealed, and what each protects against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """What “sealed on arrival”, “sealed in this browser” and “sealed offline” mean; nothing is asked here."""
    return render(request, "gate/levels.html")
