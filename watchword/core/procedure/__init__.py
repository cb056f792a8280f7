# SPDX-License-Identifier: AGPL-3.0-or-later
"""The procedure as data: stages, needs, questionnaire and letters of a profile, and the logic over them."""

from watchword.core.procedure.answers import Answers, Checked, asked, validate
from watchword.core.procedure.apart import belonging, parted, read_by_others, strayed
from watchword.core.procedure.described import described, described_faults
from watchword.core.procedure.diagram import states_markdown
from watchword.core.procedure.errors import AnswersError, LetterError, Problem, ProfileError
from watchword.core.procedure.evidence import EvidenceKind, check_may_decide, check_may_record
from watchword.core.procedure.grounds import Ground, GroundLaw
from watchword.core.procedure.judging import Answer
from watchword.core.procedure.letters import Composed, LetterTemplate, compose
from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Question, Questionnaire, QuestionType, Section
from watchword.core.procedure.readable import Line, readable
from watchword.core.procedure.reading import FILES, read_profile
from watchword.core.procedure.retention import Retention
from watchword.core.procedure.roles import APPLICANT, CompartmentDef, RoleDef
from watchword.core.procedure.sealed_answers import SealedAnswers, decode_answers, encode_answers
from watchword.core.procedure.stages import Exit, Stage, check_may_take, check_role, unmet
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.procedure.typed import gather

__all__ = [
    "APPLICANT",
    "FILES",
    "LANGUAGES",
    "Answer",
    "Answers",
    "AnswersError",
    "CaseFacts",
    "Checked",
    "CompartmentDef",
    "Composed",
    "EvidenceKind",
    "Exit",
    "Ground",
    "GroundLaw",
    "LetterError",
    "LetterTemplate",
    "Line",
    "Problem",
    "Profile",
    "ProfileError",
    "Question",
    "QuestionType",
    "Questionnaire",
    "Retention",
    "RoleDef",
    "SealedAnswers",
    "Section",
    "Stage",
    "Text",
    "asked",
    "belonging",
    "check_may_decide",
    "check_may_record",
    "check_may_take",
    "check_role",
    "compose",
    "decode_answers",
    "described",
    "described_faults",
    "encode_answers",
    "gather",
    "parted",
    "read_by_others",
    "read_profile",
    "readable",
    "states_markdown",
    "strayed",
    "unmet",
    "validate",
]
