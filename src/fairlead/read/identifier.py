"""Identifiers: which scheme a number belongs to, whether it is right, and what a spreadsheet did to it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from stdnum.exceptions import ValidationError

from fairlead.model.message import Message, message
from fairlead.read import identifier_central_asia as central_asia
from fairlead.read import identifier_sector as sector
from fairlead.read.country import alpha2

Check = Callable[[str], bool | None]

#: The schemes that python-stdnum checks, and its module for each.
STDNUM_MODULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "LEI": "lei",
        "GLN": "ean",
        "RU-INN": "ru.inn",
        "RU-OGRN": "ru.ogrn",
        "BY-UNP": "by.unp",
        "UA-EDRPOU": "ua.edrpou",
        "UA-RNTRC": "ua.rntrc",
        "AZ-VOEN": "az.voen",
        "MD-IDNO": "md.idno",
        "CN-USCC": "cn.uscc",
        "IN-GSTIN": "in_.gstin",
        "IN-PAN": "in_.pan",
        "BR-CNPJ": "br.cnpj",
        "TR-VKN": "tr.vkn",
        "US-EIN": "us.ein",
        "KR-BRN": "kr.brn",
        "VN-MST": "vn.mst",
        "ID-NPWP": "id.npwp",
        "TH-TIN": "th.tin",
        "JP-CN": "jp.cn",
        "PK-CNIC": "pk.cnic",
        "MX-RFC": "mx.rfc",
        "AR-CUIT": "ar.cuit",
        "CL-RUT": "cl.rut",
        "CO-NIT": "co.nit",
        "PE-RUC": "pe.ruc",
        "EC-RUC": "ec.ruc",
        "AU-ABN": "au.abn",
        "AU-ACN": "au.acn",
        "NZ-IRD": "nz.ird",
        "CA-BN": "ca.bn",
        "CH-UID": "ch.uid",
        "NO-ORGNR": "no.orgnr",
        "RS-PIB": "rs.pib",
        "IL-HP": "il.hp",
        "EG-TN": "eg.tn",
        "TN-MF": "tn.mf",
        "SG-UEN": "sg.uen",
        "TW-UBN": "tw.ubn",
        "MY-NRIC": "my.nric",
        "FR-SIREN": "fr.siren",
        "FR-SIRET": "fr.siret",
        "PL-NIP": "pl.nip",
        "PL-REGON": "pl.regon",
        "GB-VAT": "gb.vat",
        "AT-VAT": "at.uid",
        "BE-VAT": "be.vat",
        "BG-VAT": "bg.vat",
        "CY-VAT": "cy.vat",
        "CZ-VAT": "cz.dic",
        "DE-VAT": "de.vat",
        "DK-VAT": "dk.cvr",
        "EE-VAT": "ee.kmkr",
        "ES-VAT": "es.nif",
        "FI-VAT": "fi.alv",
        "FR-VAT": "fr.tva",
        "GR-VAT": "gr.vat",
        "HR-VAT": "hr.oib",
        "HU-VAT": "hu.anum",
        "IE-VAT": "ie.vat",
        "IT-VAT": "it.iva",
        "LT-VAT": "lt.pvm",
        "LU-VAT": "lu.tva",
        "LV-VAT": "lv.pvn",
        "MT-VAT": "mt.vat",
        "NL-VAT": "nl.btw",
        "PL-VAT": "pl.nip",
        "PT-VAT": "pt.nif",
        "RO-VAT": "ro.cf",
        "SE-VAT": "se.vat",
        "SI-VAT": "si.ddv",
        "SK-VAT": "sk.dph",
        "ZA-TIN": "za.tin",
    }
)

_OWN_CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "KZ-BIN": central_asia.check_kz_bin,
        "KZ-IIN": central_asia.check_kz_iin,
        "KG-INN": central_asia.check_kg_inn,
        "UZ-STIR": central_asia.check_uz_stir,
        "UZ-PINFL": central_asia.check_uz_pinfl,
        "MN-REG": central_asia.check_mn_register,
        "TM-TAX": central_asia.check_tm_tax,
        "TJ-INN": central_asia.check_tj_inn,
        "OSID": sector.check_os_id,
        "CID": sector.check_cid,
        "DUNS": sector.check_duns,
        "IMO": sector.check_imo,
        "GB-COH": sector.check_gb_company,
        "DE-HR": sector.check_de_register,
    }
)

#: How many digits a number of a purely numeric scheme has: what zeros that a spreadsheet dropped are put back to.
_LENGTHS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "KZ-BIN": (12,),
        "KZ-IIN": (12,),
        "KG-INN": (14,),
        "RU-INN": (10, 12),
        "BR-CNPJ": (14,),
        "UA-EDRPOU": (8,),
        "FR-SIREN": (9,),
        "FR-SIRET": (14,),
        "TR-VKN": (10,),
        "US-EIN": (9,),
        "PL-NIP": (10,),
        "PL-REGON": (9, 14),
        "IT-VAT": (11,),
        "GB-COH": (8,),
        "KR-BRN": (10,),
        "VN-MST": (10,),
        "GLN": (13,),
        "DUNS": (9,),
        "CN-USCC": (18,),
    }
)

#: What a number for tax means in each country, first the likeliest; the first scheme that it satisfies is taken.
TAX_SCHEMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "KAZ": ("KZ-BIN", "KZ-IIN"),
        "KGZ": ("KG-INN",),
        "UZB": ("UZ-STIR", "UZ-PINFL"),
        "TJK": ("TJ-INN",),
        "TKM": ("TM-TAX",),
        "MNG": ("MN-REG",),
        "RUS": ("RU-INN", "RU-OGRN"),
        "BLR": ("BY-UNP",),
        "UKR": ("UA-EDRPOU", "UA-RNTRC"),
        "AZE": ("AZ-VOEN",),
        "MDA": ("MD-IDNO",),
        "CHN": ("CN-USCC",),
        "IND": ("IN-GSTIN", "IN-PAN"),
        "BRA": ("BR-CNPJ",),
        "TUR": ("TR-VKN",),
        "USA": ("US-EIN",),
        "KOR": ("KR-BRN",),
        "VNM": ("VN-MST",),
        "IDN": ("ID-NPWP",),
        "THA": ("TH-TIN",),
        "JPN": ("JP-CN",),
        "MEX": ("MX-RFC",),
        "ARG": ("AR-CUIT",),
        "CHL": ("CL-RUT",),
        "COL": ("CO-NIT",),
        "PER": ("PE-RUC",),
        "ECU": ("EC-RUC",),
        "AUS": ("AU-ABN", "AU-ACN"),
        "NZL": ("NZ-IRD",),
        "CAN": ("CA-BN",),
        "CHE": ("CH-UID",),
        "NOR": ("NO-ORGNR",),
        "SRB": ("RS-PIB",),
        "ISR": ("IL-HP",),
        "EGY": ("EG-TN",),
        "TUN": ("TN-MF",),
        "SGP": ("SG-UEN",),
        "TWN": ("TW-UBN",),
        "ZAF": ("ZA-TIN",),
        "FRA": ("FR-VAT", "FR-SIREN", "FR-SIRET"),
        "POL": ("PL-NIP", "PL-REGON"),
        "GBR": ("GB-VAT", "GB-COH"),
        "AUT": ("AT-VAT",),
        "BEL": ("BE-VAT",),
        "BGR": ("BG-VAT",),
        "CYP": ("CY-VAT",),
        "CZE": ("CZ-VAT",),
        "DEU": ("DE-VAT", "DE-HR"),
        "DNK": ("DK-VAT",),
        "EST": ("EE-VAT",),
        "ESP": ("ES-VAT",),
        "FIN": ("FI-VAT",),
        "GRC": ("GR-VAT",),
        "HRV": ("HR-VAT",),
        "HUN": ("HU-VAT",),
        "IRL": ("IE-VAT",),
        "ITA": ("IT-VAT",),
        "LTU": ("LT-VAT",),
        "LUX": ("LU-VAT",),
        "LVA": ("LV-VAT",),
        "MLT": ("MT-VAT",),
        "NLD": ("NL-VAT",),
        "PRT": ("PT-VAT",),
        "ROU": ("RO-VAT",),
        "SWE": ("SE-VAT",),
        "SVN": ("SI-VAT",),
        "SVK": ("SK-VAT",),
    }
)

#: Headings that do not say which scheme: any tax number, a company register's number, the Russian word for several.
GENERIC_SCHEMES: Final = frozenset({"TAX", "REG", "INN", "BIN-IIN", "VAT", "ID"})

SCHEMES: Final = frozenset(STDNUM_MODULES) | frozenset(_OWN_CHECKS) | GENERIC_SCHEMES

#: The schemes that a generic heading stands for where the row's country is not known.
_WITHOUT_COUNTRY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"BIN-IIN": ("KZ-BIN", "KZ-IIN"), "INN": ("RU-INN", "KG-INN")}
)

#: Numbers that stand in each other's column: a sole entrepreneur has no BIN and gives the IIN. A supplier from
#: abroad gives the number of its own country, which is tried after these.
_SISTERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "KZ-BIN": ("KZ-BIN", "KZ-IIN"),
        "KZ-IIN": ("KZ-IIN", "KZ-BIN"),
        "UZ-STIR": ("UZ-STIR", "UZ-PINFL"),
        "UZ-PINFL": ("UZ-PINFL", "UZ-STIR"),
    }
)

#: Schemes with a check so strong that a column full of such numbers names itself.
SELF_NAMING: Final = ("LEI", "OSID", "CID", "KZ-BIN", "KZ-IIN", "RU-OGRN", "CN-USCC", "IN-GSTIN", "BR-CNPJ")

_SCIENTIFIC: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_SEPARATORS: Final = re.compile(r"[\s\u00a0\u202f'’`.\-–/]+")
_LABEL: Final = re.compile(
    r"^(БИН/ИИН|БСН|ЖСН|БИН|ИИН|ИНН|СТИР|BIN|IIN|INN|LEI|VAT|TVA|TIN|EIN|USCC|OGRN|ОГРН|TAX ID)\s*[:№#\-]?\s*(?=\S)",
    re.I,
)
_TRAILING_ZERO: Final = re.compile(r"^[0-9]+[.,]0+$")
_PART: Final = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{8,20}(?![0-9A-Z])")
_EXACT_DIGITS: Final = 15


@dataclass(frozen=True)
class Identifier:
    """A number with its scheme, in the scheme's compact spelling; `valid` is None where nothing proves it."""

    scheme: str
    value: str
    valid: bool | None


