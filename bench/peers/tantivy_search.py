# SPDX-License-Identifier: AGPL-3.0-or-later
"""tantivy over skeletons: trigrams, or whole words with one or two errors."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import tantivy

from bench.peers.job import Job, names, search_all, serve, size_mb, timed


def work(job: Job) -> Job:
    trigrams = job["mode"] == "trigrams"
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as folder:
        with timed() as build:
            index = filled(Path(folder), names(job), trigrams)
        index.reload()
        searcher, limit = index.searcher(), job["limit"]
        ask = by_trigrams(index) if trigrams else by_words(index, 2 if job["mode"] == "fuzzy2" else 1)

        def search(text: str) -> list[int]:
            hits = searcher.search(ask(text), limit).hits
            return [searcher.doc(address)["row"][0] for _, address in hits]

        answer = search_all(job, search)
        return answer | {"build_seconds": build[0], "index_mb": size_mb(Path(folder))}


def filled(folder: Path, listed: list[str], trigrams: bool) -> tantivy.Index:
    schema = tantivy.SchemaBuilder()
    # An unsigned row number panics the writer of 0.27; a signed one does not.
    schema.add_integer_field("row", stored=True)
    schema.add_text_field("name", tokenizer_name="name", index_option="freq" if trigrams else "basic")
    index = tantivy.Index(schema.build(), str(folder))
    cut = tantivy.Tokenizer.ngram(3, 3) if trigrams else tantivy.Tokenizer.whitespace()
    index.register_tokenizer("name", tantivy.TextAnalyzerBuilder(cut).build())
    writer = index.writer(512_000_000, 2)
    for row, name in enumerate(listed):
        writer.add_document(tantivy.Document(row=row, name=name))
    writer.commit()
    writer.wait_merging_threads()
    return index


def by_trigrams(index: tantivy.Index) -> Callable[[str], tantivy.Query]:
    def ask(text: str) -> tantivy.Query:
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        return either([tantivy.Query.term_query(index.schema, "name", gram) for gram in sorted(grams)])

    return ask


def by_words(index: tantivy.Index, errors: int) -> Callable[[str], tantivy.Query]:
    def ask(text: str) -> tantivy.Query:
        return either(
            [
                tantivy.Query.fuzzy_term_query(index.schema, "name", word, distance=errors)
                for word in text.split()
            ]
        )

    return ask


def either(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


if __name__ == "__main__":
    serve(work)
