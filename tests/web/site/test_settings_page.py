"""The table of settings is whole, and the page is made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders import settings
from fairlead.errors import OptionError
from fairlead.web.site import environment

SOURCE = Path(environment.__file__).parents[2]
#: A setting of the engine, which how-to/run-on-spark.md explains.
OF_THE_ENGINE = {"FAIRLEAD_SPARK_MASTER"}


def test_the_page_is_up_to_date() -> None:
    assert settings.PAGE.read_text("utf-8") == settings.page(), "run ./run build settings"


def test_every_variable_that_the_source_reads_is_in_the_table_and_the_other_way_round() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        found |= set(re.findall(r"[\"'](FAIRLEAD_[A-Z_]+)[\"']", path.read_text("utf-8")))
    assert found - OF_THE_ENGINE == {setting.name for setting in environment.SETTINGS}


@pytest.mark.parametrize("setting", environment.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_is_for_and_what_holds_without_it(setting: environment.Setting) -> None:
    assert setting.meaning.endswith(".")
    assert setting.default


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRLEAD_WORKERS", "many")
    with pytest.raises(OptionError, match="FAIRLEAD_WORKERS is “many”"):
        environment.read_number("FAIRLEAD_WORKERS", 2)
    monkeypatch.setenv("FAIRLEAD_BEHIND_PROXY", "perhaps")
    with pytest.raises(OptionError, match="neither yes nor no"):
        environment.read_yes("FAIRLEAD_BEHIND_PROXY")
    with pytest.raises(OptionError, match="mysql"):
        environment.database("mysql://x")
    with pytest.raises(OptionError, match="FAIRLEAD_EMAIL_URL"):
        environment.email("imap://x")


def test_an_address_of_postgresql_may_name_a_socket_and_escaped_signs() -> None:
    read = environment.database("postgresql://us%40er:p%2Fw@%2Frun%2Fpg:5433/name?sslmode=require")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "us@er",
        "p/w",
        "/run/pg",
        "5433",
        "name",
    )
    assert read["OPTIONS"] == {"connect_timeout": "10", "sslmode": "require"}


def test_how_long_a_connection_is_waited_for_may_be_said_in_the_address() -> None:
    read = environment.database("postgresql://fairlead@db.example/fairlead?connect_timeout=3")
    assert read["OPTIONS"]["connect_timeout"] == "3"
