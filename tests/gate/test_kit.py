# SPDX-License-Identifier: AGPL-3.0-or-later
"""The offline kit as a file: what it may do, what it says, and how the Gate hands it out."""

import base64
import hashlib
import re
from dataclasses import replace

from tests.gate.browser import Browser
from tests.intake.harbour import Harbour
from watchword.cli import kit_file
from watchword.gate.views.ways import KIT, NOTE

SCRIPT, STYLE = "document.write('</script>')", "body{color:red}"


def built(harbour: Harbour) -> str:
    made = kit_file.build(harbour.profile, harbour.manifest, mark="01634 49472", script=SCRIPT, style=STYLE)
    return made.decode()


def test_the_kit_may_run_one_script_and_speak_with_nobody(harbour: Harbour) -> None:
    text = built(harbour)
    (policy,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{hashed}';" in policy
    assert not re.search("connect|img|frame|unsafe|self", policy)
    assert text.count("</script") == 2
    assert "http:" not in text
    assert "https:" not in text


def test_no_word_of_an_organisation_ends_the_data_or_the_page(harbour: Harbour) -> None:
    title = "</script><script>alert(1)</script>&amp;<b>"
    text = built(replace(harbour, manifest=replace(harbour.manifest, title=title)))
    assert text.count("<script") == 2
    assert title not in text


def test_the_same_questions_and_keys_make_the_same_bytes(harbour: Harbour) -> None:
    assert built(harbour) == built(harbour)
    assert str(harbour.keys["intake"].recipient) in built(harbour)


def test_the_gate_hands_out_what_officers_signed_and_builds_none(gate: Harbour) -> None:
    assert "offers no kit" in Browser().open("/offline/").text
    assert Browser().open(f"/offline/{KIT}").status == 404
    for name in (KIT, NOTE):
        gate.path.with_name(name).write_text(name, encoding="utf-8")
    page = Browser().open("/offline/")
    assert {f"/offline/{KIT}", f"/offline/{NOTE}"} <= set(page.links)
    answer = Browser().client.get(f"/offline/{KIT}")
    assert (answer.content, answer["Content-Type"]) == (KIT.encode(), "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert Browser().open("/offline/manifest.note").status == 404
