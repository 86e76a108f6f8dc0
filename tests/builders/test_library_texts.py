"""What Django and allauth do not translate is translated here, in every language that the workbench offers."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from builders import catalogues, library_texts

offered = pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])


def ours(code: str) -> Catalog:
    return catalogues.read(catalogues.OF_LIBRARIES.file(code, "po"), code)


def singulars(catalogue: Catalog) -> set[str]:
    return {str(entry.id[0] if isinstance(entry.id, tuple) else entry.id) for entry in catalogue if entry.id}


@offered
def test_no_text_that_a_page_can_show_lacks_a_translation(code: str) -> None:
    assert catalogues.missing(catalogues.updated_of_libraries(code)) == [], "run ./run build catalogues and translate"


@offered
def test_the_catalogue_holds_what_the_installed_libraries_lack_today_and_is_compiled(code: str) -> None:
    today = catalogues.updated_of_libraries(code)
    written = {each: catalogues.OF_LIBRARIES.file(code, each) for each in ("po", "mo")}
    if not len(today):
        assert not any(path.exists() for path in written.values()), "run ./run build catalogues"
        return
    assert written["po"].read_bytes() == catalogues.as_bytes(today), "run ./run build catalogues"
    assert written["mo"].read_bytes() == catalogues.compiled(today), "run ./run build catalogues"


#: What stands in for a value, and the tags around words: %(name)s, %d, {name}, <a href=…>.
_VALUES = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|</?\w+[^>]*>")


@offered
def test_a_translation_keeps_the_values_and_the_tags_of_its_text(code: str) -> None:
    for entry in ours(code):
        if isinstance(entry.id, tuple):
            wanted = set(_VALUES.findall(entry.id[-1]))
            assert set(_VALUES.findall(entry.string[-1])) == wanted, entry.id
            assert set(_VALUES.findall(entry.string[0])) <= wanted, entry.id
        elif entry.id:
            assert sorted(set(_VALUES.findall(entry.string))) == sorted(set(_VALUES.findall(entry.id))), entry.id


def test_a_catalogue_says_that_no_native_speaker_has_checked_it() -> None:
    assert "Not checked by a native speaker" in ours("kk").last_translator


def test_every_installed_library_with_catalogues_is_named() -> None:
    named = {(library.package, library.catalogues) for library in library_texts.LIBRARIES}
    for app in settings.INSTALLED_APPS:
        package, _, rest = app.partition(".")
        inside = Path(*rest.split("."), "locale")
        if package != "fairlead" and (Path(find_spec(package).origin).parent / inside).is_dir():
            assert (package, inside.as_posix()) in named, app


def test_every_beginning_in_the_table_is_of_a_file_that_has_texts() -> None:
    for library in library_texts.LIBRARIES:
        if not library.reached:
            continue
        source = (library.folder / "en" / "LC_MESSAGES" / "django.po").read_text("utf-8")
        places = re.findall(r"^#: .*", source, re.MULTILINE)
        for beginning in (*library.reached, *library.not_reached):
            assert any(f" {beginning}" in line for line in places), f"{library.package}: {beginning}"


def test_a_text_is_left_out_where_the_workbench_has_a_template_of_its_own() -> None:
    found = {text.key: text.files for text in library_texts.texts()}
    assert ("Deactivate", None) not in found  # only on pages of the second factor, which are our own
    assert found["Email Addresses", None] == ("allauth/templates/account/email.html",)
    assert not any("phone_" in file or "admin" in file for files in found.values() for file in files)


def test_of_a_language_that_the_libraries_have_nothing_is_lacking() -> None:
    assert len(library_texts.lacking("ru", Catalog(locale="ru"))) == 0


def test_of_a_language_that_no_library_has_everything_is_lacking() -> None:
    assert len(library_texts.lacking("tlh", Catalog())) == len({text.key for text in library_texts.texts()})


def test_a_translation_stands_instead_of_the_librarys_only_where_a_comment_says_so() -> None:
    catalogue = Catalog(locale="ru")
    catalogue.add("Friday", "пятница", user_comments=[f"{library_texts.INSTEAD} “Пятница”, for some reason."])
    catalogue.add("Monday", "понедельник")
    catalogue.add("A text that is gone", "…", user_comments=[library_texts.INSTEAD])
    assert singulars(library_texts.lacking("ru", catalogue)) == {"Friday"}


def test_plurals_and_contexts_are_looked_up_as_gettext_does() -> None:
    lacking = {(entry.id, entry.context) for entry in library_texts.lacking("kk", Catalog(locale="kk"))}
    assert (("%(num)d day", "%(num)d days"), "naturaltime-past") in lacking
    assert (("%(num)d day", "%(num)d days"), None) in lacking
    assert ("January", "alt. month") not in lacking
    assert (("%(size)d byte", "%(size)d bytes"), None) not in lacking


def test_a_catalogue_that_nothing_is_left_for_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "fairlead"
    domain = catalogues.Domain("django", source / "of_libraries", ())
    monkeypatch.setattr(catalogues, "OF_LIBRARIES", domain)
    monkeypatch.setattr(catalogues, "SOURCE", source)
    domain.file("ru", "po").parent.mkdir(parents=True)
    domain.file("ru", "po").write_text('msgid "Monday"\nmsgstr "понедельник"\n', "utf-8")
    catalogues.save_of_libraries("ru")
    assert not (domain.folder / "ru").exists()
    catalogues.save_of_libraries("kk")
    assert "of_libraries, kk:" in capsys.readouterr().out
    first = domain.file("kk", "po").read_bytes()
    catalogues.save_of_libraries("kk")
    assert domain.file("kk", "po").read_bytes() == first
