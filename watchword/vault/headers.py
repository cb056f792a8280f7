# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headers as they are stored: each once more under a key of its case, which lies in the key store alone.

A copy of the database opens nothing that was erased since: the keys of roles open the inner layer, and nobody
can take off the outer one.
"""

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.keystore import unwrap_header, wrap_header
from watchword.keystore import services as keystore
from watchword.vault.models import SealedRecord


def cover(row: SealedRecord, header: bytes) -> bytes:
    """This header as the row stores it."""
    return wrap_header(_key(row), header, case=row.case, record=row.uid)


def bare(row: SealedRecord) -> bytes:
    """The age header of a row. WrongState when it is erased, a SealingError when it is not this row's."""
    if not row.header:
        raise _erased()
    return unwrap_header(_key(row), bytes(row.header), case=row.case, record=row.uid)


def check(row: SealedRecord) -> None:
    """WrongState when the row is erased, here or only in the key store."""
    if not row.header:
        raise _erased()
    _key(row)


def key_for(case: str) -> str:
    """The name of the key for a new record: that of the case's other records, or a new one."""
    kept = SealedRecord.objects.filter(case=case).exclude(header=b"").order_by().values_list("key", flat=True)
    name = kept.first()
    # A row that an old copy of the database brought back has a key that is gone.
    return name if name and keystore.secret(name) else keystore.make()


def _key(row: SealedRecord) -> bytes:
    secret = keystore.secret(row.key)
    if secret is None:
        raise _erased()
    return secret


def _erased() -> WrongState:
    return WrongState(sentence("What was sealed here is erased. Nobody can open it again."))
