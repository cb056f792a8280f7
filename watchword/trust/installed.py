# SPDX-License-Identifier: AGPL-3.0-or-later
"""The manifest and the Desk's signing keys of this running program, read from the disk and checked."""

import json
import os
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from watchword.core.sealing import primitives
from watchword.trust.fingerprint import Fingerprint, of_roots
from watchword.trust.letter import DeskSigner
from watchword.trust.manifest import Manifest, Untrusted, read

SEEN = "manifest.seen"
"""The file beside the manifest that holds the highest version this program has believed."""


def current() -> Manifest:
    """The manifest in force today; Untrusted when there is none that the roots have signed.

    Read again when the file changes, so that a new one takes effect without a restart; and checked
    again every day, so that an expired one stops being used. An older one than this program has used
    before is not believed: it may name keys that were replaced because somebody else has them.
    """
    path = Path(settings.WATCHWORD_MANIFEST)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        raise Untrusted("there is no manifest") from None
    today = timezone.now().date()
    manifest = _manifest(
        path, changed, tuple(settings.WATCHWORD_ROOTS), settings.WATCHWORD_ROOTS_NEEDED, today.toordinal()
    )
    # Outside of the cache: a file that is put back with its old date is found there.
    _check_not_older(manifest, path.with_name(SEEN))
    return manifest


def current_note() -> str:
    """The same as the roots signed it, for whoever checks it on another machine."""
    current()
    return Path(settings.WATCHWORD_MANIFEST).read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _manifest(path: Path, changed: int, roots: tuple[str, ...], needed: int, today: int) -> Manifest:
    del changed  # part of the key only
    return read(path.read_bytes(), roots, needed, date.fromordinal(today))


def _check_not_older(manifest: Manifest, seen: Path) -> None:
    """Keep the highest version beside the manifest; Untrusted for a lower one, or when it cannot be kept."""
    try:
        highest = int(seen.read_text(encoding="ascii")) if seen.exists() else 0
        if manifest.version > highest:
            _write_whole(seen, f"{manifest.version}\n")
    except (OSError, ValueError):
        raise Untrusted(f"{seen.name} beside the manifest cannot be read or written") from None
    if manifest.version < highest:
        raise Untrusted(
            f"the manifest has version {manifest.version}, and version {highest} was in force here before"
        )


def _write_whole(path: Path, text: str) -> None:
    """No reader ever finds half of it, whichever thread or process writes."""
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    os.replace(name, path)


def desk_signer() -> DeskSigner:
    """The Desk's two letter keys, from the 0600 file that `watchword init` wrote."""
    ed25519, mldsa44 = _desk_seeds()
    return DeskSigner(
        ed25519=lambda message: primitives.ed25519_sign(ed25519, message),
        mldsa44=lambda message: primitives.mldsa44_sign(mldsa44, message),
    )


def desk_publics() -> tuple[bytes, bytes]:
    """The public halves of the letter keys, Ed25519 then ML-DSA-44, for the manifest."""
    ed25519, mldsa44 = _desk_seeds()
    return primitives.ed25519_public(ed25519), primitives.mldsa44_public(mldsa44)


def _desk_seeds() -> tuple[bytes, bytes]:
    seeds = json.loads(Path(settings.WATCHWORD_DESK_KEY).read_text(encoding="ascii"))
    return bytes.fromhex(seeds["ed25519"]), bytes.fromhex(seeds["mldsa44"])


def fingerprint() -> Fingerprint:
    """The mark of the root keys that this program believes."""
    return of_roots(settings.WATCHWORD_ROOTS, settings.WATCHWORD_ROOTS_NEEDED)
