# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files: sealed as they arrive, and nothing of them anywhere else."""

import io
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError

from tests import clock
from tests.gate.applicant import Dov
from tests.gate.desk import collect, fetch, write
from tests.gate.sealing import Script
from tests.intake.draft import file_place
from tests.intake.harbour import Harbour
from watchword.intake import envelopes, rules, services
from watchword.intake.models import SealedChunk, SealedEntry
from watchword.intake.services import room

PDF = b"%PDF-1.7 " + bytes(range(256)) * 40_000  # some 10 MB


@pytest.fixture
def begun(dov: Dov) -> Dov:
    return dov.begins()


def upload(dov: Dov, content: bytes, name: str = "card.pdf", field: str = "file") -> int:
    """Send a file from the page of the file; the status of the answer."""
    page = dov.browser.open("/files/")
    form = next(form for form in page.forms if "/files/?into=" in form.action)
    file = SimpleUploadedFile(name, content)
    answer = dov.browser.client.post(form.action, {**form.fields, field: file})
    if answer.status_code == 422:
        dov.browser.arrive(answer, form.action)
    return answer.status_code


def stored() -> tuple[int, int]:
    kinds = SealedEntry.objects.filter(kind__startswith="file:", mailbox__isnull=False)
    return kinds.count(), SealedChunk.objects.filter(entry__in=kinds).count()


def test_a_large_file_arrives_whole_and_its_name_is_sealed(begun: Dov, gate: Harbour) -> None:
    assert upload(begun, PDF, "Військовий квиток.pdf") == 302
    begun.answers_everything().sends()
    [(_, entries)] = fetch(gate)
    read = {entry.kind: entry for entry in entries}
    assert read["file:1"].payload == '{"name":"Військовий квиток.pdf"}\n'.encode() + PDF
    assert read["file:1"].compartment == "evidence"


def test_no_temporary_file_is_made_however_large_it_is(
    begun: Dov, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError):
        tempfile.TemporaryFile()  # noqa: SIM115 - the trap must work
    assert upload(begun, PDF) == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 a program", "not a file of a kind"),
        (b"", "not a file of a kind"),
        (b"%P", "not a file of a kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "PDF, JPG, PNG"),
    ],
)
def test_another_kind_of_file_is_refused_in_words_and_leaves_nothing(
    begun: Dov, content: bytes, words: str
) -> None:
    assert upload(begun, content) == 422
    assert words in begun.page.text
    assert stored() == (0, 0)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation that takes two files of at most three megabytes."""
    profile = replace(envelopes.profile(), attachments=2, attachment_limit=3_000_000)
    monkeypatch.setattr(envelopes, "profile", lambda: profile)


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(begun: Dov, small: None) -> None:
    assert upload(begun, b"%PDF-" + bytes(3_000_001)) == 422
    assert "too large" in begun.page.text
    assert "3 MB" in begun.page.text
    assert stored() == (0, 0)


def test_there_are_as_many_files_as_the_organisation_says_and_no_more(begun: Dov, small: None) -> None:
    for _ in range(2):
        assert upload(begun, PDF[:1000]) == 302
    page = begun.browser.open("/files/")
    assert "No more files fit here" in page.text
    assert not [form for form in page.forms if "file" in form.fields]
    token = page.form_with("remove").fields["csrfmiddlewaretoken"]
    sent = {"csrfmiddlewaretoken": token, "file": SimpleUploadedFile("three.pdf", PDF[:1000])}
    assert begun.browser.client.post("/files/", sent).status_code == 422
    assert begun.browser.client.post("/files/?into=3", sent).status_code == 422
    assert stored()[0] == 2


def test_files_are_listed_replaced_and_removed_before_anything_is_sent(begun: Dov, gate: Harbour) -> None:
    for name in ("first.pdf", "second.pdf", "third.pdf"):
        upload(begun, PDF[:1000], name)
    page = begun.browser.open("/files/?into=2")
    form = next(form for form in page.forms if form.action == "/files/?into=2")
    newer = SimpleUploadedFile("newer.png", b"\x89PNG\r\n\x1a\n" + bytes(500))
    begun.browser.client.post(form.action, {**form.fields, "file": newer})
    first = begun.browser.open("/files/").form_with("remove")
    assert "File 1, about" in begun.page.text
    assert "first" not in begun.page.html
    assert "File 1, about" not in begun.browser.send(first).text
    begun.answers_everything().sends()
    [(_, entries)] = fetch(gate)
    names = {x.kind: x.payload.partition(b"\n")[0] for x in entries if x.kind.startswith("file")}
    assert names == {"file:2": b'{"name":"newer.png"}', "file:3": b'{"name":"third.pdf"}'}


def test_sending_no_file_says_so(begun: Dov) -> None:
    form = begun.browser.open("/files/").form_to("/files/?into=1")
    answer = begun.browser.client.post(form.action, form.fields)
    assert answer.status_code == 422


def test_a_file_in_another_field_is_not_taken(begun: Dov) -> None:
    assert upload(begun, PDF[:1000], field="other") == 422
    assert stored() == (0, 0)


def test_a_forged_form_leaves_nothing(begun: Dov) -> None:
    answer = begun.browser.client.post(
        "/files/",
        {"csrfmiddlewaretoken": "x" * 64, "file": SimpleUploadedFile("a.pdf", PDF)},
    )
    assert answer.status_code == 403
    assert stored() == (0, 0)


class CutLine(io.BytesIO):
    """A connection that breaks in the middle of a file."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 2_000_000:
            raise UnreadablePostError("the line is cut")
        return super().read(min(size or -1, 65_536) if size and size > 0 else 65_536)


