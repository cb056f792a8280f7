# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shares opened on custodians' own machines: what those refuse, what the Desk refuses, what is left."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.custody.around_a_safe import SEATS, SISTER, WORDS, Safe
from tests.custody.outside import Away, altered, moved_away
from tests.custody.test_secrecy import everything_sealed, keys_of, opened_with, parts_among
from watchword.cli import custodian_check, custodian_key
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.core.sealing import answer, unseal
from watchword.core.sealing import request as requests
from watchword.core.sealing.errors import SealingError, Tampered
from watchword.core.sealing.recipients import Identity
from watchword.custody.models import Resealed
from watchword.journal.selectors import latest_checkpoint
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord

Change = Callable[[dict[str, Any]], object]
OTHER = str(Identity.generate().recipient)
FORGED: dict[str, tuple[str, Change]] = {
    "another recipient": ("not what the ledger says", lambda one: one["asked"].update(recipient=OTHER)),
    "more elements": ("not what the ledger says", lambda one: one["asked"]["elements"].append("identity")),
    "a later end": ("not what the ledger says", lambda one: one["asked"].update(until=2**40)),
    "another person": ("by somebody else", lambda one: one["asked"].update(asked_by="ab" * 16)),
    "a glass": ("of another act", lambda one: one["asked"].update(glass=True)),
    "another case": ("another case", lambda one: one["entries"][0].update(case="ab" * 16)),
    "another case throughout": (
        "not what the ledger says",
        lambda one: [part.update(case="ab" * 16) for part in (one["asked"], *one["bodies"], *one["entries"])],
    ),
    "another body": ("something else", lambda one: one["bodies"][0].update(sha256="ab" * 32)),
    "another compartment": ("something else", lambda one: one["bodies"][0].update(compartment="story")),
    "no such share": ("another case", lambda one: one["bodies"][0].update(entry=7)),
    "another reason": ("reason", lambda one: one["words"][0].update(hash="ab" * 32)),
    "another sending": ("another revision", lambda one: one["entries"][0].update(revision=1)),
    "another seat": ("another compartment", lambda one: one.update(seat="custodian-2")),
    "no seat": ("nobody who holds a seat", lambda one: one.update(seat="vetting")),
    "the reason for a share": (
        "another compartment",
        lambda one: one["entries"][0].update(sealed=one["words"][0]["sealed"]),
    ),
    "another entry": (
        "does not lead",
        lambda one: one["ledger"].update(entry=one["ledger"]["entry"].replace('"v":1', '"v":2')),
    ),
    "another place": ("does not bear", lambda one: one["ledger"].update(index=0)),
    "no proof": ("does not bear", lambda one: one["ledger"].update(proof=[])),
    "another checkpoint": (
        "does not bear",
        lambda one: one["ledger"].update(checkpoint=one["ledger"]["checkpoint"].replace("\n", "\n1", 1)),
    ),
    "another list of keys": (
        "of the roots signed",
        lambda one: one["ledger"].update(manifest=one["ledger"]["manifest"].replace("Free", "Fine")),
    ),
    "a member too many": ("one form", lambda one: one.update(note="")),
}


