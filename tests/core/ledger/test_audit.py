# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit names every tampering: one test inflicts each, on a log that was whole before."""

import pytest

from tests.core.ledger.book import (
    ADA,
    CASE,
    CLEO,
    EVA,
    Book,
    decided,
    examined,
    faults,
    seed,
    signer,
)
from watchword.core.ledger.acts import Act
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.note import Algorithm
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tiles import CHECKPOINT, bundle_path, pack_bundle, tile_path, unpack_bundle
from watchword.core.ledger.tree import TreeHead, leaf_hash

WITNESSES = [signer(f"witness.example/{number}", Algorithm.ED25519_COSIGNATURE) for number in range(3)]
WITNESS_KEYS = [each.key for each in WITNESSES]


@pytest.fixture
def book() -> Book:
    return decided()


def long(book: Book, size: int) -> Book:
    """The same book with enough entries for several tiles."""
    while len(book.entries) < size:
        book.write(CLEO, Act.COMPARTMENT_WRITE, case=CASE)
    return book


def with_entries(files: dict[str, bytes], entries: list[bytes]) -> dict[str, bytes]:
    """The directory after somebody rewrote the last, partial bundle and nothing else."""
    path = next(path for path in files if path.startswith("tile/entries/") and ".p/" in path)
    return {**files, path: pack_bundle(entries)}


def test_a_whole_log_has_no_fault(book: Book) -> None:
    report = examined(book.files(), founders=[ADA.key])
    assert faults(report) == []
    assert report.size == len(book.entries)
    assert [check.looked_at for check in report.checks] == [1, len(book.entries), len(book.entries), 0]


def test_a_log_of_several_tiles_has_no_fault(book: Book) -> None:
    assert examined(long(book, 600).files()).ok


def test_a_finding_is_a_sentence_with_its_place(book: Book) -> None:
    book.add(b"a note in the margin", CLEO.id)
    (finding,) = examined(book.files()).findings
    assert str(finding) == "[entry.malformed] entry 18: these bytes are not JSON"


def test_an_empty_log_has_no_fault() -> None:
    assert examined(Book().files()).ok


# Edit, delete, insert, reorder an old entry.


def test_an_edited_entry_is_named(book: Book) -> None:
    entries = list(book.entries)
    entries[5] = entries[5].replace(b'"act":"session.open"', b'"act":"session.shut"')
    assert (Fault.ENTRY_EDITED, 5) in faults(examined(with_entries(book.files(), entries)))


def test_a_removed_entry_is_named(book: Book) -> None:
    entries = book.entries[:4] + book.entries[5:]
    assert (Fault.ENTRY_REMOVED, 4) in faults(examined(with_entries(book.files(), entries)))


def test_an_inserted_entry_is_named(book: Book) -> None:
    entries = [*book.entries[:4], book.entries[2], *book.entries[4:]]
    assert (Fault.ENTRY_INSERTED, 4) in faults(examined(with_entries(book.files(), entries)))


def test_reordered_entries_are_named(book: Book) -> None:
    entries = list(book.entries)
    entries[3], entries[5] = entries[5], entries[3]
    assert (Fault.ENTRY_REORDERED, 3) in faults(examined(with_entries(book.files(), entries)))


def test_an_edit_with_all_tiles_recomputed_does_not_lead_to_the_signed_root(book: Book) -> None:
    entries = list(book.entries)
    entries[5] = entries[5].replace(b'"act":"session.open"', b'"act":"session.shut"')
    forged = {each.path: each.data for each in Growth().append(entries)}
    found = faults(examined({**book.files(), **forged}))
    assert (Fault.LOG_REWRITTEN, None) in found
    # Whoever had seen the log before the edit says, without meaning to, that it was another one.
    assert (Fault.BASE_FALSE, 6) in found


@pytest.mark.parametrize("change", ["missing", "cut", "flipped"])
def test_every_damaged_file_is_named(book: Book, change: str) -> None:
    whole = long(book, 600).files()
    needed = {path for path in whole if "entries" not in path and path != CHECKPOINT}
    for path in needed:
        files = dict(whole)
        data = files.pop(path)
        if change == "cut":
            files[path] = data[:-1]
        if change == "flipped":
            files[path] = data[:5] + bytes([data[5] ^ 1]) + data[6:]
        report = examined(files)
        assert not report.ok, path
        named = [finding for finding in report.findings if path in finding.sentence]
        assert named or change == "flipped", path


