# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps choices from the list of cases, each under one of nine numbers. It is no act in any case."""

from django.db import IntegrityError, transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.models import SavedChoice
from watchword.cases.selectors.choosing import EVERYTHING, Choice
from watchword.cases.selectors.saved import NUMBERS, choice_of
from watchword.core.refusals import NotFound, WrongState, sentence


@transaction.atomic
def keep_choice(choice: Choice, *, actor: Actor) -> int:
    """Keep this choice under the next free number, or where it stands already; the number."""
    check_has(actor, Permission.CASE_LIST)
    if choice == EVERYTHING:
        raise WrongState(sentence("Choose which cases first: all of them need no filter."))
    kept = {choice_of(row): row.number for row in SavedChoice.objects.filter(staff=actor.id)}
    if choice in kept:
        return kept[choice]
    free = next((number for number in NUMBERS if number not in kept.values()), None)
    if free is None:
        raise WrongState(sentence("All nine filters are taken. Remove one first."))
    try:
        with transaction.atomic():
            SavedChoice.objects.create(staff_id=actor.id, number=free, **vars(choice))
    except IntegrityError:
        raise WrongState(sentence("Another window of yours has just used this number. Try again.")) from None
    return free


@transaction.atomic
def drop_choice(number: int, *, actor: Actor) -> None:
    """Forget the choice under this number."""
    check_has(actor, Permission.CASE_LIST)
    if not SavedChoice.objects.filter(staff=actor.id, number=number).delete()[0]:
        raise NotFound(sentence("There is no such filter."))
