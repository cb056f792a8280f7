# SPDX-License-Identifier: AGPL-3.0-or-later
"""What others may ask of the courier's Desk side."""

from datetime import datetime
from urllib.parse import urlsplit

from watchword.courier.deskside.models import RequestCounter


def gate_name(address: str) -> str:
    """The Gate's host and port: what the counter of its requests is kept under."""
    return urlsplit(address).netloc


def last_round(address: str) -> datetime | None:
    """When a round with this Gate last came to its end; None when none ever did."""
    counter = RequestCounter.objects.filter(gate=gate_name(address)).first()
    return counter.finished_at if counter else None
