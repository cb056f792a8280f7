# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries of an XML file, one after the other in constant memory, and nothing that XML can do to a reader.

Refused: a document type (and with it entities that multiply, or that fetch files), elements nested too
deeply, text, attributes or entries without an end, and a file that breaks off.
"""

from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # it ships no types
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Tally, Unreadable
from watchword.core.screening.loaders.sources import Source

DEEPEST = 60
LONGEST_TEXT = 4 * 2**20
LARGEST_ENTRY = 100_000
LONGEST_ENTRY = 64 * 2**20


class _Rationed:
    """Bytes of the stream; too many without an element or an entry are refused before memory is full."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._stream: BinaryIO = source.stream
        self.since = self.in_entry = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.since += len(data)
        self.in_entry += len(data)
        if self.since > LONGEST_TEXT or self.in_entry > LONGEST_ENTRY:
            raise Unreadable(sentence("%(file)s holds a text without an end.", file=self._name))
        return data


def entries(
    source: Source, *, root: str, wanted: Collection[str], tally: Tally | None = None
) -> Iterator[Element]:
    """Every element called one of ``wanted`` (without its namespace), whole; it is emptied after it was used.

    Elements outside all of them are counted in ``tally`` where they hold text. Raises ``Unreadable``.
    """
    rationed = _Rationed(source)
    try:
        yield from _walk(source, rationed, root, wanted, tally)
    except DefusedXmlException:
        raise Unreadable(
            sentence("%(file)s declares a document type, which is never read.", file=source.name)
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(
            sentence("%(file)s is not whole XML: %(error)s.", file=source.name, error=str(error)[:100]),
        ) from None


def _walk(
    source: Source, rationed: _Rationed, root: str, wanted: Collection[str], tally: Tally | None
) -> Iterator[Element]:
    path: list[Element] = []
    inside, size = 0, 0
    for event, element in iterparse(rationed, events=("start", "end"), forbid_dtd=True):
        rationed.since = 0
        if event == "start":
            path.append(element)
            inside += local(element) in wanted
            size += 1
            _check(source, path, size, root)
            continue
        path.pop()
        is_wanted = local(element) in wanted
        inside -= is_wanted
        if inside:
            continue
        if is_wanted:
            yield element
        elif tally is not None and (element.text or "").strip():
            tally.unread_part(local(element))
        size = rationed.in_entry = 0
        if path:
            path[-1].remove(element)


def _check(source: Source, path: list[Element], size: int, root: str) -> None:
    if local(path[0]) != root:
        raise Unreadable(
            sentence(
                "%(file)s begins with %(found)s, not with %(root)s.",
                file=source.name,
                found=local(path[0])[:60],
                root=root,
            ),
        )
    if len(path) > DEEPEST:
        raise Unreadable(sentence("%(file)s is nested too deeply.", file=source.name))
    if size > LARGEST_ENTRY:
        raise Unreadable(sentence("An entry of %(file)s has no end.", file=source.name))


def local(element: Element) -> str:
    """The element's name without its namespace, which publishers change from time to time."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of that name."""
    return (child for child in element if local(child) == name)


def text(element: Element, name: str = "") -> str:
    """The text of the first child of that name, or of the element itself; empty when there is none."""
    found = next(children(element, name), None) if name else element
    return " ".join((found.text or "").split()) if found is not None else ""
