# SPDX-License-Identifier: AGPL-3.0-or-later
"""Iris writes down who is asked for; Halyna and Jonas look; Halyna gives out call signs, and reports one."""

from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.core.procedure.text import Text
from watchword.protection import services
from watchword.protection.models import CallSign, Compromise, Enquiry
from watchword.protection.rules import CHOSEN, STILL_FREE
from watchword.protection.sealed import Question
from watchword.protection.services import Answered, Heard, Offer

SAID = "She says that she is his sister and that the house was searched."
DOV = {"surname": "Berehovyi", "given": "Dov", "patronymic": "", "birth_date": "1991", "birth_place": ""}


def code_of(case: str) -> str:
    return Case.objects.values_list("code", flat=True).get(pk=case)


def asked_for(organisation: Organisation, **changed: str) -> Enquiry:
    question = Question(**{**DOV, "said": SAID, **changed})
    return services.take(
        way="call",
        asker="relative",
        question=question,
        actor=organisation.actor("iris"),
        now=organisation.now,
    )


def looked_up(
    organisation: Organisation, enquiry: Enquiry, *, first: str = "halyna", second: str = "jonas"
) -> Heard:
    now = organisation.now
    services.ask_look(enquiry_uid=enquiry.uid, actor=organisation.actor(first), now=now)
    services.look(enquiry_uid=enquiry.uid, actor=organisation.actor(second), now=now)
    return services.hear(enquiry_uid=enquiry.uid, actor=organisation.actor(second), now=now)


def draw(organisation: Organisation, case: str, who: str = "halyna") -> Offer:
    return services.draw(code=code_of(case), actor=organisation.actor(who), now=organisation.now)


def issue(organisation: Organisation, offer: Offer, *others: str, who: str = "halyna") -> CallSign:
    """The first of the three, and why not the others."""
    reasons = [CHOSEN, *(others or (STILL_FREE, STILL_FREE))]
    return services.issue(offer=offer, reasons=reasons, actor=organisation.actor(who), now=organisation.now)


def read_sign(organisation: Organisation, sign: CallSign, who: str = "jonas") -> Text:
    actor = organisation.actor(who)
    return services.open_sign(sign_uid=sign.uid, actor=actor, now=organisation.now).sign


WHERE = "A channel of theirs shows the call sign beside a photograph, since Tuesday."


def reported(organisation: Organisation, case: str, who: str = "halyna", **changed: str) -> Compromise:
    """The call sign of this case stands outside."""
    typed = {"code": code_of(case), "known": "call-sign", "rule": "silence", "words": WHERE, **changed}
    return services.report(**typed, actor=organisation.actor(who), now=organisation.now)


def settled(
    organisation: Organisation,
    begun: Compromise,
    measure: str,
    outcome: str = "needless",
    who: str = "halyna",
) -> Compromise:
    actor, words = organisation.actor(who), "Nobody of theirs lives there any more."
    return services.settle(
        uid=begun.uid, measure=measure, outcome=outcome, words=words, actor=actor, now=organisation.now
    )


def read_compromise(organisation: Organisation, begun: Compromise, who: str = "jonas") -> Answered:
    return services.read(uid=begun.uid, actor=organisation.actor(who), now=organisation.now)


def closed(organisation: Organisation, begun: Compromise, who: str = "jonas") -> Compromise:
    actor = organisation.actor(who)
    return services.end(uid=begun.uid, words="I have read all of it.", actor=actor, now=organisation.now)
