# SPDX-License-Identifier: AGPL-3.0-or-later
"""The EU's consolidated list of financial sanctions in XML: one element an entry, its parts as attributes."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from watchword.core.screening.loaders import eu_parts, markup
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.markup import children, local, text
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.record import Person

KNOWN = frozenset(("remark", "regulation", "subjectType"))
KNOWN_WITHIN = frozenset(("remark", "regulationSummary", "logicalId"))


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The persons; other entries are counted."""
    for source in sources:
        for element in markup.entries(source, root="export", wanted=("sanctionEntity",), tally=tally):
            subject = next(children(element, "subjectType"), None)
            kind = "" if subject is None else subject.get("code", "") or subject.get("classificationCode", "")
            if eu_parts.is_person(kind):
                yield from _person(source, element, tally)
            else:
                tally.other(kind or "entry without a kind")


def _person(source: Source, element: Element, tally: Tally) -> Iterator[Person | Complaint]:
    key = element.get("euReferenceNumber", "") or element.get("logicalId", "")
    draft = Draft(f"{source.name}, entry {key}", tally)
    for child in element:
        name = local(child)
        if name.lower() in eu_parts.PARTS:
            part = {field.lower(): value for field, value in child.attrib.items() if value.strip()}
            remarks = "; ".join(text(remark) for remark in children(child, "remark"))
            eu_parts.PARTS[name.lower()](draft, {"remark": remarks, **part})
            for inner in child:
                if local(inner) not in KNOWN_WITHIN:
                    tally.unread_part(f"{name}/{local(inner)}")
        elif name not in KNOWN:
            tally.unread_part(name)
    for regulation in children(element, "regulation"):
        draft.programme(regulation.get("programme", ""))
    for remark in children(element, "remark"):
        draft.remark(text(remark))
    for attribute in ("designationDetails", "unitedNationId", "designationDate"):
        draft.remark(element.get(attribute, ""))
    yield from draft.finish(key)
