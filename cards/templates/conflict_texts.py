"""What habilitet is called in words, and its inputs, each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.case_content import MAX_TEXT
from board.conflicts import Conflict, Declared, Ruling
from board.errors import Refusal, RefusalCode
from board.ids import PersonId
from board.mandate import Mandate
from board.people import Person
from cards.i18n import _, noop
from cards.message import Banner, Field
from cards.templates.refusals import refusal_banner

Typed = Mapping[str, str]
ByButton = Mapping[str, Typed]
"""What was typed in the inputs of a button, by what the button is for."""
NOTHING: Final[ByButton] = {}

_ANSWERS: Final = {
    Declared.SILENT: noop("ikke svart"),
    Declared.NONE: noop("ingen forhold"),
    Declared.POSSIBLE: noop("mulig forhold"),
}
_RULINGS: Final = {Ruling.ABLE: noop("habil"), Ruling.EXCLUDED: noop("inhabil")}


def answer_words(answer: Declared) -> str:
    return _(_ANSWERS[answer])


def ruling_words(ruling: Ruling) -> str:
    return _(_RULINGS[ruling])


def standing(conflict: Conflict) -> str:
    """«mulig forhold, ikke avgjort», «mulig forhold, avgjort: habil», «ingen forhold»."""
    if conflict.ruling:
        words = {"answer": answer_words(conflict.answer), "ruling": ruling_words(conflict.ruling)}
        return _("{answer}, avgjort: {ruling}", **words)
    if conflict.awaits_ruling:
        return _("{answer}, ikke avgjort", answer=answer_words(conflict.answer))
    return answer_words(conflict.answer)


def note_field(was: Typed) -> Field:
    return Field(
        *("note", "long_text", _("Hva gjelder det?"), was.get("note", "")),
        hint=_(
            "For eksempel familie, økonomisk interesse eller egen rolle i prosjektet. Bare den som avgjør, ser det."
        ),
        error=was.get("note!", ""),
        max_length=MAX_TEXT,
    )


def reason_field(was: Typed) -> Field:
    return Field(
        *("reason", "long_text", _("Begrunnelse"), was.get("reason", "")),
        hint=_("Valgfri. Den står i loggen."),
        error=was.get("reason!", ""),
        max_length=MAX_TEXT,
    )


def conflict_refusal(
    refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate, *, of_oneself: bool = False
) -> Banner:
    """Why an act on habilitet had no effect. ``of_oneself``: the chair's own."""
    if refusal.code is RefusalCode.NOT_ALLOWED and of_oneself:
        words = _("Om deg selv kan du bare avgjøre at du er inhabil. Resten avgjør varaen din. Ingenting er endret.")
        return Banner(words, "attention")
    if refusal.code is RefusalCode.UNKNOWN_CHOICE:
        return Banner(_("Velg hvem og hvilken sak det gjelder. Ingenting er endret."), "attention")
    return refusal_banner(refusal, people, mandate)
