# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tiny files of every format, about one invented man, one invented woman and a company of theirs."""

import io
from collections.abc import Iterable
from pathlib import Path

from watchword.core.screening.loaders import ColumnMapping, Complaint, Format, Source, Tally, read
from watchword.core.screening.record import Person

SAMPLES = Path(__file__).parent / "samples"
MAPPING = {
    "encoding": "cp1251",
    "delimiter": ";",
    "columns": {
        "№": "key",
        "Фамилия": "surname",
        "Имя": "given",
        "Отчество": "patronymic",
        "Рождение": "birth",
        "Паспорт": "passport",
    },
    "only": {"Вид": ["лицо"]},
}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


#: One file of each format as bytes; OFAC's CSV is several, and a CSV of one's own needs no Unicode.
FILES: dict[Format, tuple[bytes, ...]] = {
    Format.EU_CSV: (sample("eu.csv"),),
    Format.EU_JOURNAL: (sample("eu-journal.csv"),),
    Format.EU_XML: (sample("eu.xml"),),
    Format.FTM: (sample("entities.ftm.json"),),
    Format.MAPPED_CSV: (sample("own.csv").decode().encode("cp1251"),),
    Format.OFAC_CSV: tuple(sample(f"ofac-{part}.csv") for part in ("sdn", "alt", "add", "comments")),
    Format.OFAC_XML: (sample("ofac-advanced.xml"),),
    Format.SIMPLE_CSV: (sample("opensanctions.csv"),),
    Format.UN_XML: (sample("un.xml"),),
}
FTM, UN = sample("entities.ftm.json").decode(), sample("un.xml").decode()


def sources(*contents: bytes) -> list[Source]:
    return [Source(f"file{number}", io.BytesIO(content)) for number, content in enumerate(contents, 1)]


def everything(
    kind: Format, contents: Iterable[bytes], mapping: ColumnMapping | None = None
) -> tuple[list[Person], list[Complaint], Tally]:
    """Read to the end: the people, the complaints, the counts."""
    tally = Tally()
    found = list(read(kind, sources(*contents), tally, mapping))
    people = [item for item in found if isinstance(item, Person)]
    complaints = [item for item in found if isinstance(item, Complaint)]
    return people, complaints, tally
