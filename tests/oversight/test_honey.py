# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented cases: nobody alone makes one, nothing tells them apart, and whoever opens one is seen at once."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from tests.cast import Applicant
from tests.custody.test_recorded import tried
from tests.laws.breaking import everything
from tests.moments import Moment
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.receipt import Receipt
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.keystore import services as keystore
from watchword.oversight import services
from watchword.oversight.book import MOST_INVENTED, SIZE, Book, Change, Invented, Look, decode, open_book
from watchword.oversight.looking import read_looks
from watchword.oversight.models import WatchBook
from watchword.oversight.selectors import Watch, honey_page, watch
from watchword.oversight.selectors.book import the_book
from watchword.trust import installed
from watchword.vault.opening import open_record
from watchword.vault.rules import COMPARING
from watchword.vault.selectors import records

WORDS = "Ada says that she mistyped a code; I believe her, and shall look at her list."


@dataclass
class Hive:
    """Two applications that came in by the Gate's way; of one of them Aud and Petro keep the receipt."""

    organisation: Organisation
    receipt: Receipt
    other: str
    case: str = field(init=False)

    def __post_init__(self) -> None:
        self.case = applicant_of(self.organisation, self.receipt).case

    @property
    def code(self) -> str:
        return Case.objects.values_list("code", flat=True).get(pk=self.case)

    def ask(self, change: Change = Change.MARK, who: str = "aud", receipt: Receipt | None = None) -> None:
        actor, now = self.organisation.actor(who), self.organisation.now
        services.ask(receipt=receipt or self.receipt, change=change, actor=actor, now=now)

    def second(self, who: str = "petro", receipt: Receipt | None = None) -> None:
        actor, now = self.organisation.actor(who), self.organisation.now
        services.second(receipt=receipt or self.receipt, actor=actor, now=now)

    def mark(self) -> None:
        self.ask()
        self.second()

    def open(self, who: str = "iris", case: str = "", purpose: str = "case-work") -> None:
        actor, record = self.organisation.actor(who), records(case or self.case, "routing").earliest("uid")
        open_record(record.uid, actor=actor, purpose=purpose, now=self.organisation.now)

    def watch(self, who: str = "aud") -> Watch:
        return watch(viewer=self.organisation.actor(who), now=self.organisation.now)

    def alarms(self) -> list[tuple[str, str, int]]:
        return [(one.name, one.code, one.times) for one in self.watch().alarms]

    def look(self, who: str = "aud", words: str = WORDS) -> None:
        actor, now = self.organisation.actor(who), self.organisation.now
        services.look(words=words, upto=honey_page().upto, actor=actor, now=now)

    def marks(self) -> int:
        return len(the_book().invented)


def applicant_of(organisation: Organisation, receipt: Receipt) -> Applicant:
    """Whoever has this receipt."""
    applicant = Applicant(organisation)
    applicant.keys = receipt.keys(installed.current().organisation)
    applicant.case = case_of(str(applicant.keys.mailbox.recipient))
    return applicant


@pytest.fixture
def hive(organisation: Organisation) -> Hive:
    """Both applications stand in the first look; nothing is marked. Lived once, then put back."""
    moment = Moment(organisation, "two applications, one of them invented")
    hive: Hive | None = moment.put_back()
    if hive is None:
        receipt = Receipt.new()
        applicant_of(organisation, receipt).apply()
        hive = Hive(organisation, receipt, Applicant(organisation).apply().pk)
        for who in ("aud", "petro", "iris"):
            organisation.actor(who)
        moment.keep(hive)
    hive.organisation = organisation
    return hive


@pytest.mark.parametrize("who", ["petro", "iris", "ada", "halyna"])
def test_nobody_but_an_auditor_asks_or_looks(hive: Hive, who: str) -> None:
    with pytest.raises(NotPermitted):
        hive.ask(who=who)
    hive.mark()
    hive.open()
    for attempt in (partial(hive.look, who), partial(hive.ask, Change.UNMARK, who)):
        with pytest.raises(NotPermitted):
            attempt()
    actor, now = hive.organisation.actor(who), hive.organisation.now
    for service in (services.drop, services.begin_anew, read_looks):
        with pytest.raises(NotPermitted):
            service(actor=actor, now=now)
    assert hive.watch(who).alarms == ()
    assert len(hive.alarms()) == 1


def test_one_alone_marks_nothing_and_unmarks_nothing(hive: Hive) -> None:
    hive.ask()
    with pytest.raises(NotPermitted):
        hive.second("aud")
    hive.open()
    assert (hive.marks(), hive.alarms()) == (0, [])
    # An auditor who became an administrator is still the same person.
    hive.organisation.revoke("aud", "auditor")
    hive.organisation.grant("aud", "administrator")
    hive.organisation.actors.pop("aud")
    with pytest.raises(NotPermitted, match="somebody else"):
        hive.second("aud")
    with pytest.raises(WrongState, match="no auditor any more"):
        hive.second("petro")
    assert hive.marks() == 0


