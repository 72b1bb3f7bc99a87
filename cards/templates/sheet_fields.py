"""The inputs of the run-sheet's form: as it stands, or as it was typed when that was not taken in."""

from __future__ import annotations

from typing import Final

from board.case_content import MAX_LINE, MAX_TEXT
from board.decision import OUTCOMES, Outcome
from cards.i18n import _
from cards.labels import decided_name
from cards.meeting_views import Typed
from cards.message import Field, Option
from cards.safe import cut
from cards.sitting_views import SittingLine, SittingView
from cards.templates.sitting_texts import condition_line

FORM: Final = ("outcome", "text", "conditions", "left", "dissent", "statement")
_NAME: Final = 44


def outcome_options(line: SittingLine) -> tuple[Option, ...]:
    """What may be recorded under it. A case that was taken back leaves the agenda, and nothing else."""
    offered = (Outcome.WITHDRAWN,) if line.was_taken_back else OUTCOMES[line.item.kind]
    return tuple(Option(str(outcome), decided_name(outcome)) for outcome in offered)


def room_options(view: SittingView, line: SittingLine, length: int = _NAME) -> tuple[Option, ...]:
    return tuple(Option(person, cut(view.name(person), length)) for person in view.room_for(line))


def standing(view: SittingView, line: SittingLine) -> dict[str, str]:
    """The form's values as they are stored; the text begins as the proposal."""
    done = line.decision
    if done is None:
        proposal = (line.case.content.proposed_decision or "").strip() if line.case else ""
        return {**dict.fromkeys(FORM, ""), "text": proposal}
    return {
        "outcome": str(done.outcome),
        "text": done.text,
        "conditions": "\n".join(condition_line(one, view.people) for one in done.conditions),
        "left": ",".join(done.left),
        "dissent": ",".join(done.dissent),
        "statement": done.statement,
    }


def main_fields(view: SittingView, line: SittingLine, typed: Typed) -> tuple[Field, ...]:
    now = {**standing(view, line), **typed.values}
    hint = "" if line.case is None else _("Står forslaget der, er det vedtatt som foreslått.")
    name = _("Vedtak") if line.case else _("Hva ble sagt eller bestemt?")
    fields = [
        Field(
            *("outcome", "choice", _("Hva ble utfallet?"), now["outcome"]),
            required=True,
            error=typed.error("outcome"),
            options=outcome_options(line),
        ),
        Field("text", "long_text", name, now["text"], hint=hint, error=typed.error("text"), max_length=MAX_TEXT),
    ]
    if line.case is not None:
        hint = _("Ett per linje: tekst; eier; dato")
        error = typed.error("conditions")
        fields.append(Field("conditions", "long_text", _("Vilkår"), now["conditions"], hint=hint, error=error))
    return tuple(fields)


def side_fields(view: SittingView, line: SittingLine, typed: Typed, names: int = _NAME) -> tuple[Field, ...]:
    """``names``: how long they may be."""
    now, options = {**standing(view, line), **typed.values}, room_options(view, line, names)
    room = [
        Field(
            "left", "choices", _("Hvem gikk ut under saken?"), now["left"], error=typed.error("left"), options=options
        ),
        Field(
            *("dissent", "choices", _("Hvem stemte imot? Ingen betyr enstemmig."), now["dissent"]),
            error=typed.error("dissent"),
            options=options,
        ),
    ]
    statement = Field(
        *("statement", "long_text", _("Protokolltilførsel"), now["statement"]),
        error=typed.error("statement"),
        max_length=MAX_TEXT,
    )
    return (*(room if options else ()), statement)


def condition_fields(view: SittingView, typed: Typed) -> tuple[Field, ...]:
    value, error = typed.value, typed.error
    fields = [
        Field(
            "condition",
            "text",
            _("Vilkår"),
            value("condition"),
            required=True,
            error=error("condition"),
            max_length=MAX_LINE,
        ),
        Field(
            "owner", "choice", _("Hvem skal følge det opp?"), value("owner"), error=error("owner"), options=view.owners
        ),
        Field(
            "owner_name",
            "text",
            _("Står ikke navnet der? Skriv det"),
            value("owner_name"),
            max_length=200,
            hint=_("Navn eller e-post"),
        ),
        Field("due", "date", _("Frist"), value("due"), required=True, error=error("due"), max_length=60),
    ]
    return tuple(field for field in fields if field.id != "owner" or field.options)
