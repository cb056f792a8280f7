# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a test run leaves out because nobody would notice: it is gone afterwards, and asked by nobody."""

import os
from collections.abc import Iterator

import pytest
from django.test import client


@pytest.fixture(scope="session", autouse=True)
def in_a_hurry() -> Iterator[None]:
    """No file of this process has to survive a power cut; whoever tries one puts their own cut there.

    And Django's client keeps a copy of the context of every template, the smallest included; the page's own
    is enough.
    """
    keep = getattr(client, "store_rendered_templates")  # noqa: B009 - the type stubs do not know it

    def keep_the_first(store: dict[str, object], *drawn: object, **more: object) -> None:
        if not store:
            keep(store, *drawn, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        patch.setattr(os, "fdatasync", lambda _descriptor: None)
        patch.setattr(client, "store_rendered_templates", keep_the_first)
        yield
