# SPDX-License-Identifier: AGPL-3.0-or-later
"""What both programs believe: the signed manifest of keys, and letters signed by the Desk."""

from watchword.trust.installed import current, current_note, desk_signer, fingerprint

__all__ = ["current", "current_note", "desk_signer", "fingerprint"]
