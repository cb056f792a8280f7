# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tells Tor Browser, on the ordinary address, that there is an onion address: the safer of the two."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from watchword.gate.visiting import COOKIE

HEADER = "Onion-Location"


class OnionLocation:
    """Puts the header on pages of an ordinary address, where an onion address is configured.

    Not within a visit: its cookie would not come along, and whoever was writing would stand before a
    page that asks for the receipt.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.WATCHWORD_ONION:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self._is_offered(request, response):
            response[HEADER] = settings.WATCHWORD_ONION.rstrip("/") + request.path
        return response

    @staticmethod
    def _is_offered(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            request.method == "GET"
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
            and COOKIE not in request.COOKIES
            and not split_domain_port(request.get_host())[0].endswith(".onion")
        )
