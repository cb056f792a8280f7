# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one place that knows the compiler of kernels: functions over arrays, compiled once, kept on disk."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` to machine code on its first call, without the interpreter's lock.

    The result is cached beside the source file. Floating point stays strict, so that the same pair of people
    gets the same bits in a batch, alone, and on another machine. The function must stand at module level and
    see only numbers, arrays and named tuples of them.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))
