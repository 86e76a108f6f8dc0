"""The schemes of identifiers: which there are, how long their numbers are, which one a country's tax number is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from fairlead.read import identifier_central_asia as central_asia
from fairlead.read import identifier_sector as sector

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

OWN_CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
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
LENGTHS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
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

SCHEMES: Final = frozenset(STDNUM_MODULES) | frozenset(OWN_CHECKS) | GENERIC_SCHEMES

#: The schemes that a generic heading stands for where the row's country is not known.
WITHOUT_COUNTRY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"BIN-IIN": ("KZ-BIN", "KZ-IIN"), "INN": ("RU-INN", "KG-INN")}
)

#: Numbers that stand in each other's column: a sole entrepreneur has no BIN and gives the IIN. A supplier from
#: abroad gives the number of its own country, which is tried after these.
SISTERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "KZ-BIN": ("KZ-BIN", "KZ-IIN"),
        "KZ-IIN": ("KZ-IIN", "KZ-BIN"),
        "UZ-STIR": ("UZ-STIR", "UZ-PINFL"),
        "UZ-PINFL": ("UZ-PINFL", "UZ-STIR"),
    }
)

#: Schemes with a check so strong that a column full of such numbers names itself.
SELF_NAMING: Final = ("LEI", "OSID", "CID", "KZ-BIN", "KZ-IIN", "RU-OGRN", "CN-USCC", "IN-GSTIN", "BR-CNPJ")
