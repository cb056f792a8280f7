# SPDX-License-Identifier: AGPL-3.0-or-later
"""A log says where in the code something failed, as JSON, and nothing of what was written."""

import io
import json
import logging
import sys

from watchword.config.logs import WithoutContent


def logged(failure: Exception) -> str:
    """What reaches the log when this was raised somewhere and reported with all there is to say."""
    stream = io.StringIO()
    stderr = logging.StreamHandler(stream)
    stderr.addFilter(WithoutContent())
    record = logging.makeLogRecord({"name": "watchword.courier", "levelname": "ERROR", "msg": "Dov %s"})
    try:
        raise failure
    except (KeyError, ValueError):
        record.args, record.exc_info, record.stack_info = ("was at the bridge",), sys.exc_info(), "Dov"
    stderr.handle(record)
    return stream.getvalue()


def test_a_failure_is_one_line_that_names_the_place() -> None:
    [line] = logged(KeyError("Dov")).splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["kind"]) == ("ERROR", "watchword.courier", "KeyError")
    assert all(place.partition(":")[0] == __file__ for place in told["places"])


def test_nothing_of_message_arguments_and_exception_is_in_it() -> None:
    told = logged(ValueError("Dov's secret", "at the bridge"))
    assert [word for word in ("Dov", "secret", "bridge") if word in told] == []
