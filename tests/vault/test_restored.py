# SPDX-License-Identifier: AGPL-3.0-or-later
"""An erased case stays erased: every backup that was made before it is put back, and nothing opens."""

from contextlib import suppress
from copy import copy

import pytest
from django.db import connection, transaction

from tests.cast import STORY, case_in
from tests.kept import Kept
from tests.organisation import Organisation
from watchword.cases import services
from watchword.cases.models import Case
from watchword.core.ledger.commitments import case_pseudonym, commit
from watchword.core.ledger.entry import parse_entry
from watchword.core.refusals import WrongState
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.keystore import derived
from watchword.core.sealing.primitives import hmac_sha256
from watchword.core.sealing.unseal import unseal
from watchword.journal.events import Event
from watchword.journal.models import CaseKey, EntryDetail
from watchword.journal.services import record
from watchword.keystore import services as keystore
from watchword.keystore.models import Doomed
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record

# What is done after a commit is done only where there are commits.
pytestmark = pytest.mark.django_db(transaction=True)
READERS = {"intake": "iris", "vetting": "ada", "board": "ben"}
CANARY = STORY.encode()


class Backup:
    """Every row, every sealed body, the ledger and the courier's folder: all but the key store."""

    def __init__(self, organisation: Organisation) -> None:
        kept = Kept.take(organisation.home)
        self.rows = kept.rows
        self.files = [file for file in kept.files if not file.place.startswith("keystore/")]

    def put_back(self, organisation: Organisation) -> None:
        """As somebody does who lost the disk, or wants to read what was erased."""
        with transaction.atomic():
            for row in self.rows:
                if isinstance(row, SealedRecord | Case | CaseKey):
                    copy(row).save()
        for file in self.files:
            path = organisation.home / file.place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)


def erased(organisation: Organisation) -> tuple[str, Backup]:
    """A case that was read, saved, withdrawn and erased; the backup is older than the last two."""
    dov, _ = case_in(organisation)
    assert CANARY in b"".join(opened_by_everybody(organisation, dov.case))
    backup = Backup(organisation)
    dov.withdraw()
    assert services.erase_case(case_uid=dov.case, actor=organisation.actor("iris"), now=organisation.now)
    return dov.case, backup


def opened_by_everybody(organisation: Organisation, case: str) -> list[bytes]:
    """What the Desk's own door gives to those who may read."""
    found = []
    for row in SealedRecord.objects.filter(case=case):
        for role in set(row.readers) & READERS.keys():
            actor = organisation.actor(READERS[role])
            with suppress(WrongState):
                found.append(open_record(row.uid, actor=actor, purpose="reading", now=organisation.now))
    return found


def test_whatever_is_put_back_nothing_of_it_opens(organisation: Organisation) -> None:
    case, backup = erased(organisation)
    backup.put_back(organisation)
    rows = list(SealedRecord.objects.filter(case=case).exclude(header=b""))
    assert rows, "the copy brought the records back"
    assert all(bodies.path_of(row.body_sha256).exists() for row in rows)
    assert opened_by_everybody(organisation, case) == []
    with pytest.raises(WrongState, match="erased"):
        headers.bare(rows[0])


def test_who_has_every_copy_and_every_key_of_a_role_opens_nothing(organisation: Organisation) -> None:
    """Not through our door: the header as it lies in the copy, and the identities as they lie in memory."""
    case, backup = erased(organisation)
    backup.put_back(organisation)
    for row in SealedRecord.objects.filter(case=case).exclude(header=b""):
        sealed = bytes(row.header) + bodies.path_of(row.body_sha256).read_bytes()
        for login in READERS.values():
            keys = organisation.fresh_actor(login).keys
            assert keys is not None
            with pytest.raises(SealingError):
                unseal(sealed, keys.identities(READERS))
    assert CANARY not in everything(organisation)


def test_no_entry_of_the_ledger_can_be_held_against_the_case_any_more(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    name = CaseKey.objects.get(case=dov.case).key
    key = keystore.secret(name)
    assert key
    details = list(EntryDetail.objects.filter(case=dov.case).select_related("entry"))
    assert details
    for detail in details:
        statement = parse_entry(bytes(detail.entry.entry)).statement
        assert statement.case == case_pseudonym(derived(key, "pseudonym"), bytes.fromhex(dov.case))
        salt = hmac_sha256(derived(key, "salt"), statement.nonce)
        assert statement.commitment == commit(detail.payload, salt)
    backup = Backup(organisation)
    dov.withdraw()
    services.erase_case(case_uid=dov.case, actor=organisation.actor("iris"), now=organisation.now)
    backup.put_back(organisation)
    assert keystore.secret(name) is None
    assert key not in everything(organisation)
    assert key.hex().encode() not in everything(organisation)
    # The restored Desk goes on, and what it records of the case stands under another pseudonym.
    with transaction.atomic():
        iris = organisation.actor("iris").signer
        record(Event.CASE_STAGE, signer=iris, case=dov.case, payload={}, at=organisation.now)
    newest = EntryDetail.objects.filter(case=dov.case).latest("pk")
    again = parse_entry(bytes(newest.entry.entry)).statement
    assert again.case != parse_entry(bytes(details[0].entry.entry)).statement.case
    assert organisation.audit().ok


def test_an_erasure_that_was_stopped_after_its_commit_is_finished_by_the_next(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    dov, _ = case_in(organisation)
    names = set(SealedRecord.objects.filter(case=dov.case).values_list("key", flat=True))
    dov.withdraw()

    def power_cut() -> int:
        raise SystemExit

    iris, now = organisation.actor("iris"), organisation.now
    with monkeypatch.context() as fatal:
        fatal.setattr(keystore, "finish", power_cut)
        with pytest.raises(SystemExit):
            services.erase_case(case_uid=dov.case, actor=iris, now=now)
    assert all(keystore.secret(name) for name in names)
    assert keystore.finish() == Doomed.objects.count() + 2
    assert not any(keystore.secret(name) for name in names)


def everything(organisation: Organisation) -> bytes:
    """All bytes that the Desk keeps, in files and in tables."""
    found = [path.read_bytes() for path in organisation.home.rglob("*") if path.is_file()]
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()
                for row in cursor.fetchall()
                for one in row
            ]
    return b"\n".join(found)
