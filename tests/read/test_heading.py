from __future__ import annotations

import pytest

from fairlead.read.heading import combine, read_heading
from fairlead.read.words import LANGUAGES, NOT_USED, heading_key, heading_names
from fairlead.reference import load_yaml


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Supplier Name", "name"),
        ("SUPPLIER_NAME", "name"),
        ("supplierName", "name"),
        ("Наименование поставщика", "name"),
        ("Жеткізушінің атауы", "name"),
        ("Raison sociale", "name"),
        ("FIRM", "name"),
        ("sdn_name", "name"),
        ("entity", "name"),
        ("Поставщик (полное наименование)", "name"),
        ("Supplier / Поставщик", "name"),
        ("Название организации:", "name"),
        ("Страна", "country"),
        ("Елі", "country"),
        ("PAYS", "country"),
        ("Ел / Страна / Country", "country"),
        ("Coutnry", "country"),
        ("Юр. адрес", "address"),
        ("Мекенжайы", "address"),
        ("Adress", "address"),
        ("Supplier city", "city"),
        ("Численность / Саны", "workers"),
        ("Регион поставщика", "region"),
        ("Наименование товара", "product"),
        ("Тауардың атауы", "product"),
        ("sector", "product"),
        ("Код ТН ВЭД", "hs"),
        ("HS Code", "hs"),
        ("CPV", "cpv"),
        ("ISIC Rev. 4", "isic"),
        ("Сумма договора без НДС, тенге", "spend"),
        ("Annual spend", "spend"),
        ("Шарт сомасы", "spend"),
        ("Montant HT (€)", "spend"),
        ("Валюта", "currency"),
        ("Devise", "currency"),
        ("Tier", "tier"),
        ("Деңгейі", "tier"),
        ("Уровень в цепочке", "tier"),
        ("Parent company", "parent"),
        ("Материнская компания", "parent"),
        ("Parent share, %", "parent_share"),
        ("Доля владельца, %", "parent_share"),
        ("Иесінің үлесі", "parent_share"),
        ("Part du capital", "parent_share"),
        ("Controlled by", "controller"),
        ("Контролирующее лицо", "controller"),
        ("Operated by", "operator"),
        ("Exploitant", "operator"),
        ("Subcontractor of", "subcontracts_for"),
        ("Генподрядчик", "subcontracts_for"),
        ("Бас мердігер", "subcontracts_for"),
        ("Supplies to", "customer"),
        ("Заказчик", "customer"),
        ("No. of workers", "workers"),
        ("Кол-во работников", "workers"),
        ("Жұмысшылар саны", "workers"),
        ("Effectif", "workers"),
        ("Labour provider", "labour_provider"),
        ("Кадровое агентство", "labour_provider"),
        ("Agence d'intérim", "labour_provider"),
        ("Uses labour agency?", "labour_provider"),
        ("Recruits through agency (Y/N)", "labour_provider"),
        ("Product HS6", "hs"),
        ("ФИО поставщика", "name"),
        ("Migrant workers (yes/no)", "workforce"),
        ("Site", "site"),
        ("Площадка", "site"),
        ("lat", "latitude"),
        ("Долгота", "longitude"),
        ("Contact name", NOT_USED),
        ("E-mail", "email"),
        ("№ п/п", NOT_USED),
        ("БИН заказчика", NOT_USED),
        ("Email of supplier", "email"),
        ("Website", NOT_USED),
        ("Дата договора", NOT_USED),
        ("Prénom", "given_name"),
        ("Xyzzy", None),
        ("", None),
    ],
)
def test_headings_are_recognised_in_four_languages(text: str, field: str | None) -> None:
    assert read_heading(text).field == field


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("БИН", "KZ-BIN"),
        ("BIN", "KZ-BIN"),
        ("БСН", "KZ-BIN"),
        ("БИН/ИИН", "BIN-IIN"),
        ("ИНН", "INN"),
        ("ОГРН", "RU-OGRN"),
        ("LEI", "LEI"),
        ("LEI code", "LEI"),
        ("OS ID", "OSID"),
        ("CID", "CID"),
        ("Smelter Identification", "CID"),
        ("VAT No.", "VAT"),
        ("N° TVA", "VAT"),
        ("Tax ID", "TAX"),
        ("Reg. No.", "REG"),
        ("Регистрационный номер", "REG"),
        ("Supplier VAT number", "VAT"),
        ("N° SIRET", "FR-SIRET"),
        ("leiCode", "LEI"),
        ("innCode", "INN"),
    ],
)
def test_headings_of_identifiers_name_the_scheme(text: str, scheme: str) -> None:
    heading = read_heading(text)
    assert (heading.field, heading.scheme) == ("identifiers", scheme)


@pytest.mark.parametrize(
    ("text", "currency", "multiplier"),
    [
        ("Spend, KZT", "KZT", 1),
        ("Сумма, тг", "KZT", 1),
        ("Сумма (тыс. тенге)", "KZT", 1000),
        ("Spend (USD million)", "USD", 1_000_000),
        ("Montant (€)", "EUR", 1),
        ("Annual spend in EUR", "EUR", 1),
        ("Стоимость, сом", None, 1),
        ("Общая сумма закупок за 2024 год, млн руб.", "RUB", 1_000_000),
        ("Amount", None, 1),
    ],
)
def test_the_currency_and_thousands_in_a_heading_hold_for_the_column(
    text: str, currency: str | None, multiplier: int
) -> None:
    heading = read_heading(text)
    assert (heading.field, heading.currency, heading.multiplier) == ("spend", currency, multiplier)


@pytest.mark.parametrize(
    ("upper", "lower", "field"),
    [
        ("Адрес", "Страна", "country"),
        ("Адрес", "", "address"),
        ("", "Страна", "country"),
        ("Поставщик", "Наименование", "name"),
        ("Поставщик", "БИН", "identifiers"),
        ("Заказчик", "Наименование", "customer"),
        ("Заказчик", "БИН", NOT_USED),
        ("Контактное лицо", "Имя", NOT_USED),
        ("Товар", "Наименование", "product"),
        ("Сумма договора", "USD", "spend"),
        ("Договор", "Сумма", "spend"),
        ("Договор", "Дата", NOT_USED),
    ],
)
def test_a_heading_in_two_rows_is_read_as_one(upper: str, lower: str, field: str) -> None:
    assert combine(upper, lower).field == field


def test_the_currency_of_a_heading_in_two_rows_is_found() -> None:
    assert combine("Сумма договора", "USD").currency == "USD"


def test_every_heading_stands_for_one_thing() -> None:
    table = load_yaml("column_names")
    own: dict[str, str] = {}
    named = [(scheme, words) for scheme, words in table["identifiers"].items()]
    named += [(field, entry[language]) for field, entry in table["fields"].items() for language in LANGUAGES]
    named += [
        (section, table[section][language]) for section in ("both_coordinates", "not_used") for language in LANGUAGES
    ]
    for what, words in named:
        for word in words:
            assert isinstance(word, str), (what, word)
            assert own.setdefault(heading_key(word), what) == what, word
    assert set(own) == set(heading_names())


def test_every_field_has_names_in_each_language() -> None:
    for field, entry in load_yaml("column_names")["fields"].items():
        for language in LANGUAGES:
            assert entry[language], (field, language)
        assert entry["meaning"]
