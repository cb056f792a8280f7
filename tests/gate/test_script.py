# SPDX-License-Identifier: AGPL-3.0-or-later
"""The script of the Gate's pages, run outside a browser: it does to the letter what the Gate itself does."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.core.sealing.other_programs import as_bytes, as_text, run_node
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.gate.desk import fetch, write
from tests.gate.script import Writer
from tests.intake.harbour import ED25519, MLDSA44, Harbour
from watchword import profiles
from watchword.cli import kit_file
from watchword.core.procedure.answers import validate
from watchword.core.procedure.apart import parted
from watchword.core.procedure.described import described
from watchword.core.procedure.faults import FAULTS
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.sealed_answers import SealedAnswers, encode_answers
from watchword.core.procedure.typed import gather
from watchword.core.sealing import primitives
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.frame import Frame, case_of, unpack
from watchword.core.sealing.padding import padded_length
from watchword.core.sealing.receipt import Receipt
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.shape import check_header, check_length
from watchword.core.sealing.unseal import unseal
from watchword.intake.models import Mailbox
from watchword.trust.enclosed import Enclosed
from watchword.trust.letter import DeskSigner

VECTORS = Path(__file__).parents[1] / "vectors" / "sealing"
PROFILE = profiles.load("legion")
FRAME: dict[str, Any] = {"case": "0f" * 16, "compartment": "story", "revision": 7}
NAMES = {reason.text: name for name, reason in FAULTS.items()}
FORMS = 60


def vectors(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def test_frames_and_padding_are_those_of_the_vectors() -> None:
    frames = vectors("frames.json")["accept"]
    asked = [{"act": "frame", "frame": one, "payload": one["payload"]} for one in frames]
    lengths = [2**bits + more for bits in range(45) for more in (-1, 0, 1)]
    answers = run_node("gate.mjs", [*asked, {"act": "padded", "lengths": lengths}])
    assert answers[:-1] == [one["frame"] for one in frames]
    assert answers[-1] == [padded_length(length) for length in lengths]


def test_receipts_are_read_checked_and_derived_alike() -> None:
    told = vectors("receipts.json")
    worked = told["worked"][0]
    texts = [one["text"] for one in (*told["accept"], *told["reject"])]
    keys, read, fresh, groups = run_node(
        "gate.mjs",
        [
            {"act": "derive", **{name: worked[name] for name in ("organisation", "digits")}},
            {"act": "read", "texts": texts},
            {"act": "fresh", "count": 50},
            {"act": "group", "texts": ["١٢ 345", "𝟎-1", "12\u200e345"]},
        ],
    )
    assert {name: keys[name] for name in ("login", "login_hash")} == {
        name: worked[name] for name in ("login", "login_hash")
    }
    assert (keys["recipient"], keys["case"]) == (worked["mailbox"], case_of(worked["mailbox"]))
    assert Identity.parse(keys["identity"]).seed.hex() == worked["mailbox_seed"]
    assert keys["seen"][-1] == 1
    assert read == [one["digits"] for one in told["accept"]] + [None] * len(told["reject"])
    assert all(Receipt(digits) for digits in fresh)
    assert len(set(fresh)) == len(fresh)
    assert groups == ["12345", "01", "12345"]


def test_a_form_is_judged_alike_whoever_judges_it() -> None:
    sections = PROFILE.questionnaire.every_section
    chance = random.Random(7)
    forms = {
        one.id: [Writer(chance, careful=number % 2 == 0).form(one) for number in range(FORMS)]
        for one in sections
    }
    asked = [
        {"act": "judge", "section": described(PROFILE, one, "en"), "forms": forms[one.id]} for one in sections
    ]
    faults = 0
    for section, judged in zip(sections, run_node("gate.mjs", asked), strict=True):
        for form, found in zip(forms[section.id], judged, strict=True):
            assert found == judged_here(section, form), form
            faults += bool(found["faults"])
        assert any(found["parts"] for found in judged), section.id
    assert faults > FORMS


def judged_here(section: Section, form: dict[str, list[str]]) -> dict[str, Any]:
    checked = validate(section, gather(section.questions, form))
    faults = {
        name: {"fault": NAMES[reason.text], "gaps": dict(reason.params)}
        for name, reason in checked.errors.items()
    }
    parts = [
        [
            place,
            as_text(encode_answers(SealedAnswers(PROFILE.name, PROFILE.version, section.id, "en", part))),
        ]
        for place, part in parted(section, checked.cleaned).items()
    ]
    return {"faults": faults, "parts": None if faults else parts}


def test_what_the_browser_seals_opens_as_what_the_gate_seals() -> None:
    readers = [Identity.from_seed(bytes([number]) * 32) for number in (1, 2)]
    recipients = [str(reader.recipient) for reader in readers]
    asked = {"act": "seal", "frame": FRAME, "payload": "d091d183", "recipients": recipients}
    pieces = {"act": "pieces", "frame": FRAME, "recipients": recipients, "size": 70_000, "piece": 4096}
    sealed, sizes = run_node("gate.mjs", [asked, pieces])
    frame = Frame(bytes.fromhex(FRAME["case"]), FRAME["compartment"], FRAME["revision"])
    for reader in readers:
        assert unpack(unseal(as_bytes(sealed), [reader]), frame) == "Бу".encode()
    check_length(len(as_bytes(sealed)), check_header(as_bytes(sealed), [one.kind for one in readers]))
    assert set(sizes[:-1]) == {4096}
    assert 0 < sizes[-1] <= 4096


def test_what_the_kit_seals_is_an_application_like_any_other(gate: Harbour) -> None:
    text, receipt = kit_parcel(gate)
    browser = Browser()
    browser.open("/offline/")
    damaged = browser.send(browser.page.form_with("parcel"), parcel=text.replace("entry", "entrv", 1))
    assert (damaged.status, "not a whole parcel" in damaged.text) == (422, True)
    again = browser.page.form_with("parcel")
    assert "waits to be fetched" in browser.send(again, parcel=text.replace("\n", "\r\n  ")).text
    assert "here before" in browser.send(again, parcel=text).text
    browser.open("/offline/")
    assert "here before" in browser.send(browser.page.form_with("parcel"), parcel=text).text
    ((parcel, entries),) = fetch(gate)
    questionnaire = gate.profile.questionnaire
    assert {one.kind for one in entries} == {
        f"section:{name}" for name in questionnaire.titles_to_be_sent()
    } | {"meta"}
    meta = next(one for one in entries if one.kind == "meta").fields
    assert (meta["case"], meta["case"]) == (parcel.case, case_of(str(meta["mailbox"])))
    write(gate)
    dov = Dov(paper=[receipt])
    assert "Here is the Desk." in dov.comes_back().text


def test_a_parcel_for_other_readers_or_without_a_needed_part_is_refused(gate: Harbour) -> None:
    text, _ = kit_parcel(gate)
    reach = next(line for line in text.split("\n") if line.startswith("entry contact"))
    for wrong in (
        text.replace(reach, reach.replace("entry contact", "entry routing")),
        text.replace(reach, reach.replace(" contact ", " strange ")),
        text.replace(reach, reach.replace("section:", "evidence:")),
        text.replace("age1pq1", "age1pq1q", 1),
        text.partition("entry contact")[0] + "end of parcel",
    ):
        browser = Browser()
        browser.open("/offline/")
        assert browser.send(browser.page.form_with("parcel"), parcel=wrong).status == 422
    assert not Mailbox.objects.exists()


def kit_parcel(harbour: Harbour) -> tuple[str, str]:
    """What the kit makes of somebody's careful answers, and its receipt."""
    chance, questionnaire = random.Random(3), harbour.profile.questionnaire
    needed = [one for one in questionnaire.application if one.id in questionnaire.titles_to_be_sent()]
    kit = json.loads(kit_file.data_of(harbour.profile, harbour.manifest, "the mark"))
    filled = [
        {"section": described(harbour.profile, one, "ru"), "controls": Writer(chance, careful=True).form(one)}
        for one in needed
    ]
    receipt = Receipt.new()
    asked = {"act": "parcel", "kit": kit, "language": "ru", "filled": filled, "digits": receipt.digits}
    (text,) = run_node("gate.mjs", [asked])
    return text, receipt.digits


