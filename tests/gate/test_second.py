# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second receipt under duress: nobody at the screen and nobody with the disk can tell it from any other."""

import re

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tests.gate.applicant import Dov
from tests.gate.browser import Page
from tests.gate.desk import collect, fetch, write
from tests.gate.test_mailbox import stranger, without_tokens
from tests.intake.harbour import Harbour
from watchword.intake import notebook
from watchword.intake.models import Mailbox, Parcel

VALUE = re.compile(r"x?'[^']*'|\b\d+\b|\"s\d+_x\d+\"")


def makes_a_second(dov: Dov, *, warn: bool) -> str:
    """Dov, whose first letter has come, makes one and writes it down."""
    form = dov.browser.open("/mailbox/second/").form_with("ticket")
    made = dov.browser.send(form, warn=["on"] if warn else [])
    assert made.status == 200
    return "".join(re.findall(r"<li>(\d{5})</li>", made.html))


def work_of(digits: str) -> tuple[list[str], Page]:
    """The statements of a sign-in and the page that it leads to, without the values in them."""
    with CaptureQueriesContext(connection) as captured:
        page = Dov().comes_back(digits)
    shapes = [VALUE.sub("?", one["sql"]) for one in captured.captured_queries]
    # To keep what was written or to undo it is one statement either way.
    return [re.sub("^(RELEASE|ROLLBACK TO) SAVEPOINT", "END", shape) for shape in shapes], page


@pytest.fixture
def applied(dov: Dov, gate: Harbour) -> Dov:
    """Dov has applied, and the Desk has fetched it and has not answered."""
    dov.applies()
    collect(gate)
    return dov


def test_four_mailboxes_are_one_page_and_one_work(applied: Dov) -> None:
    """Of nobody, empty, and behind a second receipt that warns or does not."""
    seconds = [makes_a_second(applied, warn=warn) for warn in (True, False)]
    known = "".join(applied.paper)
    unknown = "".join(stranger().paper)
    results = [work_of(digits) for digits in (known, unknown, *seconds)]
    assert len({without_tokens(page.html) for _, page in results}) == 1
    assert [work for work, _ in results[1:]] == [results[0][0]] * 3
    assert results[0][1].address == "/mailbox/"
    assert "how to help civilians" in results[0][1].text


def test_its_row_on_the_disk_is_that_of_an_application_which_waits_to_be_read(applied: Dov) -> None:
    own = Mailbox.objects.get()
    for warn in (True, False):
        makes_a_second(applied, warn=warn)
    for row in Mailbox.objects.exclude(pk=own.pk):
        for column in Mailbox._meta.get_fields():
            if isinstance(column, models.ForeignObjectRel):
                assert not getattr(row, str(column.get_accessor_name())).exists()
                continue
            assert isinstance(column, models.Field)
            there, ours = getattr(row, column.name), getattr(own, column.name)
            if column.name in {"uid", "case", "locator", "login_hash", "recipient", "notebook"}:
                # Random, and of one length.
                assert there != ours
                assert len(there) == len(ours)
            else:
                assert there == ours
    pages = [bytes(page) for page in Mailbox.objects.values_list("notebook", flat=True)]
    assert {len(page) for page in pages} == {notebook.SIZE}
    assert not any(own.uid.encode() in page for page in pages)


@pytest.mark.parametrize("warn", [True, False])
def test_its_use_warns_the_desk_if_that_was_wished(applied: Dov, gate: Harbour, warn: bool) -> None:
    own = Mailbox.objects.get()
    digits = makes_a_second(applied, warn=warn)
    assert Parcel.objects.count() == 0
    Dov().comes_back(digits)
    told = fetch(gate)
    assert [(parcel.kind, parcel.case) for parcel, _ in told] == [("alarm", own.case)] * warn
    assert [entry.fields["about"] for _, (entry,) in told] == ["second-receipt"] * warn
    # The owner's own receipt still opens the own mailbox, and warns nobody.
    applied.comes_back()
    assert Parcel.objects.count() == len(told)


def test_after_a_withdrawal_it_warns_of_nothing_and_looks_as_before(applied: Dov, gate: Harbour) -> None:
    digits = makes_a_second(applied, warn=True)
    before = Dov().comes_back(digits)
    collect(gate)
    form = applied.browser.open("/withdraw/").form_with("word")
    applied.browser.send(form, word="withdraw")
    collect(gate)
    after = Dov().comes_back(digits)
    assert without_tokens(after.html) == without_tokens(before.html)
    assert Parcel.objects.count() == 0


def test_whoever_has_no_mailbox_is_given_digits_too_and_nothing_is_stored(gate: Harbour) -> None:
    nobody = stranger()
    nobody.comes_back()
    digits = makes_a_second(nobody, warn=True)
    assert len(digits) == 30
    assert Mailbox.objects.count() == 0
    assert Dov().comes_back(digits).status == 200


def test_the_way_to_it_is_shown_only_where_letters_are(applied: Dov, gate: Harbour) -> None:
    assert "/mailbox/second/" not in applied.browser.open("/mailbox/").links
    write(gate)
    assert "/mailbox/second/" in applied.browser.open("/mailbox/").links
    second = Dov()
    second.comes_back(makes_a_second(applied, warn=False))
    assert "/mailbox/second/" not in second.page.links
