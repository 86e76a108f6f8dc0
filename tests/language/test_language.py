"""Sentences come out in the reader's language, with values written as that language writes them."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from builders import catalogues
from fairlead import errors
from fairlead.errors import AnswerError, OptionError, UnreadableFile, Where
from fairlead.language import LANGUAGES, Language
from fairlead.language.language import CATALOGUES, DOMAIN
from fairlead.model.message import PLACEHOLDER_FORMATS, Message, message
from fairlead.standard import AnswerType, shipped_standard
from fairlead.standard.answers import read_answer
from tests.test_errors import TOLD_TO_READERS, raised_in

NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def spaced(text: str) -> str:
    """Replace the typographic spaces of a language by plain ones."""
    return text.replace(NBSP, " ").replace(NARROW, " ")


def test_the_four_languages_are_there() -> None:
    assert set(LANGUAGES) == {"en", "ru", "kk", "fr"}


def test_an_unknown_language_is_refused_with_the_choice() -> None:
    with pytest.raises(OptionError, match="Choose one of: en"):
        Language("de")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", "Turkmenistan"), ("ru", "Туркменистан"), ("kk", "Түрікменстан"), ("fr", "Turkménistan")],
)
def test_a_country_code_becomes_the_country_s_name(code: str, expected: str) -> None:
    assert Language(code).render(message("{place:country}", place="TKM")) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("en", "1,234.5"), ("ru", "1 234,5"), ("kk", "1 234,5"), ("fr", "1 234,5")]
)
def test_numbers_have_the_separators_of_the_language(code: str, expected: str) -> None:
    assert spaced(Language(code).number("1234.5")) == expected


@pytest.mark.parametrize(
    ("iso", "expected"), [("2021", "2021"), ("2021-06", "June 2021"), ("2021-06-24", "24 June 2021")]
)
def test_a_date_is_written_as_precisely_as_it_is_known(iso: str, expected: str) -> None:
    assert Language("en").date(iso) == expected


def test_money_is_short_and_carries_its_currency() -> None:
    assert spaced(Language("en").money("1250000", "KZT")) == "1.2M KZT"
    assert spaced(Language("ru").money("1250000", "KZT")) == "1,2 млн KZT"


def test_a_thousand_in_kazakh_cannot_be_taken_for_a_million() -> None:
    assert spaced(Language("kk").money("192400", "USD")) == "192,4 мың USD"


def test_small_shares_keep_one_digit() -> None:
    assert Language("en").percent(0.034) == "3.4%"
    assert Language("en").percent(0.34) == "34%"
    assert Language("en").percent(0) == "0%"


def test_a_factor_is_rounded_for_reading() -> None:
    assert Language("en").factor(2.3871) == "×2.4"
    assert Language("en").factor(0.352) == "×0.35"


@cache
def texts_of_today(name: str) -> Catalog:
    """Return the texts of a domain; to read them takes seconds, and no test changes what it is given."""
    return catalogues.template(next(domain for domain in catalogues.DOMAINS if domain.name == name))


every_domain = pytest.mark.parametrize("domain", catalogues.DOMAINS, ids=lambda domain: domain.name)


@every_domain
@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_text_is_translated(code: str, domain: catalogues.Domain) -> None:
    assert catalogues.missing(catalogues.read(domain.file(code, "po"), code)) == []


@every_domain
@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_the_catalogue_holds_the_texts_of_today_and_is_compiled(code: str, domain: catalogues.Domain) -> None:
    catalogue = catalogues.updated(code, texts_of_today(domain.name), domain)
    assert domain.file(code, "po").read_bytes() == catalogues.as_bytes(catalogue), "run ./run build catalogues"
    assert domain.file(code, "mo").read_bytes() == catalogues.compiled(catalogue), "run ./run build catalogues"


#: What stands in for a value in the texts of the workbench's pages, such as %(name)s.
_PERCENT = re.compile(r"%\(\w+\)[sd]")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_translation_of_a_page_keeps_the_values_of_its_text(code: str) -> None:
    for entry in catalogues.read(catalogues.WEB.file(code, "po"), code):
        wanted = set(_PERCENT.findall(entry.id[-1] if isinstance(entry.id, tuple) else entry.id))
        for text in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            assert not text or set(_PERCENT.findall(text)) <= wanted, text
            assert not text or isinstance(entry.id, tuple) or set(_PERCENT.findall(text)) == wanted, text


def placeholders(text: str) -> list[tuple[str, str]]:
    return sorted((name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_translation_keeps_the_placeholders_of_its_text(code: str) -> None:
    catalogue = catalogues.read(CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po", code)
    different = [
        entry.id
        for entry in catalogue
        if isinstance(entry.id, str)
        and entry.id
        and "{" in entry.id
        and placeholders(entry.id) != placeholders(str(entry.string))
    ]
    assert different == []


def test_every_placeholder_has_a_format_that_can_be_written() -> None:
    texts = [
        entry.id for entry in texts_of_today(catalogues.ENGINE.name) if isinstance(entry.id, str) and "{" in entry.id
    ]
    formats = {spec for text in texts for _, spec in placeholders(text)}
    assert formats <= PLACEHOLDER_FORMATS


#: Shorter texts may well be the same word in Russian and Kazakh, such as “Файл”.
_LONG_ENOUGH_TO_DIFFER = 25


@every_domain
def test_no_language_has_the_texts_of_another(domain: catalogues.Domain) -> None:
    def told(code: str) -> dict[str, str]:
        entries = (entry for entry in catalogues.read(domain.file(code, "po"), code) if entry.id)
        return {str(entry.id): "".join(entry.string) for entry in entries}

    russian, kazakh, french = told("ru"), told("kk"), told("fr")
    assert [text for text in french.values() if re.search("[А-Яа-яЁё]", text)] == []
    same = [key for key, text in kazakh.items() if text == russian[key] and len(text) > _LONG_ENOUGH_TO_DIFFER]
    assert [key for key in same if re.search("[А-Яа-яЁё]", kazakh[key])] == []


BROKEN = UnreadableFile(
    message("The workbook unpacks to {size:number} MB; the limit is {limit} MB.", size="2000", limit="1024"),
    where=Where(file="/home/somebody/list.xlsx", sheet="2026", row=7, column="Spend"),
    do=message("Save it anew as XLSX."),
)


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("en", "list.xlsx, sheet “2026”, row 7, column “Spend”: "),
        ("ru", "list.xlsx, лист «2026», строка 7, столбец «Spend»: "),
        ("kk", "list.xlsx, «2026» парағы, 7-жол, «Spend» бағаны: "),
        ("fr", "list.xlsx, feuille « 2026 », ligne 7, colonne « Spend » : "),
    ],
)
def test_an_error_is_told_with_its_place_in_the_reader_s_language(code: str, place: str) -> None:
    told = spaced(Language(code).error(BROKEN))
    assert told.startswith(place)
    assert "2 000" in told or code == "en"
    assert (told == str(BROKEN)) == (code == "en")


def test_an_answer_that_is_none_is_refused_in_the_reader_s_language_with_its_question() -> None:
    question = next(one for one in shipped_standard().questions.values() if one.type is AnswerType.YES_NO)
    with pytest.raises(AnswerError) as caught:
        read_answer(question, "perhaps")
    english, russian = str(caught.value), Language("ru").error(caught.value)
    assert english.startswith(f"The answer to “{question.ask}” cannot be used. “perhaps” is neither yes nor no. ")
    assert Language("ru").gettext(question.ask) in russian
    assert Language("en").error(caught.value) == english
    assert not re.search(r"[A-Za-z]{3}", russian.replace("perhaps", ""))


def test_finished_text_in_an_error_stays_as_it_was_written() -> None:
    assert Language("ru").error(OptionError("Порт занят.", do="Возьмите другой.")) == "Порт занят. Возьмите другой."


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_error_that_can_reach_the_workbench_is_told_in_each_language(code: str) -> None:
    language, told = Language(code), list(templates_of_errors())
    assert len(told) > 150
    assert [text for text in told if not (language.has(text) or text.startswith("{"))] == []
    for text in told:
        values = {name: "7" for _, name, _, _ in string.Formatter().parse(text) if name}
        assert language.render(Message(text, values))


def templates_of_errors() -> set[str]:
    """Return the template of every message that an error is raised with, where a reader of the workbench sees it."""
    root, found = Path(errors.__file__).parent, set()
    for room in TOLD_TO_READERS:
        for path in sorted((root / room).rglob("*.py")) if (root / room).is_dir() else [root / room]:
            for call, _ in raised_in(path):
                for node in ast.walk(call):
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                        found.add(ast.literal_eval(node.args[0]))
    return found
