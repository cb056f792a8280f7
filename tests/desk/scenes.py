# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a walk past bare addresses does not show: pages that are drawn once something has happened."""

from datetime import timedelta

from django.test import Client
from pytest_django import Settings

from tests import clock
from tests.accounts.test_devices_page import hidden
from tests.accounts.test_recovery_pages import NEW, approve, asked
from tests.cases.test_alike import FLOOD, sent
from tests.cases.test_corrections import corrects
from tests.cases.test_handing import offer
from tests.cases.test_work import note
from tests.cast import case_in
from tests.decisions.at_the_table import Table
from tests.desk.scenes_of_custody import a_run
from tests.desk.walk import Walk
from tests.matcher.desk import Bench
from tests.matching.search import begun
from tests.organisation import Organisation, passphrase_of
from tests.protection import at_the_desk
from tests.screening.booth import DOV, STRANGER, opened_booth
from watchword.accounts.models import Recovery, StaffSession
from watchword.accounts.proposals import open_proposals
from watchword.cases import selectors as cases
from watchword.cases.models import Batch, Case
from watchword.cases.rules.judged import Verdict
from watchword.decisions.models import Proposal, Review
from watchword.matching.models import Link
from watchword.protection.models import CallSign
from watchword.protection.services import look as look_up
from watchword.vetting.models import Evidence


def code_of(case: str) -> str:
    return Case.objects.values_list("code", flat=True).get(pk=case)


def papers_of_a_case(walk: Walk, organisation: Organisation) -> None:
    """A letter, a correction, notes, an offer and a call for help."""
    dov, office = case_in(organisation, "interviews")
    letter = dov.answer("I have moved.")
    corrects(dov, "motivation", 70, why="Another reason.")
    note(office, "ada")
    made = offer(office, "ada", "hugo")
    dov.call("false-site", "They asked for my receipt.")
    ada, here = organisation.browser("ada"), f"/case/{code_of(office.case)}/"
    walk.opens("papers", ada, here)
    for opened in (f"letter/{letter.uid}/", "compartment/story/", "notes/story/"):
        walk.sends("papers", ada, here + opened)
    walk.sends("papers", ada, f"{here}evidence/item/{Evidence.objects.filter(case=office.case)[0].uid}/")
    walk.opens("an offer", organisation.browser("hugo"), f"/offer/{made.uid}/")
    call = Case.objects.get(pk=office.case).calls.get()
    walk.opens("a call", ada, f"/call/{call.uid}/")
    ada.post(f"/call/{call.uid}/take/")
    walk.sends("a call", ada, f"/call/{call.uid}/read/")


def several_at_once(walk: Walk, organisation: Organisation) -> None:
    """A letter to a selection: arranged, asked about, done; and a case of it that went to somebody else."""
    offices = [case_in(organisation, "checks")[1] for _ in range(2)]
    for office in offices:
        office.keep("ada")
    ada = organisation.browser("ada")
    for act in ("letter", "hand", "task"):
        chosen = {"case": [code_of(office.case) for office in offices], "act": act}
        begun_at = ada.post("/cases/several/", chosen)["Location"]
        walk.opens(f"several: {act}", ada, begun_at)
        if act != "letter":
            ada.post(f"{begun_at}drop/")
            continue
        ada.post(begun_at, {"letter": "message/longer"})
        walk.opens("several: asked", ada, begun_at)
        batch = Batch.objects.get()
        for office in offices:
            code = code_of(office.case)
            seen = cases.asked_case(batch.uid, code, viewer=organisation.actor("ada"), language="en").seen
            ada.post(f"{begun_at}answer/", {"code": code, "seen": seen})
        walk.opens("several: answered", ada, begun_at)
        ada.post(f"{begun_at}do/")
        walk.opens("several: done", ada, begun_at)


def before_a_proposal(walk: Walk, table: Table) -> None:
    """What a refusal needs stands beside the form as long as nothing is proposed."""
    ada = table.organisation.browser("ada")
    walk.opens("nothing proposed", ada, f"/case/{code_of(table.case)}/decision/propose/")


