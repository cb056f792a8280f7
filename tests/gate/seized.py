# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate with its own settings and files, in a process of its own: Dov applies, and its disk is copied.

Started by test_seizure.py as ``python -m tests.gate.seized DIRECTORY``. Prints the receipt's digits, and a
piece of each sealed entry that the Desk collected at last.
"""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.cli import serve

if TYPE_CHECKING:
    from tests.gate.applicant import Dov

# No word of these may be found again. Some are long enough to fill several chunks and pages of a database.
CANARY = "zvonkyj-kanarok"
CYRILLIC = "дзвінкий-канарок"
FILE_NAME = f"{CANARY}-{CYRILLIC}.pdf"
FILE = b"%PDF-1.7\n" + f"{CANARY} {CYRILLIC} ".encode() * 40_000


def main(directory: Path) -> None:
    serve.prepare("gate", directory)
    serve.refuse_unsafe_start("127.0.0.1")
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.gate.applicant import Dov

    dov = Dov()
    words = f"{CANARY} {CYRILLIC}"
    dov.begins().answers_everything(words)
    form = dov.browser.open("/files/").form_to("/files/?into=1")
    file = SimpleUploadedFile(FILE_NAME, FILE)
    taken = dov.browser.client.post(form.action, {**form.fields, "file": file})
    assert taken.status_code == 302, taken.status_code
    shutil.copytree(directory, directory.parent / "as-a-draft")
    dov.sends()
    says_who(dov, directory, words)
    # What was typed wrongly, or too late, or where it does not belong, must not stay either.
    dov.browser.open("/mailbox/sign-in/?secret=" + CANARY)
    dov.browser.open(f"/application/part/{CANARY}/")
    dov.browser.client.post("/application/part/prescreen/", {"country": words})
    shutil.copytree(directory, directory.parent / "as-sent")
    samples = collected()
    shutil.copytree(directory, directory.parent / "as-collected")
    sys.stdout.write(" ".join(["".join(dov.paper), *samples]))


def says_who(dov: "Dov", directory: Path, words: str) -> None:
    """The Desk asks, and Dov answers on the page that its letter opens."""
    from tests.gate.desk import write
    from tests.gate.test_asked import ASKING, PAGE, WHO
    from tests.intake.harbour import found

    write(found(directory / "manifest.note"), **ASKING)
    form = dov.browser.open(PAGE).form_with("surname")
    answer = dov.browser.send(form, **{**WHO, "surname": words, "other_names": words})
    assert "It is sealed and waits for the Desk." in answer.text


def collected() -> list[str]:
    """Have the Desk fetch and acknowledge everything; a piece of each sealed entry, in hex."""
    from datetime import UTC, datetime

    from watchword.intake import selectors, services

    parcels = services.ready_parcels()
    sealed = [b"".join(selectors.entry_chunks(entry.uid)) for parcel in parcels for entry in parcel.entries]
    services.acknowledge(uids=[parcel.uid for parcel in parcels], today=datetime.now(UTC).date())
    return [data[-40:-8].hex() for data in sealed]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
