# SPDX-License-Identifier: AGPL-3.0-or-later
"""Those close to an applicant go into custody: no role opens what is sealed here, enough seats do."""

from itertools import combinations

import pytest

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.desk import collect, write
from tests.gate.sealing import Script
from tests.gate.test_browser import Tab
from tests.intake.harbour import Harbour
from watchword.core.procedure import decode_answers
from watchword.core.sealing import frame
from watchword.core.sealing.custody import Entrusted, Part, entrust, pack, restore, unpack
from watchword.core.sealing.errors import NoMatchingKey, SealingError
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.unseal import unseal
from watchword.gate import checks
from watchword.intake import selectors, services
from watchword.intake.models import Mailbox, SealedEntry

PAGE, KIND = "/mailbox/asked/relatives/", "section:relatives"
SEATS = [f"custodian-{number}" for number in range(1, 6)]
CLOSE = {"close.0.name": "Marta", "close.0.relation": "parent", "close.0.beware": "She thinks I am at sea."}
ANSWERED = {"close": ({"name": "Marta", "relation": "parent", "beware": "She thinks I am at sea."},)}


def asked(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate, number=2, kind="identity-asked", stage="checks", asks=("identity", "relatives"))
    dov.comes_back()


def sealed_entries() -> dict[str, tuple[int, bytes]]:
    """What waits for the Desk, by compartment: the revision and the age file."""
    (parcel,) = services.ready_parcels()
    assert {entry.kind for entry in parcel.entries} == {KIND}
    return {
        entry.compartment: (entry.revision, b"".join(selectors.entry_chunks(entry.uid)))
        for entry in parcel.entries
    }


def handed(gate: Harbour, entries: dict[str, tuple[int, bytes]], seat: str) -> Part:
    """What the holder of a seat finds in its record."""
    revision, sealed = entries[seat]
    (part,) = unpack(gate.open(sealed, seat, Mailbox.objects.get().case, seat, revision))
    return part


def test_sealed_on_arrival_any_three_seats_open_it_and_no_role_nor_two_do(dov: Dov, gate: Harbour) -> None:
    asked(dov, gate)
    page = dov.browser.open(PAGE)
    assert "any 3 of 5 custodians, only together" in page.text
    assert dov.browser.send(page.form_with("close.0.name"), **CLOSE).address == "/mailbox/"
    entries = sealed_entries()
    assert sorted(entries) == [*SEATS, "relatives"]
    assert len({revision for revision, _ in entries.values()}) == 1
    revision, body = entries["relatives"]
    for role, key in gate.keys.items():
        with pytest.raises(NoMatchingKey):
            unseal(body, [key])
        assert b"Marta" not in body, role
    parts = [handed(gate, entries, seat) for seat in SEATS]
    expected = frame.Frame(bytes.fromhex(Mailbox.objects.get().case), "relatives", revision)
    for three in combinations(parts, 3):
        opened = decode_answers(frame.unpack(unseal(body, [restore(three)]), expected))
        assert (opened.section, opened.answers) == ("relatives", ANSWERED)
    for two in combinations(parts, 2):
        with pytest.raises(SealingError):
            restore(two)
    services.acknowledge(uids=[one.uid for one in services.ready_parcels()], today=TODAY)
    # Sent anew, and empty: whoever sees entries must not learn that there is somebody to punish.
    dov.browser.send(dov.browser.open(PAGE).form_with("close.0.name"))
    again = sealed_entries()
    assert sorted(again) == sorted(entries)
    assert handed(gate, again, "custodian-1").recipient != parts[0].recipient


