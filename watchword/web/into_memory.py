# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form with a file, of which nothing touches the disk on its way to the view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def into_memory(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Read the file of a form into memory; the server lets nothing in that is larger than memory is spared.

    Checking the form's token reads the whole body, file included. So it is first said where the file goes,
    and the check stands inside; whoever uses this exempts the address from the check that comes too early.
    """
    checked = csrf_protect(view)

    @wraps(view)
    def reading(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return checked(request, *args, **kwargs)

    return reading