FILE = Enclosed("Карта.pdf", b"%PDF-1.7 where to come")


def with_another_file(letter: bytes, recipient: str) -> bytes:
    """A genuine letter beside which somebody has put other bytes."""
    parts = json.loads(letter)
    parts["files"] = [as_text(b"%PDF-1.7 where to be caught")]
    return seal(json.dumps(parts).encode(), [Recipient.parse(recipient)])


def test_only_a_letter_of_the_desk_for_this_mailbox_is_shown(harbour: Harbour) -> None:
    mailbox = Identity.from_seed(b"m" * 32)
    case, recipient = case_of(str(mailbox.recipient)), str(mailbox.recipient)
    stranger = DeskSigner(
        ed25519=lambda message: primitives.ed25519_sign(ED25519, message),
        mldsa44=lambda message: primitives.mldsa44_sign(b"x" * 32, message),
    )
    sealed = [
        harbour.letter_to(case, recipient, text="Мы здесь 😀", asks=("identity",), files=(FILE,)),
        with_another_file(harbour.letter(case, files=(FILE,)), recipient),
        harbour.letter_to(case, recipient, signer=stranger),
        harbour.letter_to("ab" * 16, recipient),
        harbour.letter_to(case, str(Identity.from_seed(b"n" * 32).recipient)),
        b"not sealed at all",
    ]
    desk = {
        "ed25519": as_text(primitives.ed25519_public(ED25519)),
        "mldsa44": as_text(primitives.mldsa44_public(MLDSA44)),
    }
    letters = [{"day": "2026-11-22", "sealed": as_text(one)} for one in sealed]
    asked = {"act": "letters", "letters": letters, "identity": str(mailbox), "desk": desk, "caseUid": case}
    (read,) = run_node("gate.mjs", [asked])
    assert [bool(one.get("letter")) for one in read] == [True, *[False] * 5]
    assert (read[0]["letter"]["text"], read[0]["letter"]["asks"]) == ("Мы здесь 😀", ["identity"])
    [file] = read[0]["letter"]["files"]
    assert (file["name"], bytes(file["content"].values())) == (FILE.name, FILE.content)


def test_no_seal_is_made_for_nobody_or_for_an_older_key() -> None:
    older = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    for recipients in ([], [older]):
        with pytest.raises(AssertionError, match="nobody to seal to"):
            run_node("gate.mjs", [{"act": "seal", "frame": FRAME, "payload": "", "recipients": recipients}])
    with pytest.raises(SealingError):
        check_header(b"age-encryption.org/v1\n", ["mlkem768x25519"])
