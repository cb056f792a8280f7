# SPDX-License-Identifier: AGPL-3.0-or-later
"""C2SP tlog-policy: which logs are known, which witnesses, and how many of them must have cosigned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.note import VerifierKey

_NONE = "none"


@dataclass(frozen=True, slots=True)
class Group:
    """``threshold`` of these witnesses and groups, by name, must have cosigned."""

    threshold: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """Logs, witnesses and groups by name, and the name whose cosignature is demanded (``none``: nobody's)."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = _NONE

    @classmethod
    def threshold(
        cls, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey], needed: int
    ) -> "Policy":
        """The simple policy: ``needed`` of these witnesses, no groups."""
        if not 0 <= needed <= len(witnesses):
            raise Malformed("a quorum cannot ask for more witnesses than are named")
        policy = cls(list(logs), {f"witness-{number}": key for number, key in enumerate(witnesses)})
        _refuse_twins(policy.witnesses.values())
        if needed:
            policy.groups["all-named"] = Group(needed, tuple(policy.witnesses))
            policy.quorum = "all-named"
        return policy

    def is_met(self, cosigners: Iterable[VerifierKey]) -> bool:
        """Whether these witnesses are enough."""
        present = set(cosigners)
        return self.quorum == _NONE or self._stands(self.quorum, present)

    def _stands(self, name: str, present: set[VerifierKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in present
        group = self.groups[name]
        return sum(self._stands(member, present) for member in group.members) >= group.threshold


def parse_policy(text: str) -> Policy:
    """Read a policy file; Malformed, naming the line, when it breaks a rule of the format."""
    policy = Policy()
    seen_quorum = False
    for number, line in enumerate(text.split("\n"), start=1):
        if any(character < " " and character != "\t" for character in line):
            raise Malformed(f"line {number} of the policy holds a control character")
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            if words[0] == "quorum":
                _quorum(policy, words, again=seen_quorum)
                seen_quorum = True
            else:
                _define(policy, words)
        except Malformed as error:
            raise Malformed(f"line {number} of the policy: {error}") from None
    if not seen_quorum:
        raise Malformed("the policy has no quorum line")
    _refuse_twins(policy.logs)
    _refuse_twins(policy.witnesses.values())
    return policy


def _define(policy: Policy, words: Sequence[str]) -> None:
    match words:
        case ["log", vkey] | ["log", vkey, _]:
            policy.logs.append(VerifierKey.parse(vkey))
        case ["witness", name, vkey] | ["witness", name, vkey, _]:
            _refuse_name(policy, name)
            policy.witnesses[name] = VerifierKey.parse(vkey)
        case ["group", name, count, *members] if members:
            _refuse_name(policy, name)
            policy.groups[name] = _group(policy, count, members)
        case _:
            raise Malformed("a line defines a log, a witness, a group or the quorum")


def _group(policy: Policy, count: str, members: Sequence[str]) -> Group:
    taken = {member for group in policy.groups.values() for member in group.members}
    for member in members:
        if member not in policy.witnesses and member not in policy.groups:
            raise Malformed(f"{member} is not defined above")
        if member in taken or members.count(member) > 1:
            raise Malformed(f"{member} already counts in a group")
    words: Mapping[str, int] = {"any": 1, "all": len(members)}
    plain = count.isascii() and count.isdecimal() and not count.startswith("0")
    threshold = words.get(count, int(count) if plain else 0)
    if not 1 <= threshold <= len(members):
        raise Malformed("a group needs any, all, or a number from 1 to its size")
    return Group(threshold, tuple(members))


def _quorum(policy: Policy, words: Sequence[str], *, again: bool) -> None:
    if again or len(words) != 2:
        raise Malformed("there is one quorum line, with one name")
    name = words[1]
    if name != _NONE and name not in policy.witnesses and name not in policy.groups:
        raise Malformed(f"{name} is not defined above")
    policy.quorum = name


def _refuse_name(policy: Policy, name: str) -> None:
    if name == _NONE or name in policy.witnesses or name in policy.groups:
        raise Malformed(f"{name} is taken")


def _refuse_twins(keys: Iterable[VerifierKey]) -> None:
    """One key under two names would count twice."""
    public = [key.public for key in keys]
    if len(set(public)) != len(public):
        raise Malformed("one key stands in the policy twice")
