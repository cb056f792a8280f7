# SPDX-License-Identifier: AGPL-3.0-or-later
"""What figures may be shown together, and who may write what in the auditors' book."""

from watchword.oversight.rules.figures import (
    AGES,
    BANDS,
    WEEKS,
    Figures,
    band,
    monday,
    outcomes,
    standing,
    whole_weeks,
)
from watchword.oversight.rules.honey import (
    check_may_ask,
    check_may_look,
    check_may_mark,
    check_may_second,
    check_may_unmark,
    check_waits,
)

__all__ = [
    "AGES",
    "BANDS",
    "WEEKS",
    "Figures",
    "band",
    "check_may_ask",
    "check_may_look",
    "check_may_mark",
    "check_may_second",
    "check_may_unmark",
    "check_waits",
    "monday",
    "outcomes",
    "standing",
    "whole_weeks",
]