@pytest.fixture
def away(safe: Safe, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Away:
    return moved_away(safe, settings, tmp_path, monkeypatch)


def seats_records() -> list[bytes]:
    """What every seat was ever handed, as files."""
    rows = SealedRecord.objects.filter(compartment__startswith="custodian-")
    return [headers.bare(row) + b"".join(bodies.read(row.body_sha256)) for row in rows]


def own_keys_of(safe: Safe, *who: str) -> list[Identity]:
    """What these people's sessions have; of their seats they have no key here."""
    actors = [safe.organisation.actor(one) for one in who]
    return [one.keys.identity for one in actors if one.keys]


def test_a_request_that_was_forged_or_altered_is_refused_on_the_custodians_machine(away: Away) -> None:
    release = away.safe.ask()
    raw, halyna = away.take(release, "halyna"), away.machines["halyna"]
    for name, (why, change) in FORGED.items():
        forged, answered = halyna.put(altered(raw, change)), halyna.folder / "answered"
        said = halyna.run("give", forged, "-i", halyna.key, "-o", answered)
        assert said.status == 1, name
        assert why in said.err, (name, said.err)
        assert WORDS not in said.out
        assert not answered.exists()
    assert halyna.look(raw + b" ").status == 1
    assert halyna.look(away.take(release, "jonas")).status == 1
    (halyna.folder / "seat.age.kept").unlink()
    assert "does not know your organisation" in halyna.look(raw).err
    kept = custodian_key.Kept(("root-1+d4ad9acb+AbT2", "x"), 2)
    late = away.safe.now + timedelta(days=3)
    with pytest.raises(Tampered, match="has ended"):
        custodian_check.check(requests.unpack(raw), kept, late)


def test_a_ledger_that_was_cut_or_does_not_continue_the_kept_one_is_refused(away: Away) -> None:
    early, halyna = away.take(away.safe.ask(), "halyna"), away.machines["halyna"]
    assert halyna.look(early).status == 0
    size = latest_checkpoint().head.size
    away.safe.later(days=3)
    release = away.safe.ask(until=away.safe.now + timedelta(days=9))
    assert "is not shown from" in halyna.look(away.take(release, "halyna")).err
    grown = away.take(release, "halyna", since=size)
    spoilt = altered(grown, lambda one: one["ledger"]["growth"].reverse())
    assert "does not lead" in halyna.look(spoilt).err
    assert halyna.look(grown).status == 0
    assert "its end was cut off" in halyna.look(early).err
    with pytest.raises(WrongState, match="cannot prove"):
        away.take(release, "halyna", since=10**6)


def test_what_three_gave_offline_opens_to_who_asked_and_no_session_opens_any_seats_record(
    away: Away,
) -> None:
    """Three of the keys at home are tried as well: the attempt is known to find what there is to find."""
    release = away.give(away.safe.ask(), *SEATS[:3])
    everybody = keys_of(away.safe, "ada", "petro", "olha", "sofia", "hugo") + own_keys_of(away.safe, *SEATS)
    handed = seats_records()
    assert len(handed) == 15
    assert not list(opened_with(everybody, handed))
    at_home = [custodian_key.read(away.machines[who].key) for who in SEATS[:3]]
    assert len(parts_among(opened_with(at_home, handed))) == 3
    others = keys_of(away.safe, "petro", "olha", "sofia", "hugo") + own_keys_of(away.safe, *SEATS)
    assert parts_among(opened_with(others, everything_sealed())) == []
    assert SISTER in str(away.safe.open(release).shown)
    assert not list(opened_with(everybody, seats_records()))
    assert away.safe.organisation.audit().ok


def test_an_answer_to_something_else_of_another_seat_altered_or_twice_is_refused_at_the_desk(
    away: Away,
) -> None:
    release = away.safe.ask()
    raw = away.machines["halyna"].give(away.take(release, "halyna"))
    identity = custodian_key.read(away.machines["halyna"].key)
    found = answer.unpack(raw).answer
    wrong = {
        "another request": answer.pack(replace(found, action="ab" * 32), identity),
        "signature": altered(raw, lambda one: one.update(signature="00" * 64)),
        "altered": altered(raw, lambda one: one["parts"][0].update(sha256="ab" * 32)),
        "another body": answer.pack(
            replace(found, parts=(replace(found.parts[0], sha256="ab" * 32),)), identity
        ),
        "twice in one": answer.pack(replace(found, parts=found.parts * 2), identity),
        "another key": answer.pack(found, Identity.generate()),
        "no file": b"{}",
        "not sealed": altered(raw, lambda one: one["parts"][0].update(sealed="AAAA")),
    }
    for name, forged in wrong.items():
        with pytest.raises(WrongState):
            away.bring_back(release, "halyna", forged)
        assert not Resealed.objects.exists(), name
    with pytest.raises(NotPermitted, match="another seat"):
        away.bring_back(release, "jonas", raw)
    with pytest.raises(WrongState, match="gives your share"):
        away.bring_back(release, "halyna", raw, gave=False)
    away.bring_back(release, "halyna", raw)
    with pytest.raises(Refused, match="answered"):
        away.bring_back(release, "halyna", raw)
    assert Resealed.objects.count() == 1


def test_a_refusal_from_outside_stays_and_its_reason_reaches_the_next_machine(away: Away) -> None:
    release, halyna = away.safe.ask(), away.machines["halyna"]
    taken = away.take(release, "halyna")
    given, refused = halyna.give(taken), halyna.refuse(taken, "Too wide, \x1b[2J and too long.")
    with pytest.raises(WrongState, match="refuses"):
        away.bring_back(release, "halyna", refused)
    away.bring_back(release, "halyna", refused, gave=False)
    with pytest.raises(WrongState, match="stays refused"):
        away.bring_back(release, "halyna", given)
    said = away.machines["jonas"].look(away.take(release, "jonas"))
    assert "Too wide, \N{REPLACEMENT CHARACTER}[2J and too long." in said.out
    assert WORDS in said.out
    assert "\x1b" not in said.out


def test_at_the_desk_a_seat_held_outside_reads_and_gives_nothing_and_says_why(away: Away) -> None:
    release = away.safe.ask()
    with pytest.raises(WrongState, match="held outside"):
        away.safe.give(release, "halyna")
    with pytest.raises(Refused):
        away.take(release, "ada")
    events = away.safe.events()
    away.take(release, "halyna")
    assert away.safe.events()[len(events) :] == ["compartment.open"] * 2


def test_a_glass_broken_from_a_seat_held_outside_takes_the_shares_of_others_alone(away: Away) -> None:
    release = away.safe.break_glass("halyna")
    away.give(release, "jonas", "katrin")
    with pytest.raises(WrongState, match="Too few"):
        away.safe.open(release, "halyna")
    release = away.give(release, "milda")
    assert SISTER in str(away.safe.open(release, "halyna").shown)
    facts = release.facts()
    assert len(facts.broke) == 2
    assert release.asked_by_id in facts.broke
    assert away.safe.organisation.audit().ok


def test_no_file_on_the_machine_has_the_key_in_clear_and_what_it_writes_opens_for_one_key_alone(
    away: Away,
) -> None:
    halyna = away.machines["halyna"]
    identity = custodian_key.read(halyna.key)
    raw = halyna.give(away.take(away.safe.ask(), "halyna"))
    for path in halyna.folder.iterdir():
        content = path.read_bytes()
        assert str(identity).encode() not in content
        assert WORDS.encode() not in content
    (part,) = answer.unpack(raw).answer.parts
    with pytest.raises(SealingError):
        unseal.unseal(part.sealed, [identity])
    assert json.loads(raw)["reason"] == ""
