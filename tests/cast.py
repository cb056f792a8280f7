# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dov applies, answers and withdraws; the staff of the small organisation take his case from stage to stage.

Everything goes through the real services: parcels are sealed as the Gate seals them, and letters are opened
with the keys of a real receipt. Everybody here is invented.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.moments import Moment
from tests.organisation import Organisation
from watchword import profiles
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Case, Letter, Outgoing
from watchword.cases.parcels import Parcel, ParcelEntry, ParcelKind
from watchword.core.procedure import Answer, Answers, QuestionType, Section, encode_answers, parted
from watchword.core.procedure.sealed_answers import SealedAnswers
from watchword.core.procedure.sealed_files import encode_head
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.mailbox import open_letter
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.receipt import Receipt, ReceiptKeys
from watchword.intake import envelopes
from watchword.intake.custody import sealed_page
from watchword.intake.services import Call
from watchword.trust import installed
from watchword.trust import letter as letters
from watchword.vetting.models import Evidence
from watchword.vetting.services import add_evidence

PROFILE = profiles.load("legion")
STORY = "I sold bread by the river and was asked to inform on my neighbours."
IDENTITY = {
    "surname": "Береговий",
    "given": "Дов",
    "patronymic": "Ілліч",
    "latin": "Berehovyi Dov",
    "birth_date": "1991-04-17",
    "birth_place": "Північна пристань",
    "citizenships": "Країна, яка нас переслідує",
}
RELATIVES: tuple[Mapping[str, Answer], ...] = (
    {"relation": "parent", "name": "Берегова Марта", "beware": "Думає, що я працюю на кораблі."},
    {"relation": "sibling", "where": "Північна пристань, за рікою"},
)
# What is asked on entering the questionnaire; a case that stands there in a test has it.
ASKED_FIRST = ("service_and_contacts", "motivation", "safety", "chronology", "consents")
PERIODS: tuple[Mapping[str, Answer], ...] = (
    {"when": "2014/2019-22", "did": "work"},
    {"when": "2019-23/..", "where": {"country": "Nowhere"}},
)
FILE = b"%PDF-1.4 invented school certificate " * 200


