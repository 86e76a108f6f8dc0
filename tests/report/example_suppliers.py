"""Fictional suppliers: some made by hand to show every case, and as many more as are wanted.

Parties, addresses, sums and numbers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

REGISTER = "реестр-поставщиков-2026.xlsx"
UPSTREAM = "upstream disclosure.csv"

Term = tuple[str, float, str, dict[str, str]]


def country(iso3: str, tier: str = "Tier 2", factor: float = 0.8) -> Term:
    return ("country_tip_tier", factor, "", {"country": iso3, "year": "2025", "tier": tier})


def law(iso3: str, factor: float = 1.25, quarter: str = "second quarter of countries") -> Term:
    return ("country_rule_of_law", factor, "", {"country": iso3, "year": "2024", "quarter": quarter})


def sector(key: str, factor: float = 1.6, exposure: str = "more often than on average") -> Term:
    return ("sector_exposure", factor, "", {"sector": key, "exposure": exposure})


def good(key: str, iso3: str, factor: float = 12.0) -> Term:
    return ("good_forced_labour_listed", factor, "", {"good": key, "country": iso3})


def elsewhere(key: str, count: int) -> Term:
    return ("good_listed_elsewhere", 2.6, "", {"good": key, "count": str(count)})


def upstream(key: str, origin: str, iso3: str) -> Term:
    return ("good_input_listed", 2.5, "same_country", {"good": key, "input": origin, "country": iso3})


def region(name: str, iso3: str) -> Term:
    return ("state_imposed_region", 6.0, "", {"region": name, "country": iso3})


def told(finding: str, factor: float, **values: str) -> Term:
    return (finding, factor, "", values)


@dataclass(frozen=True)
class Supplier:
    """One fictional supplier, as its rows and findings are laid out below."""

    name: str
    iso3: str | None = None
    words: str | None = None  # goods or services in the list's words
    good: str | None = None
    sector: str | None = None
    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str, bool | None], ...] = ()
    tier: int | None = 1
    customer: str | None = None
    spend: tuple[str, str] | None = None
    workforce: tuple[str, ...] = ()
    provider: str | None = None
    parent: str | None = None
    city: str | None = None
    point: tuple[float, float] | None = None
    kind: str = "company"
    file: str = REGISTER
    sd: float = 0.9
    missing: tuple[str, ...] = ("workforce",)
    rows: int = 1
    in_list: bool = True
    workers: int | None = None
    reported: tuple[str, ...] = ()  # findings of a union that stand beside the rating made up here


KZ = (country("KAZ"), law("KAZ", 1.1))
CN = (country("CHN", "Tier 3", 2.2), law("CHN", 1.2))
UZ = (country("UZB", "Tier 2", 0.8), law("UZB", 1.6, "weakest quarter of countries"))

HAND_MADE: tuple[Supplier, ...] = (
    Supplier(
        "ТОО «Шаңырақ Күн Энергетикасы»",
        "KAZ",
        "солнечные модули, монтаж",
        "solar_modules",
        "solar_manufacturing",
        (*KZ, elsewhere("solar_modules", 1), sector("solar_manufacturing", 2.5, "far more often than on average")),
        names=("Shanyrak Kun Energetikasy LLP", "«Шаңырақ Күн Энергетикасы» ЖШС"),
        identifiers=(("KZ-BIN", "620440001239", True),),
        spend=("412500000.00", "KZT"),
        city="Алматы",
        point=(43.24, 76.91),
        rows=3,
    ),
    Supplier(
        "Hexi Corridor Wafer Co., Ltd.",
        "CHN",
        "monocrystalline wafers",
        "solar_wafers",
        "solar_manufacturing",
        (*CN, upstream("solar_wafers", "polysilicon", "CHN"), sector("solar_manufacturing", 2.5)),
        tier=2,
        customer="ТОО «Шаңырақ Күн Энергетикасы»",
        city="Jiuquan",
        file=UPSTREAM,
    ),
    Supplier(
        "Tarim Basin Silicon Materials Co., Ltd.",
        "CHN",
        "polysilicon, solar grade",
        "polysilicon",
        "solar_manufacturing",
        (
            *CN,
            good("polysilicon", "CHN"),
            region("Xinjiang", "CHN"),
            told("context_ceiling", 0.42, ceiling="0.35"),
            told("listed_import_ban", 3.0),
            told("workforce_state_scheme", 1.8),
        ),
        names=("塔里木硅材料有限公司", "ТОО «Тарим Базин Силикон»"),
        tier=3,
        customer="Hexi Corridor Wafer Co., Ltd.",
        workforce=("state_scheme",),
        city="Korla",
        point=(41.73, 86.17),
        workers=1250,
        file=UPSTREAM,
        sd=0.7,
        missing=(),
        rows=2,
    ),
    Supplier(
        "“Aqbulaq Toqyma” tikelei jauapkershiligi shekteuli seriktestigi",
        "KAZ",
        "арнайы киім, жұмыс қолғаптары",
        "workwear",
        "garments",
        (*KZ, elsewhere("workwear", 5), sector("garments"), told("workforce_migrant", 2.0)),
        names=("«Ақбұлақ Тоқыма» жауапкершілігі шектеулі серіктестігі", "ТОО «Акбулак Токыма»"),
        identifiers=(("KZ-BIN", "630540003217", True),),
        spend=("98600400.00", "KZT"),
        workforce=("migrant",),
        provider="Orta Kadr Agency LLP",
        city="Шымкент",
        workers=240,
        reported=("documents_held", "contract_substitution"),
        rows=2,
    ),
    Supplier(
        "Garagum Pamyk Egirme",
        "TKM",
        "cotton yarn",
        "thread_yarn",
        "textiles",
        (
            country("TKM", "Tier 3", 2.4),
            law("TKM", 1.2, "weakest quarter of countries"),
            upstream("thread_yarn", "cotton", "TKM"),
            sector("textiles"),
        ),
        tier=2,
        customer="“Aqbulaq Toqyma” tikelei jauapkershiligi shekteuli seriktestigi",
        city="Mary",
        workers=410,
        file=UPSTREAM,
        sd=1.0,
    ),
    Supplier(
        "Lebap Cotton Collective",
        "TKM",
        "raw cotton",
        "cotton",
        "agriculture_crops",
        (country("TKM", "Tier 3", 2.4), good("cotton", "TKM", 16.0), sector("agriculture_crops")),
        tier=3,
        customer="Garagum Pamyk Egirme",
        file=UPSTREAM,
        sd=0.8,
    ),
    Supplier(
        "Toshrabot Paxta Klasteri MChJ",
        "UZB",
        "хлопковое волокно",
        "cotton",
        "agriculture_crops",
        (*UZ, elsewhere("cotton", 7), sector("agriculture_crops"), told("workforce_seasonal", 1.4)),
        tier=2,
        workforce=("seasonal",),
        file=UPSTREAM,
    ),
    Supplier(
        "ИП «Чистый двор Н.»",
        "KAZ",
        "уборка помещений и прилегающей территории",
        None,
        "cleaning",
        (*KZ, sector("cleaning"), told("workforce_agency", 1.6), told("labour_provider_used", 1.5)),
        spend=("18250000.50", "KZT"),
        workforce=("agency",),
        provider="Jumys Serik Recruitment",
        kind="person",
        missing=(),
    ),
    Supplier(
        "Общество с ограниченной ответственностью «Северстройкомплектмонтаж-Инжиниринг»",
        "RUS",
        "строительно-монтажные работы",
        None,
        "construction",
        (
            country("RUS", "Tier 3", 2.4),
            law("RUS", 1.5, "weakest quarter of countries"),
            sector("construction"),
            told("workforce_migrant", 2.0),
            told("workforce_tied_visa", 2.2),
            told("workforce_on_site_housing", 1.4),
        ),
        identifiers=(("RU-INN", "9800012345", False),),
        spend=("56200000.00", "RUB"),
        workforce=("migrant", "tied_visa", "on_site_housing"),
        provider="Orta Kadr Agency LLP",
        city="Омск",
        missing=(),
        rows=2,
    ),
    Supplier(
        "Sungai Jernih Glove Sdn Bhd",
        "MYS",
        "nitrile gloves",
        "rubber_gloves",
        "rubber_products",
        (
            country("MYS"),
            law("MYS", 0.6),
            good("rubber_gloves", "MYS"),
            sector("rubber_products"),
            told("workforce_migrant", 2.0),
            told("possible_import_ban_match", 1.3),
        ),
        spend=("84300.00", "USD"),
        workforce=("migrant",),
        provider="Bright Path Manpower Sdn Bhd",
        city="Ipoh",
        point=(4.6, 101.07),
        workers=1800,
        reported=("recruitment_debt_reported",),
        missing=(),
    ),
    Supplier(
        "Khulna Stitch & Thread Ltd",
        "BGD",
        "work jackets",
        "garments",
        "garments",
        (country("BGD"), law("BGD", 1.25), good("garments", "BGD"), sector("garments")),
        spend=("131900.00", "EUR"),
        city="Khulna",
        workers=640,
    ),
    Supplier(
        "Kashi Brick Kiln Works",
        "IND",
        "clay bricks",
        "bricks",
        "bricks",
        (country("IND"), good("bricks", "IND", 15.0), sector("bricks", 2.5, "far more often than on average")),
        tier=2,
        customer="Общество с ограниченной ответственностью «Северстройкомплектмонтаж-Инжиниринг»",
        file=UPSTREAM,
    ),
    Supplier(
        "Nordlicht Wechselrichter GmbH",
        "DEU",
        "inverters",
        "solar_inverters",
        "electrical_equipment",
        (country("DEU", "Tier 1", 0.15), law("DEU", 0.4, "strongest quarter of countries"), sector("electronics", 1.0)),
        spend=("212000.00", "EUR"),
        city="Kassel",
        point=(51.31, 9.48),
        parent="Nordlicht Holding SE",
        missing=("workforce",),
    ),
    Supplier(
        "Fjordsky Advisory AS",
        "NOR",
        "audit services",
        None,
        "professional_services",
        (
            country("NOR", "Tier 2", 0.7),
            law("NOR", 0.1, "strongest quarter of countries"),
            sector("professional_services", 0.5, "less often than on average"),
        ),
        spend=("47500.00", "EUR"),
        workers=6,
    ),
    Supplier(
        "АО «Байтерек Логистика»",
        "KAZ",
        None,
        spend=("7340000.00", "KZT"),
        missing=("product", "workforce"),
        workers=120,
    ),
    Supplier(
        "Global Trade Solutions", None, "various goods", spend=("12000.00", "USD"), missing=("country", "product")
    ),
    Supplier("ЖК Стройсервис", None, None, tier=None, missing=("country", "product", "workforce")),
    Supplier("Sunrise Components", "VNM", None, tier=2, file=UPSTREAM, missing=("product", "workforce")),
    Supplier("Ипотека Центр Снаб", None, None, spend=("930000.00", "KZT"), missing=("country", "product")),
    Supplier("Meridian Supply Co", None, "equipment", tier=2, file=UPSTREAM, missing=("country", "product")),
    Supplier(
        "Orta Kadr Agency LLP",
        "KAZ",
        kind="labour_provider",
        terms=(*KZ, sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier(
        "Jumys Serik Recruitment",
        "KAZ",
        kind="labour_provider",
        terms=(*KZ, sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier(
        "Bright Path Manpower Sdn Bhd",
        "MYS",
        kind="labour_provider",
        terms=(country("MYS"), sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier("Nordlicht Holding SE", None, in_list=False, missing=("country", "product", "workforce")),
)

_TRADES = (
    ("construction", None, "general construction works", 1.6, "KZT"),
    ("garments", "garments", "uniforms", 1.6, "USD"),
    ("catering", None, "питание в столовых", 1.6, "KZT"),
    ("it_services", None, "software support", 0.5, "EUR"),
    ("furniture", "furniture", "office furniture", 1.0, "KZT"),
    ("security", None, "охранные услуги", 1.0, "KZT"),
)
_PLACES = (
    ("KAZ", 0.8, 1.1),
    ("TUR", 0.8, 1.2),
    ("DEU", 0.15, 0.4),
    ("CHN", 2.2, 1.2),
    ("KGZ", 0.8, 1.6),
    ("SGP", 0.2, 0.1),
)
_FIRST = ("Altyn", "Borealis", "Седьмой", "Demir", "Есіл", "Falcon", "Gulnar", "Highland", "Iskra", "Jibek")
_SECOND = ("Trading", "Құрылыс", "Works", "Сервис", "Group", "Industries", "Жиһаз", "Partners")


def generated(count: int) -> list[Supplier]:
    """Return so many suppliers with invented names, the same in every run."""
    names = [f"{a} {b}" for a, b in product(_FIRST, _SECOND)]
    made = []
    for number in range(count):
        (key, thing, words, factor, currency), (iso3, tip, rule) = _TRADES[number % 6], _PLACES[(number // 3) % 6]
        name = names[number % len(names)] + (f" {number // len(names) + 1}" if number >= len(names) else "")
        terms: tuple[Term, ...] = (country(iso3, factor=tip), law(iso3, rule), sector(key, factor))
        made.append(
            Supplier(
                name,
                iso3,
                words,
                thing,
                key,
                terms,
                spend=(f"{(number * 7919) % 90000 + 1500}.00", currency) if number % 5 else None,
                identifiers=(("LEI", f"ZZZZ{number:016d}", True),) if number % 4 == 0 else (),
                tier=1 if number % 7 else 2,
                workforce=("migrant",) if number % 9 == 4 else (),
                missing=("workforce",),
            )
        )
    return made
