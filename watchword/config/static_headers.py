# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headers of static files: a worker obeys the policy of its own file, not that of the page that starts it."""

from collections.abc import MutableMapping

POLICY = "default-src 'none'; connect-src 'self'"


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:  # noqa: ARG001 - WhiteNoise's signature
    """Let a worker speak with this address alone, and load nothing."""
    headers["Content-Security-Policy"] = POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
