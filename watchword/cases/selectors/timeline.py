# SPDX-License-Identifier: AGPL-3.0-or-later
"""The story of a case in sentences: what was done, when and by whom, never what was said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.rules import TASKS
from watchword.cases.selectors.looks import LastLook
from watchword.core.procedure import Profile
from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.quotas import REASONS
from watchword.core.refusals import NotFound, Sentence, sentence
from watchword.journal.events import Event
from watchword.journal.selectors import Moment
from watchword.vault.rules import UNREAD

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class TimelineRow:
    """One thing that happened.

    ``new``: since this person last looked. ``code``: the same person's other case, if it happened there.
    """

    at: datetime
    what: Sentence
    who: str
    new: bool = False
    code: str = ""


@dataclass(frozen=True)
class Openings:
    """How often a compartment was opened, and by whom."""

    times: int
    people: tuple[str, ...]


def timeline_rows(
    moments: Iterable[Moment], profile: Profile, look: LastLook, codes: Mapping[str, str]
) -> list[TimelineRow]:
    """The timeline, newest first. What one person opened again on the same day is one line."""
    # That two cases were joined is recorded in both; told together, once is enough.
    moments = [one for one in moments if _is_told(one) and not (one.case in codes and one.event in _JOINS)]
    staff = names(_people(moments))
    rows: dict[object, TimelineRow] = {}
    for number, moment in enumerate(moments):
        code = codes.get(moment.case or "", "")
        words = _WORDS[moment.event](moment.payload, profile, staff)
        compared = moment.payload.get("purpose") == rules.COMPARING
        same_day = (moment.case, moment.actor, moment.at.date(), moment.payload.get("compartment"), compared)
        key = same_day if moment.event is Event.COMPARTMENT_OPEN else number
        rows.setdefault(key, TimelineRow(moment.at, words, _who(moment, staff), look.is_new(moment), code))
    return list(rows.values())[::-1]


def told_of(moment: Moment, profile: Profile) -> Sentence:
    """One opening in the words of the timeline."""
    return _WORDS[moment.event](moment.payload, profile, {})


def openings(moments: Iterable[Moment]) -> dict[str, Openings]:
    """For each compartment, its openings; pieces opened by one person within a minute count as one.

    What was only compared was read by nobody: it would look as if somebody had seen to the case already.
    """
    acts: dict[str, dict[tuple[str, datetime], None]] = {}
    for moment in moments:
        read = moment.payload.get("purpose") not in UNREAD
        if moment.event in _OPENINGS and read:
            acts.setdefault(str(moment.payload["compartment"]), {})[moment.actor, moment.at] = None
    staff = names({actor for opened in acts.values() for actor, _ in opened})
    return {
        compartment: Openings(len(opened), tuple(dict.fromkeys(staff.get(actor, "") for actor, _ in opened)))
        for compartment, opened in acts.items()
    }


def _is_told(moment: Moment) -> bool:
    """Of what the courier brought, that which has no other entry with words of its own."""
    if moment.event is Event.SUBMIT_PULL:
        return moment.payload.get("kind") in _PULLED
    return moment.event in _WORDS


def _who(moment: Moment, staff: Mapping[str, str]) -> str:
    """Nobody where a program carried in what the applicant sent, nor where the words name the person."""
    if moment.event in _BROUGHT or moment.payload.get("keeper") == moment.actor:
        return ""
    return staff.get(moment.actor, "")


def _people(moments: list[Moment]) -> set[str]:
    named = {
        str(moment.payload[key])
        for moment in moments
        for key in ("keeper", "colleague", "staff")
        if key in moment.payload
    }
    return named | {moment.actor for moment in moments}


def _stage(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    return sentence(
        "Stage: %(stage)s", stage=_title(lambda: profile.stage(payload["to"]).title, payload["to"])
    )


def _version(payload: Payload, _: Profile, __: Mapping[str, str]) -> Sentence:
    return sentence(
        "Taken over to version %(version)s of the procedure, from version %(before)s",
        version=payload["to"],
        before=payload["from"],
    )


def _keeper(payload: Payload, _: Profile, staff: Mapping[str, str]) -> Sentence:
    if "colleague" in payload:
        return sentence("Colleague asked: %(name)s", name=staff.get(payload["colleague"], ""))
    return sentence("Keeper: %(name)s", name=staff.get(payload["keeper"], ""))


def _opened(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    name = payload["compartment"]
    title = _title(lambda: profile.compartment(name).title, name)
    if payload["purpose"] == rules.COMPARING:
        return sentence("Compared with other applications: %(compartment)s", compartment=title)
    if name == REASONS:
        return sentence("Read why the case was opened beyond what is usual in a day")
    if name in SEATS:
        return sentence("Opened a share of what is in custody: %(seat)s", seat=title)
    return sentence("Opened: %(compartment)s", compartment=title)


def _released(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    name = payload["compartment"]
    title = _title(lambda: profile.compartment(name).title, name)
    if payload["purpose"] in UNREAD:
        return sentence("Opened by a program, and read by nobody: %(compartment)s", compartment=title)
    return sentence("Opened, as custodians released it: %(compartment)s", compartment=title)


def _sent(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    name = payload["kind"]
    return sentence("Letter sent: %(letter)s", letter=_title(lambda: profile.letter(name).title, name))


def _evidence(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    name = payload["kind"]
    return sentence(
        "Evidence recorded: %(kind)s", kind=_title(lambda: profile.evidence_kind(name).title, name)
    )


def _joined(payload: Payload, _: Profile, __: Mapping[str, str]) -> Sentence:
    other = payload["with"]
    if payload["parting"]:
        return sentence("Parted from %(code)s", code=other)
    return sentence("Joined with %(code)s: the same person", code=other)


def _joining_proposed(payload: Payload, _: Profile, __: Mapping[str, str]) -> Sentence:
    other = payload["with"]
    if payload["parting"]:
        return sentence("Proposed to part this from %(code)s", code=other)
    return sentence("Proposed as the same person as %(code)s", code=other)


def _offered(payload: Payload, _: Profile, staff: Mapping[str, str]) -> Sentence:
    return sentence("Offered to %(name)s", name=staff.get(payload["staff"], ""))


def _offer_ended(payload: Payload, _: Profile, staff: Mapping[str, str]) -> Sentence:
    name = staff.get(payload["staff"], "")
    if payload["outcome"] == "declined":
        return sentence(
            "Declined to take the case over: %(reason)s", reason=rules.DECLINED[payload["reason"]]
        )
    if payload["outcome"] == "accepted":
        return sentence("Accepted the case")
    return sentence("The offer to %(name)s was taken back", name=name)


def _noted(payload: Payload, profile: Profile, _: Mapping[str, str]) -> Sentence:
    name = payload["compartment"]
    return sentence(
        "Noted in: %(compartment)s", compartment=_title(lambda: profile.compartment(name).title, name)
    )


def _task_set(payload: Payload, _: Profile, staff: Mapping[str, str]) -> Sentence:
    name = staff.get(payload["staff"], "")
    return sentence("Task for %(name)s: %(task)s", name=name, task=TASKS[payload["kind"]])


def _task_ended(payload: Payload, _: Profile, __: Mapping[str, str]) -> Sentence:
    if payload["outcome"] == "done":
        return sentence("Task done: %(task)s", task=TASKS[payload["kind"]])
    return sentence("Task dropped: %(task)s", task=TASKS[payload["kind"]])


def _address(payload: Payload, _: Profile, __: Mapping[str, str]) -> Sentence:
    if "danger" in payload:
        return sentence("The applicant has declared danger")
    return sentence("The address of the mailbox is known")


def _always(words: Sentence) -> Callable[[Payload, Profile, Mapping[str, str]], Sentence]:
    return lambda *_: words


def _title(known: Callable[[], object], name: str) -> object:
    """The title of something that a later version of the procedure may have dropped; then its bare name."""
    try:
        return known()
    except NotFound:
        return name


_OPENINGS = frozenset({Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN})

_JOINS = frozenset({Event.CASE_JOIN, Event.CASE_JOIN_DROP, Event.CASE_JOIN_PROPOSE})

_BROUGHT = frozenset({Event.CASE_OPEN, Event.CASE_WITHDRAW, Event.MESSAGE_RECEIVE, Event.SUBMIT_PULL})

_PULLED = {
    "alarm": sentence("The applicant called for help"),
    "consent": sentence("The applicant took back a consent"),
    "correction": sentence("The applicant corrected an answer"),
    "section": sentence("The applicant sent what was asked for"),
}

_WORDS: Mapping[Event, Callable[[Payload, Profile, Mapping[str, str]], Sentence]] = {
    Event.ALIKE_PART: _always(sentence("Looked, and said that it is not the same as others")),
    Event.CALL_ANSWER: _always(sentence("Answered the applicant’s call")),
    Event.CALL_TAKE: _always(sentence("Took the applicant’s call")),
    Event.CALLSIGN_DRAW: _always(sentence("Had three call signs drawn")),
    Event.CALLSIGN_ISSUE: _always(sentence("Gave out a call sign")),
    Event.CARD_ANSWER: _always(sentence("Answered the number of a card with its second words")),
    Event.CASE_ADDRESS: _address,
    Event.CASE_JOIN: _joined,
    Event.CASE_JOIN_DROP: _always(sentence("Dropped what was proposed about two cases")),
    Event.CASE_JOIN_PROPOSE: _joining_proposed,
    Event.CASE_KEEPER: _keeper,
    Event.CASE_OFFER: _offered,
    Event.CASE_OFFER_END: _offer_ended,
    Event.CASE_OPEN: _always(sentence("The application came in")),
    Event.CASE_STAGE: _stage,
    Event.CASE_TIE: _always(sentence("Declared a tie and takes no part")),
    Event.CASE_VERSION: _version,
    Event.CASE_VERSION_DROP: _always(sentence("Left the case on the version of its procedure")),
    Event.CASE_VERSION_PROPOSE: _always(sentence("Proposed a newer version of the procedure")),
    Event.CASE_WITHDRAW: _always(sentence("The applicant withdrew")),
    Event.COMPARTMENT_OPEN: _opened,
    Event.CONDITION_REVIEW: _always(sentence("Reviewed the conditions of the decision")),
    Event.DECISION_PROPOSE: _always(sentence("Proposed a decision")),
    Event.DECISION_REFUSE_SECOND: _always(sentence("Returned the decision instead of countersigning it")),
    Event.DECISION_SECOND: _always(sentence("Countersigned the decision")),
    Event.DECISION_VOTE: _always(sentence("Voted")),
    Event.EVIDENCE_ADD: _evidence,
    Event.EXPORT: _always(sentence("Signed that a dossier may leave")),
    Event.EXPORT_ASK: _always(sentence("Asked for a dossier on paper")),
    Event.EXPORT_DROP: _always(sentence("Dropped a dossier")),
    Event.EXPORT_TAKE: _always(sentence("Took a dossier out of the Desk")),
    Event.IDENTITY_BREAK: _always(sentence("Broke the glass of what is in custody")),
    Event.IDENTITY_END: _always(sentence("A release ended, and what it opened with is destroyed")),
    Event.IDENTITY_OPEN: _released,
    Event.IDENTITY_REFUSE: _always(sentence("Refused, as a custodian, what was asked for")),
    Event.IDENTITY_REQUEST: _always(sentence("Asked the custodians for what they hold")),
    Event.IDENTITY_REVIEW: _always(sentence("Looked at the broken glass afterwards")),
    Event.IDENTITY_SHARE: _always(sentence("Gave a share, as a custodian")),
    Event.MATCH_ASK: _always(sentence("Looked for other applications by the same person")),
    Event.MATCH_JUDGE: _always(sentence("Judged whether another application is by the same person")),
    Event.MATCH_SECOND: _always(sentence("Judged the same as the second person")),
    Event.MESSAGE_RECEIVE: _always(sentence("A letter of the applicant came in")),
    Event.MESSAGE_SEND: _sent,
    Event.NOTE_WRITE: _noted,
    Event.READ_BEYOND: _always(sentence("Went beyond what is usual in a day for it, and said why")),
    Event.SHRED_ASK: _always(sentence("Asked for everything that is sealed to be erased")),
    Event.SHRED_DROP: _always(sentence("Kept what was to be erased")),
    Event.SHRED: _always(sentence("Erased everything that was sealed")),
    Event.SHRED_RULE: _always(sentence("The Desk erased what was due by a rule of the procedure")),
    Event.SUBMIT_PULL: lambda payload, _profile, _staff: _PULLED[payload["kind"]],
    Event.SCREENING_JUDGE: _always(sentence("Judged a hit of screening")),
    Event.SCREENING_RUN: _always(sentence("Compared the applicant with the lists")),
    Event.SCREENING_SECOND: _always(sentence("Looked at a hit as the second person")),
    Event.TASK_END: _task_ended,
    Event.TASK_SET: _task_set,
}
