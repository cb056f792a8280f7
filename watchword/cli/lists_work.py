# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the verbs of `watchword lists` do, once the engine is loaded."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from watchword.cli import lists_words
from watchword.core.refusals import NotFound, sentence
from watchword.core.screening.loaders import Format, Unreadable
from watchword.watchlists import Shelf, description
from watchword.watchlists.description import Description


def add(args: argparse.Namespace) -> None:
    said = _described(args)
    with lists_words.progress() as progress:
        version = Shelf(args.shelf).add(
            args.id,
            args.files,
            format=said.format,
            title=said.title,
            polarity=said.polarity,
            note=said.note,
            mapping=said.mapping,
            today=_today(),
            progress=progress,
        )
    lists_words.summary(Shelf(args.shelf), args.id, version)


def update(args: argparse.Namespace) -> None:
    shelf = Shelf(args.shelf)
    with lists_words.progress() as progress:
        if args.files:
            version = shelf.update(
                args.id, args.files, today=_today(), progress=progress, smaller=args.smaller
            )
        else:
            version = shelf.rebuild(args.id, progress)
    lists_words.summary(shelf, args.id, version)


def show(args: argparse.Namespace) -> None:
    shelf = Shelf(args.shelf)
    wanted = [facts.id for facts in shelf.lists() if args.id in (None, facts.id)]
    if args.id is not None and not wanted:
        raise NotFound(sentence("There is no list called %(name)s.", name=args.id))
    if args.verify:
        for name in wanted:
            shelf.verify(name)
            print(f"{name}: every byte is as it was written.")
    elif args.id is not None:
        lists_words.in_full(shelf, args.id)
    else:
        lists_words.table(shelf, description.known_ids())


def remove(args: argparse.Namespace) -> None:
    Shelf(args.shelf).remove(args.id)
    print(f"{args.id} is off the shelf.")


def template(_args: argparse.Namespace) -> None:
    print(description.template(), end="")


def _described(args: argparse.Namespace) -> Description:
    """The description given, or the one that is known under this id; ``--format`` overrules both."""
    if args.description is not None:
        said = description.parse(args.description.read_text(encoding="utf-8"))
    else:
        known = description.known(args.id)
        if known is None:
            raise NotFound(
                sentence(
                    "%(name)s is not a well-known list (%(known)s). Describe it: `watchword lists template`"
                    " prints a description to fill in, and --description takes it.",
                    name=args.id,
                    known=", ".join(description.known_ids()),
                )
            )
        said = known
    return said if args.format is None else replace(said, format=_format(args.format))


def _format(word: str) -> Format:
    if word not in tuple(Format):
        raise Unreadable(sentence("The formats are %(formats)s.", formats=", ".join(Format)))
    return Format(word)


def _today() -> date:
    return datetime.now(UTC).date()


VERBS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "add": add,
    "remove": remove,
    "show": show,
    "template": template,
    "update": update,
}
