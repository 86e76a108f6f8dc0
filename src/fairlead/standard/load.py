"""Reads the standard of labour practices and its supplements from the reference pack, and checks them strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fairlead.errors import FairleadError, InvalidReference
from fairlead.model.message import message
from fairlead.model.vocabulary import Indicator, LinkKind, Polarity, Workforce
from fairlead.reference import load_csv, load_yaml
from fairlead.risk.cards import Cards, shipped_cards
from fairlead.standard.entry import Entry
from fairlead.standard.provisions import (
    NO,
    YES,
    AnswerType,
    Condition,
    ContradictionRule,
    Effect,
    Form,
    Instrument,
    Level,
    Option,
    Provision,
    Question,
    Source,
    Standard,
    Supplement,
    Test,
)

CORE: Final = "labour_standard"
#: The supplements, in the order in which their questions are asked.
SUPPLEMENTS: Final = tuple(
    f"{CORE}_{name}" for name in ("construction", "mining", "agriculture", "services", "electronics", "sea")
)

HOLDS_MONTHS: Final = 12
_LONGEST_MONTHS: Final = 60

_STANDARD: Final = ("key", "version", "title", "instruments", "topics", "provisions", "contradictions")
_SUPPLEMENT: Final = ("key", "version", "title", "sectors", "provisions")
_PROVISION: Final = (
    "key", "topic", "title", "legal_minimum", "good_practice", "sources", "indicators", "findings", "questions",
)  # fmt: skip
_QUESTION: Final = (
    "key", "ask", "type", "unit", "options", "form", "workforce", "when", "proof", "holds_months", "says",
)  # fmt: skip
_TEST: Final = ("is", "above", "below")


def shipped_standard() -> Standard:
    """Return the standard of the reference pack with all its supplements.

    Raises InvalidReference, which names file, provision and field, when a file breaks the rules at its top.
    """
    return standard_from(load_yaml(CORE), {name: load_yaml(name) for name in SUPPLEMENTS})


def standard_from(core: Any, supplements: Mapping[str, Any], *, cards: Cards | None = None) -> Standard:
    """Read a standard from the content of its files; the keys of `supplements` are their names without suffix.

    Raises InvalidReference, which names file, provision and field.
    """
    entry = Entry(core, f"{CORE}.yaml", "The standard", _STANDARD)
    reader = ProvisionReader(_instruments(entry), _topics(entry), cards or shipped_cards())
    provisions = list(reader.provisions(entry, ""))
    known_sectors = {row["sector"] for row in load_csv("sectors")}
    made = []
    for name, content in supplements.items():
        part = Entry(content, f"{name}.yaml", "The supplement", _SUPPLEMENT)
        sectors = frozenset(part.texts("sectors", known_sectors, "in the reference table sectors"))
        made.append(Supplement(part.key(), part.text("title"), part.text("version"), sectors))
        provisions += reader.provisions(part, made[-1].key)
    return Standard(
        key=entry.key(),
        name=entry.text("version"),
        title=entry.text("title"),
        topics=reader.topics,
        provisions=tuple(provisions),
        supplements=tuple(made),
        contradictions=tuple(_rules(entry, reader)),
    )


def _instruments(entry: Entry) -> Mapping[str, Instrument]:
    content = entry.content.get("instruments")
    if not isinstance(content, Mapping):
        raise entry.wrong("instruments", message("must list the instruments by their keys."))
    made = {}
    for key, fields in content.items():
        one = Entry(fields, entry.file, "The instrument", ("name", "publisher", "binding"), name=str(key))
        made[str(key)] = Instrument(str(key), one.text("name"), one.text("publisher"), one.flag("binding"))
    return made


def _topics(entry: Entry) -> Mapping[str, str]:
    return {topic.key("topic"): topic.text("title") for topic in entry.entries("topics", ("topic", "title"))}


class ProvisionReader:
    """Reads provisions one after the other and knows those before, because keys are unique and conditions look back."""

    def __init__(
        self,
        instruments: Mapping[str, Instrument],
        topics: Mapping[str, str],
        cards: Cards,
        known: Sequence[Provision] = (),
    ) -> None:
        self.instruments, self.topics, self.cards = instruments, topics, cards
        self._provisions = {provision.key for provision in known}
        self.questions = {question.key: question for provision in known for question in provision.questions}

    def provisions(self, entry: Entry, supplement: str) -> list[Provision]:
        """Read the provisions that a file lists."""
        made = []
        for content in entry.items("provisions"):
            key = content.get("key", "without a key") if isinstance(content, Mapping) else "without fields"
            made.append(self.provision(content, entry.file, str(key), supplement))
        if not made:
            raise entry.wrong("provisions", message("lists none."))
        return made

    def provision(
        self, content: Any, file: str, name: str, supplement: str, error: type[FairleadError] = InvalidReference
    ) -> Provision:
        """Read one provision. `name` is how messages call it."""
        entry = Entry(content, file, message("The provision").template, _PROVISION, error, name=name)
        key, topic = entry.key(), entry.text("topic")
        if key in self._provisions:
            raise entry.wrong("key", message("stands there twice."))
        self._provisions.add(key)
        if topic not in self.topics:
            raise entry.wrong(
                "topic", message("is “{topic}”; there are {topics}.", topic=topic, topics=", ".join(self.topics))
            )
        minimum, sources = entry.text("legal_minimum", optional=True), self._sources(entry)
        if minimum and not any(source.instrument.binding for source in sources):
            raise entry.wrong("legal_minimum", message("rests on no binding instrument."))
        return Provision(
            key=key,
            topic=topic,
            title=entry.text("title"),
            legal_minimum=minimum,
            good_practice=entry.text("good_practice"),
            required=Level.LEGAL_MINIMUM if minimum else Level.GOOD_PRACTICE,
            sources=sources,
            indicators=entry.words("indicators", Indicator),
            findings=frozenset(entry.texts("findings", self.cards, message("an evidence card").template)),
            questions=self._questions(entry),
            supplement=supplement,
        )

    def _sources(self, entry: Entry) -> tuple[Source, ...]:
        made = []
        for source in entry.entries("sources", ("in", "at")):
            name = source.text("in")
            if name not in self.instruments:
                raise source.wrong("in", message("names “{name}”, which is not among the instruments.", name=name))
            made.append(Source(self.instruments[name], source.text("at")))
        if not made:
            raise entry.wrong("sources", message("lists none."))
        return tuple(made)

    def _questions(self, entry: Entry) -> tuple[Question, ...]:
        made = []
        for question in entry.entries("questions", _QUESTION):
            made.append(self._question(question))
            if made[-1].key in self.questions:
                raise question.wrong("key", message("stands there twice."))
            self.questions[made[-1].key] = made[-1]
        if not made:
            raise entry.wrong("questions", message("lists none."))
        return tuple(made)

    def _question(self, entry: Entry) -> Question:
        kind, options = entry.word("type", AnswerType), _options(entry)
        if (kind is AnswerType.CHOICE) != bool(options):
            raise entry.wrong("options", message("must be there for a choice, and for nothing else."))
        if (kind is AnswerType.NUMBER) != entry.has("unit"):
            raise entry.wrong("unit", message("must be there for a number, and for nothing else."))
        months = entry.number("holds_months")
        if months is not None and (months != int(months) or not 0 < months <= _LONGEST_MONTHS):
            raise entry.wrong(
                "holds_months", message("must be a whole number from 1 to {most}.", most=str(_LONGEST_MONTHS))
            )
        question = Question(
            key=entry.key(),
            ask=entry.text("ask"),
            type=kind,
            unit=entry.text("unit", optional=True),
            options=options,
            form=entry.word("form", Form, Form.DEEP),
            workforce=frozenset(entry.words("workforce", Workforce)),
            when=self.conditions(entry),
            proof=entry.text("proof", optional=True),
            holds_months=HOLDS_MONTHS if months is None else int(months),
            says=(),
        )
        effects = tuple(self._effect(effect, question) for effect in entry.entries("says", _SAYS))
        return Question(**{**vars(question), "says": effects})

    def conditions(self, entry: Entry, field: str = "when") -> tuple[Condition, ...]:
        """Read the conditions of a question, each on a question that was asked before."""
        return tuple(self.condition(one) for one in entry.entries(field, ("question", *_TEST)))

    def condition(self, entry: Entry) -> Condition:
        """Read one condition."""
        asked = self.asked(entry)
        return Condition(asked.key, test_of(entry, asked))

    def asked(self, entry: Entry, field: str = "question") -> Question:
        """Return the question that a field names."""
        name = entry.text(field)
        if name not in self.questions:
            raise entry.wrong(field, message("names “{name}”, which is no question asked before.", name=name))
        return self.questions[name]

    def _effect(self, entry: Entry, question: Question) -> Effect:
        finding, polarity = entry.text("finding"), entry.word("polarity", Polarity)
        if finding not in self.cards:
            raise entry.wrong("finding", message("is “{finding}”, which is no evidence card.", finding=finding))
        value, confidence = entry.text("value", optional=True) or None, entry.number("confidence")
        card = self.cards[finding]
        level = card.level(value)
        if level is None:
            raise entry.wrong(
                "value", message("is none of the card's levels: {levels}.", levels=", ".join(card.levels))
            )
        if polarity is Polarity.SUPPORTS and level.ln_lr < 0:
            raise entry.wrong("polarity", message("would lower the estimate on the supplier's word."))
        if polarity is Polarity.MITIGATES and (level.ln_lr > 0 or (level.ln_lr < 0 and not card.verified_by)):
            raise entry.wrong(
                "polarity", message("may be mitigates only where the card counts nothing until it is verified.")
            )
        if confidence is not None and not 0 < confidence <= 1:
            raise entry.wrong("confidence", message("must be above 0 and not above 1."))
        return Effect(
            test_of(entry, question), finding, polarity, value, float(1 if confidence is None else confidence)
        )


_SAYS: Final = (*_TEST, "finding", "polarity", "value", "confidence")


def _options(entry: Entry) -> tuple[Option, ...]:
    options = tuple(
        Option(one.key("option"), one.text("label")) for one in entry.entries("options", ("option", "label"))
    )
    if len({option.key for option in options}) != len(options):
        raise entry.wrong("options", message("names the same twice."))
    return options


def test_of(entry: Entry, question: Question) -> Test:
    """Read what an answer to a question is held against; it has to be an answer that the question can have."""
    words, above, below = entry.texts("is"), entry.number("above"), entry.number("below")
    numeric = question.type in (AnswerType.NUMBER, AnswerType.MONEY)
    if numeric and not words and (above is not None or below is not None):
        return Test(above=above, below=below)
    choices = [YES, NO] if question.type is AnswerType.YES_NO else [option.key for option in question.options]
    if numeric or not choices or not words or above is not None or below is not None:
        raise entry.wrong(
            "is", message("must fit the question “{key}”, which takes {type}.", key=question.key, type=question.type)
        )
    for word in words:
        if word not in choices:
            raise entry.wrong(
                "is", message("names “{word}”, which is no answer to “{key}”.", word=word, key=question.key)
            )
    return Test(words=words)


def _rules(entry: Entry, reader: ProvisionReader) -> list[ContradictionRule]:
    fields = ("key", "answer", "other", "link", "sentence")
    return [_rule(rule, reader) for rule in entry.entries("contradictions", fields)]


def _rule(rule: Entry, reader: ProvisionReader) -> ContradictionRule:
    answer = rule.entry("answer", ("question", "above_answer", *_TEST))
    if answer is None:
        raise rule.wrong("answer", message("is missing."))
    asked, above = reader.asked(answer), answer.text("above_answer", optional=True)
    other, link = rule.entry("other", ("question", *_TEST)), rule.entry("link", ("kind", "end"))
    if above:
        limit = reader.asked(answer, "above_answer")
        if asked.type is not AnswerType.NUMBER or limit.type is not AnswerType.NUMBER:
            raise answer.wrong("above_answer", message("compares two questions that ask for numbers."))
    if sum(map(bool, (above, other, link))) != 1:
        raise rule.wrong("", message("needs one of above_answer, other and link."))
    end = link.text("end") if link else ""
    if link and end not in ("from", "to"):
        raise link.wrong("end", message("must be from or to."))
    return ContradictionRule(
        key=rule.key(),
        question=asked.key,
        test=None if above else test_of(answer, asked),
        other=reader.condition(other) if other else None,
        above_answer=above,
        link=link.word("kind", LinkKind) if link else None,
        link_end=end,
        sentence=rule.text("sentence"),
    )
