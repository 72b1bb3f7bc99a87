"""Presses on minutes: draft, send out, read, answer in the round, and the office's answers to remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, RemarkId
from board.minutes_commands import (
    AcceptRemark,
    CirculateMinutes,
    DraftMinutes,
    GiveRemark,
    NoRemark,
    RefuseRemark,
)
from board.remarks import RemarkClass
from board.usecases.accept_remark import Ruled, accept_remark
from board.usecases.circulate_minutes import circulate_minutes
from board.usecases.draft_minutes import draft_minutes, may_draft
from board.usecases.give_remark import Given, give_remark, no_remark
from board.usecases.refuse_remark import refuse_remark
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.message import Banner
from cards.templates.minutes_texts import class_options
from cards.templates.refusals import plain_refusal
from dialogs import minutes_approval_acts
from dialogs import minutes_present as present
from dialogs.minutes_papers import drafted_sections
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, chosen, rev, text
from dialogs.room import Reply, Room, say, show

MOST: Final = 64


def meeting_id(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:MOST])


def version(data: Data) -> int:
    """Of the text that the button showed; a missing or strange one is none that there is."""
    value = data.get("version")
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


# -- the office --------------------------------------------------------------------------------------------------------


async def drafted(room: Room, meeting: MeetingId) -> Reply:
    """The first version from the record; where there is one, that is shown."""
    refusal = await may_draft(meeting, room.actor, room.work, room.rules)
    if refusal is not None:
        return await _not_drafted(room, meeting, refusal)
    held, sitting = await room.work.meetings.get(meeting), await room.work.sittings.get(meeting)
    if held is None or sitting is None:
        raise LookupError(f"{meeting} could be drafted, locked, and is gone")
    command = DraftMinutes(meeting, await drafted_sections(room, held, sitting))
    result = await draft_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _not_drafted(room, meeting, result)
    note = Banner(_("Utkastet er laget av det som ble registrert. Les gjennom det før du sender det."), "good")
    return say(await present.card_of(room, meeting, note))


async def _not_drafted(room: Room, meeting: MeetingId, refusal: Refusal) -> Reply:
    if refusal.code is RefusalCode.ALREADY:
        return say(await present.card_of(room, meeting))
    return say(plain_refusal(await refusal_note(room, refusal)))


async def _draft(room: Room, data: Data) -> Reply:
    return await drafted(room, meeting_id(data))


async def _circulate(room: Room, data: Data) -> Reply:
    command = CirculateMinutes(meeting_id(data), rev(data))
    result = await circulate_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await present.refused(room, result, command.meeting))
    day = weekday_date(result.remarks_due) if result.remarks_due else ""
    words = _("Sendt. De som er med, kan svare til og med {day}. Taushet er ikke godkjenning.", day=day)
    return show(await present.card_of(room, command.meeting, Banner(words, "good")), redrawn=True)


# -- to read -----------------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    """The minutes, ``apart`` in a message of their own; with ``remark`` that, and ``section`` where it is to go."""
    remark = text(data, "remark")[:MOST]
    view = await present.view_of(room, meeting_id(data))
    if isinstance(view, Refusal):
        return show(plain_refusal(await refusal_note(room, view)))
    known = next((one for one in view.remarks if one.id == remark), None)
    if known is None:
        whole = await present.card_of(room, meeting_id(data))
        return say(whole) if data.get("apart") else show(whole)
    card = await present.remark_of(room, view, known, text(data, "section")[:MOST])
    return show(card) if data.get("here") else say(card)


async def _versions(room: Room, data: Data) -> Reply:
    return say(await present.versions_of(room, meeting_id(data)))


# -- the round ---------------------------------------------------------------------------------------------------------


async def _none(room: Room, data: Data) -> Reply:
    command = NoRemark(meeting_id(data), version(data))
    result = await no_remark(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await present.refused(room, result, command.meeting))
    words = _("Takk. Du har ingen merknad. Referatet godkjennes i neste møte.")
    return show(await present.card_of(room, command.meeting, Banner(words, "good")), redrawn=True)


async def _remark(room: Room, data: Data) -> Reply:
    typed = {name: text(data, name) for name in ("remark", "class", "section")}
    said = chosen(typed["class"], class_options())
    if said not in set(RemarkClass):
        refusal = Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("class",)})
        return show(await present.refused(room, refusal, meeting_id(data), typed))
    command = GiveRemark(
        meeting_id(data), version(data), RemarkClass(said), typed["remark"], typed["section"][:MOST]
    )  # fmt: skip
    result = await give_remark(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await present.refused(room, result, command.meeting, typed))
    return show(await present.card_of(room, command.meeting, Banner(_thanks(result), "good")), redrawn=True)


def _thanks(given: Given) -> str:
    substantive = given.remark is not None and given.remark.cls is RemarkClass.SUBSTANTIVE
    words = _("Takk. Kontoret tar stilling til merknaden.")
    if substantive:
        words = _("Takk. Merknaden legges fram for møtet som godkjenner referatet.")
    if given.seen.version != given.now.version:
        words += " " + _("Teksten er endret etter den du så, versjon {n}. Kontoret ser hva.", n=given.seen.version)
    return words


# -- the office's answers ----------------------------------------------------------------------------------------------


async def _accept(room: Room, data: Data) -> Reply:
    """While a meeting has the minutes before it, the remark is staged there."""
    minutes = (await room.work.minutes_book.named([meeting_id(data)])).get(meeting_id(data))
    if minutes is not None and minutes.is_called:
        return await minutes_approval_acts.stage(room, data)
    typed = {name: text(data, name) for name in ("remark", "section", "text")}
    command = AcceptRemark(
        RemarkId(typed["remark"][:MOST]), typed["section"][:MOST], typed["text"], version(data) or None
    )
    result = await accept_remark(command, room.actor, room.work, room.rules)
    return await _ruled(room, data, typed, result, _("Tatt inn. Den som ga merknaden, har fått beskjed."))


async def _refuse(room: Room, data: Data) -> Reply:
    typed = {name: text(data, name) for name in ("remark", "note")}
    command = RefuseRemark(RemarkId(typed["remark"][:MOST]), typed["note"])
    result = await refuse_remark(command, room.actor, room.work, room.rules)
    return await _ruled(room, data, typed, result, _("Ikke tatt inn. Den som ga merknaden, har fått beskjed."))


async def _ruled(room: Room, data: Data, typed: Mapping[str, str], result: Ruled | Refusal, done: str) -> Reply:
    if not isinstance(result, Refusal):
        return show(await present.card_of(room, result.minutes.meeting, Banner(done, "good")), redrawn=True)
    view = await present.view_of(room, meeting_id(data))
    banner = await refusal_note(room, result)
    if isinstance(view, Refusal):
        return show(plain_refusal(banner))
    known = next((one for one in view.remarks if one.id == typed["remark"]), None)
    if known is None or not view.writes:
        return show(await present.card_of(room, meeting_id(data), banner))
    again = await present.remark_of(room, view, known, typed.get("section", ""), banner, typed=typed)
    return show(again)


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.MINUTES_DRAFT: _draft,
    actions.MINUTES_CIRCULATE: _circulate,
    actions.MINUTES_OPEN: _open,
    actions.MINUTES_VERSIONS: _versions,
    actions.MINUTES_NONE: _none,
    actions.MINUTES_REMARK: _remark,
    actions.MINUTES_ACCEPT_REMARK: _accept,
    actions.MINUTES_REFUSE_REMARK: _refuse,
}
