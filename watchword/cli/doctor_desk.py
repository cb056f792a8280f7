# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor finds out about the Desk's ledger and keys."""

from collections.abc import Iterator

from django.db import connection

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import CONTENT_ROLES
from watchword.cli.doctor_findings import Mistake
from watchword.cli.founding_strength import IN_PAIRS
from watchword.core.refusals import WrongState
from watchword.journal import selectors as journal
from watchword.journal.guards import TABLE
from watchword.keystore import services as keystore
from watchword.keystore.selectors import unfinished
from watchword.matching.selectors.process import Matcher
from watchword.matching.selectors.process import matcher as asked


def ledger() -> Iterator[Mistake]:
    state = journal.log_state()
    if not state.readable:
        yield Mistake(
            "The ledger's newest checkpoint cannot be read.",
            "Stop the Desk, keep the folder as it is, and run `watchword ledger verify` on it.",
        )
    if state.shortened:
        yield Mistake(
            "The database saw entries in the ledger that the disk does not have.",
            "The ledger's end is gone: an old copy was put back. Find the newer one before anything else.",
        )
    if state.behind:
        yield Mistake(
            f"More than {journal.MOST_BEHIND} entries wait to be written to the ledger.",
            "Look whether the Desk runs, and whether its disk has room.",
        )


def key_store() -> Iterator[Mistake]:
    try:
        len(keystore.store())
    except WrongState as refused:
        yield Mistake(
            f"{refused}",
            "Stop the Desk, keep both folders as they are, and put back the newest copy of the key store.",
        )
    waiting = unfinished()
    if waiting:
        yield Mistake(
            f"{waiting} keys of what was erased are not destroyed yet.",
            "The Desk does it in each of its rounds: look whether it runs, and whether its disk has room.",
        )


def matcher() -> Iterator[Mistake]:
    """A Desk without one misses nothing that anybody promised."""
    state = asked()
    if state is Matcher.SILENT:
        yield Mistake(
            "The matcher does not answer: nobody finds second applications.",
            "Look whether it runs, and whether this account is in its group and may write to its socket.",
        )
    if state is Matcher.LOCKED:
        yield Mistake(
            "The matcher is locked: nobody finds second applications.",
            "Have its custodians unlock it: watchword matcher unlock, each with their own key.",
        )


def rights() -> Iterator[Mistake]:
    """Only with PostgreSQL: SQLite's file belongs to whoever can write it."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [TABLE])
        superuser, owner = cursor.fetchone()
    if superuser:
        yield Mistake(
            "The Desk uses PostgreSQL as a superuser: nothing in it is protected from the Desk.",
            "Give it the role of `watchword deploy`, in roles.sql.",
        )
    elif owner:
        yield Mistake(
            "The Desk owns the ledger's table, and can take its guards away.",
            "As postgres: psql -d watchword-desk -f ledger.sql, from `watchword deploy`.",
        )


RIGHTS = """
    SELECT rolsuper, pg_has_role(current_user, relowner, 'USAGE')
    FROM pg_class, pg_roles WHERE pg_class.oid = to_regclass(%s) AND rolname = current_user
"""


def holders() -> Iterator[Mistake]:
    """What is sealed to a role whose last holder has left is read by nobody any more."""
    for role in sorted(CONTENT_ROLES):
        made = accounts.current_role_key(role) is not None
        if made and not set(accounts.holders(role)) - set(accounts.missing_copies(role)):
            yield Mistake(
                f"Nobody holds the key of the role {role}: what is sealed to it can be read by nobody.",
                "Grant it; somebody who has an older copy hands it over. If nobody has, make a new key.",
            )


def pairs() -> Iterator[Mistake]:
    """Where two must answer one another, one alone holds everything up."""
    for role, needed in sorted(IN_PAIRS.items()):
        held = accounts.holders(role).count()
        # A role that nobody ever held is no part of this procedure.
        if held < needed and (held or accounts.current_role_key(role)):
            yield Mistake(
                f"{held} of the {needed} people needed hold the role {role}.",
                "Enrol somebody for it, or grant it to somebody who holds no other role.",
            )
