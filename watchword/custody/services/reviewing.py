# SPDX-License-Identifier: AGPL-3.0-or-later
"""A broken glass is looked at afterwards by a custodian who did not break it; until then it is loud."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import check_not_recused, minute
from watchword.cases.services.locking import locked
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.custody import rules, selectors
from watchword.custody.action import Words
from watchword.custody.models import Release
from watchword.custody.selectors import matter
from watchword.custody.services.answering import record_answer
from watchword.custody.services.sealing import seal_words
from watchword.journal.events import Event

RECORD_KIND = "release-review"


@transaction.atomic
def review(*, release_uid: str, words: str, actor: Actor, now: datetime) -> Release:
    """Say what one finds of it; the words are sealed to custodians and to vetting."""
    now = minute(now)
    found = selectors.to_answer(release_uid, viewer=actor)
    locked(found.case_id)
    release = Release.objects.select_for_update().get(pk=found.pk)
    one = matter(release.case)
    check_not_recused(actor, one.standing.ties)
    rules.check_may_review(actor, release.facts(), now)
    if not words.strip():
        raise WrongState(sentence("Write what you find of it."))
    said = Words(words.strip(), random_bytes(16).hex())
    release.review_id = seal_words(
        said, one, kind=RECORD_KIND, readers=release.words.readers, actor=actor, now=now
    )
    release.review_hash, release.reviewed_by_id, release.reviewed_at = said.hash, actor.id, now
    release.save(update_fields=["review", "review_hash", "reviewed_by", "reviewed_at"])
    record_answer(Event.IDENTITY_REVIEW, release, {"words": said.hash}, actor, now)
    return release
