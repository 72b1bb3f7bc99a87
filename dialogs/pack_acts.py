"""Presses on a pack's buttons: gates, dispensation, sending, reading. The data is a request, never authority."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.dispensation import GateId
from board.errors import Refusal, RefusalCode
from board.gates import Basis
from board.ids import CaseId, DispensationId, MeetingId
from board.meeting_commands import AskDispensation, ReadPack, RuleDispensation, SendPack
from board.pack import Pack
from board.usecases.ask_dispensation import ask_dispensation
from board.usecases.look_at_pack import look_at_pack
from board.usecases.pack_readers import may_read
from board.usecases.read_pack import Source, read_pack
from board.usecases.rule_dispensation import rule_dispensation
from board.usecases.send_pack import send_pack
from cards import actions
from cards.i18n import _
from cards.message import Banner, Json, Message
from cards.templates.pack_gates import CODE_OF, NOTHING_TYPED, Typed
from cards.templates.pack_links import no_address, paper_ready
from cards.templates.refusals import plain_refusal
from dialogs.case_acts import case_id, rev, text
from dialogs.pack_papers import freeze
from dialogs.pack_present import card_of, dispensation_shown, refusal_note
from dialogs.present import refused as case_refused
from dialogs.room import Reply, Room, show

Data = Mapping[str, Json]
Handler = Callable[[Room, Data], Awaitable[Reply]]
_GATES: Final = frozenset(CODE_OF.values())
_KINDS: Final = {kind.value: kind for kind in GateId}


def meeting_id(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:64])


async def _refused(room: Room, refusal: Refusal, meeting: MeetingId, typed: Typed = NOTHING_TYPED) -> Message:
    """A fresh card with the reason on top; where the papers are not the reader's, the reason alone."""
    held = await room.work.meetings.get(meeting)
    note = await refusal_note(room, refusal, held)
    if refusal.code in _GATES and room.actor.is_handler:  # the card lists all of them, each with its paragraph
        note = Banner(_("Ingenting er sendt. Det som mangler, står her."), "attention")
    if held is None or not await may_read(room.actor, held, room.work):
        return plain_refusal(note)
    return await card_of(room, held, note, typed=typed)


# -- sending -------------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    meeting = await look_at_pack(meeting_id(data), room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return show(plain_refusal(await refusal_note(room, meeting)))
    return show(await card_of(room, meeting))


async def _send(room: Room, data: Data) -> Reply:
    wanted = meeting_id(data)

    async def frozen(basis: Basis, pack: Pack) -> Mapping[str, object]:
        return await freeze(room, basis, pack)

    result = await send_pack(SendPack(wanted), frozen, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _refused(room, result, wanted))
    meeting = await room.work.meetings.get(wanted)
    note = Banner(_("Sendt. Sakspapirene lages nå, og mottakerne får dem når de er ferdige."), "good")
    return show(await card_of(room, meeting, note) if meeting else plain_refusal(note))


# -- dispensation --------------------------------------------------------------------------------------------------


async def _ask(room: Room, data: Data) -> Reply:
    wanted, reason = meeting_id(data), text(data, "reason")
    gate = _KINDS.get(text(data, "gate"))
    if gate is None:
        return show(await _refused(room, Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("gate",)}), wanted))
    case = CaseId(text(data, "case")[:64]) if text(data, "case") else None
    command = AskDispensation(wanted, gate, reason, case)
    result = await ask_dispensation(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _refused(room, result, wanted, {gate: reason}))
    meeting = await room.work.meetings.get(wanted)
    note = Banner(_("Leder er spurt, og du får svaret."), "good")
    return show(await card_of(room, meeting, note) if meeting else plain_refusal(note))


async def _rule(room: Room, data: Data, *, granted: bool) -> Reply:
    wanted, reason = DispensationId(text(data, "id")[:64]), text(data, "reason")
    command = RuleDispensation(wanted, granted, reason, rev(data))
    result = await rule_dispensation(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        note = await refusal_note(room, result)
        if result.code is RefusalCode.NOT_FOUND:
            return show(plain_refusal(note))
        typed = {actions.PACK_GRANT if granted else actions.PACK_REFUSE: reason}
        return show(await dispensation_shown(room, wanted, note, typed) or plain_refusal(note))
    note = Banner(_("Registrert. Porteføljekontoret har fått beskjed."), "good")
    return show(await dispensation_shown(room, wanted, note) or plain_refusal(note), redrawn=True)


async def _grant(room: Room, data: Data) -> Reply:
    return await _rule(room, data, granted=True)


async def _refuse(room: Room, data: Data) -> Reply:
    return await _rule(room, data, granted=False)


# -- reading -------------------------------------------------------------------------------------------------------


async def _read(room: Room, data: Data) -> Reply:
    wanted = meeting_id(data)
    if not room.site:
        return show(no_address())
    found = await read_pack(ReadPack(wanted), room.link_hours, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await _refused(room, found, wanted))
    meeting = await room.work.meetings.get(wanted)
    if meeting is None:
        return show(no_address())
    return show(await card_of(room, meeting, link=address(room, found[1])))


async def _paper(room: Room, data: Data) -> Reply:
    """The paper as a new message: the card that was pressed stays."""
    wanted = case_id(data)
    if not room.site:
        return show(no_address())
    command = ReadPack(MeetingId(""), wanted)
    found = await read_pack(command, room.link_hours, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await case_refused(room, found, wanted))
    source, secret = found
    return show(await _paper_card(room, source, address(room, secret)))


async def _paper_card(room: Room, source: Source, link: str) -> Message:
    case = await room.work.cases.get(source.case) if source.case else None
    number = (case.board_number or case.wg_number) if case else ""
    title = f"{number} {case.content.title}".strip() if case else ""
    return paper_ready(title, link, room.link_hours, case.id if case else "", draft=source.pack is None)


def address(room: Room, secret: str) -> str:
    return f"{room.site}/papers/{secret}.pdf"


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.PACK_OPEN: _open,
    actions.PACK_SEND: _send,
    actions.PACK_ASK_DISPENSATION: _ask,
    actions.PACK_GRANT: _grant,
    actions.PACK_REFUSE: _refuse,
    actions.PACK_READ: _read,
    actions.CASE_PAPER: _paper,
}
