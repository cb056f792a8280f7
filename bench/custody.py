# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving a page into custody of n seats, beside sealing the same page to one role; and opening both again."""

import os
from collections.abc import Callable, Sequence
from functools import partial

from bench.timing import medians, table
from watchword.core.sealing.custody import entrust, pack, restore, unpack
from watchword.core.sealing.frame import Frame
from watchword.core.sealing.frame import pack as framed
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import unseal

CASE, PAGE = bytes(16), os.urandom(1_000)
ORDINARY = "sealed to one role"
BATCH, IN_A_BATCH = "a batch released to a run, opened in memory", 20
WAYS = ((1, 1), (2, 3), (3, 5), (16, 16))


def to_a_role(role: Recipient) -> bytes:
    """What every other page takes."""
    return seal(framed(Frame(CASE, "identity", 1), PAGE), [role])


def into_custody(needed: int, seats: Sequence[Recipient]) -> tuple[bytes, list[bytes]]:
    """The page to a key of its own, and to each seat what restores it: all that one sending seals."""
    made = entrust("relatives", needed=needed, seats=len(seats))
    body = seal(framed(Frame(CASE, "relatives", 1), PAGE), [made.recipient])
    shares = [
        seal(framed(Frame(CASE, f"custodian-{part.number}", 1), pack([part])), [seat])
        for part, seat in zip(made.parts, seats, strict=True)
    ]
    return body, shares


def restored(body: bytes, handed: Sequence[bytes]) -> bytes:
    """What a release does once the shares are here: put together, and open."""
    return unseal(body, [restore([part for payload in handed for part in unpack(payload)])])


def a_batch(cases: int, elements: int = 3) -> Callable[[], object]:
    """What a run does in memory once three custodians gave: open each share, put together, open each body."""
    once = Identity.generate()
    sealed: list[tuple[bytes, list[bytes]]] = []
    for _ in range(cases * elements):
        made = entrust("identity", needed=3, seats=5)
        body = seal(framed(Frame(CASE, "identity", 1), PAGE), [made.recipient])
        sealed.append((body, [seal(pack([part]), [once.recipient]) for part in made.parts[:3]]))

    def opened() -> None:
        for body, given in sealed:
            restored(body, [unseal(one, [once]) for one in given])

    return opened


def main() -> None:
    role = Identity.generate()
    seats = [Identity.generate().recipient for _ in range(16)]
    work: dict[str, Callable[[], object]] = {ORDINARY: partial(to_a_role, role.recipient)}
    work |= {f"in custody, {k} of {n}": partial(into_custody, k, seats[:n]) for k, n in WAYS}
    seconds = medians(work, rounds=15, repeats=5)
    table("A page of 1 kB", {name: 1 / value for name, value in seconds.items()}, "pages/s", ORDINARY)
    print("  milliseconds: " + ", ".join(f"{name} {value * 1e3:.1f}" for name, value in seconds.items()))
    made = entrust("relatives", needed=3, seats=5)
    body = seal(framed(Frame(CASE, "relatives", 1), PAGE), [made.recipient])
    handed = [pack([part]) for part in made.parts[:3]]
    opening: dict[str, Callable[[], object]] = {
        ORDINARY: partial(unseal, to_a_role(role.recipient), [role]),
        "3 shares put together, and opened": partial(restored, body, handed),
        "the key alone, made and split 3 of 5": partial(entrust, "relatives", needed=3, seats=5),
    }
    seconds = medians(opening, rounds=15, repeats=5)
    table("Opening it", {name: 1 / value for name, value in seconds.items()}, "per second", ORDINARY)
    (taken,) = medians({BATCH: a_batch(IN_A_BATCH)}, rounds=5, repeats=1).values()
    print(
        f"\n  {BATCH}: {IN_A_BATCH / taken:,.0f} cases/s, three things of each, without ledger and database"
    )


if __name__ == "__main__":
    main()
