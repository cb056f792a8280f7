# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thousand hostile inputs: each is answered, nothing is executed, and what was sealed before stays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from urllib.parse import quote

import pytest

from tests.gate.applicant import Dov
from tests.gate.browser import Form
from tests.intake.harbour import Harbour
from watchword.gate import budget
from watchword.gate.budget import Budget
from watchword.intake.models import Delivery, Mailbox, SealedEntry

MARK = "<script>kapkan()</script>"
HOSTILE: tuple[bytes, ...] = (
    b"",
    b"\0",
    b"kapkan\0\0after",
    MARK.encode(),
    b"\"'><img src=x onerror=kapkan()>" + MARK.encode(),
    b"javascript:kapkan()",
    b"\xff\xfe\xfa",
    b"\xc3\x28\xa0\xa1",
    b"\xed\xa0\x80",
    "Иванов".encode("cp1251"),
    "Иванов".encode("utf-16"),
    "\u202e\u2066moc.evil\u2069\u202c".encode(),
    "\u200b\u200d\ufeff\u2028\u2029".encode(),
    "e\u0301\u0302\u0303\u0304\u0305".encode() * 400,
    "\U0001f9e8\U000e0041".encode(),
    b"A" * 60_000,
    b"9" * 30,
    b"9" * 5_000,
    b"-1",
    b"NaN",
    b"1e309",
    b"0x7fffffff",
    "٣٤٥".encode(),
    b"2026-02-31",
    b"0000-00-00",
    b"\r\nSet-Cookie: kapkan=1\r\n\r\n",
    b"../../../../etc/passwd",
    b"' OR 1=1; DROP TABLE intake_mailbox; --",
    b"{{ settings.SECRET_KEY }}{% debug %}",
    b"${7*7}#{7*7}",
    b"%s%n%(x)s%%",
    b"[]",
    b'{"__proto__": {"kapkan": 1}}',
    b"watchword parcel 1\nend of parcel",
    b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----",
)
RAW: tuple[tuple[str, bytes], ...] = (
    ("application/json", b"{"),
    ("application/json", b"[" * 3_000),
    ("application/json", b'{"kind": {}, "compartment": [], "size": -1, "pieces": 1e400}'),
    ("application/json", b'"\\ud800"'),
    ("application/octet-stream", b"age-encryption.org/v1\n-> X25519 \n---"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a'),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+ADw-script+AD4-=+ADw-"),
    ("text/plain; charset=no-such-thing", b"kapkan"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1_200))),
)
PAGES = (
    "/mailbox/sign-in/",
    "/mailbox/",
    "/mailbox/correct/",
    "/mailbox/calls/1/",
    "/mailbox/second/",
    "/withdraw/",
    "/genuine/card/",
    "/offline/",
    "/files/",
    "/application/part/story/",
    "/application/send/",
    "/contact/",
)
BARE = (
    "/sealed/",
    "/sealed/0/",
    "/sealed/00000000000000000000000000000000/finish/",
    "/sealed/x/0/",
    "/browser/begin/",
    "/browser/sign-in/",
    "/browser/lock/",
    "/browser/written/",
    "/browser/post/",
    "/language/xx/",
    "/leave/",
)
FORM = "application/x-www-form-urlencoded"
ENOUGH = 1_000


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is made to wait: every input shall reach what reads it."""
    for name in ("forms", "cards"):
        monkeypatch.setattr(budget, name, Budget(10**6, 0))


def test_a_thousand_hostile_inputs(dov: Dov, gate: Harbour, unhurried: None) -> None:
    dov.begins().answers_everything()
    stranger = Dov()
    kept = state()
    tokens, answers = {True: token_of(dov), False: token_of(stranger)}, Counter[int]()
    for number, (address, body, kind) in enumerate(islice(inputs(dov, stranger), ENOUGH)):
        visitor = stranger if number % 3 == 0 else dov
        if number % 50 < 2:
            tokens[visitor is dov] = token_of(visitor)
        token = tokens[visitor is dov]
        sent = body + b"&csrfmiddlewaretoken=" + token.encode() if kind == FORM else body
        # Not ``post``, which would read the kind of content itself.
        response = visitor.browser.client.generic(
            "POST", address, sent, content_type=kind, headers={"X-CSRFToken": token}
        )
        answers[response.status_code] += 1
        what = (address, kind, body[:80], response.status_code)
        assert response.status_code < 500, what
        assert MARK.encode() not in getattr(response, "content", b""), what
        assert "kapkan" not in response.cookies, what
    # Hardly any was turned away at the door, for want of a token: the rest was read.
    assert answers.total() == ENOUGH
    assert answers[403] < ENOUGH // 5
    assert kept <= state()
    assert Mailbox.objects.filter(withdrawn=True).count() == Delivery.objects.count() == 0


def inputs(dov: Dov, stranger: Dov) -> Iterator[tuple[str, bytes, str]]:
    """Each form with one control at a time spoilt, and each address of scripts with what is no form."""
    spoilt = [
        (form, name)
        for visitor in (dov, stranger)
        for address in PAGES
        for form in visitor.browser.open(address).forms
        for name in form.fields
        if form.action not in {"/leave/", "/receipt/again/"} and name != "csrfmiddlewaretoken"
    ]
    forms, bare = cycle(spoilt), cycle((*BARE, *PAGES))
    for hostile, (kind, raw) in zip(cycle(HOSTILE), cycle(RAW), strict=False):
        yield next(bare), raw, kind
        for _ in range(4):
            form, name = next(forms)
            yield form.action, encoded(form, name, hostile), FORM


def encoded(form: Form, spoilt: str, value: bytes) -> bytes:
    """The form as a browser would send it, with these bytes in one of its controls."""
    fields: dict[str, Sequence[str | bytes]] = {**form.fields, spoilt: [value]}
    return "&".join(
        f"{quote(name)}={quote(item)}"
        for name, items in fields.items()
        for item in items
        if name != "csrfmiddlewaretoken"
    ).encode()


def token_of(visitor: Dov) -> str:
    """The token of a form that this visitor is shown."""
    form = visitor.browser.open("/offline/").form_with("csrfmiddlewaretoken")
    return form.fields["csrfmiddlewaretoken"][0]


def state() -> set[str]:
    """What is sealed at the Gate, and whose it is."""
    return set(SealedEntry.objects.values_list("uid", flat=True)) | set(
        Mailbox.objects.values_list("uid", flat=True)
    )
