"""The waterfall of a rating as a picture: from the starting point, step by step, to the interval, over the bands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.language import Language
from fairlead.report.explained_content import Explained, StageTold, StepTold
from fairlead.report.scale import position_of_nats, zones
from fairlead.report.svg import SEMI_BOLD, fitted, frame, label
from fairlead.report.words import band_word

_WIDTH: Final = 960
_LEFT: Final = 330  # where the axis begins
_RIGHT: Final = 800  # where it ends
_TOP: Final = 58
_ROW: Final = 30
_BAR: Final = 14
_TEXT: Final = 13


def waterfall(told: Explained) -> str:
    """Draw the steps of one rating on the axis of log-odds; without data an empty text."""
    if not told.steps or told.interval is None:
        return ""
    language = Language(told.language)
    rows = list(_rows(told))
    height = _TOP + _ROW * (len(rows) + 1) + 20
    parts = [*_zones(language, height), *_headings(told)]
    for place, (step, stage) in enumerate(rows):
        y = _TOP + _ROW * (place + 0.5)
        parts += _step(step, y) if step else _stage(stage, y) if stage else []
    parts += _interval(told, _TOP + _ROW * (len(rows) + 0.5))
    title = language.gettext("How the rating of {name} adds up").format(name=told.name)
    return frame("waterfall-steps", _WIDTH, round(height), title, f"{told.rating} {told.sum}", parts)


def _rows(told: Explained) -> Iterator[tuple[StepTold | None, StageTold | None]]:
    """Yield the steps, and after the last of each stage where the sum stands; the starting point is its own stage."""
    for stage in told.stages:
        for step in told.steps:
            if step.stage == stage.stage:
                yield step, None
        if stage.stage != "start":
            yield None, stage


def _x(log_odds: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * position_of_nats(log_odds)


def _zones(language: Language, height: float) -> Iterator[str]:
    for zone in zones():
        left, right = (_LEFT + (_RIGHT - _LEFT) * end for end in (zone.start, zone.end))
        yield (
            f'<rect x="{left:.1f}" y="{_TOP - 4}" width="{right - left:.1f}" height="{height - _TOP - 12:.1f}" '
            f'class="zone band {zone.band}"/>'
        )
        word = fitted(band_word(language, zone.band), 11, right - left - 4)
        yield label((left + right) / 2, _TOP - 26, word, style="small", anchor="middle")
        if zone.low:
            yield label(left, _TOP - 10, language.percent(zone.low), style="small", anchor="middle")


def _headings(told: Explained) -> Iterator[str]:
    yield label(0, _TOP - 26, told.fixed["step"], style="column")
    yield label(_RIGHT + 82, _TOP - 26, told.fixed["factor"], style="column", anchor="end")
    yield label(_WIDTH, _TOP - 26, told.fixed["so_far"], style="column", anchor="end")


def _step(step: StepTold, y: float) -> Iterator[str]:
    start, end = sorted((_x(step.before), _x(step.after))) if step.kind != "prior" else (_LEFT, _x(step.after))
    yield label(0, y + 4.5, fitted(step.name, _TEXT, _LEFT - 12))
    yield (
        f'<rect x="{start:.1f}" y="{y - _BAR / 2:.1f}" width="{max(end - start, 2):.1f}" height="{_BAR}" '
        f'class="step {step.kind}"/>'
    )
    x = _x(step.after)
    yield f'<path d="M{x:.1f} {y + _BAR / 2:.1f}V{y + _ROW - _BAR / 2:.1f}" class="line faint"/>'
    yield label(_RIGHT + 82, y + 4.5, step.factor, anchor="end")
    yield label(_WIDTH, y + 4.5, step.p, anchor="end")


def _stage(stage: StageTold, y: float) -> Iterator[str]:
    x = _x(stage.log_odds)
    yield f'<path d="M0 {y - _ROW / 2 + 1:.1f}H{_WIDTH}" class="line rule"/>'
    yield label(0, y + 4.5, fitted(stage.name, _TEXT, _LEFT - 12, SEMI_BOLD), style="strong")
    yield f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z" class="stand"/>'
    yield f'<path d="M{x:.1f} {y + 7:.1f}V{y + _ROW - _BAR / 2:.1f}" class="line faint"/>'
    yield label(_WIDTH, y + 4.5, stage.p, style="strong", anchor="end")


def _interval(told: Explained, y: float) -> Iterator[str]:
    if told.interval is None:
        return
    low, high = (_x(end) for end in told.interval)
    middle = _x(told.steps[-1].after)
    yield label(0, y + 4.5, told.fixed["interval"], style="strong")
    yield (
        f'<rect x="{low:.1f}" y="{y - _BAR / 2:.1f}" width="{max(high - low, 2):.1f}" height="{_BAR}" rx="2" '
        f'class="band {told.band}"/>'
    )
    yield f'<path d="M{middle:.1f} {y - 11:.1f}V{y + 11:.1f}" class="middle"/>'
    yield label(_WIDTH, y + 4.5, told.range, style="strong", anchor="end")