@dataclass(frozen=True)
class IdentifierReading:
    """What came of one cell: an identifier or none, and a remark where something is wrong or was mended."""

    identifier: Identifier | None
    remark: Message | None = None


@lru_cache(maxsize=200_000)
def read_identifier(text: str, scheme: str, country: str | None, *, stored_number: bool = False) -> IdentifierReading:
    """Return the identifier that a cell holds.

    `scheme` is what the heading says, one of `SCHEMES`; a generic one is settled by the row's country.
    `stored_number` says that a workbook keeps the cell as a number, whose digits beyond the fifteenth are lost.
    An identifier with a wrong check digit is kept, with `valid` False and a remark. What a spreadsheet damaged is
    mended only where one mending passes the check: zeros put back in front, an exponent that hides no digit.
    """
    candidates = _candidates(scheme, country)
    clean = _LABEL.sub("", text.strip()).strip(" ,;:#№\"'")
    if _TRAILING_ZERO.match(clean):
        clean = re.split("[.,]", clean)[0]
    if _SCIENTIFIC.fullmatch(clean):
        expanded = _expand(clean)
        if expanded is None:
            return IdentifierReading(
                None,
                message("A spreadsheet shortened this number to {value}; its digits are lost.", value=text.strip()),
            )
        clean = expanded
    if stored_number and len(clean) > _EXACT_DIGITS and clean.isdigit():
        return IdentifierReading(
            None,
            message(
                "A spreadsheet keeps only fifteen digits of a number; the last digits of {value} are lost.", value=text
            ),
        )
    return _best(clean, candidates, scheme, country)


