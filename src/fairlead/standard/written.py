"""A standard written out: as the content of a YAML file in the form of the reference pack, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from fairlead.standard.provisions import AnswerType, Condition, Effect, Provision, Question, Standard, Test

#: The columns of `standard_rows`.
STANDARD_COLUMNS: Final = (
    "provision",
    "topic",
    "supplement",
    "title",
    "required",
    "legal_minimum",
    "good_practice",
    "own_words",
    "binding_sources",
    "guidance",
    "question",
    "ask",
    "type",
    "form",
    "proof",
    "holds_months",
)


def standard_content(standard: Standard) -> dict[str, Any]:
    """Return all that a standard holds, in the form of labour_standard.yaml; fields that are empty are left out.

    Three fields are besides: `version_hash`, and of a provision `required` and `supplement`.
    """
    instruments = {source.instrument.key: source.instrument for one in standard.provisions for source in one.sources}
    return {
        "key": standard.key,
        "version": standard.name,
        "version_hash": standard.version,
        "title": standard.title,
        "instruments": {
            key: {"name": one.title, "publisher": one.publisher, "binding": one.binding}
            for key, one in sorted(instruments.items())
        },
        "topics": [{"topic": key, "title": title} for key, title in standard.topics.items()],
        "supplements": [
            {"key": one.key, "title": one.title, "version": one.version, "sectors": sorted(one.sectors)}
            for one in standard.supplements
        ],
        "provisions": [_provision(one) for one in standard.provisions],
    }


def standard_rows(standard: Standard) -> Iterator[tuple[str | int, ...]]:
    """Yield a row for each question, in the columns of `STANDARD_COLUMNS`; law stands apart from guidance."""
    for one in standard.provisions:
        for question in one.questions:
            yield (
                one.key,
                standard.topics[one.topic],
                one.supplement,
                one.title,
                str(one.required),
                one.legal_minimum,
                one.good_practice,
                one.own_words,
                _places(one, binding=True),
                _places(one, binding=False),
                question.key,
                question.ask,
                str(question.type),
                str(question.form),
                question.proof,
                question.holds_months,
            )


def _places(provision: Provision, *, binding: bool) -> str:
    return "; ".join(
        f"{source.instrument.title}, {source.at}"
        for source in provision.sources
        if source.instrument.binding is binding
    )


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in ("", None, [], {})}


def _provision(one: Provision) -> dict[str, Any]:
    return _filled(
        {
            "key": one.key,
            "topic": one.topic,
            "supplement": one.supplement,
            "title": one.title,
            "required": str(one.required),
            "legal_minimum": one.legal_minimum,
            "good_practice": one.good_practice,
            "own_words": one.own_words,
            "sources": [{"in": source.instrument.key, "at": source.at} for source in one.sources],
            "indicators": [str(each) for each in one.indicators],
            "findings": sorted(one.findings),
            "questions": [_question(each) for each in one.questions],
        }
    )


def _question(one: Question) -> dict[str, Any]:
    return _filled(
        {
            "key": one.key,
            "ask": one.ask,
            "type": str(one.type),
            "unit": one.unit,
            "options": [{"option": each.key, "label": each.label} for each in one.options]
            if one.type is AnswerType.CHOICE
            else [],
            "form": str(one.form),
            "workforce": sorted(map(str, one.workforce)),
            "when": [_condition(each) for each in one.when],
            "proof": one.proof,
            "holds_months": one.holds_months,
            "says": [_effect(each) for each in one.says],
        }
    )


def _condition(one: Condition) -> dict[str, Any]:
    return {"question": one.question, **_test(one.test)}


def _effect(one: Effect) -> dict[str, Any]:
    return _filled(
        {
            **_test(one.test),
            "finding": one.finding,
            "polarity": str(one.polarity),
            "value": one.value,
            "confidence": one.confidence,
        }
    )


def _test(one: Test) -> dict[str, Any]:
    return _filled({"is": list(one.words), "above": _number(one.above), "below": _number(one.below)})


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
