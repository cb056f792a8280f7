# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Gate's tables can hold at all: no column is made for a time, a name or a text of people."""

import pytest
from django.apps import apps
from django.db import models

from watchword.intake.models import Notice

MODELS = list(apps.get_app_config("intake").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_column_holds_a_time_finer_than_a_day(model: type[models.Model]) -> None:
    fine = (models.DateTimeField, models.TimeField, models.DurationField)
    assert [field.name for field in model._meta.get_fields() if isinstance(field, fine)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_key_counts_what_came_before(model: type[models.Model]) -> None:
    assert not isinstance(model._meta.pk, models.AutoField)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_only_what_is_public_is_a_text_without_a_short_limit(model: type[models.Model]) -> None:
    texts = {field.name for field in model._meta.get_fields() if isinstance(field, models.TextField)}
    assert texts <= ({"text"} if model is Notice else {"recipient"})
    for field in model._meta.get_fields():
        if type(field) is models.CharField:
            assert field.max_length is not None
            assert field.max_length <= 64
