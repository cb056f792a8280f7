# SPDX-License-Identifier: AGPL-3.0-or-later
"""A kernel that was compiled before a change is not used after it."""

from pathlib import Path
from typing import Any

from watchword.core import screening
from watchword.core.screening.compiled import KERNELS, STAMP
from watchword.core.screening.crowd.looking import look_through

HERE = Path(screening.__file__).parent


def test_a_change_of_any_kernel_forgets_what_was_compiled() -> None:
    counted = [HERE / name for name in KERNELS]
    written = [file for file in HERE.rglob("*.py") if "\n@compiled\n" in file.read_text()]
    assert len(written) > 10
    assert [file for file in written if not {file, *file.parents} & set(counted)] == []
    assert all(place.exists() for place in counted)


def test_what_was_compiled_carries_the_mark_of_all_sources() -> None:
    dispatcher: Any = look_through
    assert dispatcher._cache._cache_file._source_stamp == STAMP
