# SPDX-License-Identifier: AGPL-3.0-or-later
"""PostgreSQL's pg_trgm with its GIN index over skeletons, on the server that the tests use."""

import psycopg

from bench.peers.job import Job, names, search_all, serve, timed

# As many nearest names as the limit, among those that the index says share enough trigrams.
QUERY = "select row from listed where name %% %s order by similarity(name, %s) desc, row limit %s"
# At 0.3, the default, a common surname brings back half the table; at 0.5 two errors in a word are lost.
ENOUGH = 0.4


def work(job: Job) -> Job:
    with psycopg.connect(job["address"], autocommit=True) as connection:
        connection.execute("create extension if not exists pg_trgm")
        connection.execute("drop table if exists listed")
        connection.execute("create table listed (row integer, name text)")
        with timed() as build:
            with connection.cursor().copy("copy listed from stdin") as copy:
                for numbered in enumerate(names(job)):
                    copy.write_row(numbered)
            connection.execute("set maintenance_work_mem = '1GB'")
            connection.execute("create index listed_name on listed using gin (name gin_trgm_ops)")
            connection.execute("vacuum analyze listed")
        size = connection.execute("select pg_relation_size('listed_name')").fetchone()
        connection.execute(f"set pg_trgm.similarity_threshold = {ENOUGH}")

        def search(text: str) -> list[int]:
            return [row for (row,) in connection.execute(QUERY, [text, text, job["limit"]])]

        answer = search_all(job, search)
        assert size is not None
        return answer | {"build_seconds": build[0], "index_mb": size[0] / 1e6}


if __name__ == "__main__":
    serve(work)
