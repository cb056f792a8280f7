# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with an answer, each fault under a name that every program which judges forms shares."""

from watchword.core.procedure import dates
from watchword.core.refusals import Sentence, sentence

FAULTS = {
    "choose": sentence("Choose one answer."),
    "choose_some": sentence("Choose at least one answer."),
    "choose_shown": sentence("Choose among the answers that are shown."),
    "choose_one": sentence("Choose only one answer."),
    "contradiction": sentence("Two of the answers you chose contradict each other."),
    "write": sentence("Write an answer. A few words are enough."),
    "write_one": sentence("Write one answer."),
    "one_line": sentence("Write this on one line."),
    "too_long": sentence("This is too long: %(length)s characters. At most %(most)s fit."),
    "date": dates.HOW,
    "no_such_day": dates.NO_SUCH_DAY,
    "year": sentence("Write the year with four digits, for instance 2019."),
    "year_missing": sentence("A month or a season needs its year."),
    "still_and_end": sentence("Write an end or tick that it goes on, not both."),
    "end_first": sentence("The end lies before the beginning."),
    "no_year": sentence("Write at least one year: when it began or when it ended."),
    "no_entry": sentence("Write at least one entry."),
    "too_many": sentence("There are too many entries: at most %(most)s fit."),
}


def fault(name: str, **params: object) -> Sentence:
    """Return the fault of this name, its gaps filled."""
    return Sentence(FAULTS[name].text, params)
