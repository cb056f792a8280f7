# SPDX-License-Identifier: AGPL-3.0-or-later
"""The names of months in the languages that lists are printed in, whole and shortened."""

import re

_NAMES = (
    "january jan января январь янв січня січень січ студзеня студзень",
    "february feb февраля февраль фев лютого лютий лют лютага люты",
    "march mar марта март мар березня березень бер сакавіка сакавік",
    "april apr апреля апрель апр квітня квітень квіт красавіка красавік",
    "may мая май травня травень трав траўня травень",
    "june jun июня июнь июн червня червень черв чэрвеня чэрвень",
    "july jul июля июль июл липня липень лип ліпеня ліпень",
    "august aug августа август авг серпня серпень серп жніўня жнівень",
    "september sept sep сентября сентябрь сен вересня вересень вер верасня верасень",
    "october oct октября октябрь окт жовтня жовтень жовт кастрычніка кастрычнік",
    "november nov ноября ноябрь ноя листопада листопад лист лістапада лістапад",
    "december dec декабря декабрь дек грудня грудень груд снежня снежань",
)

#: The number of the month that a lower-case word names.
MONTHS = {word: number for number, words in enumerate(_NAMES, 1) for word in words.split()}
#: The same as a pattern, longest first.
MONTH = "|".join(re.escape(word) for word in sorted(MONTHS, key=len, reverse=True))
