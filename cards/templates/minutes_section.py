"""One part of minutes: to read, to word anew, or to remark on; and where two people worded it at once."""

from __future__ import annotations

from board.editable import Section
from board.minutes_text import MAX_SECTION
from cards import actions
from cards.i18n import _
from cards.message import Act, Banner, Block, Button, Field, Inputs, Json, Message
from cards.minutes_views import MinutesView, SectionChange, Typed
from cards.templates.minutes_card import remark_buttons
from cards.templates.minutes_texts import change_block, fits, folded, minutes_name, section_name, small


def section_card(
    view: MinutesView,
    section: Section,
    note: Banner | None = None,
    typed: Typed | None = None,
    between: SectionChange | None = None,
    error: str = "",
) -> Message:
    """No copy of the minutes: it would be drawn anew while somebody reads or writes in it.

    ``typed``: what the reader wrote, which stands there still; ``between``: what somebody else changed meanwhile."""
    name = section_name(view.sections, section.id)
    blocks: list[Block] = [note] if note else []
    if between:
        blocks += [small(_("Dette er endret av andre etter at du begynte å skrive:")), change_block(between)]
    may_edit = view.writes and view.is_draft and section.editable and fits(typed.text if typed else section.text)
    if may_edit:
        blocks.append(_field(section, typed, error))
    else:
        blocks += list(folded(name, section.text)) or [small(_("Ingenting står her."))]
        if view.writes and view.is_draft:
            blocks.append(small(_not_here(section)))
    return Message(
        title=name,
        blocks=tuple(blocks),
        buttons=_buttons(view, section, may_edit=may_edit),
        summary=f"{minutes_name(view.meeting)}: {name}",
    )


def _not_here(section: Section) -> str:
    if section.editable:
        return _("Teksten er for lang for et felt her. Skriv den om i Word.")
    return _("Denne delen er hentet fra det som ble registrert, og kan ikke skrives om her.")


def _field(section: Section, typed: Typed | None, error: str) -> Inputs:
    text = typed.text if typed else section.text
    return Inputs(
        (Field("text", "long_text", _("Teksten i referatet"), text, error=error, max_length=MAX_SECTION),)
    )  # fmt: skip


def _buttons(view: MinutesView, section: Section, *, may_edit: bool) -> tuple[Button, ...]:
    version = view.text.version if view.text else 0
    data: dict[str, Json] = {"id": view.meeting.id, "section": section.id, "version": version}
    buttons: list[Button] = []
    if may_edit:
        buttons.append(Act(actions.MINUTES_EDIT, _("Lagre"), data, "positive"))
    elif view.writes and view.is_draft and section.editable:
        word: dict[str, Json] = {"id": view.meeting.id}
        buttons.append(Act(actions.MINUTES_WORD, _("Rediger i Word"), word, with_inputs=False))
    elif view.may_remark and view.takes_remarks and not view.is_draft:
        buttons += remark_buttons(view, {}, section.id)
    at = view.sections.index(section)
    for step, label in ((-1, _("Forrige del")), (1, _("Neste del"))):
        if 0 <= at + step < len(view.sections):
            there: dict[str, Json] = {"id": view.meeting.id, "section": view.sections[at + step].id, "here": True}
            buttons.append(Act(actions.MINUTES_SECTION, label, there, with_inputs=False))
    buttons.append(Act(actions.MINUTES_OPEN, _("Hele referatet"), {"id": view.meeting.id}, with_inputs=False))
    return tuple(buttons)
