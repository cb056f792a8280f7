# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applying."""

from tests.gate.applicant import Dov


def test_walk(dov: Dov) -> None:
    dov.begins()
    print(dov.page.text)
    dov.answers_everything()
    print(dov.page.text)
    dov.sends()
    print(dov.page.text)
    dov.leaves()
    dov.comes_back()
    print(dov.page.text)
    assert 0
