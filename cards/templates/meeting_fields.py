"""The inputs of forms about meetings, each once: where and when, for how long, why, who comes instead."""

from __future__ import annotations

from board.clock import OSLO
from board.meeting import MAX_PLACE, Meeting
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Field, Option


def deputy_fields(deputies: tuple[Option, ...], typed: Typed) -> tuple[Field, ...]:
    """Whoever is not in the list is named in words."""
    error = typed.error("deputy")
    name = Field(
        "deputy_name",
        "text",
        _("Står ikke navnet der? Skriv det"),
        typed.value("deputy_name"),
        hint=_("Navn eller e-post"),
        error="" if deputies else error,
        max_length=200,
    )
    if not deputies:
        return (name,)
    choice = Field("deputy", "choice", _("Hvem møter?"), typed.value("deputy"), error=error, options=deputies)
    return (choice, name)


def choice_field(name: str, words: str, options: tuple[Option, ...], typed: Typed) -> Field:
    return Field(name, "choice", words, typed.value(name), required=True, error=typed.error(name), options=options)


def when_fields(typed: Typed) -> tuple[Field, Field]:
    return (
        Field(
            *("date", "date", _("Ny dato"), typed.value("date")),
            hint=_("For eksempel «1. oktober» eller «neste torsdag»"),
            error=typed.error("date"),
            max_length=200,
        ),
        Field(
            *("time", "text", _("Nytt klokkeslett"), typed.value("time")),
            hint=_("Står det åpent, blir det som før"),
            error=typed.error("time"),
            max_length=100,
        ),
    )


def reason_field(typed: Typed) -> Field:
    value, error = typed.value("reason"), typed.error("reason")
    return Field("reason", "long_text", _("Hvorfor avlyses møtet?"), value, required=True, error=error)


def place_field(typed: Typed) -> Field:
    value, error = typed.value("place"), typed.error("place")
    hint = _("Rom, adresse eller Teams")
    return Field("place", "text", _("Sted"), value, hint=hint, error=error, max_length=MAX_PLACE)


def minutes_field(typed: Typed) -> Field:
    value, error = typed.value("minutes"), typed.error("minutes")
    hint = _("For eksempel 120 eller «3 timer»")
    return Field("minutes", "text", _("Varighet (minutter)"), value, hint=hint, error=error, max_length=50)


def local_date_and_time(meeting: Meeting) -> tuple[str, str]:
    """The start as it is written in a form."""
    local = meeting.starts_at.astimezone(OSLO)
    return f"{local:%d.%m.%Y}", f"{local:%H.%M}"
