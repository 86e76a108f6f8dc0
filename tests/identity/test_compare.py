"""What a comparison of a party with an entry comes to."""

from __future__ import annotations

import pytest

from fairlead.identity.features import MODELS, features, thresholds
from fairlead.identity.tables import read_yaml_table
from fairlead.model.vocabulary import PartyKind
from fairlead.screen import ListIdentifier, ListName
from tests.screen.builders import entry, hits, verdict

NUMBER = {"scheme": "RU-INN", "value": "9800012345", "valid": True}


def feature_set(name: str, *entries: object, **party: object) -> set[str]:
    return set(hits(name, *entries, **party)[0].comparison.features)  # type: ignore[arg-type]


def test_the_same_name_in_the_same_country_is_a_match() -> None:
    assert (
        verdict("Quillon Weaving Ltd.", entry("QUILLON WEAVING LIMITED", countries=("IND",)), country="IND") == "match"
    )


def test_the_same_name_in_another_script_is_a_match() -> None:
    assert verdict("Gyzyl Ýüpek Dokma", entry("Гызыл Юпек Докма", countries=("TKM",)), country="TKM") == "match"


def test_the_same_name_in_another_country_is_for_a_person_to_look_at() -> None:
    assert verdict("Quillon Weaving", entry("Quillon Weaving", countries=("IND",)), country="BGD") == "review"


def test_a_name_of_one_word_needs_the_country() -> None:
    assert verdict("Quillon", entry("Quillon", countries=("IND",)), country="IND") == "match"
    assert verdict("Quillon", entry("Quillon")) == "review"


def test_a_place_and_a_trade_are_nobody_s_own_name() -> None:
    listed = entry("Shanghai Textile Group", countries=("CHN",))
    assert verdict("Shanghai Textile Co., Ltd.", listed, country="CHN") == "review"
    assert verdict("SHANGHAI TEXTILE GROUP", listed, country="CHN") == "match"


def test_a_longer_name_needs_no_country() -> None:
    assert verdict("Quillon Harrow Weaving", entry("Quillon Harrow Weaving Co.")) == "match"


@pytest.mark.parametrize("name", ["CORP", "Trading Company", "Group", "China", "Import Export LLC"])
def test_generic_words_alone_match_nothing_but_the_very_same_name(name: str) -> None:
    assert verdict(name, entry("Quillon Trading Group Corp. Import Export China")) == "different"
    assert verdict(name, entry(name), country="CHN") in ("different", "review")


@pytest.mark.parametrize("name", ["CORP", "Ltd", "Group", "China"])
def test_one_generic_word_does_not_even_match_itself(name: str) -> None:
    assert verdict(name, entry(name, countries=("CHN",)), country="CHN") == "different"


def test_a_sister_company_is_a_possible_match_at_most() -> None:
    listed = entry("Xinjiang Yinshalan Silicon Co., Ltd.", countries=("CHN",))
    assert verdict("Xinjiang Yinshalan Silicon New Material Co., Ltd.", listed, country="CHN") == "review"


def test_the_same_rare_word_in_another_trade_is_no_match() -> None:
    assert verdict("Jiaxing Lanhaitong Solar Module Co.", entry("Lanhaitong Marine Engineering Co.")) == "different"


def test_a_letter_that_differs_makes_a_possible_match() -> None:
    listed = entry("Glenmore Weaving Mills", countries=("IND",))
    assert verdict("Glencore Weaving Mills", listed, country="IND") == "review"


def test_another_number_in_the_name_is_another_party() -> None:
    assert verdict("Tianjin No. 3 Quillon Plant", entry("Tianjin No. 2 Quillon Plant")) == "different"


def test_a_number_on_one_side_only_is_for_a_person_to_look_at() -> None:
    assert verdict("Quillon Harrow Unit 2", entry("Quillon Harrow")) == "review"


def test_another_legal_form_is_remarked_and_does_not_hinder() -> None:
    listed = entry("Quillon Harrow AG", countries=("DEU",))
    assert verdict("Quillon Harrow GmbH", listed, country="DEU") == "match"
    assert "other_form" in feature_set("Quillon Harrow GmbH", listed, country="DEU")


def test_a_company_is_not_said_to_be_a_person_or_a_vessel_of_its_name() -> None:
    for kind in (PartyKind.PERSON, PartyKind.VESSEL):
        assert verdict("Quillon Harrow Brook", entry("Quillon Harrow Brook", kind=kind)) == "review"


def test_the_same_number_is_a_match_by_itself() -> None:
    listed = entry("Harrow Steel", identifiers=(ListIdentifier("9800012345", "RU-INN"),))
    assert verdict("Quillon Weaving", listed, identifiers=[NUMBER]) == "match"


def test_a_number_of_no_known_scheme_is_compared_by_its_value() -> None:
    assert (
        verdict("Quillon", entry("Harrow", identifiers=(ListIdentifier("9800012345"),)), identifiers=[NUMBER])
        == "match"
    )


def test_the_same_digits_in_another_scheme_are_not_the_same_number() -> None:
    listed = entry("Harrow", identifiers=(ListIdentifier("9800012345", "TR-VKN"),))
    assert verdict("Quillon", listed, identifiers=[NUMBER]) == "different"


def test_a_number_that_fails_its_check_proves_nothing() -> None:
    listed = entry("Harrow", identifiers=(ListIdentifier("9800012345", "RU-INN"),))
    assert verdict("Quillon", listed, identifiers=[{**NUMBER, "valid": False}]) == "different"


def test_two_numbers_of_one_register_speak_against_the_same_name() -> None:
    listed = entry("Quillon Harrow", countries=("RUS",), identifiers=(ListIdentifier("9800099999", "RU-INN"),))
    assert verdict("Quillon Harrow", listed, country="RUS", identifiers=[NUMBER]) == "review"


def test_a_weak_name_is_a_possible_match_at_most() -> None:
    listed = entry("Harrow Steel", aliases=(ListName("Quillon Brook Weaving", weak=True),))
    assert verdict("Quillon Brook Weaving", listed) == "review"


def test_other_names_of_both_sides_count() -> None:
    listed = entry("Harrow Steel", aliases=(ListName("Quillon Brook Weaving"),))
    assert verdict("Alatau", listed, names=["Alatau", "Quillon Brook Weaving LLP"]) == "match"


def test_an_abbreviation_is_a_possible_match() -> None:
    listed = entry("Xorland Production and Quarry Corps", countries=("CHN",))
    assert verdict("XPQC", listed, country="CHN") == "review"


def test_leaving_out_a_bracket_makes_a_possible_match() -> None:
    assert verdict("Quillon Harrow Apparels (Brook)", entry("Quillon Harrow Apparels")) == "review"


def test_every_feature_has_a_weight_for_both_models_of_the_sign_that_it_says() -> None:
    for feature in features().values():
        assert set(feature.weights) == set(MODELS)
        for weight in feature.weights.values():
            assert {"for": weight >= 0, "against": weight <= 0, "not": weight == 0}[feature.speaks], feature.key


def test_every_feature_has_a_sentence_or_says_what_it_is() -> None:
    rows = read_yaml_table("features")["features"]
    assert all(bool(row["sentence"]) != ("about" in row) for row in rows)


def test_a_person_looks_at_what_lies_between_the_thresholds() -> None:
    limits = thresholds()
    for model in MODELS:
        assert 0 < limits.review_from[model] < limits.match_from[model] < 1
        assert limits.match_from[model] < limits.listed_match_from[model]
        assert limits.review_from[model] < limits.listed_review_from[model] < limits.listed_match_from[model] < 1
    assert 0 < limits.told_with_country < limits.told_without_country