def body(token: str, content: bytes) -> bytes:
    field = (
        b'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        + token.encode()
        + b"\r\n"
    )
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    return field + head + content + b"\r\n--b--\r\n"


@pytest.mark.parametrize("broken", ["the line breaks", "the body just ends"])
def test_an_upload_that_is_cut_leaves_nothing(begun: Dov, broken: str) -> None:
    page = begun.browser.open("/files/")
    whole = body(page.form_to("/files/?into=1").fields["csrfmiddlewaretoken"][0], PDF)
    stream = CutLine(whole) if broken == "the line breaks" else io.BytesIO(whole[:3_000_000])
    told: dict[str, Any] = {"wsgi.input": stream, "CONTENT_LENGTH": str(len(whole))}
    kind = "multipart/form-data; boundary=b"
    answer = begun.browser.client.generic("POST", "/files/", b"x", kind, **told)
    assert answer.status_code in {400, 403, 422}
    assert stored() == (0, 0)


def test_of_two_uploads_at_once_the_later_one_counts_and_the_other_is_told(begun: Dov) -> None:
    """The other tab sends its file while this one is in the middle of its own."""
    visit = services.resume(bytes.fromhex(begun.browser.client.cookies["visit"].value), clock.now())
    assert visit is not None
    other = partial(
        services.IncomingFile, visit=visit, place=file_place(), name="other.pdf", today=clock.TODAY
    )
    other_tab = iter([other])

    class TwoTabs(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 2_000_000:
                for sends in other_tab:
                    sends()
            return super().read(size)

    page = begun.browser.open("/files/")
    whole = body(page.form_to("/files/?into=1").fields["csrfmiddlewaretoken"][0], PDF)
    told: dict[str, Any] = {"wsgi.input": TwoTabs(whole), "CONTENT_LENGTH": str(len(whole))}
    kind = "multipart/form-data; boundary=b"
    answer = begun.browser.client.generic("POST", "/files/", b"x", kind, **told)
    assert answer.status_code == 422
    assert "Send it again" in answer.content.decode()


def test_kind_and_size_are_said_before_anything_is_chosen(begun: Dov) -> None:
    text = begun.browser.open("/files/").text
    assert "At most 5 files, each of at most 500 MB." in text
    assert "PDF, JPG, PNG" in text


def test_a_letter_takes_files_along_once_the_desk_has_written(begun: Dov, gate: Harbour) -> None:
    begun.answers_everything().sends()
    collect(gate)
    begun.browser.open("/files/")
    assert begun.page.status == 404
    write(gate)
    begun.browser.open("/mailbox/")
    assert "Add files or a voice message" in begun.page.text
    upload(begun, PDF[:1000], "asked.pdf")
    assert "1 file is sealed and goes with your letter" in begun.browser.open("/mailbox/").text
    begun.browser.send(begun.page.form_with("text"), text="Here it is.")
    [(parcel, entries)] = collect(gate)
    assert parcel.kind == "letter"
    assert {entry.kind for entry in entries} == {"answer", "file:1"}
    assert [x.payload for x in entries if x.kind == "file:1"] == [b'{"name":"asked.pdf"}\n' + PDF[:1000]]
    assert {entry.compartment for entry in entries} == {gate.profile.first_stage.replies_to}
    assert "Add files" in begun.browser.open("/mailbox/").text


def test_files_of_a_letter_that_was_never_sent_go_after_some_days(begun: Dov, gate: Harbour) -> None:
    begun.answers_everything().sends()
    write(gate)
    upload(begun, PDF[:1000])
    services.purge(today=clock.TODAY + timedelta(days=rules.UPLOAD_DAYS))
    assert stored()[0] == 1
    services.purge(today=clock.TODAY + timedelta(days=rules.UPLOAD_DAYS + 1))
    assert stored() == (0, 0)


def test_a_disk_that_is_nearly_full_takes_answers_and_no_files(
    begun: Dov, gate: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "RESERVE", 2**70)
    assert upload(begun, PDF[:1000]) == 422
    assert "no room for files here today" in begun.page.text
    assert Script(begun).begins().status_code == 409
    assert stored() == (0, 0)
    begun.answers_everything().sends()
    assert len(fetch(gate)) == 1
