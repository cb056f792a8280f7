# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file of the key store: what is read and what is refused, and that each key is found until forgotten."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.sealing.test_vectors import error_named, load, why
from tests.vectors.sealing.build_keystore import EPOCH
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.keystore import Epoch, Keys, unwrap_header, wrap_header

VECTORS = load("keystore")
OURS = Epoch(EPOCH, bytes.fromhex(VECTORS["root"]))
SECRETS = st.dictionaries(
    st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32), max_size=9
)


@pytest.mark.parametrize("row", VECTORS["accept"], ids=why)
def test_a_file_is_read_as_specified(row: dict[str, Any]) -> None:
    keys, length = OURS.decode(bytes.fromhex(row["file"]))
    assert length == row["length"]
    assert len(keys) == len(row["keys"])
    assert {name: keys.get(bytes.fromhex(name)) for name in row["keys"]} == {
        name: bytes.fromhex(secret) for name, secret in row["keys"].items()
    }
    assert keys.get(bytes(16)) is None


@pytest.mark.parametrize("row", VECTORS["reject"], ids=why)
def test_a_file_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(error_named(row["error"])):
        OURS.decode(bytes.fromhex(row["file"]))


@pytest.mark.parametrize("row", VECTORS["headers"]["accept"], ids=why)
def test_a_stored_header_is_read_as_specified(row: dict[str, Any]) -> None:
    secret, stored = bytes.fromhex(row["secret"]), bytes.fromhex(row["stored"])
    assert unwrap_header(secret, stored, case=row["case"], record=row["record"]) == row["header"].encode()


@pytest.mark.parametrize("row", VECTORS["headers"]["reject"], ids=why)
def test_a_stored_header_is_refused(row: dict[str, Any]) -> None:
    secret, stored = bytes.fromhex(row["secret"]), bytes.fromhex(row["stored"])
    with pytest.raises(Tampered):
        unwrap_header(secret, stored, case=row["case"], record=row["record"])


@settings(max_examples=40)
@given(began=SECRETS, added=SECRETS, forgotten=st.sets(st.integers(0, 17)))
def test_every_key_is_found_until_it_is_forgotten(
    began: dict[bytes, bytes], added: dict[bytes, bytes], forgotten: set[int]
) -> None:
    """Written and read twice: with keys behind the first piece, and in one piece without the forgotten."""
    added = {name: secret for name, secret in added.items() if name not in began}
    first = Epoch.after(0)
    data = first.encode(Keys(b"".join(name + began[name] for name in sorted(began))))
    data += b"".join(first.encode_added(place, *pair) for place, pair in enumerate(added.items()))
    keys, length = first.decode(data)
    everything = began | added
    assert (length, len(keys)) == (len(data), len(everything))
    assert {name: keys.get(name) for name in everything} == everything
    gone = {name for place, name in enumerate(everything) if place in forgotten}
    second = Epoch.after(1)
    rest, _ = second.decode(second.encode(keys.without(gone)))
    assert {name: rest.get(name) for name in everything} == {
        name: None if name in gone else secret for name, secret in everything.items()
    }


@given(header=st.binary(max_size=200))
def test_a_header_comes_back_as_it_was(header: bytes) -> None:
    stored = wrap_header(bytes(32), header, case="c0", record="ab")
    assert unwrap_header(bytes(32), stored, case="c0", record="ab") == header
    assert len(header) < 8 or header not in stored