def test_a_missing_bundle_is_named(book: Book) -> None:
    files = long(book, 300).files()
    del files[bundle_path(0)]
    assert (Fault.FILE_MISSING, None) in faults(examined(files))


def test_a_bundle_with_a_torn_end_is_named(book: Book) -> None:
    files = long(book, 300).files()
    files[bundle_path(0)] = files[bundle_path(0)][:-1]
    assert (Fault.FILE_DAMAGED, None) in faults(examined(files))


def test_a_full_bundle_serves_an_older_checkpoint(book: Book) -> None:
    """The partial files of size 200 may be gone once the tile is full."""
    files = long(book, 256).files()
    assert examined({**files, CHECKPOINT: book.checkpoint(200)}).ok


# Cut off the tail; restore an older copy; fork; recompute with a stolen key.


def test_a_truncated_log_is_seen_by_whoever_kept_a_checkpoint(book: Book) -> None:
    kept = book.checkpoint()
    older = Book(book.entries[:-2])
    files = {each.path: each.data for each in Growth().append(older.entries)}
    files[CHECKPOINT] = book.checkpoint(len(older.entries))
    assert examined(files).ok, "nobody else can see it"
    assert faults(examined(files, kept={"my note": kept})) == [(Fault.LOG_TRUNCATED, None)]


def forked_at(book: Book, index: int) -> Book:
    """What the holder of the log's key makes of it: another history from ``index`` on."""
    fork = Book()
    for raw in book.entries[:index]:
        fork.add(raw, parse_entry(raw).statement.actor)
    fork.write(CLEO, Act.COMPARTMENT_WRITE, case=CASE)
    fork.write(CLEO, Act.COMPARTMENT_WRITE, case=CASE)
    return fork


def test_a_fork_is_seen_by_whoever_kept_a_checkpoint_of_the_other_history(book: Book) -> None:
    fork = forked_at(book, 9)
    assert examined(fork.files()).ok, "each history by itself is whole"
    assert faults(examined(fork.files(), kept={"my note": book.checkpoint(10)})) == [(Fault.LOG_FORKED, None)]


def test_a_recomputed_log_lacks_the_witnesses(book: Book) -> None:
    witnessed = {"kept": book.checkpoint(10, WITNESSES[:2])}
    assert examined(book.files(), kept=witnessed, witnesses=WITNESS_KEYS, needed=2).ok
    found = faults(examined(forked_at(book, 9).files(), kept=witnessed, witnesses=WITNESS_KEYS, needed=2))
    assert found == [(Fault.LOG_FORKED, None), (Fault.QUORUM_UNMET, None)]


def test_too_few_witnesses_are_named(book: Book) -> None:
    kept = {"kept": book.checkpoint(None, WITNESSES[:1])}
    report = examined(book.files(), kept=kept, witnesses=WITNESS_KEYS, needed=2)
    assert faults(report) == [(Fault.QUORUM_UNMET, None)]
    assert report.witnessed is None


def test_a_cosignature_that_is_wrong_counts_for_nobody(book: Book) -> None:
    kept = book.checkpoint(None, WITNESSES[:1])
    spoilt = kept[:-10] + (b"A" if kept[-10:-9] != b"A" else b"B") + kept[-9:]
    report = examined(book.files(), kept={"kept": spoilt}, witnesses=WITNESS_KEYS, needed=1)
    assert faults(report) == [(Fault.QUORUM_UNMET, None)]


def test_the_report_says_how_far_witnesses_vouch(book: Book) -> None:
    kept = {"kept": book.checkpoint(7, WITNESSES)}
    assert examined(book.files(), kept=kept, witnesses=WITNESS_KEYS, needed=3).witnessed == 7


def test_a_log_founded_by_somebody_else_is_named(book: Book) -> None:
    report = examined(book.files(), founders=[EVA.key])
    assert (Fault.FOUNDER_UNKNOWN, 0) in faults(report)


