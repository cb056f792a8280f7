# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes the downloaded ledger apart, also under the Python of Debian 12, whose tarfile knows no filters."""

import io
import tarfile
from pathlib import Path


def unpack(archive: bytes, folder: Path) -> list[str]:
    """Write every file of a tar below ``folder`` and return their names; none may lead out of it."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            target = (folder / member.name).resolve()
            assert target.is_relative_to(folder.resolve()), member.name
            content = tar.extractfile(member)
            assert content is not None, f"{member.name} is no file"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
        return tar.getnames()
