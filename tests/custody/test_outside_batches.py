# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases answered on custodians' own machines: what those refuse, what the Desk refuses, what opens."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.custody.around_a_batch import ASKED, SURNAME, Drawer
from tests.custody.around_a_splitting import Ceremony
from tests.custody.outside import AWAY, AwayWithMany, altered, moved_away_with_many, seat_of
from tests.custody.test_batches import payloads
from tests.custody.test_secrecy import keys_of, opened_with
from watchword.cases.models import Case, Tie
from watchword.cli import custodian_check, custodian_key, custodian_opening
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.core.sealing import answer, plain
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.recipients import Identity
from watchword.custody.models import Batch, BatchPart
from watchword.custody.rules import SCREENING_RUN
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord

Change = Callable[[dict[str, Any]], object]
OTHER = str(Identity.generate().recipient)
LIED = "not what the ledger says"


def _case_throughout(one: dict[str, Any]) -> None:
    """Another case in the place of the first, wherever it is named."""
    old = one["bodies"][0]["case"]
    one["asked"]["records"] = sorted(text.replace(old, "ab" * 16) for text in one["asked"]["records"])
    for named in (*one["bodies"], *one["entries"]):
        named["case"] = named["case"].replace(old, "ab" * 16)


def _one_more(one: dict[str, Any]) -> None:
    """Another body of a case that was asked for."""
    records = one["asked"]["records"]
    records.append(f"{records[-1].split('/')[0]}/{'f' * 64}")


def _swapped(one: dict[str, Any]) -> None:
    """Each case's shares under the other's name."""
    first, second = one["entries"]
    first["sealed"], second["sealed"] = second["sealed"], first["sealed"]


FORGED: dict[str, tuple[str, Change]] = {
    "another recipient": (LIED, lambda one: one["asked"].update(recipient=OTHER)),
    "another ceremony": (LIED, lambda one: one["asked"].update(ceremony="ab" * 32)),
    "more elements": (LIED, lambda one: one["asked"]["elements"].append("passport")),
    "a later end": (LIED, lambda one: one["asked"].update(until=2**40)),
    "fewer shares": (LIED, lambda one: one["asked"].update(needed=1)),
    "one record more": (LIED, _one_more),
    "one case more": ("one form", lambda one: one["asked"]["records"].append(f"{'f' * 32}/{'f' * 64}")),
    "another person": ("by somebody else", lambda one: one["asked"].update(asked_by="ab" * 16)),
    "another program": ("not known here", lambda one: one["asked"].update(run="curiosity")),
    "another number of cases": ("one form", lambda one: one["asked"].update(cases=1)),
    "another case": ("another case", lambda one: one["entries"][0].update(case="ab" * 16)),
    "another case throughout": (LIED, _case_throughout),
    "a body of another case": (
        "something else",
        lambda one: one["bodies"][0].update(case=one["entries"][1]["case"]),
    ),
    "another body": ("something else", lambda one: one["bodies"][0].update(sha256="ab" * 32)),
    "a body twice": ("something else", lambda one: one["bodies"].append(one["bodies"][0])),
    "another compartment": ("something else", lambda one: one["bodies"][0].update(compartment="story")),
    "no such share": ("another case", lambda one: one["bodies"][0].update(entry=7)),
    "another sending": (
        "another revision",
        lambda one: [entry.update(revision=1) for entry in one["entries"]],
    ),
    "shares of other cases": ("another case", _swapped),
    "another seat": ("another compartment", lambda one: one.update(seat="custodian-2")),
    "no seat": ("nobody who holds a seat", lambda one: one.update(seat="screening")),
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
    "a request of one case": ("one form", lambda one: one.update(what="request")),
    "another file": ("one form", lambda one: one.update(what="answer")),
    "a member too many": ("one form", lambda one: one.update(note="")),
}


def test_a_batch_that_was_forged_or_altered_is_refused_on_the_custodians_machine(away: AwayWithMany) -> None:
    batch = away.drawer.ask()
    raw, halyna = away.take(batch, "halyna"), away.machines["halyna"]
    for name, (why, change) in FORGED.items():
        forged, answered = halyna.put(altered(raw, change)), halyna.folder / "answered"
        said = halyna.run("give", forged, "-i", halyna.key, "-o", answered)
        assert said.status == 1, name
        assert why in said.err, (name, said.err)
        assert not answered.exists()
    assert halyna.look(raw + b" ").status == 1
    for nothing in (b"", b"{}", b"[]", b"\xff", b'{"what":7}', b"[" * 100_000):
        assert halyna.look(nothing).status == 1
    assert halyna.look(away.take(batch, "jonas")).status == 1
    (halyna.folder / "seat.age.kept").unlink()
    assert "does not know your organisation" in halyna.look(raw).err
    kept = custodian_key.Kept(("root-1+d4ad9acb+AbT2", "x"), 2)
    away.drawer.later(days=3)
    with pytest.raises(Tampered, match="has ended"):
        custodian_check.check(custodian_opening.read(raw), kept, away.drawer.organisation.now)