def a_decision(walk: Walk, table: Table) -> None:
    """A proposal that is read, voted on and signed; its dossier; and the review of its conditions."""
    organisation = table.organisation
    here = f"/case/{code_of(table.case)}/"
    ada, ben, eva = (organisation.browser(who) for who in ("ada", "ben", "eva"))
    proposal = Proposal.objects.get(case=table.case)
    read = f"{here}decision/{proposal.uid}/read/"
    walk.sends("a proposal", eva, read)
    walk.sends("a proposal", eva, f"{here}decision/{proposal.uid}/vote/", seen=proposal.action_hash)
    table.vote(proposal, "eva")
    table.applicant.answer("One more thing.")
    walk.sends("one vote", eva, read)
    walk.opens("one vote", eva, f"{here}decision/")
    for who in ("finn", "gita"):
        table.vote(proposal, who)
    walk.sends("all votes", ben, read)
    table.sign(proposal)
    walk.sends("decided", ada, read)
    walk.opens("decided", ada, f"{here}decision/")
    parts = {"compartments": ["story", "evidence", "decision"], "purpose": "board"}
    walk.sends("a dossier", ada, f"{here}dossier/preview/", **parts)
    walk.opens("conditions", ada, f"{here}decision/conditions/")
    reviewed = {"finding": "kept", "said": "He writes.", "until": table.day(90).isoformat()}
    ada.post(f"{here}decision/conditions/", reviewed)
    walk.sends("conditions", ada, f"{here}decision/conditions/{Review.objects.get().uid}/")


def a_hit(walk: Walk, organisation: Organisation, settings: Settings) -> None:
    """Somebody on a list resembles the applicant; two people judge it, and vetting is told."""
    booth = opened_booth(organisation, settings)
    booth.load(DOV, STRANGER)
    a_run(walk, booth)
    hit = booth.hit()
    sofia, stas = (organisation.browser(who) for who in ("sofia", "stas"))
    here = f"/case/{code_of(booth.case)}/screening/"
    for address in (here, "/screening/", "/lists/", "/"):
        walk.opens("a hit", sofia, address)
    walk.sends("a hit", sofia, f"{here}hit/{hit.uid}/")
    names = booth.custodians.ask_names(booth.case)
    walk.sends("a hit: names asked for", sofia, f"{here}hit/{hit.uid}/")
    booth.custodians.give_names(names)
    walk.sends("a hit: side by side", sofia, f"{here}hit/{hit.uid}/sides/")
    walk.sends("a hit", sofia, f"{here}hit/{hit.uid}/judge/", seen=hit.record_id, verdict="same", reason="")
    booth.judge(Verdict.SAME)
    walk.sends("judged once", sofia, f"{here}hit/{hit.uid}/")
    walk.sends("judged once", stas, f"{here}hit/{hit.uid}/")
    booth.second(Verdict.SAME)
    walk.opens("judged", sofia, here)
    walk.opens("judged", sofia, f"{here}hand-over/")


def applied_twice(walk: Walk, organisation: Organisation, bench: Bench) -> None:
    """One person in two cases, found and compared; with the other cases of this walk they are a ring."""
    search = begun(organisation, bench)
    for office in (search.first, search.again):
        assert search.look(office) is None
    link = search.between(search.first, search.again)
    sofia, here = organisation.browser("sofia"), f"/case/{search.code(search.again)}/again/"
    walk.opens("again", sofia, here)
    walk.sends("again", sofia, f"{here}{link.uid}/")
    walk.sends("again", sofia, f"{here}{link.uid}/judge/", verdict="same", reason="")
    for office in (search.first, search.again):
        search.custodians.names(office.case)
    walk.sends("again: side by side", sofia, f"{here}{link.uid}/sides/")
    search.settle(link, Verdict.SAME)
    walk.opens("again: judged", organisation.browser("ada"), here)
    Link.objects.update(shared=["passport"])
    walk.opens("a ring", organisation.browser("ada"), "/rings/")


