# SPDX-License-Identifier: AGPL-3.0-or-later
"""By what the next comparison recognises a hit without anybody knowing whom: two keyed hashes.

Their key is derived from the key under which the applicant's names were sealed. That key is nowhere: enough
custodians put it together for a comparison, and it is forgotten with it. So who holds this machine, the list
and the key of the screening role cannot try every listed person.
"""

from dataclasses import dataclass, field
from typing import Any

import rfc8785

from watchword.core.screening.record import Person
from watchword.core.sealing.primitives import hkdf, hmac_sha256
from watchword.core.sealing.recipients import Identity

_INFO = b"watchword/screening/tags/v1"


@dataclass(frozen=True)
class Tags:
    """Makes the tags of one applicant's hits, as long as the applicant does not answer anew."""

    _key: bytes = field(repr=False)

    @classmethod
    def of(cls, key: Identity) -> "Tags":
        """From the key of the names; 32 bytes of its own, which open nothing."""
        return cls(hkdf(key.seed, salt=b"", info=_INFO))

    def whom(self, list_id: str, listed: str) -> str:
        """The tag of a listed person, 64 hex digits; ``listed`` is the key of the record in its list."""
        return self._tag("whom", [list_id, listed])

    def words(self, applicant: Person, listed: Person) -> str:
        """The tag of everything that stands on both sides, whatever a later model makes of it."""
        return self._tag("words", [_person(applicant), _person(listed)])

    def _tag(self, what: str, said: list[Any]) -> str:
        return hmac_sha256(self._key, rfc8785.dumps([what, *said])).hex()


def _person(person: Person) -> dict[str, Any]:
    return {
        "key": person.key,
        "names": [[one.text, one.kind.value, one.surname, one.given, one.patronymic] for one in person.names],
        "births": [str(day) for day in person.births],
        "places": list(person.places),
        "countries": list(person.countries),
        "gender": person.gender,
        "documents": [[one.kind, one.number, one.country] for one in person.documents],
        "contacts": list(person.contacts),
        "programmes": list(person.programmes),
        "remarks": person.remarks,
    }
