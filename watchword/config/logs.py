# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps what people wrote out of the logs."""

import logging
import traceback


class WithoutContent(logging.Filter):
    """Replace a record by its level, its logger and the place in the code where it failed.

    Messages, arguments, local variables and exception texts may all quote a request; file names and
    line numbers cannot.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        place = ""
        if record.exc_info and record.exc_info[2] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            kind = record.exc_info[0].__name__ if record.exc_info[0] else "exception"
            place = f": {kind} at " + " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames[-4:]))
        record.msg = f"{record.levelname} in {record.name}{place}"
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True
