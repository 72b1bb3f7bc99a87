"""A remark before the office: what is wanted, the text it is about, and the two answers. And what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from board.editable import Section
from board.minutes_text import MAX_SECTION
from board.remarks import Remark, RemarkClass, RemarkState
from cards import actions
from cards.formats import date_time
from cards.i18n import _
from cards.labels import remark_class_name
from cards.message import About, Act, Banner, Block, Button, Facts, Field, Inputs, Json, LongText, Message, Paragraph
from cards.minutes_views import MinutesView, SectionChange
from cards.templates.minutes_texts import (
    change_block,
    fits,
    folded,
    minutes_name,
    remark_state_name,
    section_name,
    section_options,
    small,
)


def remark_card(
    view: MinutesView,
    remark: Remark,
    section: Section | None,
    note: Banner | None = None,
    why: str = "",
    typed: Mapping[str, str] | None = None,
    since: SectionChange | None = None,
) -> Message:
    """``section``: where it is, or was said to be now; ``since``: what has changed there after the version it saw."""
    place = section_name(view.sections, section.id if section else remark.section)
    rows = [
        (_("Fra"), _("{who}, {when}", who=view.name(remark.person), when=date_time(remark.at))),
        (_("Slag"), remark_class_name(remark.cls).capitalize()),
        (_("Del"), place),
        (_("Tilstand"), remark_state_name(remark.state).capitalize()),
    ]
    if remark.ruled_at:
        rows.append((_("Svar"), _("{who}, {when}", who=view.name(remark.ruled_by), when=date_time(remark.ruled_at))))
    blocks: list[Block] = [*([note] if note else []), Facts(tuple(rows)), LongText(_("Merknaden"), remark.text)]
    if remark.note:
        blocks.append(LongText(_("Begrunnelse"), remark.note))
    if since:
        blocks += [small(_("Teksten er endret etter at merknaden ble skrevet:")), change_block(since)]
    if _rules(view, remark):
        blocks += _answer_blocks(view, section, typed or {}, remark)
    elif view.writes and remark.is_open and remark.cls is RemarkClass.SUBSTANTIVE:
        blocks.append(small(_("Den legges fram for møtet som godkjenner referatet. Bare møtet tar stilling til den.")))
    title = _("Merknad til {minutes}", minutes=minutes_name(view.meeting).lower())
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, remark, section, typed or {}),
        why=why,
        summary=_("Merknad fra {who}: {text}", who=view.name(remark.person), text=remark.text[:100]),
        about=About(view.object_id, view.minutes.rev) if not _rules(view, remark) else None,
    )


def waits_for(view: MinutesView, remark: Remark) -> bool:
    """Whether the card is a form that this reader answers: it is not drawn anew while somebody writes in it."""
    return _rules(view, remark)


def _rules(view: MinutesView, remark: Remark) -> bool:
    return view.writes and remark.state in (RemarkState.OPEN, RemarkState.STAGED) and _is_ours(view, remark)


def _is_ours(view: MinutesView, remark: Remark) -> bool:
    """A substantive one is ruled on while the meeting has the minutes before it, and not before."""
    return view.minutes.is_called or (remark.cls is RemarkClass.EDITORIAL and not view.minutes.is_approved)


def _answer_blocks(
    view: MinutesView, section: Section | None, typed: Mapping[str, str], remark: Remark
) -> list[Block]:  # fmt: skip
    if section is None:
        return [small(_("Velg hvilken del merknaden skal tas inn i."))]
    if not section.editable and not view.minutes.is_called:
        locked = _("Den delen er hentet fra det som ble registrert. Bare møtet som godkjenner, kan rette den.")
        return [*folded(_("Teksten nå"), section.text), small(locked)]
    text = typed.get("text") or remark.new_text or section.text
    if not fits(text):
        return [
            *folded(_("Teksten nå"), section.text),
            small(_("Teksten er for lang for et felt her. Skriv den om i Word.")),
        ]
    field = Field("text", "long_text", _("Slik blir delen"), text, required=True, max_length=MAX_SECTION)
    return [Inputs((field,))]


def _buttons(
    view: MinutesView, remark: Remark, section: Section | None, typed: Mapping[str, str]
) -> tuple[Button, ...]:  # fmt: skip
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.minutes.rev, "remark": remark.id}
    buttons: list[Button] = []
    if _rules(view, remark):
        if section and (section.editable or view.minutes.is_called) and fits(typed.get("text") or section.text):
            label = _("Legg fram som rettelse") if view.minutes.is_called else _("Ta inn")
            version = view.text.version if view.text else 0
            taken: dict[str, Json] = {**data, "section": section.id, "version": version}
            buttons.append(Act(actions.MINUTES_ACCEPT_REMARK, label, taken, "positive"))
        buttons.append(_elsewhere(view, data))
        note = Field("note", "long_text", _("Hvorfor ikke?"), typed.get("note", ""), required=True)
        buttons.append(
            Act(actions.MINUTES_REFUSE_REMARK, _("Ta ikke inn"), data, fields=(note,), with_inputs=False)
        )  # fmt: skip
    following = _after(view, remark)
    if view.writes and following:
        next_one: dict[str, Json] = {**data, "remark": following.id, "here": True}
        buttons.append(Act(actions.MINUTES_OPEN, _("Neste merknad"), next_one, with_inputs=False))
    buttons.append(Act(actions.MINUTES_OPEN, _("Vis referatet"), {"id": view.meeting.id}, with_inputs=False))
    return tuple(buttons)


def _elsewhere(view: MinutesView, data: Mapping[str, Json]) -> Act:
    choice = Field(
        "section", "choice", _("Hvilken del?"), required=True,
        options=section_options(view.sections),
    )  # fmt: skip
    here: dict[str, Json] = {**data, "here": True}
    return Act(actions.MINUTES_OPEN, _("Velg del"), here, fields=(choice,), with_inputs=False, send=_("Vis"))


def _after(view: MinutesView, remark: Remark) -> Remark | None:
    """The next one that is open, round to the beginning."""
    ids = [one.id for one in view.remarks]
    at = ids.index(remark.id) + 1 if remark.id in ids else 0
    ordered = (*view.remarks[at:], *view.remarks[:at])
    return next((one for one in ordered if one.is_open and one.id != remark.id), None)


def ruled_card(view: MinutesView, remark: Remark, change: SectionChange | None, why: str = "") -> Message:
    """To the one who gave it: what came of it, with the difference or the reason."""
    words = {
        RemarkState.ACCEPTED: _("Merknaden din er tatt inn."),
        RemarkState.STAGED: _("Merknaden din legges fram som rettelse i møtet."),
        RemarkState.REFUSED: _("Merknaden din er ikke tatt inn."),
        RemarkState.OPEN: _("Merknaden din er ikke behandlet ennå."),
    }[remark.state]
    blocks: list[Block] = [Paragraph(words, strong=True), LongText(_("Merknaden"), remark.text)]
    if change:
        blocks.append(change_block(change))
    if remark.note:
        blocks.append(LongText(_("Begrunnelse"), remark.note))
    return Message(
        title=minutes_name(view.meeting),
        blocks=tuple(blocks),
        buttons=(Act(actions.MINUTES_OPEN, _("Vis referatet"), {"id": view.meeting.id}, with_inputs=False),),
        why=why,
        summary=f"{minutes_name(view.meeting)}: {words}",
        about=About(view.object_id, view.minutes.rev),
    )