def test_unmarking_takes_two_as_well_and_until_then_it_alarms(hive: Hive) -> None:
    hive.mark()
    hive.ask(Change.UNMARK)
    hive.open()
    assert len(hive.alarms()) == 1
    services.drop(actor=hive.organisation.actor("aud"), now=hive.organisation.now)
    with pytest.raises(WrongState, match="No auditor waits"):
        hive.second()
    hive.ask(Change.UNMARK)
    hive.second()
    assert (hive.marks(), hive.alarms()) == (0, [])


def test_only_the_receipt_of_a_case_that_is_here_marks_it(hive: Hive) -> None:
    with pytest.raises(WrongState, match="No case of this receipt"):
        hive.ask(receipt=Receipt.new())
    with pytest.raises(WrongState, match="not marked"):
        hive.ask(Change.UNMARK)
    hive.ask()
    with pytest.raises(WrongState, match="not the receipt"):
        hive.second(receipt=Receipt.new())
    with pytest.raises(WrongState, match="waits for an administrator already"):
        hive.ask()
    hive.second()
    with pytest.raises(WrongState, match="already"):
        hive.ask()


def test_whoever_opens_one_is_seen_at_once_and_whoever_opens_another_is_not(hive: Hive) -> None:
    hive.open()
    hive.mark()
    assert hive.alarms() == []
    hive.open("iris", hive.other)
    hive.open("iris", purpose=COMPARING)
    assert hive.alarms() == []
    hive.open("iris")
    assert hive.alarms() == [("Iris", hive.code, 1)]
    assert hive.watch("petro").alarms == ()


def test_a_look_takes_off_what_was_seen_and_nothing_that_came_since(hive: Hive) -> None:
    hive.mark()
    hive.open()
    aud, now, drawn = hive.organisation.actor("aud"), hive.organisation.now, honey_page().upto
    hive.organisation.now += timedelta(minutes=1)
    hive.open()
    for wrong in ({"words": " ", "upto": drawn}, {"words": WORDS, "upto": drawn + 10**6}):
        with pytest.raises(WrongState):
            services.look(actor=aud, now=now, **wrong)  # type: ignore[arg-type]  # each of its type
    services.look(words=WORDS, upto=drawn, actor=aud, now=now)
    assert [one.first for one in hive.watch().alarms] == [hive.organisation.now]
    hive.look(words="Once more.")
    assert hive.alarms() == []
    # Another auditor still sees what was taken off the first page.
    assert [(one.name, one.times) for one in honey_page().before] == [("Iris", 2)]
    assert [one.words for one in read_looks(actor=aud, now=now)] == ["Once more.", WORDS]
    assert list(hive.organisation.audit().findings) == []


def test_the_database_alone_names_no_invented_case(hive: Hive) -> None:
    """Every row of every table, before and after: what names the case was there before it was marked."""
    hive.ask()
    before, waiting = everything(), bytes(WatchBook.objects.get().sealed)
    hive.second()
    hive.open("iris", hive.other)
    after, marked = everything(), bytes(WatchBook.objects.get().sealed)
    new = [row for label, rows in after.items() for row in rows if row not in before[label]]
    traces = (hive.case, hive.code, hive.case.encode(), bytes.fromhex(hive.case), hive.receipt.digits)
    assert new
    assert not any(str(trace) in repr(row) or repr(trace) in repr(row) for row in new for trace in traces)
    assert len(waiting) == len(marked) > SIZE
    # With the key, and only with it, the same row names it.
    row = WatchBook.objects.get()
    secret = keystore.secret(row.key) or b""
    assert open_book(marked, secret=secret, uid=row.uid).of(hive.case)
    with pytest.raises(WrongState):
        open_book(marked, secret=bytes(32), uid=row.uid)
    keystore.store().destroy([row.key])
    assert hive.watch().fault


def test_the_ledger_says_the_same_of_every_writing(hive: Hive) -> None:
    hive.mark()
    hive.ask(Change.UNMARK)
    hive.second()
    entries = EntryDetail.objects.filter(event=Event.WATCH_WRITE)
    assert {tuple(one.payload) for one in entries} == {("book",)}
    assert {one.case for one in entries} == {None}
    assert len(entries) == 4
    hive.mark()
    hive.open()
    hive.look()
    assert {one.case for one in entries.all()} == {None}
    assert hive.case not in {
        one.case for one in EntryDetail.objects.filter(actor=hive.organisation.staff["aud"].uid)
    }


def rolled_back(hive: Hive) -> None:
    old = WatchBook.objects.get()
    hive.second()
    old.save()


