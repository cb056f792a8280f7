# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file on a bad line, in a real browser: it goes on where it was cut, and the other one is called off."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Route, expect

from tests.journeys.gate_pages import Applicant

FILE = b"%PDF-1.7\n" + bytes(range(251)) * 16_000  # 4 MB, four pieces
PIECES = "**/sealed/*/*/"


def chosen(name: str) -> FilePayload:
    return FilePayload(name=name, mimeType="application/pdf", buffer=FILE)


def test_an_upload_goes_on_after_a_broken_line_and_a_reload_and_can_be_called_off(
    applicant: Callable[..., Applicant],
) -> None:
    dov = applicant("en", options={"java_script_enabled": True})
    dov.begins()
    dov.goes_to("files/")
    page, sent = dov.page, list[str]()

    def breaks(route: Route) -> None:
        sent.append(route.request.url)
        route.abort() if len(sent) > 2 else route.continue_()

    page.route(PIECES, breaks)
    page.set_input_files("#id_file", files=[chosen("certificate.pdf")])
    with page.expect_event("requestfailed"):
        page.locator("form[data-kind] button").click()
    page.unroute(PIECES)
    page.reload()
    expect(page.locator("[data-notice]")).to_be_visible()
    sent.clear()
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    page.set_input_files("#id_file", files=[chosen("certificate.pdf")])
    page.locator("form[data-kind] button").click()
    expect(page.locator(".task")).to_have_count(1)
    # The script has gone to the page anew, where it must listen again.
    page.wait_for_load_state()
    assert [address.rsplit("/", 2)[1] for address in sent] == ["2", "3"]

    page.route(PIECES, lambda route: route.abort())
    page.set_input_files("#id_file", files=[chosen("other.pdf")])
    page.locator("form[data-kind] button").click()
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as deleted:
        page.locator("progress + .buttons button").click()
    assert deleted.value.status == 204
    page.reload()
    expect(page.locator(".task")).to_have_count(1)
    expect(page.locator("[data-notice]")).to_have_count(0)