@dataclass
class Applicant:
    """Somebody at the Gate with a receipt. ``danger`` is the answer to the question about danger now."""

    organisation: Organisation
    danger: str = "no"
    language: str = "uk"
    case: str = ""
    keys: ReceiptKeys = field(init=False)
    replies: int = 0
    calls: int = 0

    def __post_init__(self) -> None:
        self.keys = Receipt.new().keys(installed.current().organisation)
        self.case = self.case or case_of(str(self.keys.mailbox.recipient))

    def apply(self) -> Case:
        """Send everything that must be sent, with one file, and have the courier bring it."""
        sections = [self.section(one) for one in PROFILE.questionnaire.application if one.must_be_sent]
        file = self.entry("evidence", "file:1", encode_head("school.pdf") + FILE)
        parcel = self.parcel("application", self.meta(), *sections, file)
        now = self.organisation.now
        return services.open_case(parcel=parcel, actor=courier_actor(now), now=now)

    def answer(self, text: str, compartment: str = "contact") -> Letter:
        """Write to the Desk, and have the courier bring it."""
        self.replies += 1
        payload = envelopes.fields(text=text, language=self.language, reply_to=0)
        parcel = self.parcel("letter", self.entry(compartment, "answer", payload, self.replies))
        now = self.organisation.now
        return services.receive_letter(parcel=parcel, actor=courier_actor(now), now=now)

    def lodge(self, revision: int = 1, **changed: str) -> Case:
        """Say who they are, once the Desk has asked, and have the courier bring it."""
        section, now = PROFILE.questionnaire.section("identity"), self.organisation.now
        parcel = self.parcel("section", *self.sealed(section, {**IDENTITY, **changed}, revision))
        return services.receive_section(parcel=parcel, actor=courier_actor(now), now=now)

    def answers_what_is_asked(self, *sections: str) -> None:
        """Fill in the pages that a letter has opened, and have the courier bring them."""
        now = self.organisation.now
        for name in sections:
            parcel = self.parcel("section", *self.parts(PROFILE.questionnaire.section(name)))
            services.receive_section(parcel=parcel, actor=courier_actor(now), now=now)

    def confide(self, revision: int = 1) -> Case:
        """Say who could be punished for them, once the Desk has asked, and have the courier bring it."""
        section, now = PROFILE.questionnaire.section("relatives"), self.organisation.now
        parcel = self.parcel("section", *self.parts(section, revision, close=RELATIVES))
        return services.receive_section(parcel=parcel, actor=courier_actor(now), now=now)

    def call(self, about: str, text: str = "", kind: ParcelKind = "alarm") -> Case:
        """Call out for a human to see first, and have the courier bring it."""
        self.calls += 1
        payload = Call(kind, about, text, self.language).payload
        parcel = self.parcel(kind, self.entry("contact", kind, payload, 1000 + self.calls))
        now = self.organisation.now
        return services.receive_call(parcel=parcel, actor=courier_actor(now), now=now)

    def withdraw(self) -> Case:
        """Take everything back."""
        entry = self.entry("routing", "withdrawal", envelopes.fields(language=self.language))
        now = self.organisation.now
        case = services.receive_withdrawal(
            parcel=self.parcel("withdrawal", entry), actor=courier_actor(now), now=now
        )
        assert case is not None, "this applicant has a case"
        return case

    def mailbox(self) -> list[letters.Letter]:
        """Every letter that waits for the courier, opened with the keys of the receipt, oldest first."""
        manifest = installed.current()
        waiting = Outgoing.objects.filter(case=self.case, delivered_at=None).order_by("number")
        return [
            letters.read(open_letter(self.keys, bytes(row.sealed)), manifest, self.case) for row in waiting
        ]

    def meta(self, revision: int = 1, **changed: object) -> ParcelEntry:
        """What intake must know to answer."""
        fields: dict[str, object] = {
            "case": self.case,
            "mailbox": str(self.keys.mailbox.recipient),
            "language": self.language,
            "profile": PROFILE.name,
            "version": PROFILE.version,
            "sections": [],
        }
        return self.entry("routing", "meta", envelopes.fields(**fields | changed), revision)

    def section(self, section: Section, **changed: Answer) -> ParcelEntry:
        """A section that one role reads, with an answer to every question."""
        (entry,) = self.parts(section, 1, **changed)
        return entry

    def parts(self, section: Section, revision: int = 1, **changed: Answer) -> list[ParcelEntry]:
        """A section with an answer to every question, each sealed to those who read it."""
        given: dict[str, Answer] = {one.id: _answer(one.type, one.values) for one in section.questions}
        if section.id == "contact":
            given["danger_now"] = self.danger
        return self.sealed(section, {**given, **changed}, revision)

    def sealed(self, section: Section, answers: Answers, revision: int = 1) -> list[ParcelEntry]:
        """These answers to a section, each sealed to those who read it, or in custody."""
        apart = parted(section, answers)
        if section.seats and PROFILE.custody:
            payloads = {one: self.payload(section, part) for one, part in apart.items()}
            page = sealed_page(PROFILE.custody, case=self.case, revision=revision, payloads=payloads)
            return [ParcelEntry(one, f"section:{section.id}", revision, sealed) for one, sealed in page]
        return [self.part(section, compartment, part, revision) for compartment, part in apart.items()]

    def part(self, section: Section, compartment: str, answers: Answers, revision: int = 1) -> ParcelEntry:
        """These answers to a section, sealed into this compartment, whoever should read them."""
        return self.entry(compartment, f"section:{section.id}", self.payload(section, answers), revision)

    def payload(self, section: Section, answers: Answers) -> bytes:
        """What is sealed of these answers."""
        sealed = SealedAnswers(PROFILE.name, PROFILE.version, section.id, self.language, answers)
        return encode_answers(sealed)

    def entry(self, compartment: str, kind: str, payload: bytes, revision: int = 1) -> ParcelEntry:
        """One piece, sealed as the Gate seals it."""
        sealed = envelopes.sealed(case=self.case, compartment=compartment, revision=revision, payload=payload)
        return ParcelEntry(compartment, kind, revision, sealed)

    def parcel(self, kind: ParcelKind, *entries: ParcelEntry) -> Parcel:
        """One act of sending."""
        return Parcel(random_bytes(16).hex(), self.case, kind, entries)


def _answer(kind: QuestionType, values: tuple[str, ...]) -> Answer:
    if kind is QuestionType.GROUP:
        return PERIODS
    if kind is QuestionType.SEVERAL:
        return (values[-1],)
    return values[-1] if values else STORY


