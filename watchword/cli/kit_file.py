# SPDX-License-Identifier: AGPL-3.0-or-later
"""The offline kit: one file that asks what the Gate asks, seals it without a network, and can send nothing.

It holds the questions in every language, the keys to seal to, our script and our styles. Its own policy names
the one script that may run, by hash, and forbids every connection. The same inputs make the same bytes, so
that two people who build it can compare their files.
"""

import base64
import json
from pathlib import Path
from string import Template

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from watchword import profiles, trust
from watchword.core.procedure.described import described, described_faults
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import QuestionType
from watchword.core.procedure.text import LANGUAGES
from watchword.core.sealing.primitives import sha256
from watchword.trust.manifest import Manifest, Untrusted
from watchword.web.sentences import translated

# No template of ours: a file that is opened from a disk stands apart from all pages, and escapes differently.
SKELETON = Path(__file__).with_name("kit_skeleton.html")
# Who applies is told by this compartment: see intake/rules.py.
ROUTING = "routing"
NAMES = {"en": "English", "uk": "Українська", "ru": "Русский"}


def build_here() -> bytes:
    """The kit of this Gate, from its profile, its manifest and what was built for its pages."""
    manifest, profile = trust.current(), profiles.load(settings.WATCHWORD_PROFILE)
    mark = trust.fingerprint()
    return build(profile, manifest, mark=str(mark), script=_built("kit.js"), style=_built("gate.css"))


def build(profile: Profile, manifest: Manifest, *, mark: str, script: str, style: str) -> bytes:
    """The file. ``mark`` is what people compare with their card; ``script`` and ``style`` go in whole."""
    script = script.replace("</script", "<\\/script")
    allowed = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    page = {
        "title": escape(manifest.title),
        "data": data_of(profile, manifest, mark),
        "script": script,
        "style": style,
        "policy": f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
    }
    return Template(SKELETON.read_text(encoding="utf-8")).substitute(page).encode()


def data_of(profile: Profile, manifest: Manifest, mark: str) -> str:
    """What the script of the kit reads: JSON in which no sign can end the element that holds it."""
    data = json.dumps(_told(profile, manifest, mark), ensure_ascii=False, sort_keys=True)
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _built(name: str) -> str:
    found = find(f"built/{name}")
    if found is None:
        raise Untrusted(f"{name} was not built: run `make build`")
    return Path(found).read_text(encoding="utf-8").strip()


def _told(profile: Profile, manifest: Manifest, mark: str) -> dict[str, object]:
    sections = profile.questionnaire.application
    compartments = {one for section in sections for one in section.compartments} | {ROUTING}
    return {
        "organisation": manifest.organisation,
        "title": manifest.title,
        "mark": mark,
        "profile": profile.name,
        "version": profile.version,
        "recipients": {
            name: [str(one) for one in manifest.recipients(profile.compartments[name].readers)]
            for name in sorted(compartments)
        },
        "languages": {language: _in(profile, language) for language in LANGUAGES},
    }


def _in(profile: Profile, language: str) -> dict[str, object]:
    # Files do not fit into a text that is carried by hand.
    files = QuestionType.FILE
    sections = [
        section
        for section in profile.questionnaire.application
        if any(question.type is not files for question in section.questions)
    ]
    with override(language):
        words = _words() | {"faults": described_faults(translated)}
    return {
        "name": NAMES[language],
        "sections": [described(profile, section, language) for section in sections],
        "words": words,
    }


def _words() -> dict[str, object]:
    return {
        "title": _("Answer here, without a network"),
        "lead": _(
            "Switch this device's network off now. Nothing leaves this page: it seals what you write, and"
            " shows you text that you carry to the site."
        ),
        "optional": _("(may be left empty)"),
        "apart": _(
            "Sealed apart from the rest of this page: “%(label)s”. Who can open this answer: %(readers)s."
        ),
        "more": _("One more entry"),
        "remove": _("Remove: %(entry)s"),
        "seal": _("Seal this and get a receipt"),
        "receipt_title": _("Write it down now. Nobody can give it to you again."),
        "receipt_lead": _(
            "These 30 digits open your answers and your mailbox. Whoever has them can read your letters."
        ),
        "type_receipt": _("Type all the digits from your paper"),
        "compare": _("Compare"),
        "not_the_same": _("This is not what was shown. Look at your paper once more."),
        "sealing": _("It is being sealed in this browser …"),
        "parcel": _("The sealed text"),
        "save": _("Save it as a file"),
        "done_title": _("It is sealed"),
        "done_lead": _(
            "Copy this text or save it, and bring it to the site: there, choose “Bring something sealed"
            " offline”. Only the people who are meant to can open it. Then close this page, so that nobody"
            " reads what you typed."
        ),
    }


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode())).decode()}"
