# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form with a file, of which nothing touches the disk on its way to the view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from watchword.core.sealing import plain

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


LARGEST = plain.LONGEST + 64 * 1024
"""Bytes of a form with the largest file that goes between a Desk and a machine; nothing beyond is read."""


class _Here(MemoryFileUploadHandler):
    """Django's, which lets files of more than 2.5 MiB pass by: an answer about many cases is larger."""

    def handle_raw_input(self, *parsed: Any, **_encoding: Any) -> None:
        _stream, _meta, length, *_rest = parsed
        if length > LARGEST:
            raise RequestDataTooBig
        self.activated = True


def into_memory(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Read the file of a form into memory, unless it is larger than any that such a form is sent with.

    Checking the form's token reads the whole body, file included. So it is first said where the file goes,
    and the check stands inside; whoever uses this exempts the address from the check that comes too early.
    """
    checked = csrf_protect(view)

    @wraps(view)
    def reading(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.upload_handlers = [_Here(request)]
        return checked(request, *args, **kwargs)

    return reading