class InBrowser:
    """The script of somebody whose application was sent, at the page that asks."""

    def __init__(self, gate: Harbour) -> None:
        self.tab = Tab(gate).opens("/contact/")
        self.tab.tells("/browser/begin/", **self.tab.contact())
        self.tab.tells("/browser/written/")
        Mailbox.objects.update(sent=TODAY)
        self.script = Script(Dov(self.tab.browser))

    def entrusts(self, seats: int = 5) -> tuple[str, int, Entrusted]:
        """The answers, sealed and handed over: their name and revision there, and what is left to do."""
        made = entrust("relatives", needed=3, seats=seats)
        assert self.script.begins(KIND, "relatives").status_code == 201
        assert self.script.told["recipients"] == []
        self.script.told["recipients"] = [str(made.recipient)]
        self.script.sends(b"answers")
        return self.script.told["uid"], self.script.told["revision"], made

    def hands(self, made: Entrusted, revision: int, *numbers: int) -> None:
        for number in numbers:
            assert self.script.begins(KIND, f"custodian-{number}", revision).status_code == 201
            self.script.sends(pack([made.parts[number - 1]]))

    def posts(self, uid: str) -> int:
        return self.tab.tells("/browser/post/", uid=uid)[0]


def test_sealed_in_the_browser_it_goes_out_once_every_seat_has_its_share(gate: Harbour) -> None:
    dov = InBrowser(gate)
    _, plan = dov.tab.asks("/browser/plan/relatives/")
    assert plan["custody"] == {"compartments": ["relatives"], "needed": 3, "seats": SEATS}
    assert plan["recipients"] == []
    uid, revision, made = dov.entrusts()
    dov.hands(made, revision, 1, 2, 3, 4)
    assert dov.posts(uid) == 409
    dov.hands(made, revision, 5)
    assert [dov.posts(uid) for _ in range(2)] == [204, 204]
    entries = sealed_entries()
    parts = [handed(gate, entries, seat) for seat in SEATS]
    assert restore(parts[2:]).recipient == made.recipient


def test_shares_of_a_broken_attempt_do_not_go_out_with_the_next_one(gate: Harbour) -> None:
    """They would open nothing, and the applicant would believe that it has arrived."""
    dov = InBrowser(gate)
    _, first, made = dov.entrusts()
    dov.hands(made, first, 1, 2, 3, 4, 5)
    uid, second, again = dov.entrusts()
    assert second > first
    assert dov.posts(uid) == 409
    for kind, compartment, number in (
        (KIND, "custodian-2", second + 5),
        (KIND, "relatives", second),
        (KIND, "custodian-6", second),
        ("section:identity", "identity", second),
        ("section:identity", "custodian-2", second),
    ):
        assert dov.script.begins(kind, compartment, number).status_code == 404, (kind, compartment, number)
    dov.hands(again, second, 1, 2, 3, 4, 5)
    assert dov.script.begins(KIND, "custodian-1", second).status_code == 404
    assert dov.posts(uid) == 204
    assert {revision for revision, _ in sealed_entries().values()} == {second}


def test_what_is_sealed_to_more_than_its_own_key_is_refused(gate: Harbour) -> None:
    dov = InBrowser(gate)
    dov.script.begins(KIND, "relatives")
    for others in (["custodian-1", "vetting"], []):
        to = [str(entrust("relatives", needed=3, seats=5).recipient)] if others else []
        to += [str(one) for one in gate.manifest.recipients(others or ["vetting", "board"])]
        sealed = dov.script.seals(b"answers", recipients=to)
        assert dov.script.puts(0, sealed) == 409
    assert not SealedEntry.objects.filter(ready=True, kind=KIND).exists()


def test_a_gate_whose_list_of_keys_lacks_a_seat_does_not_start(gate: Harbour) -> None:
    assert "gate.E004" not in {one.id for one in checks.gate_is_safe(None)}
    roles = {name: one for name, one in gate.manifest.roles.items() if name != "custodian-4"}
    gate.publish(roles=roles)
    (error,) = [one for one in checks.gate_is_safe(None) if one.id == "gate.E004"]
    assert "custodian-4" in error.msg


def test_a_recipient_in_custody_is_one_that_age_knows() -> None:
    made = entrust("relatives", needed=1, seats=1)
    assert Recipient.parse(made.parts[0].recipient) == made.recipient
