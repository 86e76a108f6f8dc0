"""Many new records at once: every value comes back as it was given, what is not said is as the model makes it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairlead.web.imports.insert import insert
from fairlead.web.parties.models import UNRANKED, Link, Party, RecordState, SourceRow
from tests.web.conftest import Cast


def party(cast: Cast, uid: str, **values: Any) -> dict[str, Any]:
    """The columns of a party."""
    return {"organisation_id": cast.ministry.pk, "uid": uid, "name": uid, **values}


@pytest.mark.parametrize(
    "text", ["a\tb", "a\nb\r\nc", r"a\b", r"\N", r"\.", "\"q\", 'q'", "", "Қазақ “ТОО” 织", "=1+1", "%s %(x)s {} ;--"]
)
def test_a_text_comes_back_as_it_was_given_whatever_signs_it_has(cast: Cast, text: str) -> None:
    names = [text, {"in": text}]
    with transaction.atomic():
        insert(Party, [party(cast, "pty_1", name=text, names=names, search=text)])
    found = Party.objects.get(uid="pty_1")
    assert (found.name, found.names, found.search) == (text, names, text)


def test_what_is_not_said_is_as_the_model_makes_it(cast: Cast) -> None:
    with transaction.atomic():
        insert(Party, [party(cast, "pty_1"), party(cast, "pty_2")])
    found, other = Party.objects.filter(uid__startswith="pty_").order_by("uid")[:2]
    assert (found.state, found.version, found.rank, found.assessed) == (RecordState.LIVE, 1, UNRANKED, False)
    assert (found.names, found.workforce, found.note, found.country, found.tier) == ([], [], "", None, None)
    assert found.merged_into is None
    assert abs(timezone.now() - found.created_at) < timedelta(minutes=1)
    assert found.pk != other.pk


def test_numbers_yes_and_no_and_what_is_missing_come_back(cast: Cast) -> None:
    link = {
        "organisation_id": cast.ministry.pk,
        "from_party_id": cast.supplier.pk,
        "kind": "supplies",
        "tier": 2,
        "currency": "KZT",
    }
    with transaction.atomic():
        insert(
            Link,
            [
                {**link, "uid": "lnk_1", "to_self": True, "share": 0.25, "spend": Decimal("12345678901234567890.1234")},
                {**link, "uid": "lnk_2", "to_self": False, "share": None, "spend": Decimal("1E+3")},
                {**link, "uid": "lnk_3", "to_self": False, "share": 1.0, "spend": None},
            ],
        )
    found = Link.objects.filter(uid__startswith="lnk_").order_by("uid")
    assert [(one.to_self, one.share, one.spend) for one in found][1:] == [
        (False, None, Decimal(1000)),
        (False, 1.0, None),
    ]
    assert (found[0].to_self, found[0].share, found[0].tier) == (True, 0.25, 2)
    assert found[0].spend == pytest.approx(Decimal("12345678901234567890.1234"))


def test_cells_of_a_row_keep_their_kinds(cast: Cast) -> None:
    cells = {
        "city": "Almaty\t\\n",
        "workers": 12,
        "share": 0.5,
        "owners": [{"name": "A", "certain": None}],
        "own": True,
    }
    row = {"party_id": cast.supplier.pk, "uid": "row_1", "import_batch": 7, "file": "a.csv", "row": 3, "fields": cells}
    with transaction.atomic():
        insert(SourceRow, [row])
    assert SourceRow.objects.get(uid="row_1").fields == cells


def test_what_the_database_refuses_is_an_error_of_django_and_nothing_is_kept(cast: Cast) -> None:
    rows = [party(cast, "pty_1"), party(cast, "pty_1")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Party, rows)
    assert not Party.objects.filter(uid="pty_1").exists()


def test_nothing_to_insert_is_no_question_to_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert(Party, [])
