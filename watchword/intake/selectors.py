# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Gate can say about a mailbox, and what it hands to the courier."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from watchword import trust
from watchword.core.procedure.profile import Profile
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.mailbox import open_letter
from watchword.core.sealing.receipt import ReceiptKeys
from watchword.intake import envelopes, rules
from watchword.intake.models import CourierCounter, Delivery, Mailbox, Notice, SealedChunk, SealedEntry
from watchword.intake.notebook import Notebook, blank, open_notebook
from watchword.trust.clones import Register
from watchword.trust.clones import read as read_clones
from watchword.trust.letter import Forged, Letter, read

CLONES = "clones"


@dataclass(frozen=True)
class Published:
    """The register of known clones, and the very text that the Desk signed."""

    register: Register
    text: str


@dataclass(frozen=True)
class MailboxView:
    """One mailbox as its owner's pages need it."""

    case: str
    opened: date
    facts: rules.MailboxFacts


@dataclass(frozen=True, order=True)
class KeptFile:
    """A sealed file that waits for its application or letter; ``size`` in bytes, as it was padded."""

    number: int
    size: int


@dataclass(frozen=True)
class Post:
    """What arrived in a mailbox: the Desk's letters, newest first, and the days on which forgeries came.

    Nothing of a forgery is given out: whoever made it chose its words.
    """

    letters: tuple[Letter, ...]
    forged: tuple[date, ...]

    @property
    def asks(self) -> frozenset[str]:
        """The sections that the Desk asks for, as of its newest letter.

        Nothing while there is a forgery here: then somebody sits between the applicant and the Desk.
        """
        return frozenset(self.letters[0].asks) if self.letters and not self.forged else frozenset()

    def may_write(self, profile: Profile) -> frozenset[str]:
        """The sections that may be sent from here: what the Desk asks for, and corrections of an application.

        Corrections from the Desk's first letter to the end of the case: before, nobody may seem to read here.
        """
        if not self.letters or self.forged:
            return frozenset()
        stage = next((stage for stage in profile.stages if stage.id == self.letters[0].stage), None)
        if stage is not None and stage.final:
            return frozenset()
        questionnaire = profile.questionnaire
        return (self.asks & questionnaire.titles_later().keys()) | questionnaire.titles_to_correct().keys()

    @property
    def received(self) -> frozenset[str]:
        """Those of them that the Desk has, as of its newest letter."""
        return frozenset(self.letters[0].received) if self.letters else frozenset()


@dataclass(frozen=True)
class Inbox:
    """All that the page of a mailbox needs. ``facts`` is None where there is no such mailbox."""

    facts: rules.MailboxFacts | None
    post: Post
    waiting: frozenset[str]
    notebook: Notebook


def inbox(uid: str, keys: ReceiptKeys | None, login: bytes) -> Inbox:
    """The mailbox of this name, by the same four questions to the database whether there is one or not.

    Its letters where ``keys`` are here, and the notebook that ``login`` opens.
    """
    row = Mailbox.objects.filter(uid=uid, withdrawn=False).first()
    facts = facts_of(row or Mailbox(uid=uid))
    letters = list(Delivery.objects.filter(mailbox=uid))
    waiting = waiting_sections(uid)
    post = _read(letters, row.case if row else uid, keys)
    notebook = open_notebook(login, bytes(row.notebook) if row else blank())
    return Inbox(facts if row else None, post, waiting, notebook)


def notebook(uid: str, login: bytes) -> Notebook:
    """What this mailbox remembers for its owner; a fresh page where there is no such mailbox."""
    page = Mailbox.objects.filter(uid=uid, withdrawn=False).values_list("notebook", flat=True).first()
    return open_notebook(login, bytes(page or blank()))


def mailbox(uid: str) -> MailboxView | None:
    """The mailbox of this name; None when there is none, or when it was withdrawn."""
    row = Mailbox.objects.filter(uid=uid, withdrawn=False).first()
    return None if row is None else MailboxView(row.case, row.opened, facts_of(row))


