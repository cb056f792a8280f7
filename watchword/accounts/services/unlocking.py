# SPDX-License-Identifier: AGPL-3.0-or-later
"""What proves who somebody is: a passphrase opens their keys, a one-time code is spent."""

from datetime import datetime

from watchword.accounts import keyring
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import Staff
from watchword.accounts.services import crowding
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.passphrase import Cost, new_salt
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.vault.opening import unlock


def keys_by_passphrase(staff: Staff | None, passphrase: str) -> StaffKeys | None:
    """The keys behind a passphrase; for an unknown log-in the same work on a stand-in that nothing opens."""
    if staff is None:
        sealed = seal(StaffKeys.new().pack(), [Identity.generate().recipient])
        salt, cost = new_salt(), keyring.present_cost()
    else:
        sealed, salt, cost = bytes(staff.sealed_keys), bytes(staff.salt), Cost.parse(staff.cost)
    try:
        with crowding.place():
            keys = keyring.open_with_passphrase(sealed, passphrase, salt, cost)
    except SealingError:
        return None
    return _own(staff, keys)


def keys_by_passkey(staff: Staff, sealed: bytes, identity: Identity) -> StaffKeys | None:
    """The keys behind the secret that a passkey's authenticator gave."""
    try:
        keys = StaffKeys.unpack(unlock(sealed, identity))
    except SealingError:
        return None
    return _own(staff, keys)


def _own(staff: Staff | None, keys: StaffKeys) -> StaffKeys | None:
    # Somebody who can write to the database could seal keys of his own to a passphrase of his own.
    if staff is None or keys.signing_public.hex() != staff.signing_public:
        return None
    return keys


def spend_code(staff: Staff, totp_base32: str, code: str, now: datetime) -> bool:
    """Whether the code is right and newer than the last one; one UPDATE, so that no two acts share it."""
    step = keyring.matching_step(totp_base32, code, now.timestamp())
    if step is None:
        return False
    return Staff.objects.filter(pk=staff.pk, last_step__lt=step).update(last_step=step) == 1