def is_valid(scheme: str, text: str) -> bool | None:
    """Return whether the text is a right number of the scheme; None where the scheme has no check digit."""
    return _check(scheme, _compact(scheme, text))


def _candidates(scheme: str, country: str | None) -> tuple[str, ...]:
    if scheme not in GENERIC_SCHEMES:
        own = _SISTERS.get(scheme, (scheme,))
        return own if "-" not in scheme else tuple(dict.fromkeys(own + TAX_SCHEMES.get(country or "", ())))
    if scheme == "BIN-IIN":
        return _WITHOUT_COUNTRY[scheme] if country in (None, "KAZ") else TAX_SCHEMES.get(country or "", ())
    if scheme == "REG" and country == "GBR":
        return ("GB-COH", "GB-VAT")
    if scheme == "REG" and country == "DEU":
        return ("DE-HR", "DE-VAT")
    if country is None:
        return _WITHOUT_COUNTRY.get(scheme, ())
    return TAX_SCHEMES.get(country, ())


def _best(text: str, candidates: tuple[str, ...], scheme: str, country: str | None) -> IdentifierReading:
    for sure in (True, None):
        for candidate in candidates:
            compact = _compact(candidate, text)
            if _check(candidate, compact) is sure:
                return IdentifierReading(Identifier(candidate, compact, sure))
    if (inside := _only_right_part(text, candidates)) is not None:
        return IdentifierReading(inside)
    padded = [
        Identifier(candidate, mended, True)
        for candidate in candidates
        if (mended := _pad(candidate, _compact(candidate, text))) is not None
    ]
    if len(padded) == 1:
        return IdentifierReading(
            padded[0],
            message("The zeros that a spreadsheet dropped were put back in front: {value}.", value=padded[0].value),
        )
    if scheme in GENERIC_SCHEMES and (scheme in {"REG", "ID"} or not candidates):
        # A register number that fits none of the country's tax schemes is no tax number at all.
        return IdentifierReading(
            Identifier(scheme if country is None else f"{alpha2(country)}-{scheme}", _plain(text), None)
        )
    return _wrong(text, candidates[0])