def facts_of(row: Mailbox) -> rules.MailboxFacts:
    drafts = SealedEntry.objects.filter(mailbox=row.uid, parcel=None, ready=True)
    written: dict[str, set[str]] = defaultdict(set)
    for kind, compartment in drafts.filter(kind__startswith=rules.SECTION).values_list("kind", "compartment"):
        written[rules.section_of(kind)].add(compartment)
    wanted = {one.id: set(one.sealed_into) for one in envelopes.profile().questionnaire.application}
    return rules.MailboxFacts(
        sent=row.sent is not None,
        withdrawn=row.withdrawn,
        sealed=frozenset(name for name, places in written.items() if places >= wanted.get(name, set())),
        begun=frozenset(written),
    )


def files(uid: str) -> tuple[KeptFile, ...]:
    """The whole files that lie in this mailbox and were not sent yet, by number."""
    kept = SealedEntry.objects.filter(mailbox=uid, parcel=None, ready=True, kind__startswith=rules.FILE)
    rows = kept.values_list("kind", "size")
    return tuple(sorted(KeptFile(int(kind.removeprefix(rules.FILE)), size) for kind, size in rows))


def waiting_sections(uid: str) -> frozenset[str]:
    """The sections that were asked for, were sent, and wait here for the Desk to fetch them."""
    sent = SealedEntry.objects.filter(mailbox=uid, parcel__kind=rules.LODGED, ready=True)
    return frozenset(kind.removeprefix(rules.SECTION) for kind in sent.values_list("kind", flat=True))


def post(uid: str, keys: ReceiptKeys | None) -> Post:
    """The mailbox's letters, opened with the applicant's own key and checked one by one; none without it."""
    row = Mailbox.objects.filter(uid=uid, withdrawn=False).first()
    return _read(row.deliveries.all(), row.case, keys) if row else Post((), ())


def _read(deliveries: Iterable[Delivery], case: str, keys: ReceiptKeys | None) -> Post:
    if keys is None:
        return Post((), ())
    opened = [(delivery.day, _opened(delivery, case, keys)) for delivery in deliveries]
    letters = sorted(
        (letter for _, letter in opened if letter), key=lambda letter: letter.number, reverse=True
    )
    return Post(tuple(letters), tuple(sorted(day for day, letter in opened if letter is None)))


def sealed_post(uid: str) -> list[tuple[date, bytes]]:
    """The mailbox's letters as they are sealed, each with its day, for whoever opens them elsewhere."""
    rows = Delivery.objects.filter(mailbox=uid, mailbox__withdrawn=False).order_by("day", "uid")
    return [(row.day, bytes(row.sealed)) for row in rows]


def _opened(delivery: Delivery, case: str, keys: ReceiptKeys) -> Letter | None:
    try:
        return read(open_letter(keys, bytes(delivery.sealed)), trust.current(), case)
    except (SealingError, Forged):
        return None


def newest_counter(courier: bytes) -> int:
    """The number of the newest request of this courier key; 0 before its first."""
    row = CourierCounter.objects.filter(courier=courier.hex()).first()
    return row.value if row else 0


def entry_chunks(uid: str) -> Iterator[bytes]:
    """The sealed bytes of one entry, in order; nothing when no parcel that was sent has such an entry."""
    rows = SealedChunk.objects.filter(entry=uid, entry__ready=True, entry__parcel__ready=True).order_by("seq")
    for data in rows.values_list("data", flat=True).iterator(chunk_size=2):
        yield bytes(data)


def clones() -> Published | None:
    """The register of known clones; None when there is none that the Desk has signed."""
    row = Notice.objects.filter(pk=CLONES).first()
    if row is None:
        return None
    try:
        return Published(read_clones(row.text.encode(), trust.current()), row.text)
    except Forged:
        # Whoever can write into this database must not be able to call an address of ours a clone.
        return None
