"""Recognises the question of another template as one of ours, by the table questionnaire_words.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fairlead.language import LANGUAGES, Language
from fairlead.model.message import message
from fairlead.read.words import fold_words
from fairlead.reference import load_yaml
from fairlead.standard.entry import Entry
from fairlead.standard.provisions import NOT_KNOWN, AnswerType, Standard

FILE: Final = "questionnaire_words.yaml"

#: A question that is recognised, or that a person has set aside, and is none of ours.
IGNORED: Final = "ignored"


@dataclass(frozen=True)
class Meaning:
    """What a question of another template is for us, and what its yes and no mean where that differs."""

    question: str
    means: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class QuestionWords:
    """The phrases by which questions are recognised, and the words of headings and negations, all folded."""

    phrases: tuple[tuple[tuple[str, ...], Meaning], ...]
    exact: Mapping[str, Meaning]
    negations: frozenset[str]
    answers: tuple[str, ...]
    remarks: tuple[str, ...]

    def recognise(self, text: str) -> Meaning | None:
        """Return what a question is for us; None where it is not recognised, or not without doubt."""
        folded = fold_words(text)
        if folded in self.exact:
            return self.exact[folded]
        words = folded.split()
        fitting = [(sum(map(len, phrase)), phrase, meaning) for phrase, meaning in self.phrases if _fits(phrase, words)]
        if not fitting:
            return None
        longest = max(length for length, _, _ in fitting)
        best = {meaning for length, _, meaning in fitting if length == longest}
        turned = self.negations.intersection(words)
        if len(best) > 1 or any(not turned <= set(phrase) for length, phrase, _ in fitting if length == longest):
            return None
        return best.pop()


def shipped_words(standard: Standard) -> QuestionWords:
    """Return the words of the reference pack; questions that are not in this version of the standard are left out.

    Raises InvalidReference, which names the entry, when the table breaks the rules at its top.
    """
    return words_from(load_yaml("questionnaire_words"), standard)


def words_from(content: Any, standard: Standard) -> QuestionWords:
    """Read the table from the content of its file."""
    entry = Entry(content, FILE, "The table", ("negations", "answers", "remarks", "questions"))
    phrases = []
    for one in entry.entries("questions", ("question", "means", "words")):
        meaning = Meaning(one.key("question"), tuple(_means(one, standard)))
        if meaning.question == IGNORED or meaning.question in standard.questions:
            phrases += [(tuple(fold_words(phrase).split()), meaning) for phrase in one.texts("words")]
    languages = [Language(code) for code in LANGUAGES]
    exact = {
        fold_words(language.gettext(question.ask)): Meaning(key)
        for key, question in standard.questions.items()
        for language in languages
    }
    return QuestionWords(
        tuple(phrases),
        exact,
        frozenset(map(fold_words, entry.texts("negations"))),
        tuple(map(fold_words, entry.texts("answers"))),
        tuple(map(fold_words, entry.texts("remarks"))),
    )


def _means(entry: Entry, standard: Standard) -> Iterator[tuple[str, str]]:
    means, question = entry.entry("means", ("yes", "no")), standard.questions.get(entry.text("question"))
    if means is None or question is None:
        return
    known = {NOT_KNOWN, *(option.key for option in question.options)}
    for answer in ("yes", "no"):
        value = means.text(answer)
        if question.type is not AnswerType.CHOICE or value not in known:
            raise means.wrong(
                answer, message("is “{value}”, which is no answer to “{key}”.", value=value, key=question.key)
            )
        yield answer, value


def _fits(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Say whether the words of a phrase begin words of a text, in their order."""
    left = iter(words)
    return all(any(word.startswith(start) for word in left) for start in phrase)
