# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see which kind of what is known of an applicant: the matrix, and where this organisation leaves it.

R read, W write, M masked or by category alone, Q for one purpose once custodians released it, - nothing.
"""

from dataclasses import dataclass

ROLES = {
    "intake": "intake",
    "vetting": "vetting",
    "examiner": "examiner",
    "board": "board",
    "custodian": "custodian-1",
    "training": "training",
    "auditor": "auditor",
    "administrator": "administrator",
}
"""Each column of the matrix, and our role. There is no unit or press officer yet, nor a stage of training."""
OWN_ROLES = frozenset({"screening", "medical"})
"""Columns that we added: the matrix gives names to custodians and health to nobody but the applicant."""


@dataclass(frozen=True)
class Row:
    """One class of facts, what each column may do, and in which of our compartments it lies."""

    kind: str
    rights: tuple[str, ...]
    compartments: tuple[str, ...]


def _row(kind: str, rights: str, *compartments: str) -> Row:
    given = tuple(rights.split())
    assert len(given) == len(ROLES), kind
    return Row(kind, given, compartments)


MATRIX = (
    # In the order of ROLES, as the domain has it:
    _row("case code",                "R   R   R   R   RW  R   R   -", "code"),
    _row("contact channel",          "WM  M   -   -   RW  -   -   -", "contact"),
    _row("identity, documents",      "-   Q   -   Q   RW  -   -   -", "identity", "birth", "passport"),
    _row("relatives",                "-   M   -   M   RW  -   -   -", "relatives"),
    _row("biography",                "M   RW  M   R   -   -   M   -", "story"),
    _row("biography, first answers", "M   RW  M   R   -   -   M   -", "routing"),
    _row("evidence, open",           "-   RW  -   R   -   -   R   -", "evidence"),
    _row("evidence, closed sources", "-   RW  -   R   -   -   Q   -", "sources"),
    _row("polygraph, raw",           "-   -   RW  Q   -   -   -   -"),
    _row("polygraph, consent",       "-   M   RW  R   -   -   R   -", "examination"),
    _row("health",                   "-   M   M   M   -   M   -   -", "health"),
    _row("decision and reasons",     "M   R   -   RW  -   M   R   -", "decision"),
    _row("requests to custodians",   "-   -   -   -   RW  -   R   -", "releases"),
    _row("likenesses on lists",      "-   -   -   -   -   -   -   -", "screening"),
    _row("call sign, enquiries",     "-   -   -   -   RW  -   -   -", "protection"),
)  # fmt: skip
"""``code`` is the code of the case, and ``sources`` stand in the compartment of evidence."""

DEVIATIONS: dict[tuple[str, str], tuple[str, str]] = {
    ("contact", "intake"): (
        "RW",
        "the profile: no number and no address is asked for",
    ),
    ("contact", "vetting"): ("RW", "the profile: the keeper writes to the applicant"),
    ("contact", "custodian"): ("-", "0021: a custodian reads no case"),
    ("identity", "board"): ("-", "0008: who decides does not know the name"),
    ("birth", "board"): ("-", "0008"),
    ("passport", "board"): ("-", "0008"),
    ("identity", "custodian"): ("-", "0021: a share opens nothing"),
    ("birth", "custodian"): ("-", "0021"),
    ("passport", "custodian"): ("-", "0021"),
    ("relatives", "vetting"): ("Q", "0021: whoever keeps the case, once custodians released it"),
    ("relatives", "board"): ("-", "0021: only whoever keeps the case asks"),
    ("relatives", "custodian"): ("-", "0021: a share opens nothing"),
    ("story", "intake"): ("-", "0014: of the biography intake reads the first answers, which stand apart"),
    ("story", "examiner"): ("-", "0014: the examiner reads the consent, which stands apart"),
    ("story", "auditor"): ("-", "0024: an auditor sees codes, days and acts"),
    ("routing", "intake"): ("R", "0014: this is the part of the biography that intake reads"),
    ("routing", "vetting"): (
        "-",
        "0014: the key of these is destroyed early; intake hands over what counts",
    ),
    ("routing", "examiner"): ("-", "0014"),
    ("routing", "board"): ("-", "0014"),
    ("routing", "auditor"): ("-", "0024"),
    ("evidence", "auditor"): ("-", "0024: samples of cases wait for a page that records why"),
    ("sources", "auditor"): ("-", "0024"),
    ("examination", "vetting"): ("R", "0014: whether the applicant agrees, and how to go about it"),
    ("examination", "auditor"): ("-", "0024"),
    ("decision", "auditor"): ("-", "0024: decisions are sealed to auditors, and no page shows them yet"),
    ("releases", "vetting"): ("RW", "0021: whoever keeps the case says what for"),
    ("releases", "auditor"): ("-", "0024"),
    ("code", "training"): ("-", "training is not built yet: no stage is seen by this role"),
}
"""Where we give more or less: compartment and column, what we give, and the decision that says why."""

OWN = {
    # Names and birth of one case, once custodians released them to tell two people apart.
    "screening": {"code": "R", "screening": "RW", "releases": "RW", "identity": "Q", "birth": "Q"},
    "medical": {"code": "R", "health": "R"},
}
"""What our own columns may do, by decision 25 and by the medical wall of the profile."""


def right(compartment: str, column: str) -> str:
    """What this column may do with it, deviations included."""
    row = next(one for one in MATRIX if compartment in one.compartments)
    deviation = DEVIATIONS.get((compartment, column))
    return deviation[0] if deviation else row.rights[list(ROLES).index(column)]


def reads(column: str) -> frozenset[str]:
    """Everything that whoever stands in this column sees somewhere at the Desk, in words."""
    if column in OWN:
        return frozenset(OWN[column])
    every = {one for row in MATRIX for one in row.compartments}
    return frozenset(one for one in every if {*right(one, column)} & {"R", "Q"})