def test_it_is_shown_in_words_how_many_for_what_and_until_when_and_nobodys_name(away: AwayWithMany) -> None:
    batch = away.drawer.ask()
    away.drawer.refuse(batch, "tomasz", reason="Too many\x1b[2J at once.")
    said = away.machines["halyna"].look(away.take(batch, "halyna"))
    assert said.status == 0, said.err
    for words in (
        "MANY CASES for a program, for custodian-1",
        "Compare with the lists, in memory: nobody reads it (screening-run)",
        "cases:      2;",
        "asked for:  birth, identity (4 sealed bodies)",
        f"until:      {batch.until:%Y-%m-%d %H:%M} UTC",
        "takes:      3 of 5 shares",
        f"hash:       {batch.action_hash}",
        "can give its share of 4 of these 4 sealed bodies",
        "Too many\N{REPLACEMENT CHARACTER}[2J at once.",
    ):
        assert words in said.out, words
    codes = Case.objects.filter(pk__in=away.drawer.both).values_list("code", flat=True)
    for hidden in (SURNAME, "\x1b", *codes, *away.drawer.both):
        assert hidden not in said.out


def test_two_who_hold_outside_and_one_at_the_desk_let_the_program_open_all_of_it(away: AwayWithMany) -> None:
    """One of the keys at home is tried as well: the attempt is known to find what there is to find."""
    drawer = away.drawer
    batch = away.give(drawer.ask(), *AWAY)
    here = [key for who in AWAY if (keys := drawer.organisation.actor(who).keys) for key in [keys.identity]]
    rows = SealedRecord.objects.filter(compartment__in=map(seat_of, AWAY), revision=2)
    handed = [headers.bare(row) + b"".join(bodies.read(row.body_sha256)) for row in rows]
    given = [bytes(part.sealed) for part in BatchPart.objects.all()]
    assert not list(opened_with(here + keys_of(drawer, "sofia", "petro", "tomasz"), handed))
    assert not list(opened_with(here + keys_of(drawer, "petro", "tomasz", "milda"), given))
    at_home = custodian_key.read(away.machines["halyna"].key)
    assert len(list(opened_with([at_home], handed))) == len(drawer.both)
    with pytest.raises(WrongState, match="Too few"):
        drawer.open(batch)
    opened = drawer.open(drawer.give(batch, "katrin"))
    for case in drawer.both:
        assert SURNAME in payloads(opened[case]).decode()
    assert drawer.organisation.audit().ok


def test_an_answer_to_something_else_of_another_seat_altered_or_twice_is_refused_at_the_desk(
    away: AwayWithMany,
) -> None:
    batch, other = away.drawer.ask(), away.drawer.zoya
    raw = away.machines["halyna"].give(away.take(batch, "halyna"))
    identity = custodian_key.read(away.machines["halyna"].key)
    found = answer.unpack(raw).answer
    stranger = replace(found.parts[0], sha256="ab" * 32)
    wrong = {
        "another batch": answer.pack(replace(found, action="ab" * 32), identity),
        "signature": altered(raw, lambda one: one.update(signature="00" * 64)),
        "altered": altered(raw, lambda one: one["parts"][0].update(sha256="ab" * 32)),
        "cut": altered(raw, lambda one: one["parts"].pop()),
        "another body": answer.pack(replace(found, parts=(*found.parts, stranger)), identity),
        "twice in one": answer.pack(replace(found, parts=found.parts * 2), identity),
        "another key": answer.pack(found, Identity.generate()),
        "the batch itself": away.take(batch, "halyna"),
        "no file": b"{}",
        "not sealed": altered(raw, lambda one: one["parts"][0].update(sealed="AAAA")),
    }
    for name, forged in wrong.items():
        with pytest.raises(WrongState):
            away.bring_back(batch, "halyna", forged)
        assert not BatchPart.objects.exists(), name
    with pytest.raises(NotPermitted, match="another seat"):
        away.bring_back(batch, "jonas", raw)
    with pytest.raises(WrongState, match="gives your share"):
        away.bring_back(batch, "halyna", raw, gave=False)
    until, recipient = batch.until, batch.recipient
    Batch.objects.update(recipient=OTHER)
    with pytest.raises(WrongState, match="not the request"):
        away.bring_back(batch, "halyna", raw)
    Batch.objects.update(recipient=recipient, until=until)
    away.bring_back(batch, "halyna", raw)
    with pytest.raises(Refused, match="answered"):
        away.bring_back(batch, "halyna", raw)
    jonas, now = away.drawer.organisation.staff["jonas"].uid, away.drawer.organisation.now
    Tie.objects.create(case_id=other, staff_id=jonas, kind="family", at=now)
    with pytest.raises(NotPermitted, match="a tie"):
        away.take(batch, "jonas")
    assert BatchPart.objects.count() == len(away.drawer.both) * len(ASKED)


