# SPDX-License-Identifier: AGPL-3.0-or-later
"""nomenklatura's logic-v2 over pairs of names, with birth dates where there are any."""

from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig

from bench.peers.job import Job, serve, timed


def work(job: Job) -> Job:
    algorithm = get_algorithm("logic-v2")
    assert algorithm is not None
    config = ScoringConfig.defaults()
    serial = iter(range(1 << 40))

    def person(name: str, birth: str) -> object:
        entity = model.make_entity("Person")
        entity.id = f"p{next(serial)}"  # the peer caches by id, so no two people may share one
        entity.add("name", name)
        entity.add("birthDate", birth or None)
        return entity

    algorithm.compare(
        person("Анна Гай", ""), person("Hanna Hai", ""), config
    )  # loads its tables: six seconds
    pairs = [(person(left, born), person(right, birth)) for left, right, born, birth in job["pairs"]]
    with timed() as took:
        scores = [algorithm.compare(left, right, config).score for left, right in pairs]
    return {"scores": scores, "seconds": took[0]}


if __name__ == "__main__":
    serve(work)
