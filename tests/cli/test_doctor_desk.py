# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor says about the people of a Desk."""

from tests.organisation import Organisation
from watchword.cli import doctor_desk


def test_one_who_screens_alone_is_told(organisation: Organisation) -> None:
    assert list(doctor_desk.pairs()) == []
    organisation.revoke("stas", "screening")
    [mistake] = doctor_desk.pairs()
    assert mistake.what == "1 of the 2 people needed hold the role screening."