def test_a_checkpoint_with_one_of_two_signatures_is_refused(book: Book) -> None:
    files = book.files()
    lines = files[CHECKPOINT].splitlines(keepends=True)
    files[CHECKPOINT] = b"".join(lines[:-1])
    assert faults(examined(files)) == [(Fault.CHECKPOINT_UNSIGNED, None)]


def test_a_checkpoint_of_another_log_is_refused(book: Book) -> None:
    files = {**book.files(), CHECKPOINT: book.checkpoint().replace(b"quiet-river", b"other-river")}
    assert faults(examined(files)) == [(Fault.CHECKPOINT_UNSIGNED, None)]


def test_a_changed_checkpoint_is_refused(book: Book) -> None:
    files = {**book.files(), CHECKPOINT: book.checkpoint().replace(b"\n18\n", b"\n17\n")}
    assert faults(examined(files)) == [(Fault.CHECKPOINT_UNSIGNED, None)]


@pytest.mark.parametrize("raw", [b"", b"no note\n", b"\xff\n\n"])
def test_an_unreadable_checkpoint_is_named(book: Book, raw: bytes) -> None:
    assert faults(examined({**book.files(), CHECKPOINT: raw})) == [(Fault.CHECKPOINT_UNREADABLE, None)]
    report = examined(book.files(), kept={"paper": raw})
    assert faults(report) == [(Fault.CHECKPOINT_UNREADABLE, None)]


def test_a_missing_checkpoint_is_named() -> None:
    assert faults(examined({})) == [(Fault.FILE_MISSING, None)]


def test_a_kept_checkpoint_that_the_log_never_signed_is_no_evidence(book: Book) -> None:
    kept = book.checkpoint(5).replace(b"\n5\n", b"\n6\n")
    assert faults(examined(book.files(), kept={"rumour": kept})) == [(Fault.CHECKPOINT_UNSIGNED, None)]


# Replay; leave out; lie about what one saw.


def test_a_replayed_entry_is_named(book: Book) -> None:
    index = len(book.entries)
    book.add(book.entries[10], CLEO.id)
    assert (Fault.ENTRY_REPLAYED, index) in faults(examined(book.files()))


def test_an_entry_left_out_breaks_the_chain_of_its_author(book: Book) -> None:
    missing = Book(list(book.entries), book.tree, dict(book.newest))
    missing.newest[CLEO.id] = leaf_hash(b"an entry that the sequencer swallowed")
    index = missing.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE)
    assert faults(examined(missing.files())) == [(Fault.CHAIN_BROKEN, index)]


def test_a_base_from_another_history_is_named(book: Book) -> None:
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE, base=TreeHead(4, seed("another history")))
    assert faults(examined(book.files())) == [(Fault.BASE_FALSE, index)]


def test_a_base_from_the_future_is_named(book: Book) -> None:
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE, base=TreeHead(99, seed("tomorrow")))
    assert faults(examined(book.files())) == [(Fault.BASE_FUTURE, index)]


def test_bytes_that_are_no_entry_are_named(book: Book) -> None:
    book.add(b"a note in the margin", CLEO.id)
    assert faults(examined(book.files())) == [(Fault.ENTRY_MALFORMED, len(book.entries) - 1)]


# Sealed records.


def test_sealed_records_that_were_put_there_or_swapped_are_named(book: Book) -> None:
    recorded, foreign = seed("a sealed record"), seed("put there by night")
    book.write(
        CLEO,
        Act.SEAL_HASH,
        {"sha256": to_base64url(recorded), "compartment": "story", "revision": 1},
        case=CASE,
    )
    blobs = [(recorded.hex(), recorded), (foreign.hex(), foreign), (seed("x").hex(), recorded)]
    found = faults(examined(book.files(), blobs=blobs))
    assert found == [(Fault.BLOB_UNRECORDED, None), (Fault.BLOB_SWAPPED, None)]


def test_the_upper_tiles_are_compared_too(book: Book) -> None:
    files = long(book, 600).files()
    path = tile_path(1, 0, 2)
    files[path] = bytes(64)
    assert faults(examined(files)) == [(Fault.FILE_DAMAGED, None)]
    assert unpack_bundle(files[bundle_path(0)]) == book.entries[:256]
