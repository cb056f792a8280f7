# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one place that knows the compiler of kernels: functions over arrays, compiled once, kept on disk."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

COMPARING = ("alignment", "births", "glue", "kernel", "levels", "weights")
KERNELS = ("arrays.py", "compiled.py", "crowd", "index", *(f"compare/{name}.py" for name in COMPARING))
"""Where the kernels are written, and the constants that they see."""


def _sources(place: Traversable) -> Iterator[bytes]:
    if place.is_file():
        yield place.read_bytes() if place.name.endswith(".py") else b""
    elif place.is_dir():
        for part in sorted(place.iterdir(), key=lambda part: part.name):
            yield from _sources(part)


def _stamp() -> bytes:
    """What all kernels were written as, and by which compiler they are read."""
    here, digest = resources.files(__package__), sha256(numba.__version__.encode())
    for name in KERNELS:
        for source in _sources(here.joinpath(name)):
            digest.update(source)
    return digest.digest()


STAMP = _stamp()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` to machine code on its first call, without the interpreter's lock.

    The result is cached beside the source file, and forgotten when any kernel's source changes. The compiler
    itself looks only at the file of the function, and would keep what the functions called by it were before:
    a package upgraded in place would go on judging by the old ones. Floating point stays strict, so that the
    same pair of people gets the same bits in a batch, alone, and on another machine. The function must stand
    at module level and see only numbers, arrays and named tuples of them.
    """
    # Nobody calls a kernel from C; the wrapper for that is a tenth of the compiler's work.
    options: dict[str, Any] = {"cache": True, "nogil": True, "no_cfunc_wrapper": True}
    dispatcher: Any = numba.njit(**options)(function)
    dispatcher._cache._cache_file._source_stamp = STAMP
    return cast("Callable[P, R]", dispatcher)
