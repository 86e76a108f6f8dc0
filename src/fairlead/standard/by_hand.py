"""A questionnaire that a person has changed: questions put in and taken out, never those of the legal minimum."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from fairlead.errors import AdaptationError, BelowLegalMinimum
from fairlead.model.message import Message, message
from fairlead.standard.provisions import Form, Standard
from fairlead.standard.questionnaire import Asked, Questionnaire, leads_to


def asked_again(standard: Standard, form: Form, because: Mapping[str, Message]) -> Questionnaire:
    """Return the questionnaire that asks the questions named, in the order of the standard.

    `because` gives, by the key of each question, why this supplier is asked. Questions that this version of the
    standard does not have are left out.
    """
    return Questionnaire(
        form,
        standard.version,
        tuple(_asked(standard, key, because[key]) for key in standard.questions if key in because),
    )


def adjusted(
    standard: Standard, asked: Questionnaire, *, add: Collection[str] = (), remove: Collection[str] = ()
) -> Questionnaire:
    """Return a questionnaire with some questions put in and others taken out.

    A question that is put in brings those it depends on; one that is taken out takes along those that depend on it.
    Raises BelowLegalMinimum where that takes out a question about the legal minimum, AdaptationError where the
    standard has no such question.
    """
    for key in (*add, *remove):
        if key not in standard.questions:
            raise AdaptationError(
                message("The standard has no question “{key}”.", key=key),
                do=message("Use the version that was asked with."),
            )
    because = {one.question.key: one.because for one in asked.asked}
    for key in add:
        for each in (key, *leads_to(standard, key)):
            because.setdefault(each, message("Put in by hand."))
    out = {each for key in remove for each in (key, *_hang_on(standard, key)) if each in because}
    for key in standard.questions:
        if key in out and standard.provision_of[key].of_the_law:
            raise BelowLegalMinimum(
                message(
                    "“{question:term}” is about “{title:term}”, which is part of the legal minimum.",
                    question=standard.questions[key].ask,
                    title=standard.provision_of[key].title,
                ),
                do=message("Keep the question."),
            )
    return replace(
        asked_again(standard, asked.form, {key: one for key, one in because.items() if key not in out}),
        standard=asked.standard,
    )


def _asked(standard: Standard, key: str, because: Message) -> Asked:
    provision = standard.provision_of[key]
    reason = message("Asked because of the requirement “{title:term}”.", title=provision.title)
    return Asked(standard.questions[key], provision, reason, because)


def _hang_on(standard: Standard, key: str) -> Iterator[str]:
    """Yield the questions that are asked only after an answer to this one."""
    return (each for each in standard.questions if key in leads_to(standard, each))
