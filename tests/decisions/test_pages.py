# SPDX-License-Identifier: AGPL-3.0-or-later
"""The board's pages in a browser without scripts: what works, who finds nothing, and what is said to whom."""

from collections.abc import Mapping
from datetime import timedelta
from html import unescape

import pytest
from django.db.models import F
from django.test import Client

from tests import clock
from tests.cast import stage_of
from tests.decisions.at_the_table import CANDOUR, MACHINE, REASONS, Table
from watchword.cases.models import Case
from watchword.decisions.action import Choice, spoken
from watchword.decisions.models import Decision, Proposal, Review, Vote
from watchword.journal.models import EntryDetail

NOTHING: Mapping[str, str] = {}
TYPED = {
    "count": "2",
    "outcome": "refuse",
    "open_reasons": REASONS,
    "closed_reasons": "",
    "conditions": "",
    "until": "",
    "ground-1-guideline": "D",
    "ground-1-source": "interview",
    "ground-1-facts": CANDOUR.facts,
    "ground-1-mitigation": CANDOUR.mitigation,
    "ground-2-guideline": "",
    "ground-2-source": "",
    "ground-2-facts": "",
    "ground-2-mitigation": "",
}


def address(table: Table, *parts: str) -> str:
    code = Case.objects.get(pk=table.case).code
    return "/".join(["", "case", code, "decision", *parts, ""])


