"""Fields of models that the features share."""

from __future__ import annotations

import json

import pytest

from fairlead.web.standards.models import StandardBase


@pytest.mark.django_db
def test_names_keep_the_order_in_which_they_were_written() -> None:
    content = {"wages": {"yes": "Yes", "no": "No", "partly": "Отчасти"}, "age": [{"ask": "?", "at": 1.50}, None]}
    StandardBase.objects.create(version="1", content=content)
    assert json.dumps(StandardBase.objects.get().content) == json.dumps(content)
