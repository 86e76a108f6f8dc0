"""`fairlead risk upstream`: where, in tiers that nobody has mapped, the exposure behind a purchase probably sits."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from collections.abc import Iterator

    from fairlead.assess.upstream import UpstreamRun
    from fairlead.risk.upstream.exposure_errors import Estimate, Share
    from fairlead.risk.upstream.upstream import Exposure

#: So many industries of a product are named.
_NAMED = 3


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise typer.BadParameter(f"{text!r} is no number.") from error


def upstream_command(
    country: Annotated[
        str, typer.Option("--country", metavar="ISO3", help="Where it is made: ISO 3166-1 alpha-3, such as BGD.")
    ],
    spend: Annotated[Decimal, typer.Option("--spend", metavar="AMOUNT", parser=_decimal, help="What is spent on it.")],
    sector: Annotated[
        str | None,
        typer.Option("--sector", metavar="KEY", help="The sector, as `fairlead reference show sectors` names it."),
    ] = None,
    hs: Annotated[str | None, typer.Option("--hs", metavar="CODE", help="The good instead, by its HS code.")] = None,
    currency: Annotated[
        str | None,
        typer.Option(
            "--currency", metavar="CODE", help="In which currency, such as USD. [that of the mapped suppliers]"
        ),
    ] = None,
    mapped: Annotated[
        Path | None,
        typer.Option(
            "--mapped", metavar="DIR", help="Results of `fairlead assess`; known suppliers replace the model."
        ),
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", metavar="NAME", help="Which of the tables added. [the newest]")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="The table of this year.")] = None,
    tiers: Annotated[int, typer.Option("--tiers", help="How many tiers are told apart.", min=1, max=20)] = 6,
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="How small a chain may be, as a share of the whole.")
    ] = 1e-4,
    top: Annotated[int, typer.Option("--top", help="How many lines of each list.", min=1)] = 10,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.json", help="Also write all of it as JSON.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="What was known on this day. [today]"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show where the exposure behind a purchase probably sits: by tier, country and industry, with bounds."""
    from fairlead.assess.upstream import as_document, upstream_of

    currency = currency.upper() if currency else None
    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    run = upstream_of(
        country=country,
        sector=sector,
        hs=hs,
        spend=spend,
        currency=currency,
        as_of=day,
        table=table,
        year=year,
        mapped=mapped,
        tiers=tiers,
        tolerance=tolerance,
        shown=top,
    )
    what = f"HS {hs}" if hs else str(sector)
    paid_in = run.mapped.currency if run.mapped else currency
    if out:
        from fairlead.assess.output import files_beside, refuse_replacing
        from fairlead.write.json_file import write_json

        refuse_replacing(out, [], [mapped] if mapped else [])
        with files_beside(out, []) as folder:
            document = as_document(run, country=country, what=what, spend=spend, currency=paid_in, as_of=day)
            write_json(folder / out.name, document)
    if not quiet:
        for line in _lines(run, country, what, float(spend), f" {paid_in}" if paid_in else ""):
            typer.echo(line)


def _lines(run: UpstreamRun, country: str, what: str, spend: float, unit: str) -> Iterator[str]:
    exposure, table = run.exposure, run.table
    codes = dict.fromkeys(table.label(int(cell))[1] for cell in exposure.product.cells)
    industries = [_named(exposure, code) for code in codes]
    named = "; ".join(industries[:_NAMED]) + (f"; and {more} more" if (more := len(industries) - _NAMED) > 0 else "")
    yield f"{what} from {country}, {spend:,.0f}{unit}: found as {exposure.product.region} {named} in {table.name}."
    if exposure.product.is_rest:
        yield (
            f"{country} is not in the table by itself; {exposure.product.region} stands for it. A table that has it "
            "by itself tells more."
        )
    index, average = exposure.index, f"{unit} of average spend"
    yield (
        f"Exposure behind it: {exposure.band.name} of all products ({exposure.place:.0%} of the world's final demand "
        f"carries less); {_plain(index.value)} times the average per unit of spend, {exposure.interval:.0%} from "
        f"{_plain(index.low)} to {_plain(index.high)}: as much as {_amount(spend * index.value)}{average} "
        f"({_amount(spend * index.low)} to {_amount(spend * index.high)})."
    )
    tiers = exposure.by_tier
    each = ["its maker", *(f"tier {number} above" for number in range(1, len(tiers) - 1)), "beyond"]
    yield "By tier: " + ", ".join(f"{name} {share:.0%}" for name, share in zip(each, tiers, strict=True)) + "."
    yield from _shares("By country", exposure.by_country)
    yield from _shares("By industry", exposure.by_industry)
    yield from _shares("Where to look first", exposure.hot_spots)
    yield "Largest single chains, from the product to where the exposure sits:"
    for chain in exposure.chains:
        steps = " < ".join(
            f"{region} {industry}" + (f" ({party})" if party else "")
            for (region, industry), party in zip(chain.steps, chain.mapped, strict=True)
        )
        end = chain.steps[-1][1]
        yield f"  {chain.share:6.1%}  {steps}" + (f"  ({exposure.names[end]})" if exposure.names[end] != end else "")
    yield (
        f"Coverage: {exposure.paths:,} chains were followed and cover {exposure.paths_covered:.0%} of the exposure; "
        "single chains are examples, the lists above are the answer."
    )
    yield from _limits(run)


def _named(exposure: Exposure, code: str) -> str:
    """Return an industry's code with its name, or only the name where the table has no codes."""
    name = exposure.names[code]
    return code if name == code else f"{code} ({name})"


def _shares(heading: str, shares: tuple[Share, ...]) -> Iterator[str]:
    yield f"{heading}:"
    for one in shares:
        place = " ".join(dict.fromkeys((*one.key, one.name)))
        yield f"  {one.share.value:6.1%}  ({_bounds(one.share)})  {place}"


def _bounds(estimate: Estimate) -> str:
    return f"{estimate.low:.0%} to {estimate.high:.0%}"


def _plain(value: float) -> str:
    return f"{value:.2g}"


def _amount(value: float) -> str:
    """Write an amount with two digits that count, since no more of them are known."""
    return f"{float(f'{value:.2g}'):,.0f}"


def _limits(run: UpstreamRun) -> Iterator[str]:
    exposure, mapped = run.exposure, run.mapped
    if mapped is not None:
        yield (
            f"Mapped: {mapped.suppliers} direct suppliers of this product and {mapped.further} above them carry "
            f"{exposure.mapped:.0%}; {1 - exposure.mapped:.0%} is modelled."
        )
        if mapped.without_amount or mapped.not_placed:
            yield (
                f"Not used: {mapped.without_amount} links without an amount or share, {mapped.not_placed} suppliers "
                "whose country or product is not in the table."
            )
    else:
        yield "All of it is modelled; give an assessment with --mapped to put known suppliers in the model's place."
    if exposure.rest > 0:
        yield f"{exposure.rest:.0%} lies in regions that stand for the rest of the world."
    if exposure.unknown:
        yield f"Not known to the reference pack: {', '.join(exposure.unknown)}."
    yield (
        "This says where to look, not what is there: it spreads the world's count in each branch over countries with "
        "the same split everywhere, and no supplier is meant."
    )
    yield (
        "What to do next: go down “Where to look first”. Where it is your suppliers' own industry and country, look at "
        "their own workplaces; for all else ask them who sells them that, from which country and region, and through "
        "whom. Add what you learn to your list, and ask again with --mapped."
    )
