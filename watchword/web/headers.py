# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the same strict headers on every answer, whatever the view thought of."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLOSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "screen-wake-lock", "serial", "usb",
)  # fmt: skip


def _features(allowed: Collection[str] = ()) -> str:
    return ", ".join(f"{name}=(self)" if name in allowed else f"{name}=()" for name in CLOSED_FEATURES)


STRICT: dict[str, str] = {
    # "no-referrer" would make browsers send "Origin: null" with a form, and Django would refuse every form.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # A shared computer must not keep a page: not in its cache, and not behind the Back button.
    "Cache-Control": "no-store",
}


ALLOWED = "allowed_besides"
"""The attribute of an answer that names what its page may do besides: see ``allow``."""


def allow(response: HttpResponse, *directives: str) -> HttpResponse:
    """Open the policy of one page for what it needs, such as ``script-src 'self'``; all others stay shut."""
    setattr(response, ALLOWED, tuple(dict.fromkeys((*getattr(response, ALLOWED, ()), *directives))))
    return response


FEATURES = "allowed_features"
"""The attribute of an answer that names what of the device its page may use: see ``allow_feature``."""


def allow_feature(response: HttpResponse, feature: str) -> HttpResponse:
    """Let one page use one of the closed features, like the microphone; the browser still asks."""
    setattr(response, FEATURES, (*getattr(response, FEATURES, ()), feature))
    return response


class Headers:
    """Stands outside every other middleware that answers pages; static files are answered before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in STRICT.items():
            response[name] = value
        response["Permissions-Policy"] = _features(getattr(response, FEATURES, ()))
        allowed = getattr(response, ALLOWED, ())
        response["Content-Security-Policy"] = "; ".join([str(settings.SECURE_CSP), *allowed])
        del response["Server"]
        forget_cookies_with_the_browser(response)
        return response


def forget_cookies_with_the_browser(response: HttpResponse) -> None:
    """Take the end date off every cookie; one that is being deleted (age 0) keeps it."""
    for cookie in response.cookies.values():
        if cookie["max-age"] != 0:
            cookie["max-age"] = cookie["expires"] = ""