def altered(hive: Hive) -> None:
    hive.second()
    row = WatchBook.objects.get()
    row.sealed = bytes(row.sealed)[:-1] + bytes([row.sealed[-1] ^ 1])
    row.save()


def removed(hive: Hive) -> None:
    hive.second()
    WatchBook.objects.all().delete()


@pytest.mark.parametrize("attack", [rolled_back, altered, removed])
def test_whoever_writes_to_the_database_does_not_silence_it_unseen(hive: Hive, attack: object) -> None:
    hive.ask()
    attack(hive)  # type: ignore[operator]  # one of the three above
    for who in ("aud", "petro"):
        assert "somebody changed it" in str(hive.watch(who).fault), who
    assert hive.watch("iris").is_quiet
    for attempt in (hive.ask, hive.second, hive.look):
        with pytest.raises(Refused):
            attempt()
    services.begin_anew(actor=hive.organisation.actor("aud"), now=hive.organisation.now)
    assert (hive.marks(), hive.watch().fault) == (0, None)
    assert [one.name for one in hive.watch("petro").begun] == ["Aud"]
    with pytest.raises(WrongState, match="nothing to begin"):
        services.begin_anew(actor=hive.organisation.actor("aud"), now=hive.organisation.now)


def test_nothing_is_written_in_the_book_without_its_entry(hive: Hive) -> None:
    """Law 9: asked, confirmed and looked at, with a journal that fails at each entry."""
    for act in (hive.ask, hive.second, hive.look):
        tried(act, Event.WATCH_WRITE)


def test_no_page_of_an_officer_tells_an_invented_case_from_another(hive: Hive) -> None:
    """The same pages before and after, as each role, of both cases; and the same of the figures."""
    codes = Case.objects.order_by("code").values_list("code", flat=True)
    paths = ["/", "/cases/", "/figures/", "/retention/", *(f"/case/{code}/" for code in codes)]
    browsers = {who: hive.organisation.browser(who) for who in ("iris", "ada", "petro")}
    assert hive.code in looked_at(browsers["iris"], paths)[1][1]
    before = {who: looked_at(browser, paths) for who, browser in browsers.items()}
    hive.mark()
    assert {who: looked_at(browser, paths) for who, browser in browsers.items()} == before
    hive.open()
    for who, browser in browsers.items():
        assert looked_at(browser, ["/invented/"])[0][0] == 403, who
    assert hive.code not in browsers["petro"].get("/").content.decode()


def looked_at(browser: Client, paths: list[str]) -> list[tuple[int, str]]:
    """Each answer without the random marks of its forms and the running clock."""
    found = []
    for path in paths:
        answer = browser.get(path)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        found.append((answer.status_code, re.sub(r"locks in \d+ minutes?", "", page)))
    return found


def test_it_goes_by_the_pages(hive: Hive) -> None:
    aud, petro = hive.organisation.browser("aud"), hive.organisation.browser("petro")
    spaced = " ".join(hive.receipt.groups())
    assert aud.post("/invented/ask/", {"receipt": "12345", "change": "mark"}).status_code == 422
    assert aud.post("/invented/ask/", {"receipt": spaced, "change": "mark"}).status_code == 302
    assert 'href="/invented/second/"' in petro.get("/").content.decode()
    page = petro.get("/invented/second/").content.decode()
    assert hive.code not in page
    assert petro.post("/invented/second/", {"receipt": spaced}).status_code == 302
    assert hive.code in aud.get("/invented/").content.decode()
    hive.open()
    home = aud.get("/").content.decode()
    assert "Somebody has opened an invented case" in home
    assert ("Iris" in home, hive.code in home) == (True, True)
    upto = re.search(r'name="upto" value="(\d+)"', aud.get("/invented/").content.decode())
    assert upto
    assert aud.post("/invented/look/", {"words": WORDS, "upto": upto[1]}).status_code == 302
    assert "Somebody has opened" not in aud.get("/").content.decode()
    assert WORDS in aud.post("/invented/looks/").content.decode()


def test_the_form_of_the_book_is_one_and_its_size_never_changes() -> None:
    full = Book(
        tuple(Invented(f"{number:032x}", 10**9, "f" * 32, "e" * 32) for number in range(MOST_INVENTED)),
        None,
        10**9,
        tuple(Look("f" * 32, "2026-11-23T14:00:00+00:00", f"{number:032x}") for number in range(20)),
    )
    assert {len(one.encode()) for one in (Book(), full)} == {SIZE}
    assert decode(full.encode()) == full
    for wrong in (b"", b" " * SIZE, full.encode()[:-1], full.encode().replace(b'"v":1', b'"v":2')):
        with pytest.raises(WrongState):
            decode(wrong)
