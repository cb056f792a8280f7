# SPDX-License-Identifier: AGPL-3.0-or-later
"""A kernel that was compiled before a change is not used after it."""

from pathlib import Path

from watchword.core import screening
from watchword.core.screening.compiled import KERNELS

HERE = Path(screening.__file__).parent


def test_a_change_of_any_kernel_forgets_what_was_compiled() -> None:
    counted = [HERE / name for name in KERNELS]
    written = [file for file in HERE.rglob("*.py") if "\n@compiled\n" in file.read_text()]
    assert len(written) > 10
    assert [file for file in written if not {file, *file.parents} & set(counted)] == []
    assert all(place.exists() for place in counted)
