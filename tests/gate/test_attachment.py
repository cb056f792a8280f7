# SPDX-License-Identifier: AGPL-3.0-or-later
"""One file: sealed as it arrives, and nothing of it anywhere else."""

import io
import tempfile
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError

from tests import clock
from tests.gate.applicant import Dov
from tests.gate.desk import fetch
from tests.intake.harbour import Harbour
from watchword.intake import services
from watchword.intake.models import SealedChunk, SealedEntry

PDF = b"%PDF-1.7 " + bytes(range(256)) * 40_000  # some 10 MB


@pytest.fixture
def begun(dov: Dov) -> Dov:
    return dov.begins()


def upload(dov: Dov, content: bytes, name: str = "card.pdf", field: str = "file") -> int:
    """Send a file from the page of the file; the status of the answer."""
    token = (
        dov.browser.open("/application/attachment/")
        .form_to("/application/attachment/")
        .fields["csrfmiddlewaretoken"]
    )
    file = SimpleUploadedFile(name, content)
    answer = dov.browser.client.post("/application/attachment/", {"csrfmiddlewaretoken": token, field: file})
    if answer.status_code == 422:
        dov.browser.arrive(answer, "/application/attachment/")
    return answer.status_code


def stored() -> tuple[int, int]:
    kinds = SealedEntry.objects.filter(kind__startswith="attachment")
    return kinds.count(), SealedChunk.objects.filter(entry__in=kinds).count()


def test_a_large_filearrives_whole_and_its_name_is_sealed(begun: Dov, gate: Harbour) -> None:
    assert upload(begun, PDF, "Військовий квиток.pdf") == 302
    begun.answers_everything().sends()
    [(_, entries)] = fetch(gate)
    read = {entry.kind: entry for entry in entries}
    assert read["attachment"].payload == PDF
    assert read["attachment-name"].fields == {"name": "Військовий квиток.pdf"}
    assert {read["attachment"].compartment, read["attachment-name"].compartment} == {"evidence"}


def test_no_temporary_file_is_made_however_large_it_is(
    begun: Dov, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError):
        tempfile.TemporaryFile()  # noqa: SIM115 - the trap must work
    assert upload(begun, PDF) == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ\x90\x00 a program", "not a PDF, JPEG or PNG"), (b"", "not a PDF"), (b"%P", "not a PDF")],
)
def test_another_kind_of_file_is_refused_in_words_and_leaves_nothing(
    begun: Dov, content: bytes, words: str
) -> None:
    assert upload(begun, content) == 422
    assert words in begun.page.text
    assert stored() == (0, 0)


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(begun: Dov) -> None:
    assert upload(begun, b"%PDF-" + bytes(20_000_001)) == 422
    assert "too large" in begun.page.text
    assert "20 MB" in begun.page.text
    assert stored() == (0, 0)


def test_sending_no_file_says_so(begun: Dov) -> None:
    form = begun.browser.open("/application/attachment/").form_to("/application/attachment/")
    answer = begun.browser.client.post(
        "/application/attachment/", {"csrfmiddlewaretoken": form.fields["csrfmiddlewaretoken"]}
    )
    assert answer.status_code == 422


def test_a_file_in_another_field_is_not_taken(begun: Dov) -> None:
    assert upload(begun, PDF[:1000], field="other") == 422
    assert stored() == (0, 0)


def test_a_forged_form_leaves_nothing(begun: Dov) -> None:
    answer = begun.browser.client.post(
        "/application/attachment/",
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
    page = begun.browser.open("/application/attachment/")
    whole = body(page.form_to("/application/attachment/").fields["csrfmiddlewaretoken"][0], PDF)
    stream = CutLine(whole) if broken == "the line breaks" else io.BytesIO(whole[:3_000_000])
    told = {"wsgi.input": stream, "CONTENT_LENGTH": str(len(whole))}
    kind = "multipart/form-data; boundary=b"
    answer = begun.browser.client.generic("POST", "/application/attachment/", b"x", kind, **told)  # type: ignore[arg-type]  # headers by name
    assert answer.status_code in {400, 403, 422}
    assert stored() == (0, 0)


def test_a_second_file_replaces_the_first(begun: Dov, gate: Harbour) -> None:
    upload(begun, PDF[:1000], "first.pdf")
    upload(begun, b"\x89PNG\r\n\x1a\n" + bytes(500), "second.png")
    begun.answers_everything().sends()
    [(_, entries)] = fetch(gate)
    read = [(entry.kind, entry.payload) for entry in entries if entry.kind.startswith("attachment")]
    assert len(read) == 2
    assert ("attachment-name", b'{"name":"second.png"}') in read


def test_of_two_uploads_at_once_the_later_one_counts_and_the_other_is_told(begun: Dov) -> None:
    """The other tab sends its file while this one is in the middle of its own."""
    visit = services.resume(bytes.fromhex(begun.browser.client.cookies["visit"].value), clock.now())
    assert visit is not None
    other_tab = iter([partial(services.IncomingFile, visit=visit, compartment="evidence", name="other.pdf")])

    class TwoTabs(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 2_000_000:
                for sends in other_tab:
                    sends()
            return super().read(size)

    page = begun.browser.open("/application/attachment/")
    whole = body(page.form_to("/application/attachment/").fields["csrfmiddlewaretoken"][0], PDF)
    told = {"wsgi.input": TwoTabs(whole), "CONTENT_LENGTH": str(len(whole))}
    kind = "multipart/form-data; boundary=b"
    answer = begun.browser.client.generic("POST", "/application/attachment/", b"x", kind, **told)  # type: ignore[arg-type]  # headers by name
    assert answer.status_code == 422
    assert "Send it again" in answer.content.decode()


def test_kind_and_size_are_said_before_anything_is_chosen(begun: Dov) -> None:
    assert "One file: PDF, JPEG or PNG, at most 20 MB." in begun.browser.open("/application/attachment/").text
