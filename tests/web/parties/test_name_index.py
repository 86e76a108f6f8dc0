"""Parties are found by parts of words: exactly those that have them, whatever happened to the index meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fairlead.web.organisations.models import Organisation
from fairlead.web.parties import name_index
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.parties.search import named, words_of
from tests.web.conftest import Cast, add_party

NAMES = (
    'The "Blue Heron" Textiles LLP',
    "O'Brien & Söhne GmbH — 100%_cotton*",
    "Қазақстан мақтасы ЖШС",
    "新疆天山毛纺织股份有限公司",
    "شركة النيل للملابس",
    "ক্ষুদ্র বস্ত্র কারখানা",
    "🧵🪡 Thread & Needle 🧵",
    "AND OR NOT NEAR",
    "Ab",
    "İstanbul İplik A.Ş. \\ Co",
    "-- drop; 0x00",
)
#: Signs that no database tells apart from one another, and halves of letters, are left out.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=40)


def found(typed: str) -> set[str]:
    return set(Party.objects.filter(named(typed)).values_list("name", flat=True))


def having(typed: str) -> set[str]:
    words = words_of(typed)
    return {party.name for party in Party.objects.all() if all(word in party.search for word in words)}


@st.composite
def parts_of_names(draw: st.DrawFn) -> str:
    """Words cut out of names and other texts."""
    cut = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)):
        start = draw(st.integers(0, len(name) - 1))
        cut.append(name[start : start + draw(st.integers(1, 9))])
    return draw(st.sampled_from([" ", "", "\0", "\t"])).join(cut)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(parts_of_names(), TEXT), more=st.lists(TEXT.filter(str.strip), max_size=3))
@example(typed='"', more=[])
@example(typed='"blue heron', more=[])
@example(typed="%", more=["50% _ off"])
@example(typed="_", more=[])
@example(typed="\0", more=["a\0bcdef"])
@example(typed="bcd", more=["a\0bcdef"])
@example(typed="blue\0heron", more=[])
@example(typed="🧵", more=[])
@example(typed="a", more=[])
@example(typed="and or not", more=[])
@example(typed="ь", more=["ь"])
def test_a_search_finds_exactly_the_parties_whose_texts_have_each_word(typed: str, more: list[str]) -> None:
    with transaction.atomic():
        organisation = Organisation.objects.create(name="Ministry", slug="of-names")
        for number, name in enumerate((*NAMES, *(each.replace("\0", "") or "x" for each in more))):
            add_party(organisation, name, f"pty_{number:016x}")
        assert found(typed) == having(typed)
        transaction.set_rollback(True)


def test_the_index_is_there_and_follows_every_change(cast: Cast) -> None:
    assert name_index.is_there()
    party = add_party(cast.ministry, "Grey Gull Foods", "pty_000000000000009a")
    assert found("gull") == {"Grey Gull Foods"}
    Party.objects.filter(pk=party.pk).update(search="white stork")
    assert (found("gull"), found("stork")) == (set(), {"Grey Gull Foods"})
    Party.objects.filter(pk=party.pk).update(rank=3)
    assert found("stork") == {"Grey Gull Foods"}
    Party.objects.bulk_update([Party(pk=party.pk, search="black kite")], ["search"])
    assert (found("stork"), found("kite")) == (set(), {"Grey Gull Foods"})
    party.delete()
    assert found("kite") == set()


def test_parties_of_an_import_are_found_from_when_it_is_put_in_place(cast: Cast) -> None:
    party = add_party(cast.ministry, "Grey Gull Foods", "pty_000000000000009a", state=RecordState.STAGED)
    if connection.vendor == "sqlite":
        assert found("gull") == set()
    for state, names in ((RecordState.LIVE, {"Grey Gull Foods"}), (RecordState.WITHDRAWN, {"Grey Gull Foods"})):
        Party.objects.filter(pk=party.pk).update(state=state)
        assert found("gull") == names
    Party.objects.filter(pk=party.pk).update(state=RecordState.STAGED, search="white stork")
    Party.objects.filter(pk=party.pk).update(state=RecordState.LIVE)
    assert (found("gull"), found("stork")) == (set(), {"Grey Gull Foods"})


def take_index_away(*, whole: bool) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX {name_index.INDEX}")
            return
        for name in ("added", "removed", "changed"):
            cursor.execute(f"DROP TRIGGER {name_index.INDEX}_{name}")
        if whole:
            cursor.execute(f"DROP TABLE {name_index.INDEX}")


def migrate() -> None:
    """Outside of tests no transaction is open then, which would keep what is to be looked at until its end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("migrate", verbosity=0)


@pytest.mark.parametrize("whole", [True, False])
def test_a_search_goes_on_without_the_index_and_the_next_migrate_makes_it_good(cast: Cast, *, whole: bool) -> None:
    take_index_away(whole=whole)
    assert not name_index.is_there()
    add_party(cast.ministry, "Grey Gull Foods", "pty_000000000000009a")
    Party.objects.filter(pk=cast.supplier.pk).update(search="white stork")
    assert (found("gull"), found("heron")) == ({"Grey Gull Foods"}, set())
    migrate()
    assert name_index.is_there()
    assert (found("gull"), found("heron")) == ({"Grey Gull Foods"}, set())
    assert found("stork") == {cast.supplier.name}


@pytest.fixture
def _made_good_after() -> Iterator[None]:
    yield
    name_index.make_good()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
@pytest.mark.django_db(transaction=True)
def test_it_comes_back_after_a_migration_that_makes_the_table_anew(_made_good_after: None) -> None:
    organisation = Organisation.objects.create(name="Ministry", slug="of-names")
    add_party(organisation, "Grey Gull Foods", "pty_000000000000009a")
    with connection.schema_editor() as editor:
        editor._remake_table(Party)
    assert not name_index.is_there()
    assert found("gull") == {"Grey Gull Foods"}
    migrate()
    assert name_index.is_there()
    assert found("gull") == {"Grey Gull Foods"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_where_sqlite_has_no_trigrams_parties_are_saved_and_found_all_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_index, "_OLDEST_SQLITE", (99, 0, 0))
    name_index.make_good()
    assert not name_index.is_there()
    add_party(cast.ministry, "Grey Gull Foods", "pty_000000000000009a")
    assert found("gull foods") == {"Grey Gull Foods"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_where_postgresql_gives_no_trigrams_parties_are_found_all_the_same(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE somebody_without_rights")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO somebody_without_rights")
        cursor.execute("SET LOCAL ROLE somebody_without_rights")
        name_index.make_good()
        assert not name_index.is_there()
        assert found("heron") == {cast.supplier.name}
        cursor.execute("RESET ROLE")
    name_index.make_good()
    assert name_index.is_there()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_postgresql_can_answer_a_search_by_the_index(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert name_index.INDEX in Party.objects.filter(named("heron")).explain()
