# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's lists, and how Sofia and Stas of the demo compare applicants with them."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from watchword.accounts.rules import Actor
from watchword.cases.rules.judged import Judging, Verdict
from watchword.screening import selectors, services
from watchword.watchlists import Shelf, description

LISTS = ("sanctions", "wanted")
HERE = Path(__file__).parent / "lists"
TOLD = {
    Verdict.SAME: "The applicant stands on a list of the state that persecutes us. Two people looked.",
    Verdict.DIFFERENT: "Likenesses on the lists, each of them somebody else: another birth date.",
    None: "Compared with every list. Nobody there resembles the applicant.",
}


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


def screen(case: str, sofia: Actor, stas: Actor, now: datetime) -> None:
    """Compare, judge by the birth date as a careful officer would first, and tell vetting."""
    services.screen_case(case_uid=case, actor=sofia, now=now)
    for hit in selectors.matter(case, viewer=sofia).hits:
        if hit.state == Judging.OPEN:
            judge(hit.uid, sofia, stas, now)
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
    agree = bool(set(opened.sheet.applicant.births) & set(opened.sheet.listed.births))
    verdict = Verdict.SAME if agree else Verdict.DIFFERENT
    first = services.judge(
        hit_uid=hit,
        verdict=verdict,
        reason="Name and birth date agree." if agree else "The birth dates differ by decades.",
        seen=opened.newest,
        actor=sofia,
        now=now,
    )
    if agree:
        services.second(
            hit_uid=hit, verdict=verdict, reason="I see the same.", seen=first.uid, actor=stas, now=now
        )
