# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only way in for a file: Django hands over each piece as it is read, and it is sealed at once.

Django's own handlers would write a large upload in clear into a temporary directory.
"""

from collections.abc import Callable

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from watchword.core.procedure.sealed_files import EXTENSIONS_IN_WORDS, LONGEST_BEGINNING, NAMELESS, kind_of
from watchword.core.refusals import Refused, Sentence, sentence
from watchword.intake.services.attachments import IncomingFile


class SealingUploadHandler(FileUploadHandler):
    """Seals one file of the field ``field``, of at most ``limit`` bytes.

    The form may turn out to be forged only after the file has been read, because its token is in the same
    body. So a file is sealed while it is read, and kept only when the view then says ``keep``.
    """

    chunk_size = 256 * 1024

    def __init__(
        self, request: HttpRequest, *, field: str, limit: int, receive: Callable[[str], IncomingFile]
    ) -> None:
        super().__init__(request)
        self._field, self._limit, self._receive = field, limit, receive
        self._name = ""
        self._fresh = b""
        self._read = 0
        self._incoming: IncomingFile | None = None
        self._whole = False
        self.refusal: Sentence | None = None

    def new_file(self, field_name: str, file_name: str, *args: object, **kwargs: object) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        if field_name != self._field or self._name:
            raise SkipFile
        self._name = file_name or NAMELESS

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        self._read += len(raw_data)
        if self._read > self._limit:
            self._refuse(
                sentence(
                    "This file is too large. The largest that fits has %(limit)s.", limit=size(self._limit)
                )
            )
        self._fresh += raw_data
        if len(self._fresh) >= LONGEST_BEGINNING or self._incoming is not None:
            self._take()

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - Django's signature
        if self._incoming is None:
            self.refusal = _WRONG_KIND
        self._whole = self._incoming is not None

    def keep(self) -> bool:
        """Make the file part of the draft; False when there is no whole file."""
        if self._incoming is None or not self._whole:
            return False
        try:
            self._incoming.finish()
        except Refused as refused:
            self.refusal = refused.reason
            return False
        self._incoming = None
        return True

    def abandon(self) -> None:
        """Delete what was sealed of a file that is not kept."""
        if self._incoming is not None:
            self._incoming.abandon()
            self._incoming = None
        self._whole = False

    def _take(self) -> None:
        """Seal what has come; the first time, judge by how it begins whether to take it at all."""
        if self._incoming is None and kind_of(self._fresh) is None:
            self._refuse(_WRONG_KIND)
        try:
            self._incoming = self._incoming or self._receive(self._name)
            self._incoming.write(self._fresh)
        except Refused as refused:
            self._refuse(refused.reason)
        self._fresh = b""

    def _refuse(self, reason: Sentence) -> None:
        self.abandon()
        self.refusal = reason
        raise SkipFile


def size(count: int) -> str:
    """A number of bytes in words, rounded down: “10 MB”."""
    return f"{count // 10**6} MB"


_WRONG_KIND = sentence("This is not a file of a kind that is taken: %(kinds)s.", kinds=EXTENSIONS_IN_WORDS)
