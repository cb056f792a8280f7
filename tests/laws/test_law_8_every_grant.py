# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: every grant against every path. A path without a rule fails here, as does a role that goes too far.

The paths come from the program's addresses and the rules from the views themselves; nothing is opened: a role
that lacks the right is refused before the view begins.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.laws.test_law_8_nobody_sees_more import DEMO, OPEN, WITHOUT_A_CASE
from watchword.accounts.rules import ADMINISTRATOR, COURIER, CUSTODIANS, ROLE_PERMISSIONS, Actor, Permission
from watchword.core.refusals import NotPermitted

View = Callable[..., Any]
NO_RULE = "no rule"


def paths(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, frozenset[str], View]]:
    """Every address of the Desk: its name, its gaps, and what answers it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from paths(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", frozenset(one.pattern.converters), one.callback


PATHS = [path for path in paths(get_resolver("watchword.config.urls_desk")) if path[0] not in OPEN | DEMO]


def rule_of(view: View) -> Permission | str | None:
    """What the view asks for; None is the log-in alone."""
    rule: Permission | str | None = getattr(view, "needs", NO_RULE)
    return rule


def test_every_path_has_a_rule() -> None:
    assert [name for name, _, view in PATHS if rule_of(view) == NO_RULE] == []


def test_no_path_into_a_case_asks_for_a_log_in_alone() -> None:
    assert [name for name, gaps, view in PATHS if "code" in gaps and rule_of(view) is None] == []


def test_outside_of_cases_each_path_asks_for_what_the_table_says() -> None:
    assert {name: rule_of(view) for name, gaps, view in PATHS if "code" not in gaps} == WITHOUT_A_CASE


@pytest.mark.parametrize("role", ["nobody", "custodian-1", *sorted(ROLE_PERMISSIONS.keys() - CUSTODIANS)])
def test_a_role_begins_no_view_that_its_grant_does_not_name(role: str) -> None:
    actor, ask = Actor("someone", "Someone", frozenset({role})), RequestFactory()
    begun = []
    for name, _, view in PATHS:
        rule = rule_of(view)
        if isinstance(rule, Permission) and rule not in actor.permissions:
            for request in (ask.get("/"), ask.post("/")):
                request.actor = actor  # type: ignore[attr-defined]  # as the middleware sets it
                try:
                    # Without what stands in the gaps: a view that begins fails in another way than this.
                    view(request)
                except NotPermitted:
                    continue
                except Exception:  # noqa: BLE001 - whatever a view that has begun runs into
                    begun.append(name)
                else:
                    begun.append(name)
    assert begun == []


@pytest.mark.parametrize("role", [ADMINISTRATOR, COURIER])
def test_who_runs_the_house_has_no_path_into_a_case(role: str) -> None:
    granted = ROLE_PERMISSIONS[role]
    assert [name for name, gaps, view in PATHS if "code" in gaps and rule_of(view) in granted] == []
