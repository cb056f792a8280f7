# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the script of our pages says and asks, in the reader's language: it has no words of its own."""

from django.utils.translation import gettext as _

from watchword.core.procedure.described import described, described_faults
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Section
from watchword.gate import way as ways
from watchword.gate.post import purposes
from watchword.intake import envelopes
from watchword.web.sentences import translated


def spoken() -> dict[str, object]:
    """The sentences of the script; % stands for what it fills in."""
    return {
        "again": _("Please look at this again"),
        "here": _("%: you are here"),
        "until": _("until %"),
        "done": _("done"),
        "sealing": _("It is being sealed in this browser …"),
        "deriving": _("Your receipt is being worked out in this browser: %"),
        "faults": described_faults(translated) | _faults_of_receipts(),
    }


def part(profile: Profile, name: str, language: str) -> dict[str, object]:
    """How one section is asked and to whom it is sealed. Raises NotFound."""
    section = profile.questionnaire.section(name)
    kept = profile.compartment(section.compartment).custody
    return {
        "section": described(profile, section, language),
        "recipients": [] if kept else [str(reader) for reader in envelopes.readers(section.compartment)],
        "custody": _custody(profile, section),
        "next": _after(profile, name),
    }


def _custody(profile: Profile, section: Section) -> dict[str, object] | None:
    """What the browser must know to put a page into custody; None when nothing of it is."""
    if not section.seats or profile.custody is None:
        return None
    kept = [one for one in section.compartments if profile.compartment(one).custody]
    return {"compartments": kept, "needed": profile.custody.needed, "seats": list(section.seats)}


def log(profile: Profile, language: str) -> dict[str, object]:
    """The words of the owner's log of access."""
    return {
        "compartments": {one.id: one.title.in_language(language) for one in profile.compartments.values()},
        "purposes": purposes(profile, language),
        "told": _("Times: %(times)s. The last one: %(day)s"),
    }


def way(profile: Profile, language: str) -> dict[str, object]:
    """The stages as an applicant knows them, and the parts that may be asked for."""
    return {
        "straight": [stage.id for stage in ways.straight_way(profile)],
        "stages": {
            stage.id: {
                "title": stage.applicant_title.in_language(language),
                "hint": stage.applicant_hint.in_language(language),
                "replies_to": stage.replies_to,
                "days": stage.clock_days,
            }
            for stage in profile.stages
        },
        "later": {section.id: section.title.in_language(language) for section in profile.questionnaire.later},
        "first": profile.first_stage.id,
    }


def _after(profile: Profile, name: str) -> str:
    """The page that follows a section."""
    if name == profile.questionnaire.contact.id:
        return "/receipt/"
    asked_later = {section.id for section in profile.questionnaire.later}
    return "/mailbox/" if name in asked_later else "/application/"


def _faults_of_receipts() -> dict[str, str]:
    return {
        "receipt_long": _("This is too long to be a receipt."),
        "receipt_signs": _("A receipt is written with digits only."),
        "receipt_count": _("A receipt has %(wanted)s digits; these are %(given)s."),
        "receipt_check": _("These digits do not fit together: one of them is mistyped, or two are swapped."),
        "group": _("This is not what was shown. Look at your paper once more."),
    }