def get(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


def post(client: Client, url: str, typed: Mapping[str, str] = NOTHING, *, status: int = 302) -> str:
    response = client.post(url, typed)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


def test_a_refusal_is_proposed_voted_on_and_countersigned_by_hand(table: Table) -> None:
    ada = table.organisation.browser("ada")
    assert "Propose a decision" in get(ada, address(table))
    assert "Interview" in get(ada, address(table, "propose")), "the evidence stands beside the form"
    post(ada, address(table, "propose"), TYPED)
    proposal = Proposal.objects.get()
    for who in ("eva", "finn", "gita"):
        browser = table.organisation.browser(who)
        page = post(browser, address(table, proposal.uid, "read"), status=200)
        assert CANDOUR.facts in page
        assert "has read it" not in page
        typed = {"seen": proposal.action_hash, "choice": "agree", "reason": f"{who} has read it."}
        post(browser, address(table, proposal.uid, "vote"), typed)
    ben = table.organisation.browser("ben")
    page = post(ben, address(table, proposal.uid, "read"), status=200)
    for shown in (REASONS, "Intend to refuse", "eva has read it.", *spoken(proposal.action_hash)):
        assert shown in page
    code = Case.objects.get(pk=table.case).code
    signed = {"seen": proposal.action_hash, "code": code.lower()}
    unconfirmed = post(ben, address(table, proposal.uid, "countersign"), signed, status=422)
    assert "One-time code" in unconfirmed
    assert stage_of(table.case) == "board"
    signed["one_time_code"] = table.organisation.credentials("ben", clock.now())["code"]
    post(ben, address(table, proposal.uid, "countersign"), signed)
    assert stage_of(table.case) == "refusal-intended"
    assert "Countersigned by" in get(ben, address(table))


@pytest.mark.parametrize("who", ["cleo", "iris", "mira", "pola", "hugo2"])
def test_to_a_stranger_there_is_no_such_page(table: Table, who: str) -> None:
    proposal = table.propose()
    if who == "hugo2":
        table.organisation.enrol("hugo2", "vetting")
    stranger = table.organisation.browser(who)
    get(stranger, address(table), 404)
    post(stranger, address(table, proposal.uid, "read"), status=404)
    for act in ("propose", proposal.uid + "/vote", proposal.uid + "/countersign", proposal.uid + "/withdraw"):
        response = stranger.post(address(table, *act.split("/")), {"seen": proposal.action_hash})
        assert response.status_code in (403, 404)


def test_nobody_is_shown_a_page_without_logging_in(table: Table) -> None:
    response = Client().get(address(table))
    assert response.status_code == 302
    assert "decision" not in response["Location"]


def test_what_opens_or_changes_anything_is_a_post(table: Table) -> None:
    proposal = table.propose()
    eva, ben = table.organisation.browser("eva"), table.organisation.browser("ben")
    for client, act in ((eva, "read"), (eva, "vote"), (ben, "countersign"), (ben, "return")):
        assert client.get(address(table, proposal.uid, act)).status_code == 405


def test_a_weak_refusal_is_answered_in_words_and_nothing_typed_is_lost(table: Table) -> None:
    ada = table.organisation.browser("ada")
    weak = TYPED | {"ground-1-source": "polygraph", "ground-1-facts": MACHINE.facts}
    page = post(ada, address(table, "propose"), weak, status=422)
    assert "stands by itself" in page
    assert REASONS in page
    assert MACHINE.facts in page
    assert not Proposal.objects.exists()


def test_a_ground_that_was_begun_must_be_finished(table: Table) -> None:
    ada = table.organisation.browser("ada")
    page = post(ada, address(table, "propose"), TYPED | {"ground-2-facts": "He smiled."}, status=422)
    assert page.count("Finish this ground") >= 3


def test_there_is_room_for_more_grounds_and_no_word_is_lost(table: Table) -> None:
    ada = table.organisation.browser("ada")
    page = post(ada, address(table, "propose"), TYPED | {"more": "1"}, status=200)
    assert "ground-3-facts" in page
    assert CANDOUR.facts in page
    assert "Nothing is written here" not in page
    for strange in ("0", "-4", "many", "99999999999999999999", "٣"):
        page = post(ada, address(table, "propose"), TYPED | {"more": "1", "count": strange}, status=200)
        assert "ground-13-facts" not in page


def test_a_vote_without_a_reason_comes_back_with_the_proposal(table: Table) -> None:
    proposal = table.propose()
    eva = table.organisation.browser("eva")
    typed = {"seen": proposal.action_hash, "choice": "disagree", "reason": ""}
    page = post(eva, address(table, proposal.uid, "vote"), typed, status=422)
    assert REASONS in page
    assert not Vote.objects.exists()


def test_the_wrong_code_does_not_sign(table: Table) -> None:
    proposal = table.voted()
    ben = table.organisation.browser("ben")
    signed = {"seen": proposal.action_hash, "code": "WW-0000-00"}
    page = post(ben, address(table, proposal.uid, "countersign"), signed, status=422)
    assert "not the code of this case" in page
    assert not Decision.objects.exists()


def test_every_closed_way_says_why(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "eva")
    assert "There is a proposal in this case already" in get(
        table.organisation.browser("ada"), address(table)
    )
    eva = get(table.organisation.browser("eva"), address(table))
    assert "You have voted. A vote cannot be changed." in eva
    assert "Votes are shown when all are in: 1 of 3 so far." in eva
    assert "The vote is still open: 1 of 3 votes are in." in eva


def test_a_proposal_that_the_board_did_not_carry_offers_only_the_return(table: Table) -> None:
    proposal = table.all_vote(table.propose(), Choice.AGREE, Choice.DISAGREE, Choice.DISAGREE)
    ben = table.organisation.browser("ben")
    page = post(ben, address(table, proposal.uid, "read"), status=200)
    assert "It can only be returned" in page
    assert "Countersign: " not in page
    post(ben, address(table, proposal.uid, "return"), {"reason": "Ask him first."})
    page = post(table.organisation.browser("ada"), address(table, proposal.uid, "read"), status=200)
    assert "Ask him first." in page


def test_a_proposal_is_withdrawn_from_its_page(table: Table) -> None:
    proposal = table.propose()
    post(table.organisation.browser("ada"), address(table, proposal.uid, "withdraw"))
    assert Proposal.objects.get(pk=proposal.uid).state == "withdrawn"


def test_what_is_written_cannot_break_out_of_the_page(table: Table) -> None:
    table.propose(open_reasons="<script>alert(1)</script>", closed_reasons="{{ 7|add:7 }}")
    proposal = Proposal.objects.get()
    response = table.organisation.browser("eva").post(address(table, proposal.uid, "read"))
    assert b"<script>alert" not in response.content
    assert b"{{ 7|add:7 }}" in response.content


def test_the_home_page_calls_those_who_are_waited_for(table: Table) -> None:
    proposal = table.propose()
    assert "waits for your vote" in get(table.organisation.browser("eva"), "/")
    table.all_vote(proposal)
    assert "second signature" in get(table.organisation.browser("ben"), "/")


def test_a_proposal_read_again_says_what_came_since(table: Table) -> None:
    proposal = table.propose(CANDOUR)
    eva = table.organisation.browser("eva")
    assert "Since you last read" not in post(eva, address(table, proposal.uid, "read"), status=200)
    table.vote(proposal, "finn")
    EntryDetail.objects.update(at=F("at") - timedelta(hours=1))
    again = post(eva, address(table, proposal.uid, "read"), status=200)
    since = again.split("Since you last read this")[1].split("</section>")[0]
    assert "Voted" in since
    assert "Finn" in since
    assert "Proposed a decision" not in since


def test_conditions_are_reviewed_by_hand_and_read_again(table: Table) -> None:
    table.decide(outcome="accept-with-conditions", conditions="Write each month.", until=table.day(20))
    ada = table.organisation.browser("ada")
    assert "Review the conditions" in get(ada, address(table))
    typed = {"finding": "kept", "said": "He writes.", "until": ""}
    refused = post(ada, address(table, "conditions"), typed, status=422)
    assert "day in the future" in refused
    assert "He writes." in refused
    post(ada, address(table, "conditions"), typed | {"until": table.day(90).isoformat()})
    review = Review.objects.get()
    assert "Kept, and looked at again" in get(ada, address(table))
    assert "He writes." not in get(ada, address(table))
    assert "He writes." in post(ada, address(table, "conditions", review.uid), status=200)


def test_the_board_sees_who_may_decide_an_appeal_and_why_others_may_not(appealed: Table) -> None:
    page = get(appealed.organisation.browser("kira"), address(appealed))
    panel = page.split("Who may decide here")[1].split("</section>")[0]
    assert panel.count("May take part") == 5
    assert panel.count("Took part in deciding this case") == 7
    assert "Propose a decision" in page
