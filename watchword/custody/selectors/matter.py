# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case has in custody, and where the share of each seat lies; nothing here opens anything."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from watchword import profiles
from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import Standing
from watchword.cases.selectors.pieces import newest
from watchword.core.procedure import Profile, Text
from watchword.core.procedure.custody import Custody
from watchword.core.procedure.fitting import NAMES_PAGE
from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.custody.models import Release
from watchword.custody.rules import CHECKS, elements_for
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class Lodged:
    """One sealed record in custody. ``sha256``: of its body."""

    uid: str
    compartment: str
    kind: str
    revision: int
    sha256: str


@dataclass(frozen=True)
class Matter:
    """One case, as far as custody asks. ``lodged``: the newest form of each thing that is in custody."""

    uid: str
    code: str
    standing: Standing
    profile: Profile
    lodged: tuple[Lodged, ...]

    @property
    def custody(self) -> Custody:
        """Who holds it; WrongState in a procedure without custodians."""
        if self.profile.custody is None:
            raise WrongState(sentence("In the procedure of this case nothing is in custody."))
        return self.profile.custody

    @property
    def elements(self) -> Mapping[str, Text]:
        """What could be asked for: the compartments in custody that hold something, with their titles."""
        here = {one.compartment for one in self.lodged}
        return {one.id: one.title for one in self.profile.compartments.values() if one.id in here}

    def elements_for(self, actor: Actor) -> Mapping[str, Text]:
        """The same as far as this person may ask for it."""
        later = self.profile.questionnaire.later
        named = {name for page in later if page.id == NAMES_PAGE for name in page.compartments}
        allowed = elements_for(actor, self.elements, named)
        return {name: title for name, title in self.elements.items() if name in allowed}

    @property
    def checks(self) -> Mapping[str, Text | Sentence]:
        """What a request may serve."""
        return {**CHECKS, **{kind.id: kind.title for kind in self.profile.evidence_kinds}}

    def bodies(self, elements: Collection[str]) -> tuple[Lodged, ...]:
        """The records that these elements are made of."""
        return tuple(one for one in self.lodged if one.compartment in elements)


def matter_by_code(code: str, *, viewer: Actor) -> Matter:
    """The case of this code, for whoever may know of it."""
    return matter(cases.find(code, viewer=viewer))


def matter_by_uid(case_uid: str, *, viewer: Actor) -> Matter:
    """The same, by the uid of the case."""
    return matter(cases.find_by_uid(case_uid, viewer=viewer))


def matter_in_custody(code: str, *, viewer: Actor) -> Matter:
    """The case of this code, for a custodian, who knows of none; NotFound if nothing of it is in custody."""
    found = matter(cases.find_for_custodian(code, viewer=viewer))
    if not found.lodged:
        raise NotFound(sentence("There is no case of this code that has anything in custody."))
    return found


def matter(case: Any) -> Matter:
    """What custody asks of a case, which is a row of the room of cases."""
    (found,) = matters([case])
    return found


def matters(cases: Sequence[Any]) -> list[Matter]:
    """The same of many cases, for which the vault is asked once."""
    pinned = {case.uid: profiles.load(case.profile, case.profile_version) for case in cases}
    kept = {one: in_custody(profile) for one, profile in pinned.items()}
    sent: dict[str, list[Lodged]] = defaultdict(list)
    rows = vault.records_of(pinned, frozenset().union(*kept.values())).filter(written_by="applicant")
    columns = rows.values_list("case", "uid", "compartment", "kind", "revision", "body_sha256")
    for case_uid, uid, compartment, kind, revision, sha256 in columns:
        if compartment in kept[case_uid]:
            sent[case_uid].append(Lodged(uid, compartment, kind, revision, sha256))
    return [
        Matter(case.uid, case.code, case.standing(), pinned[case.uid], _newest(sent[case.uid]))
        for case in cases
    ]


def in_custody(profile: Profile) -> frozenset[str]:
    """The compartments that no role reads under this procedure."""
    return frozenset(one.id for one in profile.compartments.values() if one.custody)


def _newest(sent: Sequence[Lodged]) -> tuple[Lodged, ...]:
    uids = {piece.uid for piece in newest(sent)}
    return tuple(one for one in sent if one.uid in uids)


def bodies_of(release: Release) -> tuple[Lodged, ...]:
    """The records that were asked for: also when the applicant has sent them anew since."""
    asked = vault.records(release.case_id).filter(pk__in=release.bodies.values("record"))
    rows = asked.values_list("uid", "compartment", "kind", "revision", "body_sha256")
    return tuple(Lodged(*row) for row in rows)


def share_of(case_uid: str, body: Lodged, seat: str) -> str:
    """The uid of what the holder of a seat was handed for this body: it came with it and has its number."""
    rows = vault.records(case_uid, seat).filter(kind=body.kind, revision=body.revision)
    found = rows.values_list("uid", flat=True).first()
    if found is None:
        raise WrongState(
            sentence("No share came for your seat with what is asked for. Other custodians must give theirs.")
        )
    return found
