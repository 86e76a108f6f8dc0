"""`./run build standard`: write docs/reference/labour-standard.md from the standard's files.

A test compares the page with what this makes, so that no provision and no question stays undocumented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fairlead.standard import AnswerType, Form, Provision, Question, Standard, shipped_standard
from fairlead.standard.provisions import Effect, Instrument, Test

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "labour-standard.md"

HEAD: Final = """# The standard of labour practices

<!-- Written by `./run build standard` from src/fairlead/reference/data/labour_standard*.yaml; do not edit. -->

What Fairlead's code asks of a supplier, and what is asked about it. Beside it stand [why it is as it
is](../explanation/standard-of-labour-practices.md) and [how to adapt it](../how-to/adapt-the-standard.md).

- **Legal minimum**: what the treaties named ask; a State that has ratified one has to make it law. National law may ask
  for more, and then it applies. **Good practice** goes further and rests on guidance too.
- Sources in **bold** are treaties; the others are guidance.
- **Form**: *short* questions are in every questionnaire, *deep* ones where the risk is elevated or higher, where there
  is no data, and where a finding on record calls for them.
- **Says**: what an answer becomes as evidence, by [evidence card](evidence-cards.md). An answer without an entry is for
  people to read. What *denies* a finding is kept and weighs nothing on the supplier's word alone.
"""

POLARITIES: Final = {"supports": "says", "contradicts": "denies", "mitigates": "says, once verified,"}


def page(standard: Standard | None = None) -> str:
    """Return the whole page."""
    standard = standard or shipped_standard()
    lines = [HEAD, f"Version: `{standard.version}`.", ""]
    for topic, title in standard.topics.items():
        chosen = [one for one in standard.provisions if one.topic == topic and not one.supplement]
        lines += [f"## {title}", "", *(line for one in chosen for line in _provision(one))]
    for supplement in standard.supplements:
        chosen = [one for one in standard.provisions if one.supplement == supplement.key]
        sectors = ", ".join(f"`{sector}`" for sector in sorted(supplement.sectors))
        lines += [f"## Supplement: {supplement.title}", "", f"For the sectors {sectors}.", ""]
        lines += [line for one in chosen for line in _provision(one)]
    return "\n".join([*lines, *_instruments(standard), *_rules(standard)])


def _provision(one: Provision) -> Iterator[str]:
    yield from (f"### {one.title}", "", f"`{one.key}`", "")
    if one.legal_minimum:
        yield f"- **Legal minimum.** {one.legal_minimum}"
    yield f"- **Good practice.** {one.good_practice}"
    yield "- Sources: " + "; ".join(f"{_named(source.instrument)}, {source.at}" for source in one.sources)
    if one.indicators:
        yield "- ILO indicators: " + ", ".join(indicator.replace("_", " ") for indicator in one.indicators)
    if one.findings:
        yield "- Findings: " + ", ".join(f"`{finding}`" for finding in sorted(one.findings))
    yield from ("", "| question | answer | form | proof | stands for | says |", "| --- | --- | --- | --- | --- | --- |")
    yield from (_question(question) for question in one.questions)
    yield ""


def _named(instrument: Instrument) -> str:
    return f"**{instrument.key.upper()}**" if instrument.binding else instrument.title


def _question(one: Question) -> str:
    conditions = "".join(f"<br>only if `{condition.question}` is {_test(condition.test)}" for condition in one.when)
    form = "short" if one.form is Form.SHORT else "deep"
    if one.workforce and one.form is Form.DEEP:
        form += "; short too where the workforce is known as " + " or ".join(
            f"`{tag}`" for tag in sorted(one.workforce)
        )
    cells = [
        f"{one.ask}<br>`{one.key}`{conditions}",
        _answer(one),
        form,
        one.proof,
        f"{one.holds_months} months",
        "<br>".join(map(_effect, one.says)),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _answer(one: Question) -> str:
    if one.type is AnswerType.CHOICE:
        return "<br>".join(f"`{option.key}`: {option.label}" for option in one.options)
    return {
        AnswerType.YES_NO: "yes or no",
        AnswerType.NUMBER: f"number, {one.unit}",
        AnswerType.MONEY: "amount and currency",
    }.get(one.type, str(one.type))


def _effect(one: Effect) -> str:
    sure = f" (confidence {one.confidence:g})" if one.confidence < 1 else ""
    return f"{_test(one.test)}: {POLARITIES[one.polarity]} `{one.finding}`{sure}"


def _test(test: Test) -> str:
    if test.words:
        return " or ".join(f"`{word}`" for word in test.words)
    return f"above {test.above}" if test.above is not None else f"below {test.below}"


def _instruments(standard: Standard) -> Iterator[str]:
    used = {source.instrument.key: source.instrument for one in standard.provisions for source in one.sources}
    yield from ("## Instruments", "", "| key | title | publisher | binding |", "| --- | --- | --- | --- |")
    for key, one in sorted(used.items()):
        yield f"| {key.upper()} | {one.title} | {one.publisher} | {'treaty' if one.binding else 'guidance'} |"
    yield ""


def _rules(standard: Standard) -> Iterator[str]:
    yield from ("## What cannot be right together", "")
    yield "Beside answers that stand against evidence on the same card, and answers to a question that another answer"
    yield from ("leaves without object:", "")
    yield from (f"- {rule.sentence} (`{rule.key}`)" for rule in standard.contradictions)
    yield ""


def main(arguments: Sequence[str]) -> int:
    """Write the page."""
    del arguments
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
    return 0
