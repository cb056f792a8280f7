# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other processes read while an index is replaced: each sees an old one or a new one, whole."""

import subprocess
import sys
from pathlib import Path

from watchword.core import names
from watchword.watchlists.segments import SegmentWriter

# Opens and asks until the file is gone; prints how many names each index had that it saw.
READER = """
import sys
from pathlib import Path
from watchword.core.refusals import WrongState
from watchword.watchlists.segments import Index
path, sizes = Path(sys.argv[1]), set()
print("ready", flush=True)
while path.exists():
    try:
        index = Index.open([path])
    except WrongState:
        assert not path.exists()
        break
    index.verify()
    number = index.search(sys.argv[2:], 1)[0]
    assert list(number) == [len(index) - 1], (number, len(index))
    sizes.add(len(index))
print(*sorted(sizes))
"""


def written(path: Path, size: int) -> None:
    """An index of so many names; the last of them is the one that the readers ask for."""
    writer = SegmentWriter(path)
    for number in range(size - 1):
        writer.add(number, (f"oleg{number}", "zajcev"))
    writer.add(size - 1, names.skeletons("Грач Семён"))
    writer.finish()


def test_readers_see_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "people.index"
    written(path, 1)
    command = [sys.executable, "-c", READER, str(path), *names.skeletons("Semyon Grach")]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for size in range(2, 12):
        written(path, size)
    path.unlink()
    for reader in readers:
        seen, _ = reader.communicate(timeout=120)
        assert reader.returncode == 0
        assert set(map(int, seen.split())) <= set(range(1, 12))
