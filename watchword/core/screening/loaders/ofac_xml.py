# SPDX-License-Identifier: AGPL-3.0-or-later
"""The "advanced" XML of the US Office of Foreign Assets Control, where all things refer to others by number.

The file is read twice: first the tables that parties refer to (the words behind the numbers, places,
documents, programmes), which fit in memory; then the parties, one by one.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from watchword.core.screening.loaders import markup
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.markup import children, local, text
from watchword.core.screening.loaders.ofac_tables import Tables, gather
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.record import NameKind, Person

SURNAMES = ("last name", "maiden name")
GIVEN = ("first name",)


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The individuals; entities, vessels and aircraft are counted."""
    for source in sources:
        found = gather(source)
        source.stream.seek(0)
        for party in markup.entries(source, root="Sanctions", wanted=("DistinctParty",)):
            for profile in children(party, "Profile"):
                yield from _profile(source, profile, found, tally)


def _profile(source: Source, profile: Element, found: Tables, tally: Tally) -> Iterator[Person | Complaint]:
    key = profile.get("ID", "")
    kind = found.word("PartySubType", profile.get("PartySubTypeID", ""))
    kind = found.word("PartyType", found.party_types.get(profile.get("PartySubTypeID", ""), "")) or kind
    if kind.lower() != "individual":
        tally.other(kind.lower() or "party without a kind")
        return
    draft = Draft(f"{source.name}, profile {key}", tally)
    for identity in children(profile, "Identity"):
        _identity(draft, identity, found)
    for feature in children(profile, "Feature"):
        _feature(draft, feature, found, tally)
    for programme in found.programmes.get(key, ()):
        draft.programme(programme)
    draft.remark(text(profile, "Comment"))
    yield from draft.finish(key)


def _identity(draft: Draft, identity: Element, found: Tables) -> None:
    parts = {
        group.get("ID", ""): found.word("NamePartType", group.get("NamePartTypeID", "")).lower()
        for groups in children(identity, "NamePartGroups")
        for master in children(groups, "MasterNamePartGroup")
        for group in children(master, "NamePartGroup")
    }
    for alias in children(identity, "Alias"):
        for documented in children(alias, "DocumentedName"):
            _name(draft, documented, _kind(draft, alias, found), parts)
    for kind, number, country in found.documents.get(identity.get("ID", ""), ()):
        draft.document(kind, number, country)


def _kind(draft: Draft, alias: Element, found: Tables) -> NameKind:
    if alias.get("LowQuality") == "true":
        return NameKind.WEAK
    if found.word("AliasType", alias.get("AliasTypeID", "")).upper().startswith("F.K.A"):
        return NameKind.FORMER
    return NameKind.PRIMARY if alias.get("Primary") == "true" and not draft.names else NameKind.ALIAS


def _name(draft: Draft, documented: Element, kind: NameKind, parts: dict[str, str]) -> None:
    words: dict[str, list[str]] = {"surname": [], "given": [], "patronymic": []}
    whole = []
    for part in children(documented, "DocumentedNamePart"):
        for value in children(part, "NamePartValue"):
            role = parts.get(value.get("NamePartGroupID", ""), "")
            place = "surname" if role in SURNAMES else "given" if role in GIVEN else role
            words.get(place, []).append(text(value))
            whole.append(text(value))
    draft.name(
        " ".join(whole),
        kind,
        surname=" ".join(words["surname"]),
        given=" ".join(words["given"]),
        patronymic=" ".join(words["patronymic"]),
    )


def _feature(draft: Draft, feature: Element, found: Tables, tally: Tally) -> None:
    label = found.word("FeatureType", feature.get("FeatureTypeID", ""))
    for version in children(feature, "FeatureVersion"):
        said = [
            text(detail) or found.word("DetailReference", detail.get("DetailReferenceID", ""))
            for detail in children(version, "VersionDetail")
        ]
        placed = [
            found.places.get(place.get("LocationID", ""), "")
            for place in children(version, "VersionLocation")
        ]
        for value in filter(None, (*said, *placed)):
            _value(draft, label, value, tally)
        for period in children(version, "DatePeriod"):
            if label.lower() == "birthdate":
                _birth(draft, period)
        draft.remark(text(version, "Comment"))


def _value(draft: Draft, label: str, value: str, tally: Tally) -> None:
    words = label.lower()
    if words == "place of birth":
        draft.place(value)
    elif words in ("nationality country", "citizenship country", "nationality", "citizenship"):
        draft.country(value)
    elif words == "gender":
        draft.gender(value)
    elif words.startswith(("email", "phone", "telephone")):
        draft.contact(value)
    else:
        # Titles, addresses, web sites, wallets, what the programme adds: for the reader.
        draft.remark(f"{label}: {value}" if label else value)
        if not label:
            tally.unread_part("Feature")


def _birth(draft: Draft, period: Element) -> None:
    """A period with two ends, each of them from one day to another: what lies between the outermost ones."""
    ends = [
        tuple(text(day, part) for part in ("Year", "Month", "Day"))
        for end in period
        for day in end
        if local(day) in ("From", "To") and text(day, "Year")
    ]
    circa = any(end.get("Approximate") == "true" for end in period)
    if not ends:
        draft.birth(" ".join(period.itertext()) or "?")
    elif len(set(ends)) == 1:
        draft.birth_parts(*ends[0], circa=circa)
    elif (year := ends[0][0]) == ends[-1][0]:
        month = ends[0][1] if ends[0][1] == ends[-1][1] else ""
        draft.birth_parts(year, month, "", circa=circa)
    else:
        draft.birth_parts(year, "", "", circa=circa, until=ends[-1][0])
