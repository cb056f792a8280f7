# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cards at the Desk: who makes them, what is kept of them, and what their numbers are answered with."""

import re
import zlib

import pytest
from django.db import connection

from tests.cast import PROFILE, Applicant, Office
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services as cases
from watchword.cases.models import Case
from watchword.core.refusals import NotPermitted, WrongState
from watchword.core.sealing.card import CardNumber, Phrase
from watchword.genuine import selectors, services
from watchword.genuine.models import IssuedCard
from watchword.genuine.services import NewCard
from watchword.genuine.sheet import address_for, pdf
from watchword.trust import fingerprint
from watchword.trust.words import words


def issued(organisation: Organisation, count: int = 1) -> list[NewCard]:
    return services.issue(count=count, language="ru", actor=organisation.actor("iris"), now=organisation.now)


def applied_with(organisation: Organisation, typed: str) -> tuple[Applicant, Office]:
    """Dov applies, and gives the number of a card among the first answers."""
    dov = Applicant(organisation)
    contact = next(one for one in PROFILE.questionnaire.application if one.id == "contact")
    # The Gate seals what says where letters go when all is sent: after the answers.
    answers, meta = dov.section(contact, card=typed), dov.meta(revision=2)
    parcel = dov.parcel("application", answers, meta)
    now = organisation.now
    cases.open_case(parcel=parcel, actor=courier_actor(now), now=now)
    return dov, Office(organisation, dov.case)


@pytest.mark.parametrize("who", ["ada", "ben", "sofia", "petro"])
def test_only_intake_makes_cards(organisation: Organisation, who: str) -> None:
    with pytest.raises(NotPermitted):
        services.issue(count=1, language="ru", actor=organisation.actor(who), now=organisation.now)


@pytest.mark.parametrize("count", [0, 201])
def test_nobody_makes_thousands_at_once(organisation: Organisation, count: int) -> None:
    with pytest.raises(WrongState, match="1 to 200"):
        issued(organisation, count)


def test_neither_number_nor_words_of_a_card_are_in_the_database(organisation: Organisation) -> None:
    card = issued(organisation)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM genuine_issuedcard")
        stored = repr(cursor.fetchall())
    assert card.number.digits not in stored
    assert repr(card.second.words)[2:-1] not in stored
    assert organisation.audit().ok


def test_the_gates_part_goes_once_it_was_delivered(organisation: Organisation) -> None:
    issued(organisation, 2)
    tags = [tag for tag, _ in selectors.cards_for_the_gate()]
    courier = courier_actor(organisation.now)
    assert services.cards_delivered(tags=tags, actor=courier, now=organisation.now) == 2
    assert services.cards_delivered(tags=tags, actor=courier, now=organisation.now) == 0
    assert selectors.cards_for_the_gate() == []
    assert {bytes(row.for_gate) for row in IssuedCard.objects.all()} == {b""}


def test_the_first_letter_after_the_opening_carries_the_second_words_once(organisation: Organisation) -> None:
    card = issued(organisation)[0]
    dov, office = applied_with(organisation, " ".join(card.number.groups()))
    for _ in range(2):
        opened = office.open("iris", "routing")
        assert all(piece.false_card is None for piece in opened.pieces)
    letters = [letter for letter in dov.mailbox() if letter.kind == "card-countersign"]
    assert len(letters) == 1
    assert " ".join(words(card.second.words, "ru")) in letters[0].text
    assert " ".join(words(card.first.words, "ru")) not in letters[0].text
    assert organisation.audit().ok


@pytest.mark.parametrize(
    ("typed", "told"),
    [("5305 3166 3699 5926 0246", "No card of ours"), ("on a wall", "not the number of a card")],
)
def test_a_false_number_is_news_for_the_officer_and_hides_no_answer(
    organisation: Organisation, typed: str, told: str
) -> None:
    dov, office = applied_with(organisation, typed)
    warned = [piece for piece in office.open("iris", "routing").pieces if piece.false_card]
    assert told in str(warned[0].false_card)
    assert warned[0].lines
    assert {letter.kind for letter in dov.mailbox()} == {"status"}


def test_a_copied_card_is_answered_to_one_case_alone(organisation: Organisation) -> None:
    number = issued(organisation)[0].number.digits
    first, second = (applied_with(organisation, number) for _ in range(2))
    first[1].open("iris", "routing")
    warned = [piece.false_card for piece in second[1].open("iris", "routing").pieces if piece.false_card]
    assert "somebody has copied it" in str(warned[0])
    assert not Case.objects.get(pk=second[0].case).letters.filter(direction="out").exists()


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_each_card_is_one_page_of_a_pdf_in_every_language(organisation: Organisation, language: str) -> None:
    cards = [NewCard(CardNumber.new(), Phrase.new(language), Phrase.new(language)) for _ in range(2)]
    onion = "http://" + "a2" * 28 + ".onion/"
    assert address_for(("https://harbour.example/", onion)) == onion
    made = pdf(cards=cards, address=onion, mark=fingerprint(), language=language)
    assert made.startswith(b"%PDF-")
    assert pages(made) == 2


def pages(made: bytes) -> int:
    """How many pages a PDF has, which are described in one of its compressed streams."""
    streams = re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", made, re.DOTALL)
    return sum(zlib.decompressobj().decompress(stream).count(b"/MediaBox") for stream in streams)
