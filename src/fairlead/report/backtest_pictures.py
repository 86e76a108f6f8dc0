"""The pictures of the backtest: how probabilities match what came out, and how the models compare.

Marks differ in shape as well as in colour, and the colours (Okabe and Ito) can be told apart by the colour-blind.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from fairlead.report.svg import fitted, frame, label
from fairlead.risk.backtest import BASELINES, Figures, TestResult
from fairlead.risk.backtest.measures import Bin

_STYLE: Final = (
    "<style>text{font-family:Inter,sans-serif;font-size:13px;fill:#22272e}"
    ".muted{fill:#57606a}.axis{stroke:#8c959f;stroke-width:1}.grid{stroke:#d8dee4;stroke-width:1}"
    ".even{stroke:#57606a;stroke-width:1.2;stroke-dasharray:5 4}"
    ".raw{fill:#0072b2;stroke:#0072b2}.equal{fill:#d55e00;stroke:#d55e00}.bar{stroke-width:2}</style>"
)
_PAPER: Final = '<rect width="100%" height="100%" fill="#ffffff"/>'

_SIZE: Final = 450
_LEFT, _TOP, _FIELD = 74, 46, 330
#: The 90% interval of a share that was observed.
_Z: Final = 1.6449

_ROW: Final = 46
_NAMES: Final = 250
_SPAN: Final = 360
#: Where the axis of areas begins, unless an interval reaches lower.
_FROM: Final = 0.3


def reliability_picture(test: TestResult) -> str:
    """Return the reliability plot of the joined model as SVG: tenths of the pairs, expected against observed share.

    Both axes are square roots, so that shares near nought can be told apart; the bars are 90% intervals (Wilson).
    """
    bins = test.joined.bins
    most = max(max(each.expected, _wilson(each)[1]) for each in bins)
    top = math.ceil(most * 50) / 50

    def place(value: float) -> float:
        return math.sqrt(max(0.0, min(value, top)) / top) * _FIELD

    def x(value: float) -> float:
        return round(_LEFT + place(value), 1)

    def y(value: float) -> float:
        return round(_TOP + _FIELD - place(value), 1)

    parts = [_STYLE, _PAPER, label(_LEFT, 26, f"{test.title}: expected and observed share of hits")]
    for tick in _ticks(top):
        parts += [
            f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + _FIELD}" y1="{y(tick)}" y2="{y(tick)}"/>',
            label(_LEFT - 8, y(tick) + 4, f"{tick:.1%}", style="muted", anchor="end"),
            label(x(tick), _TOP + _FIELD + 20, f"{tick:.1%}", style="muted", anchor="middle"),
        ]
    parts.append(f'<line class="even" x1="{x(0)}" y1="{y(0)}" x2="{x(top)}" y2="{y(top)}"/>')
    for each in bins:
        low, high = _wilson(each)
        parts += [
            f'<line class="raw bar" x1="{x(each.expected)}" x2="{x(each.expected)}" y1="{y(low)}" y2="{y(high)}"/>',
            f'<circle class="raw" cx="{x(each.expected)}" cy="{y(each.observed)}" r="4.5"/>',
        ]
    parts += [
        label(_LEFT + _FIELD / 2, _TOP + _FIELD + 44, "expected", anchor="middle"),
        label(_LEFT - 60, _TOP - 8, "observed"),
    ]
    described = "; ".join(f"expected {each.expected:.2%}, observed {each.observed:.2%}" for each in bins)
    title = f"{test.title}: reliability"
    return frame("reliability", _SIZE, _SIZE, title, f"Tenths of the pairs. {described}.", parts)


def comparison_picture(test: TestResult) -> str:
    """Return the AUC of all models in one test as SVG: over all pairs, and among pairs equal in size."""
    models: dict[str, Figures] = {"the rating": test.rating, "with exposure and detection": test.joined}
    models |= {BASELINES[name]: figures for name, figures in test.baselines.items()}
    height = 112 + _ROW * len(models)
    width = _NAMES + _SPAN + 50
    start = _start(models.values())

    def x(value: float) -> float:
        return round(_NAMES + (value - start) / (1 - start) * _SPAN, 1)

    bottom = 60 + _ROW * len(models)
    parts = [_STYLE, _PAPER, label(14, 26, f"{test.title}: AUC with 95% intervals")]
    for tick in (tenths / 10 for tenths in range(round(start * 10), 11)):
        kind = "even" if tick == 0.5 else "grid"  # noqa: PLR2004  (chance)
        parts += [
            f'<line class="{kind}" x1="{x(tick)}" x2="{x(tick)}" y1="48" y2="{bottom}"/>',
            label(x(tick), bottom + 18, f"{tick:.1f}", style="muted", anchor="middle"),
        ]
    for place, (name, figures) in enumerate(models.items()):
        middle = 74 + _ROW * place
        parts.append(label(14, middle + 4, fitted(name, 13, _NAMES - 30)))
        parts += _mark(figures, "auc", x, middle - 8)
        parts += _mark(figures, "auc_matched", x, middle + 10)
    parts += [
        f'<circle class="raw" cx="{_NAMES + 6}" cy="{bottom + 34}" r="5"/>',
        label(_NAMES + 18, bottom + 38, "all pairs"),
        _diamond(_NAMES + 116, bottom + 34),
        label(_NAMES + 128, bottom + 38, "among pairs equal in size"),
    ]
    described = "; ".join(
        f"{name} {figures.values['auc']:.2f}, among equals {figures.values['auc_matched']:.2f}"
        for name, figures in models.items()
    )
    return frame("comparison", width, height, f"{test.title}: AUC", f"{described}.", parts)


def _start(models: Iterable[Figures]) -> float:
    """Return the tenth at which the axis begins, so that nothing that is drawn lies before it."""
    drawn = (
        figures.values[name] for figures in models for name in ("auc", "auc_low", "auc_matched", "auc_matched_low")
    )
    return min([_FROM, *(math.floor(value * 10) / 10 for value in drawn if not math.isnan(value))])


def _mark(figures: Figures, name: str, x: Callable[[float], float], y: float) -> Iterator[str]:
    value, low, high = (figures.values[key] for key in (name, f"{name}_low", f"{name}_high"))
    if math.isnan(value):
        return
    kind = "raw" if name == "auc" else "equal"
    if not math.isnan(low):
        yield f'<line class="{kind} bar" x1="{x(low)}" x2="{x(high)}" y1="{y}" y2="{y}"/>'
    yield f'<circle class="raw" cx="{x(value)}" cy="{y}" r="5"/>' if kind == "raw" else _diamond(x(value), y)


def _diamond(x: float, y: float) -> str:
    return f'<path class="equal" d="M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z"/>'


def _ticks(top: float) -> Sequence[float]:
    steps = [0.0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0]
    return [step for step in steps if step <= top]


def _wilson(each: Bin) -> tuple[float, float]:
    """Return the 90% interval of the true share behind a share that was observed (Wilson 1927)."""
    n, p, z = each.rows, each.observed, _Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)
