# SPDX-License-Identifier: AGPL-3.0-or-later
"""Splink over a table of people with settings that were written elsewhere, on DuckDB or on Spark."""

from typing import Any

import numpy as np
import pyarrow as pa
from splink import Linker

from bench.peers.job import Job, serve, timed


def work(job: Job) -> Job:
    with timed() as took:
        api, people = ENGINES[job["engine"]](job["people"])
        linker = Linker(api.register(people), job["settings"])
        for part, rarities in job["frequencies"].items():
            table = pa.table({part: list(rarities), f"tf_{part}": list(rarities.values())})
            linker.table_management.register_term_frequency_lookup(api.register(table), part)
    with timed() as linked:
        pairs = linker.inference.predict()
        table = to_arrow(pairs, job["engine"])
    columns = {
        name: table[name].to_numpy() for name in table.column_names if name.startswith(("mw_", "unique"))
    }
    np.savez(job["answer"], **columns)
    return {"start_seconds": took[0], "link_seconds": linked[0], "pairs": len(table)}


def in_duckdb(people: str) -> tuple[Any, Any]:
    import duckdb as engine  # each engine is imported only when it is asked for
    from splink.backends.duckdb import DuckDBAPI

    connection = engine.connect()
    return DuckDBAPI(connection=connection), connection.read_json(people)


def in_spark(people: str) -> tuple[Any, Any]:
    from pyspark.sql import SparkSession
    from splink.backends.spark import SparkAPI

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.driver.memory", "3g")
        .getOrCreate()
    )
    api = SparkAPI(spark_session=session, register_udfs_automatically=False, break_lineage_method="persist")
    return api, session.read.json(people)


def to_arrow(pairs: Any, engine: str) -> pa.Table:
    if engine == "spark":
        return pairs.as_spark_dataframe().toArrow()
    return pairs.as_duckdbpyrelation().to_arrow_table()


ENGINES = {"duckdb": in_duckdb, "spark": in_spark}

if __name__ == "__main__":
    serve(work)
