# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of a profile as forms: drawn here, judged by the procedure."""

from watchword.web.questions.form import ROWS, SectionForm

__all__ = ["ROWS", "SectionForm"]