def somebody_asks(walk: Walk, organisation: Organisation) -> None:
    """Somebody outside asks for whoever applied twice; and a case is given a call sign."""
    enquiry = at_the_desk.asked_for(organisation)
    iris, halyna, jonas = (organisation.browser(who) for who in ("iris", "halyna", "jonas"))
    at, code = f"/enquiries/{enquiry.uid}", code_of(Link.objects.latest("found").one_id)
    walk.sends("enquiry: nothing typed", iris, "/enquiries/new/")
    walk.opens("enquiry: answered", iris, f"{at}/answer/")
    walk.opens("enquiry: waiting", halyna, "/")
    walk.opens("enquiry: waiting", halyna, "/enquiries/")
    walk.sends("enquiry", halyna, f"{at}/read/")
    halyna.post(f"{at}/ask/")
    walk.sends("enquiry: the second", jonas, f"{at}/read/")
    look_up(enquiry_uid=enquiry.uid, actor=organisation.actor("jonas"), now=organisation.now)
    walk.sends("enquiry: found", jonas, f"{at}/read/")
    walk.opens("enquiry: heard of", organisation.browser("ada"), f"/case/{code}/enquiries/")
    walk.opens("enquiry: heard of", organisation.browser("ada"), "/")
    walk.opens("known outside", halyna, "/compromises/new/")
    begun = at_the_desk.reported(organisation, Case.objects.get(code=code).pk)
    walk.sends("known outside", jonas, f"/compromises/{begun.uid}/")
    walk.sends("known outside: nothing typed", halyna, f"/compromises/{begun.uid}/settle/")
    walk.opens("known outside: heard of", organisation.browser("ada"), f"/case/{code}/enquiries/")
    walk.sends("call signs", halyna, "/callsigns/", code=code)
    walk.sends("call signs: three", halyna, "/callsigns/draw/", code=code)
    at_the_desk.issue(organisation, at_the_desk.draw(organisation, Case.objects.get(code=code).pk))
    given = CallSign.objects.latest("at")
    walk.sends("call signs: given", halyna, "/callsigns/", code=code)
    walk.sends("a call sign", halyna, f"/callsigns/{given.uid}/open/")


def a_flood(walk: Walk, organisation: Organisation) -> None:
    """One text in three applications."""
    flood = [sent(organisation, FLOOD, minutes=minute) for minute in range(3)]
    iris = organisation.browser("iris")
    iris.post("/cases/alike/compare/")
    for address in ("/cases/", "/cases/alike/", f"/case/{flood[0].code}/alike/", f"/case/{flood[0].code}/"):
        walk.opens("a flood", iris, address)


def people_and_keys(walk: Walk, organisation: Organisation) -> None:
    """Somebody new, a role that waits for a second administrator, a lost passphrase, and a locked session."""
    petro, olha = organisation.browser("petro"), organisation.browser("olha")
    typed = {"login": "nina", "name": "Nina", "language": "en", "roles": ["vetting"]}
    words = {"passphrase": passphrase_of("nina"), "again": passphrase_of("nina")}
    walk.sends("somebody new", petro, "/people/enrol/", **typed, **words)
    aud, ada = organisation.browser("aud"), organisation.staff["ada"].uid
    walk.sends("what somebody knows", aud, f"/exposure/{ada}/")
    for browser in (petro, olha):
        walk.opens("a role proposed", browser, "/people/")
    walk.sends("a role proposed", olha, f"/roles/{open_proposals()[0].pk}/confirm/")
    stranger = Client()
    for address in ("/log-in/", "/recovery/", "/recovery/finish/", "/nowhere/"):
        walk.opens("a stranger", stranger, address)
    walk.sends("a stranger", stranger, "/log-in/")
    walk.sends("a stranger", stranger, "/recovery/", login="zzz")
    walk.sends("a stale form", Client(enforce_csrf_checks=True), "/log-in/")
    phrase, number = asked("hugo")
    walk.opens("recovery", petro, "/recovery/waiting/")
    walk.opens("recovery", petro, f"/recovery/{Recovery.objects.latest('asked').pk}/approve/")
    for who in ("petro", "olha"):
        approve(organisation, who, number)
    Recovery.objects.update(seconded=clock.now() - timedelta(days=1))
    walk.sends("recovered", stranger, "/recovery/finish/", login="hugo", phrase=phrase, **NEW)
    locked = organisation.browser("ada")
    StaffSession.objects.update(seen=clock.now() - timedelta(minutes=16))
    walk.opens("locked", locked, "/unlock/")
    met = locked.post("/cases/several/", {"act": "letter"})
    walk.sends("unlocked", locked, "/unlock/", **hidden(met.content), passphrase=passphrase_of("ada"))
