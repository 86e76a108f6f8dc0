"""Turns an assessment into the content of its report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from fairlead.language import Language
from fairlead.model.vocabulary import Band
from fairlead.report.annex import footer, hidden, input_rows, limits, review_rows, rows_in, set_aside, source_rows
from fairlead.report.case import Case
from fairlead.report.content import BandCount, Figure, Listing, Report
from fairlead.report.coverage import coverage
from fairlead.report.labels import labels
from fairlead.report.ratings import Reasons
from fairlead.report.scale import zones
from fairlead.report.tiers import PAGE, PRINT, Size, tiers
from fairlead.report.words import BANDS, NO_DATA, band_word
from fairlead.report.work_list import Suppliers, details, no_data_rows, work_rows
from fairlead.report.world_map import RAISED, counted, country_rows, world_map
from fairlead.risk import shipped_parameters

#: Bands whose suppliers are to be asked first.
FIRST: Final = frozenset({Band.VERY_HIGH, Band.HIGH})


@dataclass(frozen=True)
class Extent:
    """How much a report shows; the spreadsheets always hold everything."""

    work_list: int
    no_data: int
    details: int
    set_aside: int
    review: int
    tiers: Size


ON_PAGE: Final = Extent(work_list=200, no_data=100, details=15, set_aside=50, review=50, tiers=PAGE)
IN_PRINT: Final = Extent(work_list=40, no_data=40, details=10, set_aside=25, review=25, tiers=PRINT)


def report_of(case: Case, language: Language, extent: Extent) -> Report:
    """Return what the report on a case says in a language, as far as `extent` allows."""
    assessment = case.assessment
    shown, unrated = case.rated[: extent.work_list], case.unrated[: extent.no_data]
    suppliers = Suppliers.of(language, case, [*shown, *unrated])
    reasons = Reasons.of(language, assessment.editions)
    work = work_rows(language, suppliers, shown, reasons, detailed=extent.details)
    top = shown[: extent.details]
    counts, unknown = counted(case)
    tier_picture, folded = tiers(language, case, extent.tiers)
    return Report(
        language=language.code,
        labels=labels(language),
        kicker=language.gettext("Supply chain assessment, as of {date}").format(date=language.date(assessment.as_of)),
        title=_title(language, case),
        lead=_lead(language, case),
        figures=_figures(language, case, len(counts)),
        bands=_bands(language, case),
        work_list_title=_work_list_title(language, case),
        work_list=Listing(tuple(work), len(case.rated), hidden(language, len(work), len(case.rated), "worklist.xlsx")),
        has_signs=bool(case.reported),
        has_headcounts=bool(case.headcounts),
        no_data_title=_no_data_title(language, case),
        no_data=Listing(
            tuple(no_data_rows(language, suppliers, unrated)),
            len(case.unrated),
            hidden(language, len(unrated), len(case.unrated), "worklist.xlsx"),
        ),
        map=world_map(language, counts, unknown),
        countries=country_rows(language, counts),
        tiers=tier_picture,
        folded=folded,
        coverage=coverage(language, case),
        details=tuple(details(language, suppliers, top, work[: extent.details], reasons)),
        sources=source_rows(language, assessment),
        inputs=input_rows(language, assessment),
        rejected=set_aside(language, assessment.rejected, extent.set_aside, "rejected.csv"),
        remarks=set_aside(language, assessment.remarks, extent.set_aside, "remarks.csv"),
        review=review_rows(language, assessment, extent.review),
        limits=limits(language),
        footer=footer(language, assessment),
    )


def _first(case: Case) -> int:
    return sum(case.bands[one] in FIRST for one in case.rated)


def _title(language: Language, case: Case) -> str:
    """State the finding: how many suppliers to ask first, or why there is nobody to name."""
    everybody, first = len(case.order), _first(case)
    if not everybody:
        return language.gettext("No supplier could be assessed: no row of the lists could be used")
    if first:
        return language.ngettext(
            "Ask {first} of {count} supplier first", "Ask {first} of {count} suppliers first", everybody
        ).format(first=language.number(first), count=language.number(everybody))
    if not case.rated:
        return language.gettext("Too little is known to rate any supplier")
    raised = sum(case.bands[one] in RAISED for one in case.rated)
    if raised:
        return language.ngettext(
            "No supplier is rated high; {count} is elevated", "No supplier is rated high; {count} are elevated", raised
        ).format(count=language.number(raised))
    return language.gettext("No supplier is rated above moderate")


def _lead(language: Language, case: Case) -> tuple[str, ...]:
    rows, used = rows_in(case.assessment)
    files = sum(file.role == "suppliers" for file in case.assessment.inputs)
    what = language.ngettext(
        "{used} of {rows} rows of {count} supplier list name {suppliers}.",
        "{used} of {rows} rows of {count} supplier lists name {suppliers}.",
        files,
    ).format(
        used=language.number(used),
        rows=language.number(rows),
        count=language.number(files),
        suppliers=language.ngettext("{count} party", "{count} parties", len(case.order)).format(
            count=language.number(len(case.order))
        ),
    )
    meaning = language.gettext(
        "A rating says how probable forced labour is by what is publicly known of a supplier's good, place, sector and "
        "workforce. It says where to ask first. It is no finding about anybody."
    )
    return what, meaning


def _figures(language: Language, case: Case, countries: int) -> tuple[Figure, ...]:
    rows, used = rows_in(case.assessment)
    _ = language.gettext
    out_of = _("of {count}")
    return (
        Figure(
            language.number(_first(case)),
            _("to ask first"),
            _("rated high or very high"),
        ),
        Figure(
            language.number(len(case.rated)),
            _("rated"),
            out_of.format(count=language.number(len(case.order))),
        ),
        Figure(language.number(len(case.unrated)), _("without data"), _("neither low nor high")),
        Figure(language.number(countries), _("countries"), ""),
        Figure(language.number(used), _("rows used"), out_of.format(count=language.number(rows))),
    )


def _bands(language: Language, case: Case) -> tuple[BandCount, ...]:
    counts = Counter(case.bands[one] or NO_DATA for one in case.order)
    total = len(case.order)
    ranges = {zone.band: (zone.low, zone.high) for zone in zones()}
    reasons = {str(rule.band): rule.reason for rule in shipped_parameters().bands}
    return tuple(
        BandCount(
            band=band,
            word=band_word(language, band if band != NO_DATA else None),
            number=language.number(counts[band]),
            share=counts[band] / total if total else 0.0,
            range=_range(language, *ranges[band]) if band in ranges else "",
            meaning=language.gettext(reasons[band])
            if band in reasons
            else language.gettext("Too little is known. Neither low nor high."),
        )
        for band in BANDS
    )


def _range(language: Language, low: float, high: float) -> str:
    if high >= 1:
        return language.gettext("{low} or more").format(low=language.percent(low))
    if low <= 0:
        return language.gettext("below {high}").format(high=language.percent(high))
    return language.gettext("{low} to {high}").format(low=language.percent(low), high=language.percent(high))


def _work_list_title(language: Language, case: Case) -> str:
    first = _first(case)
    if not first:
        return language.gettext("Work list")
    return language.ngettext(
        "{count} supplier to ask first, then the others", "{count} suppliers to ask first, then the others", first
    ).format(count=language.number(first))


def _no_data_title(language: Language, case: Case) -> str:
    count = len(case.unrated)
    return language.ngettext(
        "Too little is known of {count} supplier", "Too little is known of {count} suppliers", count
    ).format(count=language.number(count))
