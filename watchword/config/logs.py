# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps what people wrote out of the logs."""

import json
import logging
import traceback

PLACES = 4


class WithoutContent(logging.Filter):
    """Replace a record by one line of JSON: level, logger, and the places in the code where it failed.

    Messages, arguments, local variables and exception texts may all quote a request; file names and
    line numbers cannot.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        told: dict[str, object] = {"level": record.levelname, "logger": record.name}
        if record.exc_info and record.exc_info[2] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            told["kind"] = record.exc_info[0].__name__ if record.exc_info[0] else "exception"
            told["places"] = [f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-PLACES:])]
        record.msg = json.dumps(told)
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True