def _only_right_part(text: str, candidates: tuple[str, ...]) -> Identifier | None:
    """Return the one right number among several words of a cell ("7707083893, КПП 773601001"), or None."""
    parts = _PART.findall(text.upper())
    if len(parts) < 2:  # noqa: PLR2004 - the whole was tried
        return None
    right = [
        Identifier(candidate, compact, True)
        for part in parts
        for candidate in candidates
        if _check(candidate, compact := _compact(candidate, part)) is True
    ]
    return right[0] if len({each.value for each in right}) == 1 else None


def _wrong(text: str, scheme: str) -> IdentifierReading:
    compact = _compact(scheme, text)
    identifier = Identifier(scheme, compact, False)
    lengths = _LENGTHS.get(scheme, ())
    if lengths and len(compact) not in lengths:
        return IdentifierReading(
            identifier,
            message(
                "{value} has {count:number} signs; a number of the scheme {scheme} has {expected}.",
                value=compact,
                count=str(len(compact)),
                scheme=scheme,
                expected=" / ".join(str(length) for length in lengths),
            ),
        )
    return IdentifierReading(
        identifier,
        message(
            "{value} is not a right number of the scheme {scheme}: its form or check digit is wrong.",
            value=compact,
            scheme=scheme,
        ),
    )


def _pad(scheme: str, compact: str) -> str | None:
    """Return the number with zeros put back in front where that makes exactly one right number, else None."""
    if not compact.isdigit():
        return None
    right = [
        padded
        for length in _LENGTHS.get(scheme, ())
        if len(compact) < length <= len(compact) + 3 and _check(scheme, padded := compact.zfill(length)) is True
    ]
    return right[0] if len(right) == 1 else None


def _expand(text: str) -> str | None:
    """Write a number with an exponent out, or return None where its mantissa does not hold every digit."""
    mantissa, _, exponent = text.replace(",", ".").lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    if decimals < int(exponent):
        return None
    return format(Decimal(mantissa).scaleb(int(exponent)), "f").partition(".")[0]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).upper()


def _compact(scheme: str, text: str) -> str:
    if scheme in STDNUM_MODULES:
        try:
            return str(_module(scheme).compact(text.strip())).upper()
        except (ValidationError, ValueError, IndexError):
            return _SEPARATORS.sub("", text).upper()
    return _SEPARATORS.sub("", text).upper()


@lru_cache(maxsize=200_000)
def _check(scheme: str, compact: str) -> bool | None:
    if scheme in _OWN_CHECKS:
        return _OWN_CHECKS[scheme](compact)
    if len(set(compact)) == 1:
        return False
    try:
        return bool(_module(scheme).is_valid(compact))
    except (ValueError, IndexError):
        return False


@lru_cache(maxsize=128)
def _module(scheme: str) -> Any:
    return importlib.import_module(f"stdnum.{STDNUM_MODULES[scheme]}")
