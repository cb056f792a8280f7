# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one member of staff would have learned: every case that went through their hands, by code and by day.

It is read from what the entries of the ledger commit to, and from nothing else: an opening is recorded first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from watchword import profiles
from watchword.accounts import selectors as accounts
from watchword.cases import selectors as cases
from watchword.cases.selectors import Named
from watchword.core.procedure import Text
from watchword.core.procedure.quotas import REASONS
from watchword.core.refusals import NotFound, Sentence, sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.selectors import Moment
from watchword.oversight.exposure import HOW, UNREAD, WORDS, How, how_of
from watchword.vault import selectors as vault

Place = tuple[How, str]


@dataclass(frozen=True)
class Learned:
    """One compartment of a case and one way of learning it; no compartment: something of the case."""

    title: Text | Sentence | str
    how: Sentence
    times: int
    first: datetime
    last: datetime
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class Exposed:
    """One case; ``same_as``: the case in which it goes on, as one of the same person."""

    code: str
    same_as: str
    keeper: str
    lines: Sequence[Learned]


@dataclass(frozen=True)
class ExposurePage:
    """Everything on the list. ``people``: cases that two officers joined are one person.

    ``unread`` went through this person's hands without being shown. Of ``erased`` cases nothing
    is left to tell.
    """

    name: str
    people: int
    read: Sequence[Exposed]
    unread: Sequence[Exposed]
    erased: int


def exposure_page(staff_id: str) -> ExposurePage:
    """The list as it stands now; whoever shows it has recorded that first."""
    name = accounts.staff_by_id(staff_id).name
    moments = journal.acts_of(staff_id, HOW)
    known = cases.named(one.case for one in moments if one.case)
    kept = vault.kept_in(known)
    places = _places(moments, vault.places_of(known))
    staff = accounts.names(one.keeper for one in known.values())
    read, unread = _split(places, {uid: one for uid, one in known.items() if uid in kept}, staff)
    return ExposurePage(
        name=name,
        people=len({one.same_as or one.code for one in read}),
        read=read,
        unread=unread,
        erased=len(places.keys() & (known.keys() - kept)),
    )


def _places(moments: Iterable[Moment], records: Mapping[str, str]) -> dict[str, dict[Place, list[Moment]]]:
    """For each case what was learned in it, by way and compartment."""
    found: dict[str, dict[Place, list[Moment]]] = defaultdict(lambda: defaultdict(list))
    for one in moments:
        record = str(one.payload.get("record", ""))
        compartment = str(one.payload.get("compartment", "")) or records.get(record, "")
        if compartment == REASONS and one.event is Event.SEAL_HASH:
            # Whoever said why they opened a case has opened it, or left it shut.
            continue
        how = how_of(one.event, compartment=compartment, purpose=str(one.payload.get("purpose", "")))
        found[one.case or ""][how, compartment].append(one)
    return found


def _split(
    places: Mapping[str, Mapping[Place, list[Moment]]], known: Mapping[str, Named], staff: Mapping[str, str]
) -> tuple[list[Exposed], list[Exposed]]:
    read: list[Exposed] = []
    unread: list[Exposed] = []
    for uid, named in sorted(known.items(), key=lambda item: item[1].code):
        for kind, into in ((False, read), (True, unread)):
            lines = [
                _learned(place, those)
                for place, those in sorted(places[uid].items())
                if (place[0] in UNREAD) is kind
            ]
            if lines:
                into.append(Exposed(named.code, named.same_as, staff.get(named.keeper, ""), lines))
    return read, unread


def _learned(place: Place, moments: Sequence[Moment]) -> Learned:
    """Pieces that were opened within a minute are one time, as everywhere."""
    how, compartment = place
    days = sorted({one.at for one in moments})
    purposes = {str(one.payload["purpose"]) for one in moments if "purpose" in one.payload}
    return Learned(title_of(compartment), WORDS[how], len(days), days[0], days[-1], tuple(sorted(purposes)))


def title_of(compartment: str) -> Text | Sentence | str:
    """A compartment in words. A later version of the procedure may have dropped it; then its bare name."""
    if compartment == REASONS:
        return sentence("Why somebody read more than is usual")
    try:
        return profiles.load(settings.WATCHWORD_PROFILE).compartment(compartment).title
    except NotFound:
        return compartment
