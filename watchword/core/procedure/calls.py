# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an applicant can call out from the mailbox for a human to see first, and what an empty one says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, sentence

# Not a button: raised by itself when the applicant's second receipt is used, if that was wished.
SECOND_RECEIPT = "second-receipt"


@dataclass(frozen=True)
class Alarm:
    """One call for help. ``title`` stands on its button and at the Desk.

    ``explains`` says on one calm page what happens; ``letter`` is the template with which a human answers it.
    """

    id: str
    title: Text
    explains: Text
    letter: str


@dataclass(frozen=True)
class Calls:
    """Everything about calling out.

    ``compartment``: where calls are sealed; its readers see that there is a call whatever the stage, because
    the one person who keeps a case may be away. ``withdrawn_consent``: the letter that answers one.
    ``cover_title`` and ``cover`` are the words of a mailbox without letters: the same whether it belongs to
    an applicant, to nobody, or to a second receipt, so they must fit somebody who asked something harmless.
    """

    compartment: str
    withdrawn_consent: str
    cover_title: Text
    cover: Text
    alarms: tuple[Alarm, ...]

    @property
    def buttons(self) -> tuple[Alarm, ...]:
        """The alarms that the applicant raises by hand."""
        return tuple(alarm for alarm in self.alarms if alarm.id != SECOND_RECEIPT)

    def alarm(self, name: str) -> Alarm:
        """Return an alarm by id. Raises NotFound."""
        for alarm in self.alarms:
            if alarm.id == name:
                return alarm
        raise NotFound(sentence("There is no such call in this procedure."))


def read_calls(main: Table, compartments: Collection[str], letters: Mapping[str, bool]) -> Calls:
    """Read the file of calls; ``letters`` tells of each template whether it has gaps.

    The letter of a call has none: it must be sent at once, in a language that its sender may not speak.
    """
    without_gaps = [name for name, gaps in letters.items() if not gaps]
    alarms = tuple(_read_alarm(row, without_gaps) for row in main.tables("alarms"))
    if SECOND_RECEIPT not in {alarm.id for alarm in alarms}:
        main.note(
            "alarms",
            sentence("an alarm “%(name)s” is needed: somebody may be made to open", name=SECOND_RECEIPT),
        )
    return Calls(
        compartment=main.name("compartment", among=compartments),
        withdrawn_consent=main.name("withdrawn_consent", among=without_gaps),
        cover_title=main.text("cover_title"),
        cover=main.text("cover"),
        alarms=alarms,
    )


def _read_alarm(row: Table, letters: Collection[str]) -> Alarm:
    alarm = Alarm(
        id=row.name("id"),
        title=row.text("title"),
        explains=row.text("explains"),
        letter=row.name("letter", among=letters),
    )
    row.refuse_unknown()
    return alarm