def test_a_share_that_is_missing_damaged_or_none_keeps_no_other_case_waiting(away: AwayWithMany) -> None:
    drawer, halyna = away.drawer, away.machines["halyna"]
    batch = drawer.ask()
    raw = away.take(batch, "halyna")
    spoilt = altered(raw, lambda one: one["entries"][0].update(sealed=one["entries"][1]["sealed"]))
    assert "its share of 2 of these 4 sealed bodies" in halyna.look(spoilt).out
    row = SealedRecord.objects.get(case=drawer.dov, compartment="custodian-1", revision=2)
    path = bodies.path_of(row.body_sha256)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    raw = away.take(batch, "halyna")
    assert "its share of 2 of these 4 sealed bodies" in halyna.look(raw).out
    away.bring_back(batch, "halyna", halyna.give(raw))
    opened = drawer.open(drawer.give(batch, "katrin", "milda"))
    assert isinstance(opened[drawer.dov], WrongState)
    assert SURNAME in payloads(opened[drawer.zoya]).decode()
    SealedRecord.objects.filter(compartment="custodian-2", revision=2).delete()
    with pytest.raises(WrongState, match="not a share"):
        away.take(batch, "jonas")


def test_more_than_a_file_holds_is_refused_before_anybody_carries_it(
    away: AwayWithMany, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, halyna = away.drawer.ask(), away.machines["halyna"]
    raw = away.take(batch, "halyna")
    monkeypatch.setattr(plain, "LONGEST", len(raw) - 1)
    assert "one form" in halyna.look(raw).err
    with pytest.raises(WrongState, match="smaller pieces"):
        away.take(batch, "halyna")


def test_what_is_split_anew_is_given_from_outside_as_well(
    drawer: Drawer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = moved_away_with_many(drawer, ["katrin"], settings, tmp_path, monkeypatch)
    ceremony = Ceremony(drawer, settings)
    ceremony.begin()
    batch = drawer.give(ceremony.ask(), "halyna", "milda")
    raw = away.take(batch, "katrin")
    said = away.machines["katrin"].look(raw).out
    for words in ("Split anew, because a seat is distrusted", f"ceremony:   {batch.request().ceremony}"):
        assert words in said, said
    lied = altered(raw, lambda one: one["asked"].update(ceremony="", run=SCREENING_RUN))
    assert LIED in away.machines["katrin"].look(lied).err
    with pytest.raises(WrongState, match="Too few"):
        ceremony.run()
    away.give(batch, "katrin")
    ran = ceremony.run()
    assert (ran.done, ran.left) == (2, 0)
    assert drawer.organisation.audit().ok


def test_a_refusal_from_outside_stays_and_is_read_on_the_next_machine_and_at_the_desk(
    away: AwayWithMany,
) -> None:
    batch, halyna = away.drawer.ask(), away.machines["halyna"]
    taken = away.take(batch, "halyna")
    given, refused = halyna.give(taken), halyna.refuse(taken, "Not before Friday.")
    with pytest.raises(WrongState, match="refuses"):
        away.bring_back(batch, "halyna", refused)
    away.bring_back(batch, "halyna", refused, gave=False)
    with pytest.raises(WrongState, match="stays refused"):
        away.bring_back(batch, "halyna", given)
    assert "Not before Friday." in away.machines["jonas"].look(away.take(batch, "jonas")).out
    away.drawer.refuse(batch, "katrin", "milda")
    again = away.drawer.ask()
    assert "is not shown from" in halyna.look(away.take(again, "halyna", since=0)).err
    raw = away.take(again, "halyna")
    said = halyna.look(raw).out
    assert said.count("Too many at once.") == 2
    assert "Not before Friday." in said
    older = altered(raw, lambda one: one["words"][0].update(sealed=one["entries"][0]["sealed"]))
    said = halyna.look(older).out
    assert "4 of these 4" in said, "words that this key does not open keep nobody from answering"


def test_at_the_desk_such_a_seat_gives_nothing_and_what_leaves_is_recorded_first(away: AwayWithMany) -> None:
    batch = away.drawer.ask()
    with pytest.raises(WrongState, match="held outside"):
        away.drawer.give(batch, "halyna")
    with pytest.raises(WrongState, match="is at the Desk"):
        away.take(batch, "katrin")
    for who in ("sofia", "ada", "petro"):
        with pytest.raises(Refused):
            away.take(batch, who)
    before = [len(timeline(case)) for case in away.drawer.both]
    away.take(batch, "halyna")
    for case, already in zip(away.drawer.both, before, strict=True):
        (moment,) = timeline(case)[already:]
        assert moment.event is Event.COMPARTMENT_OPEN
    with pytest.raises(WrongState, match="cannot prove"):
        away.take(batch, "halyna", since=10**6)
