# SPDX-License-Identifier: AGPL-3.0-or-later
"""An organisation that asks a little more than the profile that comes along."""

import shutil
from dataclasses import replace
from pathlib import Path

from pytest_django import Settings

from tests.intake.harbour import Harbour
from watchword import profiles

LEGION = Path(profiles.__file__).parent / "legion"
# Of a page of the application the board reads one answer, and intake the rest.
APART = """
[[sections.questions]]
id = "feared"
type = "text"
compartment = "story"
label = { en = "Whom do you fear?", uk = "Кого ви боїтеся?", ru = "Кого вы боитесь?" }
hint = { en = "No names.", uk = "Без імен.", ru = "Без имён." }

"""
LIST = """
[[sections.questions]]
id = "moves"
type = "group"
required = true
most = 3
ordered_by = "when"
label = { en = "Where were you?", uk = "Де ви були?", ru = "Где вы были?" }
hint = { en = "Roughly.", uk = "Приблизно.", ru = "Примерно." }
entry = { en = "Move", uk = "Переїзд", ru = "Переезд" }

[[sections.questions.questions]]
id = "when"
type = "period"
required = true
label = { en = "When?", uk = "Коли?", ru = "Когда?" }
hint = { en = "A year.", uk = "Рік.", ru = "Год." }

[[sections.questions.questions]]
id = "travelled"
type = "yes_no"
label = { en = "Did you travel?", uk = "Чи подорожували ви?", ru = "Путешествовали ли вы?" }
hint = { en = "Or stay.", uk = "Чи залишалися.", ru = "Или оставались." }

[[sections.questions.questions]]
id = "how"
type = "text"
show_if = { question = "travelled", answers = ["yes"] }
label = { en = "How?", uk = "Як?", ru = "Как?" }
hint = { en = "By train.", uk = "Потягом.", ru = "Поездом." }

"""
NEXT = '[[sections]]\nid = "attachment"'


def asking(gate: Harbour, settings: Settings, *questions: str) -> Harbour:
    """The same organisation, with these questions at the end of the page before the files."""
    settings.WATCHWORD_DIR = gate.path.with_name("own")
    folder = settings.WATCHWORD_DIR / "profiles" / "legion"
    shutil.copytree(LEGION, folder)
    file = folder / "questionnaire.toml"
    more = "".join(questions) + NEXT
    file.write_text(file.read_text(encoding="utf-8").replace(NEXT, more), encoding="utf-8")
    return replace(gate, profile=profiles.load("legion"))
