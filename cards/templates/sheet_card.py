"""The run-sheet (kjøreplan): one item at a time for who runs the meeting, with the form for what was decided.

It is no copy of the meeting's card: it would be drawn anew while somebody writes in it.
"""

from __future__ import annotations

from typing import Final

from board.agenda import ItemKind
from cards import actions
from cards.adaptive import field_bytes
from cards.documents.names import minutes
from cards.formats import date_time
from cards.i18n import _
from cards.labels import LETTERS, decided_name, kind_name, outcome_name
from cards.meeting_views import Typed
from cards.message import Act, Banner, Block, Button, Facts, Inputs, Json, LongText, Message, Paragraph
from cards.safe import cut
from cards.sitting_views import SittingLine, SittingView
from cards.templates.differences import marked
from cards.templates.group_buttons import treat_fields
from cards.templates.sheet_fields import condition_fields, main_fields, side_fields
from cards.templates.sitting_card import key, presence
from cards.templates.sitting_texts import is_amended, named, outcome_of, room_words, the_sitting, title_of, voted

NOTHING_TYPED: Final = Typed()
_ROOM: Final = 17_500
"""Bytes of a card that the inputs may take; what stands there besides is cut where it is too long."""
_SHORT_NAME: Final = 12
_SHOWN_ONLY: Final = frozenset({"conditions", "statement"})
"""What is no input where there is no room. An input that a card does not have is left as it is stored."""


def sheet_card(
    view: SittingView, line: SittingLine, note: Banner | None = None, typed: Typed = NOTHING_TYPED, ask: str = ""
) -> Message:
    """``typed``: what was written, and what is wrong with it. ``ask``: the first question, for who answers in words."""
    blocks: list[Block] = [note] if note else []
    blocks += _where(view, line)
    if line.is_hidden:
        blocks.append(Paragraph(_("Du er inhabil i saken. En annen må registrere hva møtet vedtok.")))
    else:
        blocks += _about(view, line)
    if view.by_hand(line):
        blocks += _form(view, line, typed)
    elif line.item.kind is ItemKind.MINUTES and not line.is_decided:
        words = _("Hver som er til stede, svarer i sitt eget kort. Leder konkluderer.")
        blocks.append(Paragraph(words))
    if ask:
        blocks.append(Paragraph(_("Eller svar i chatten: {question}", question=ask), small=True))
    title = _("Punkt {n} av {total}: {item}", n=line.position, total=len(view.sitting.items), item=title_of(line, 80))
    return Message(title=title, blocks=tuple(blocks), buttons=_buttons(view, line, typed), summary=title)


def _where(view: SittingView, line: SittingLine) -> list[Block]:
    done = len(view.sitting.items) - len(view.undecided)
    words = _("{done} av {total} punkter er avgjort.", done=done, total=len(view.sitting.items))
    found: list[Block] = [Paragraph(f"{the_sitting(view)}. {words}", small=True)]
    if view.is_board and view.sitting.is_open and not view.quorum.is_reached:
        words = _("Vedtaksført: {there}", there=room_words(view.quorum))
        if view.sitting.without_quorum:
            words = f"{words}. {_('Leder lot møtet gå videre.')}"
        found.append(Paragraph(words, tone="warning", strong=True))
    if not view.undecided and view.sitting.is_open:
        found.append(Banner(_("Alle punktene er avgjort. Møtet kan lukkes."), "good"))
    elif line.item.id != view.sitting.current and view.sitting.is_open:
        found.append(Paragraph(_("Møtet behandler et annet punkt nå."), small=True))
    return found


def _about(view: SittingView, line: SittingLine) -> list[Block]:
    item = line.item
    kind = f"{LETTERS[item.kind]} – {kind_name(item.kind)}" if item.kind in LETTERS else ""
    rows = [
        (_("Type"), kind),
        (_("Legges fram av"), cut(item.presenter, 120)),
        (_("Tid i møtet"), minutes(item.minutes)),
    ]
    found: list[Block] = [Facts(tuple((name, value) for name, value in rows if value))]
    if inhabil := (sorted(line.case.excluded & set(view.sitting.present)) if line.case else []):
        found.append(Paragraph(_("Inhabile i saken: {who}. De er ikke med.", who=named(view, inhabil)), tone="warning"))
    proposal = (line.case.content.proposed_decision or "") if line.case else ""
    if proposal:
        found.append(LongText(_("Forslag til vedtak"), proposal))
    if line.was_taken_back:
        found.append(Banner(_("Den som meldte saken, har trukket den. Registrer at den utgår."), "warning"))
    return found + came_of(view, line)


