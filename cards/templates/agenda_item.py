"""One item of an agenda, with all that the office can do to it: up, down, change, another meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from board.agenda import CASE_KINDS, MAX_PRESENTER, ORDER
from cards import actions
from cards.agenda_views import AgendaLine, AgendaView
from cards.documents.names import minutes
from cards.formats import time_of_day
from cards.i18n import _
from cards.labels import LETTERS, kind_name
from cards.meeting_views import Typed
from cards.message import Act, Banner, Block, Button, Facts, Field, Json, Message, Option, Paragraph
from cards.safe import cut
from cards.templates.agenda_card import agenda_card, key
from cards.templates.agenda_texts import is_too_long, stamps, status, the_agenda, time_words, title_of

NOTHING_TYPED: Final = Typed()
_LONGEST_NEIGHBOUR: Final = 120


def item_card(
    view: AgendaView, line: AgendaLine, note: Banner | None = None, typed: Typed = NOTHING_TYPED
) -> Message:  # fmt: skip
    """``typed``: what was written in the inputs, and what is wrong with it. No copy of the agenda, which is redrawn."""
    if not view.may_arrange:
        return agenda_card(view, note)
    item = line.item
    number = f"{item.number} " if item.number else ""
    blocks: list[Block] = [note] if note else []
    if standing := status(view):
        blocks.append(Paragraph(standing, small=True))
    blocks.append(Facts(_facts(line, view)))
    blocks += [Paragraph(stamp) for stamp in stamps(line, view)]
    blocks.append(Paragraph(time_words(view), tone="warning" if is_too_long(view) else "default", small=True))
    return Message(
        title=_("Punkt {n}: {title}", n=line.position, title=f"{number}{title_of(line, view)}"),
        blocks=tuple(blocks),
        buttons=_buttons(view, line, typed),
        summary=_("{agenda}, punkt {n}", agenda=the_agenda(view), n=line.position),
    )


def _facts(line: AgendaLine, view: AgendaView) -> tuple[tuple[str, str], ...]:
    item = line.item
    kind = f"{LETTERS[item.kind]} – {kind_name(item.kind)}" if item.kind in LETTERS else ""
    rows = (
        (_("Type"), kind),
        (_("Når"), time_of_day(line.starts_at)),
        (_("Tid i møtet"), minutes(item.minutes)),
        (_("Legges fram av"), item.presenter),
        (_("Før"), _neighbour(view, line, -1)),
        (_("Etter"), _neighbour(view, line, 1)),
    )
    return tuple((name, value) for name, value in rows if value)


def _neighbour(view: AgendaView, line: AgendaLine, step: int) -> str:
    """What stands next to it, as far as the reader may know."""
    found = next((one for one in view.lines if one.position == line.position + step), None)
    if found is None:
        return ""
    number = f"{found.item.number} " if found.item.number else ""
    return cut(f"{found.position}. {number}{title_of(found, view)}", _LONGEST_NEIGHBOUR)


# -- buttons -----------------------------------------------------------------------------------------------------------


def _buttons(view: AgendaView, line: AgendaLine, typed: Typed) -> tuple[Button, ...]:
    data: dict[str, Json] = {**key(view), "item": line.item.id}
    found: list[Button] = []
    if view.neighbour(line.item.id, -1):
        found.append(Act(actions.AGENDA_UP, _("Opp"), data, with_inputs=False))
    if view.neighbour(line.item.id, 1):
        found.append(Act(actions.AGENDA_DOWN, _("Ned"), data, with_inputs=False))
    found.append(Act(actions.AGENDA_EDIT, _("Endre"), data, fields=edit_fields(line, typed), send=_("Lagre")))
    if line.case is not None and view.is_board and view.elsewhere:
        found.append(Act(actions.AGENDA_MOVE, _("Flytt til annet møte"), data, fields=(_to(view, typed),)))
    found.append(Act(actions.AGENDA_OPEN, _("Tilbake til sakslisten"), {"id": view.meeting.id}, with_inputs=False))
    return tuple(found)


def edit_fields(line: AgendaLine, typed: Typed) -> tuple[Field, ...]:
    """As it is, or as it was typed when that was not taken in."""
    item = line.item
    hint = _("For eksempel 15 eller «et kvarter»")
    now = {"minutes": str(item.minutes), "presenter": item.presenter, "kind": item.kind.value}
    fields = [
        Field("minutes", "text", _("Tid i møtet (minutter)"), required=True, hint=hint, max_length=50),
        Field("presenter", "text", _("Hvem legger fram saken"), max_length=MAX_PRESENTER),
    ]
    if item.kind in CASE_KINDS:
        kinds = tuple(Option(k.value, f"{LETTERS[k]} – {kind_name(k)}") for k in ORDER if k in CASE_KINDS)
        fields.append(Field("kind", "choice", _("Behandles som"), options=kinds))
    return tuple(
        replace(f, value=typed.values.get(f.id, now[f.id]), error=typed.error(f.id)) for f in fields
    )  # fmt: skip


def _to(view: AgendaView, typed: Typed) -> Field:
    return Field(
        *("meeting", "choice", _("Til hvilket møte?"), typed.value("meeting")),
        required=True,
        error=typed.error("meeting"),
        options=view.elsewhere,
    )
