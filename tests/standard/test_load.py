from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from fairlead.errors import InvalidReference
from fairlead.reference import data_folder, load_yaml
from fairlead.standard import Form, Level, shipped_standard, standard_from
from fairlead.standard.load import CORE, SUPPLEMENTS

CONTENT = load_yaml(CORE)


def changed(change: Callable[[Any], object]) -> Any:
    content = copy.deepcopy(CONTENT)
    change(content)
    return content


def first(content: Any) -> Any:
    return content["provisions"][0]


def test_the_core_rests_on_every_fundamental_convention_and_on_both_codes_of_fair_recruitment() -> None:
    used = {source.instrument.key for one in shipped_standard().provisions for source in one.sources}
    fundamental = {"c029", "p029", "c105", "c138", "c182", "c087", "c098", "c100", "c111", "c155", "c187"}
    assert fundamental | {"fair_recruitment", "dhaka"} <= used


def test_each_legal_minimum_rests_on_law_and_guidance_alone_is_never_one() -> None:
    for one in shipped_standard().provisions:
        assert one.of_the_law is any(source.instrument.binding for source in one.sources) or not one.of_the_law
        assert one.required is (Level.LEGAL_MINIMUM if one.of_the_law else Level.GOOD_PRACTICE)
        assert one.of_the_law <= any(source.instrument.binding for source in one.sources)


def test_the_short_form_is_short_and_the_deep_one_asks_about_every_provision() -> None:
    core = [one for one in shipped_standard().provisions if not one.supplement]
    questions = [question for one in core for question in one.questions]
    assert 10 <= sum(question.form is Form.SHORT for question in questions) <= 14
    assert 50 <= len(questions) <= 60
    assert all(one.questions for one in core)


def test_every_supplement_has_provisions_and_sectors_of_its_own() -> None:
    standard = shipped_standard()
    assert len(standard.supplements) == len(SUPPLEMENTS) == 6
    for supplement in standard.supplements:
        count = sum(one.supplement == supplement.key for one in standard.provisions)
        assert 5 <= count <= 8
        assert supplement.sectors


def test_every_indicator_of_forced_labour_is_guarded_against() -> None:
    from fairlead.model.vocabulary import Indicator  # noqa: PLC0415

    assert {indicator for one in shipped_standard().provisions for indicator in one.indicators} == set(Indicator)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: first(c).update(colour="red"), "“workers_known”, field “colour”"),
        (lambda c: first(c).pop("title"), "“workers_known”, field “title”"),
        (lambda c: first(c).update(topic="weather"), "field “topic”"),
        (lambda c: first(c).update(findings=["no_such_card"]), "field “findings” names “no_such_card”"),
        (lambda c: first(c).update(indicators=["gloom"]), "field “indicators”"),
        (lambda c: first(c).update(legal_minimum="It must."), "rests on no binding instrument"),
        (lambda c: first(c).update(sources=[{"in": "c999", "at": "Article 1"}]), "names “c999”"),
        (lambda c: first(c).update(sources=[]), "field “sources” lists none"),
        (lambda c: first(c).update(questions=[]), "field “questions” lists none"),
        (lambda c: first(c).update(key="Workers Known"), "must be lower-case letters"),
        (lambda c: c["provisions"].append(copy.deepcopy(first(c))), "stands there twice"),
        (lambda c: first(c)["questions"][0].update(type="colour"), "questions “workers_total”, field “type”"),
        (lambda c: first(c)["questions"][0].pop("unit"), "field “unit”"),
        (lambda c: first(c)["questions"][0].update(holds_months=0), "field “holds_months”"),
        (lambda c: first(c)["questions"][1].update(options=[{"option": "a", "label": "A"}]), "field “options”"),
        (
            lambda c: first(c)["questions"][0].update(when=[{"question": "never_asked", "is": ["yes"]}]),
            "names “never_asked”, which is no question asked before",
        ),
        (
            lambda c: first(c)["questions"][2].update(when=[{"question": "migrant_workers", "is": ["perhaps"]}]),
            "names “perhaps”",
        ),
        (lambda c: first(c)["questions"][1]["says"][0].update(finding="no_card"), "field “finding”"),
        (lambda c: c["contradictions"][0].pop("link"), "needs one of"),
        (lambda c: c.update(provisions="none"), "field “provisions” must be a list"),
        (lambda c: c["instruments"]["c029"].update(binding="perhaps"), "“c029”, field “binding” must be yes or no"),
    ],
)
def test_what_breaks_a_rule_is_named_with_file_provision_and_field(change: Callable[[Any], object], told: str) -> None:
    with pytest.raises(InvalidReference) as caught:
        standard_from(changed(change), {})
    assert str(caught.value).startswith("labour_standard.yaml: ")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        ({"is": ["yes"], "finding": "workforce_mechanised", "polarity": "supports"}, "would lower the estimate"),
        ({"is": ["yes"], "finding": "audit_announced_clean", "polarity": "mitigates"}, "until it is verified"),
        ({"is": ["yes"], "finding": "documents_held", "polarity": "mitigates"}, "until it is verified"),
    ],
)
def test_no_answer_can_be_made_to_lower_the_estimate_on_the_supplier_s_word(effect: Any, told: str) -> None:
    with pytest.raises(InvalidReference, match=told):
        standard_from(changed(lambda c: first(c)["questions"][1].update(says=[effect])), {})


@pytest.mark.parametrize("name", [CORE, *SUPPLEMENTS, "questionnaire_words"])
def test_the_files_read_the_same_without_the_fast_reader_which_is_laxer(name: str) -> None:
    text = (data_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == load_yaml(name)


def test_a_supplement_for_an_unknown_sector_is_refused_with_its_file() -> None:
    content = {**load_yaml(SUPPLEMENTS[0]), "sectors": ["space_travel"]}
    with pytest.raises(InvalidReference, match=r"labour_standard_construction\.yaml: .*space_travel"):
        standard_from(CONTENT, {SUPPLEMENTS[0]: content})


def test_the_version_changes_with_any_word_and_with_nothing_else() -> None:
    base = standard_from(CONTENT, {})
    assert standard_from(copy.deepcopy(CONTENT), {}).version == base.version
    assert standard_from(changed(lambda c: first(c).update(title="Another title")), {}).version != base.version
    assert base.version.startswith("labour-standard-1+")