def came_of(view: SittingView, line: SittingLine) -> list[Block]:
    """What is recorded already, with where its text differs from the proposal."""
    if line.treatment:
        words = _("Arbeidsutvalget: {outcome}", outcome=outcome_name(line.treatment.outcome))
        return [Paragraph(words, tone="good", strong=True)]
    done = line.decision
    if done is None:
        return [Paragraph(outcome_of(line), tone="good")] if line.is_decided else []
    words = _(
        "Registrert: {outcome} ({who}, {when})",
        outcome=decided_name(done.outcome), who=view.name(done.recorded_by), when=date_time(done.recorded_at),
    )  # fmt: skip
    found: list[Block] = [Paragraph(words, tone="good", strong=True)]
    if is_amended(done):
        found.append(LongText(_("Endret fra forslaget"), marked(done.proposal, done.text)))
    found.append(Paragraph(voted(view, done), small=True))
    return found


def _form(view: SittingView, line: SittingLine, typed: Typed) -> list[Block]:
    """What few need is folded. Where the card has no room for all, the longest stay as they are: changed in words."""
    if line.decision and line.decision.is_published:
        return [Paragraph(_("Vedtaket er kunngjort. Det rettes i referatet."), small=True)]
    main, side = main_fields(view, line, typed), side_fields(view, line, typed)
    shown: list[Block] = []
    if _is_tight(view, line, typed):
        shown = [LongText(f.label, f.value) for f in (*main, *side) if f.id in _SHOWN_ONLY and f.value]
        side = side_fields(view, line, typed, _SHORT_NAME)
        main, side = (tuple(f for f in fields if f.id not in _SHOWN_ONLY) for fields in (main, side))
    heading = _("Gikk noen ut, dissens, protokolltilførsel")
    filled = any(field.value for field in side)
    return [Inputs(main), *shown, Inputs(side, heading, folded=not filled)]


def _is_tight(view: SittingView, line: SittingLine, typed: Typed) -> bool:
    fields = (*main_fields(view, line, typed), *side_fields(view, line, typed), *condition_fields(view, typed))
    return sum(field_bytes(field) for field in fields) > _ROOM


# -- buttons -----------------------------------------------------------------------------------------------------------


def _buttons(view: SittingView, line: SittingLine, typed: Typed) -> tuple[Button, ...]:
    found: list[Button] = [*_saving(view, line, typed)]
    if not view.sitting.is_open:
        return (*found, Act(actions.SITTING_OPEN, _("Tilbake til møtet"), key(view), with_inputs=False))
    shown: dict[str, Json] = {"shown": line.item.id}
    if following := view.following(line):
        data = {**key(view), **shown, "item": following.item.id}
        style = "positive" if line.is_decided else "default"
        found.append(Act(actions.SITTING_CALL, _("Neste sak"), data, style))  # type: ignore[arg-type]  # both are styles
    if before := view.before(line):
        found.append(Act(actions.SITTING_CALL, _("Forrige"), {**key(view), **shown, "item": before.item.id}))
    published = line.decision is not None and line.decision.is_published
    if view.by_hand(line) and line.case is not None and not published and not _is_tight(view, line, typed):
        fields = condition_fields(view, typed)
        found.append(
            Act(
                actions.DECISION_CONDITION,
                _("Et vilkår til"),
                _recording(view, line),
                fields=fields,
                send=_("Legg til"),
            )
        )
    found.append(presence(view))
    ready = not view.undecided
    found.append(
        Act(actions.SITTING_CLOSE, _("Lukk møtet"), {**key(view), **shown}, "positive" if ready else "default")
    )
    return tuple(found)


def _saving(view: SittingView, line: SittingLine, typed: Typed) -> list[Button]:
    if view.by_hand(line):
        if line.decision and line.decision.is_published:
            return []
        style = "default" if line.is_decided and not typed.values else "positive"
        return [Act(actions.DECISION_RECORD, _("Lagre"), _recording(view, line), style)]  # type: ignore[arg-type]  # both are styles
    if line.case is not None and not line.is_decided and not view.is_board:
        data: dict[str, Json] = {"id": line.case.id, "rev": line.case.rev, "sheet": view.meeting.id}
        fields = treat_fields(typed.values)
        name = _("Registrer behandlingen")
        return [Act(actions.WG_TREAT, name, data, "positive", fields, send=_("Registrer"))]
    if line.item.kind is ItemKind.MINUTES and view.previous and not line.is_decided:
        return [Act(actions.MINUTES_OPEN, _("Se referatet"), {"id": view.previous, "apart": True}, with_inputs=False)]
    return []


def _recording(view: SittingView, line: SittingLine) -> dict[str, Json]:
    """``rev`` is the decision's own: 0 where there is none."""
    rev = line.decision.rev if line.decision else 0
    return {"id": view.meeting.id, "rev": rev, "item": line.item.id}