@dataclass(frozen=True)
class Office:
    """The staff at work on one case."""

    organisation: Organisation
    case: str

    def open(self, who: str, compartment: str) -> services.OpenedCompartment:
        return services.open_compartment(
            case_uid=self.case,
            compartment=compartment,
            actor=self.organisation.actor(who),
            purpose="case-work",
            now=self.organisation.now,
        )

    def write(self, who: str, template: str, **filled: str) -> Letter:
        return services.send_letter(
            case_uid=self.case,
            template=template,
            filled=filled,
            actor=self.organisation.actor(who),
            now=self.organisation.now,
        )

    def keep(self, who: str) -> None:
        """``who`` takes the case."""
        actor = self.organisation.actor(who)
        services.assign_keeper(case_uid=self.case, staff_id=actor.id, actor=actor, now=self.organisation.now)

    def ask(self, who: str, colleague: str) -> None:
        """The keeper lets a colleague into the case."""
        services.ask_colleague(
            case_uid=self.case,
            staff_id=self.organisation.staff[colleague].uid,
            actor=self.organisation.actor(who),
            now=self.organisation.now,
        )

    def move(self, who: str, action: str, version: int | None = None) -> Case:
        actor = self.organisation.actor(who)
        seen = Case.objects.get(pk=self.case).version if version is None else version
        return services.move_stage(
            case_uid=self.case,
            action=action,
            actor=actor,
            expected_version=seen,
            now=self.organisation.now,
        )

    def record(self, who: str, kind: str, **changed: str) -> Evidence:
        results = PROFILE.evidence_kind(kind).results
        given = {
            "guideline": "D",
            "source_grade": "B",
            "information_grade": "2",
            "disclosure": "open",
            "bearing": "for",
            "facts": "The baker of the town remembers him.",
            "source": "A call.",
            "favourable": "He named the baker before we asked.",
            "result": results[0].id if results else "",
        }
        return add_evidence(
            case_uid=self.case,
            kind=kind,
            actor=self.organisation.actor(who),
            now=self.organisation.now,
            **{**given, **changed},
        )

    def tie(self, who: str, kind: str = "home-town") -> None:
        services.declare_tie(
            case_uid=self.case, kind=kind, actor=self.organisation.actor(who), now=self.organisation.now
        )

    def standing_in(self, stage: str) -> "Office":
        """Take the case along the straight path as far as ``stage``."""
        for reached, step in PATH.items():
            if stage_of(self.case) == stage:
                break
            if stage_of(self.case) == reached:
                step(self)
        assert stage_of(self.case) == stage
        return self


def stage_of(case: str) -> str:
    return Case.objects.values_list("stage", flat=True).get(pk=case)


def _prescreen(office: Office) -> None:
    office.open("iris", "routing")
    office.write("iris", "countersign")
    office.record("iris", "prescreen")
    office.move("iris", "continue")
    Applicant(office.organisation, case=office.case).answers_what_is_asked(*ASKED_FIRST)


def _checks(office: Office) -> None:
    lodge_identity(office.organisation, office.case)
    office.keep("ada")
    office.open("ada", "story")
    office.record("ada", "check")
    office.record("ada", "check")
    office.record("sofia", "screening")
    office.move("ada", "interview")


def _interviews(office: Office) -> None:
    office.ask("ada", "hugo")
    office.record("ada", "interview")
    office.record("hugo", "interview")
    office.move("ada", "medical")


def _medical(office: Office) -> None:
    office.record("mira", "medical")
    office.move("ada", "polygraph")


def _polygraph(office: Office) -> None:
    office.record("pola", "polygraph")
    office.move("ada", "read")


def _reading(office: Office) -> None:
    office.ask("ada", "lena")
    office.record("lena", "second-reading")
    office.move("ada", "board")


def lodge_identity(organisation: Organisation, case: str, *, revision: int = 1, **answers: str) -> Case:
    """The applicant of this case, by its uid, says who they are; each correction has a higher revision."""
    return Applicant(organisation, case=case).lodge(revision, **answers)


PATH: dict[str, Callable[[Office], object]] = {
    "prescreen": _prescreen,
    "questionnaire": lambda office: office.move("iris", "complete"),
    "checks": _checks,
    "interviews": _interviews,
    "medical": _medical,
    "polygraph": _polygraph,
    "reading": _reading,
}
STAGES = (*PATH, "board")


def case_in(
    organisation: Organisation, stage: str = "prescreen", *, danger: str = "no", language: str = "uk"
) -> tuple[Applicant, Office]:
    """A new applicant whose case stands in ``stage``; taken there once, then put back for later tests."""
    moment = Moment(organisation, (stage, danger, language))
    dov = moment.put_back()
    if dov is not None:
        dov.organisation = organisation
        return dov, Office(organisation, dov.case)
    if stage == STAGES[0]:
        dov = Applicant(organisation, danger, language)
        dov.apply()
        office = Office(organisation, dov.case)
    else:
        before = STAGES[STAGES.index(stage) - 1]
        dov, office = case_in(organisation, before, danger=danger, language=language)
    office.standing_in(stage)
    moment.keep(dov)
    return dov, office


__all__ = ["FILE", "PROFILE", "STORY", "Applicant", "Office", "case_in", "stage_of"]
