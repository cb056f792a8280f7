# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's lists, and how its custodians, Sofia and Stas have applicants compared with them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings

from watchword.accounts.rules import Actor
from watchword.cases.rules.judged import Judging, Verdict
from watchword.cli.invented.staff import STAFF
from watchword.custody import services as custody
from watchword.profiles import load
from watchword.screening import rules, selectors, services
from watchword.watchlists import Shelf, description

LISTS = ("sanctions", "wanted")
HERE = Path(__file__).parent / "lists"
TOLD = {
    Verdict.SAME: "The applicant stands on a list of the state that persecutes us. Two people looked.",
    Verdict.DIFFERENT: "Likenesses on the lists, each of them somebody else: another birth date.",
    None: "Compared with every list. Nobody there resembles the applicant.",
}


class Staff(Protocol):
    """The officers by their log-in."""

    def __getitem__(self, login: str) -> Actor: ...


def load_lists(today: date) -> None:
    """Put the invented lists where the Desk reads its own."""
    shelf = Shelf(Path(settings.WATCHWORD_LISTS))
    for name in LISTS:
        said = description.parse((HERE / f"{name}.toml").read_text(encoding="utf-8"))
        shelf.add(
            name,
            [HERE / f"{name}.jsonl"],
            format=said.format,
            title=said.title,
            polarity=said.polarity,
            note=said.note,
            today=today,
        )


def compare(case: str, staff: Staff, now: datetime) -> None:
    """Sofia asks for one case, enough custodians give, and the program compares."""
    asks(case, "sofia", staff, now, given=True)
    services.run_on(actor=staff["sofia"], now=now)


def screen(case: str, staff: Staff, now: datetime) -> None:
    """Compare, judge by the birth date as a careful officer would first, and tell vetting."""
    compare(case, staff, now)
    sofia = staff["sofia"]
    for hit in selectors.matter(case, viewer=sofia).hits:
        if hit.state == Judging.OPEN:
            judge(hit.uid, sofia, staff["stas"], now)
    outcomes = {Verdict(hit.outcome) for hit in selectors.matter(case, viewer=sofia).hits}
    found = Verdict.SAME if Verdict.SAME in outcomes else Verdict.DIFFERENT if outcomes else None
    services.hand_over(
        case_uid=case,
        guideline="A",
        source_grade="B",
        information_grade="2",
        disclosure="open",
        bearing="for" if found is Verdict.SAME else "neither",
        facts=TOLD[found],
        source="",
        favourable="Whoever is wanted there has reason to have fled."
        if found is Verdict.SAME
        else "Nothing found.",
        actor=sofia,
        now=now,
    )


def judge(hit: str, sofia: Actor, stas: Actor, now: datetime) -> None:
    """The same person where the birth dates agree, and then Stas looks too."""
    opened = services.open_hit(hit, actor=sofia, now=now)
    agree = any(one.feature == "birth" and one.bits > 0 for one in opened.sheet.findings)
    verdict = Verdict.SAME if agree else Verdict.DIFFERENT
    first = services.judge(
        hit_uid=hit,
        verdict=verdict,
        reason="Name and birth date agree." if agree else "The birth dates differ.",
        seen=opened.newest,
        actor=sofia,
        now=now,
    )
    if agree:
        services.second(
            hit_uid=hit, verdict=verdict, reason="I see the same.", seen=first.uid, actor=stas, now=now
        )


def leave_for_the_visitor(staff: Staff, now: datetime) -> None:
    """One case of Stas waits for custodians; for all others custodians have given, and Sofia may start."""
    waiting = selectors.wait_for_run(viewer=staff["sofia"], now=now)
    if waiting[1:]:
        asks(waiting[-1].uid, "stas", staff, now, given=False)
    if waiting:
        asks("", "sofia", staff, now, given=True)


def enough() -> tuple[str, ...]:
    """The log-ins of as many custodians as it takes."""
    profile = settings.WATCHWORD_PROFILE
    held = load(profile).custody
    seats = held.seats[: held.needed] if held else ()
    return tuple(one.login for one in STAFF[profile] if set(one.roles) & set(seats))


def asks(case: str, who: str, staff: Staff, now: datetime, *, given: bool) -> None:
    """A run of one case, or of all that wait; ``given``: as many custodians as it takes give at once."""
    actor = staff[who]
    code = selectors.matter(case, viewer=actor).code if case else ""
    until = now + timedelta(days=rules.LONGEST_DAYS)
    draft = services.drawn_up(code=code, until=until, actor=actor, now=now)
    asked = custody.ask_batch(draft=draft, actor=actor, now=now)
    for seat in enough() if given else ():
        custody.give_batch(batch_uid=asked.uid, seen=asked.action_hash, actor=staff[seat], now=now)
