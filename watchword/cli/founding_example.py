# SPDX-License-Identifier: AGPL-3.0-or-later
"""An answers file to start from, with as many invented people as the chosen procedure needs."""

from collections.abc import Iterator

from watchword.accounts.rules import ADMINISTRATOR
from watchword.cli.founding_strength import holders_needed
from watchword.core.procedure import Profile

NAMES = (
    *(
        "Olha M.",
        "Petro S.",
        "Iryna V.",
        "Ada K.",
        "Danylo R.",
        "Lesia F.",
        "Sofia N.",
        "Stas O.",
        "Marta L.",
    ),
    *("Yurii B.", "Ben H.", "Eva T.", "Ihor Z.", "Nina P.", "Orest W.", "Tess G.", "Anna D.", "Maks C."),
    *("Halyna P.", "Jonas T.", "Katrin S.", "Milda J.", "Tomasz W.", "Viktor A.", "Zoia I.", "Roman U."),
)

HEAD = """\
title = "Free Harbour"
profile = "{profile}"
# Where applicants reach the Gate. The Desk's courier takes the first.
gates = ["http://127.0.0.1:8731/"]

# As many of each role as the procedure needs, so that no case is stuck; everybody here is invented.
# Two administer and two screen at the least: what one of them says counts only with the other.
# A person's language is "en", "uk" or "ru"; without one it is English.
staff = [
"""


def example(profile: Profile) -> str:
    """The answers file that founds an invented organisation with ``profile``."""
    return HEAD.format(profile=profile.name) + "".join(_staff(profile)) + "]\n"


def _staff(profile: Profile) -> Iterator[str]:
    needed = holders_needed(profile)
    names = iter(NAMES * 3)
    for role in sorted(profile.roles, key=lambda role: role.id != ADMINISTRATOR):
        yield f"    # {role.title}\n"
        for _ in range(needed[role.id]):
            name = next(names)
            login = name.split()[0].lower()
            language = ', language = "uk"' if name == NAMES[0] else ""
            yield f'    {{ login = "{login}", name = "{name}", roles = ["{role.id}"]{language} }},\n'
