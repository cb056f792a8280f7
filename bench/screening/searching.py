# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast one name is found among many and how surely, beside four public engines over the same list."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.misspelling import COMMON, HARD
from bench.screening import peers, worlds
from bench.screening.bars import Bar, Report
from bench.screening.figures import Figures, Groups
from bench.screening.metrics import percentile
from bench.screening.peers import Answer
from bench.screening.worlds import Question, World
from tests import postgresql

# Name, module, what it is told besides, and how many questions of a group it answers in reasonable time.
CONTESTANTS: tuple[tuple[str, str, Answer, int], ...] = (
    ("tantivy trigrams", "tantivy_search", {"mode": "trigrams"}, 300),
    ("tantivy fuzzy 1", "tantivy_search", {"mode": "fuzzy1"}, 300),
    ("tantivy fuzzy 2", "tantivy_search", {"mode": "fuzzy2"}, 100),
    ("pg_trgm", "postgresql_search", {}, 60),
    ("RapidFuzz scan", "rapidfuzz_search", {}, 20),
)
QUESTIONS, LIMIT = 2_000, 20
LARGE = 5_000_000  # names, from which the bars are those for 10 million
CROSS, HARDER, ABSENT, REAL = "cross-script", "hard spellings", "not listed", "real, cross-script"


def measure(report: Report, rows: int, planted: Sequence[tuple[str, str]], against: bool) -> None:
    """Search ``rows`` names; ``planted``: real people as (listed, asked); ``against``: beside the peers."""
    with TemporaryDirectory(prefix="ww-bench-") as folder:
        world = worlds.make(Path(folder), rows, [listed for listed, _ in planted])
        asked = groups(world, planted)
        figures = {}
        for name, answer in answers(world, Path(folder, "index"), asked, against):
            figures[name] = Figures(world, asked, answer)
            figures[name].say(name)
    add_bars(report, rows, figures)


def answers(world: World, index: Path, asked: Groups, against: bool) -> Iterator[tuple[str, Answer]]:
    """Ours, then each peer's as far as it is here."""
    yield "ours", own(world, index, asked)
    if against:
        worlds.fold(world)
        yield from rivals(world, asked)


def groups(world: World, planted: Sequence[tuple[str, str]]) -> Groups:
    """The questions by what is hard about them."""
    size = len(world.listed)
    found = {
        CROSS: worlds.questions(world, COMMON, QUESTIONS),
        HARDER: worlds.questions(world, HARD, QUESTIONS),
        ABSENT: worlds.unlisted(world, QUESTIONS // 2),
    }
    if planted:
        real = [Question(asked, size + at) for at, (_, asked) in enumerate(planted)]
        found[REAL] = Random(4).sample(real, min(len(real), QUESTIONS))
    return found


def own(world: World, index: Path, asked: Groups) -> Answer:
    """Our own answers, from processes of their own; building and asking are told apart."""
    job = {"names": str(world.names), "index": str(index)}
    built = peers.run(peers.OURS, "bench.screening.own_build", job)
    used = peers.run(peers.OURS, "bench.screening.own_search", job | written(asked))
    return built | used | {"resident_mb": max(built["resident_mb"], used["resident_mb"])}


def rivals(world: World, asked: Groups) -> Iterator[tuple[str, Answer]]:
    """The peers' answers, each to as many questions as it has time for."""
    shared = {
        "names": str(world.folded),
        "address": postgresql.start().removesuffix("watchword") + "postgres",
    }
    for name, module, extra, most in CONTESTANTS:
        count = most if len(world) < LARGE else most // 3
        few = {group: folded(some[:count]) for group, some in asked.items()}
        if answer := peers.ask(f"bench.peers.{module}", shared | extra | written(few)):
            yield name, answer


def folded(questions: Sequence[Question]) -> list[Question]:
    """As a peer gets them: folding decides more than the engine, and is given to all."""
    return [replace(question, text=worlds.folded(question.text)) for question in questions]


def written(asked: Groups) -> Answer:
    return {"limit": LIMIT, "groups": {name: [q.text for q in some] for name, some in asked.items()}}


def add_bars(report: Report, rows: int, figures: dict[str, Figures]) -> None:
    size = f"{rows / 1_000_000:g} million names"
    real = REAL if REAL in figures["ours"].seconds else CROSS
    large = rows >= LARGE

    def add(what: str, value: Callable[[Figures], float], wanted: float, *, at_most: bool = True) -> None:
        values = {name: value(found) for name, found in figures.items()}
        report.add(Bar(f"{size}, {what}", values.pop("ours"), wanted, at_most, values))

    add(f"{real}, median ms", lambda found: found.median(real), 2 if large else 0.7)
    for group in dict.fromkeys([real, CROSS]):
        first_ten = partial(Figures.recall, group=group, first=10)
        add(f"{group}, in the first 10", first_ten, 0.97 if large else 0.98, at_most=False)
    if large:
        add(f"{real}, p99 ms", lambda found: percentile(found.seconds[real], 99), 12)
        add("index MB", lambda found: float(found.answer["index_mb"]), 600)
        add("build seconds", lambda found: float(found.answer["build_seconds"]), 120)
        add("memory MB", lambda found: float(found.answer["resident_mb"]), 1536)
    else:
        add(f"{HARDER}, in the first 20", lambda found: found.recall(HARDER, 20), 0.98, at_most=False)
        add(f"{HARDER}, mean ms", lambda found: found.mean(HARDER), 1)
