"""Presses while minutes are before the meeting: *godkjenn*, *merknad*, *ta inn rettelse*, *konkluder*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.approval import Conclusion, Said
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, RemarkId
from board.minutes import Minutes, meeting_of_minutes
from board.minutes_commands import AcceptRemark, ApproveMinutes, ConcludeMinutes
from board.notices import NoticeKind
from board.usecases.approve_minutes import approve_minutes
from board.usecases.conclude_minutes import conclude_minutes
from board.usecases.stage_remark import stage_remark
from cards import actions
from cards.approval_views import ApprovalView
from cards.i18n import _
from cards.message import Banner, Message
from cards.templates.approval_card import approval_card, concluded_words, staging_card
from cards.templates.refusals import plain_refusal
from dialogs import locked_minutes
from dialogs.approval_present import approval_view
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, Wanted, say, show

_MOST: Final = 64


def _meeting(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:_MOST])


async def _approve(room: Room, data: Data) -> Reply:
    note = text(data, "note")
    named = text(data, "answer")
    if named not in set(Said):
        return show(await _refused(room, data, Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("answer",)}), note))
    command = ApproveMinutes(_meeting(data), text(data, "digest")[:_MOST], Said(named), note)
    result = await approve_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _refused(room, data, result, note))
    return show(await _card(room, result.minutes), redrawn=True)


async def _conclude(room: Room, data: Data) -> Reply:
    named = text(data, "result")
    if named not in set(Conclusion):
        return show(await _refused(room, data, Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("result",)})))
    command = ConcludeMinutes(_meeting(data), Conclusion(named), text(data, "digest")[:_MOST])
    result = await conclude_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _refused(room, data, result))
    return show(plain_refusal(Banner(concluded_words(command.result), "good")), redrawn=True)


async def stage(room: Room, data: Data) -> Reply:
    """At the meeting; without a remark chosen, the form by which one is."""
    minutes = (await room.work.minutes_book.named([_meeting(data)])).get(_meeting(data))
    view = await approval_view(room, minutes) if minutes else None
    if view is None:
        refusal = minutes.not_called() if minutes else Refusal(RefusalCode.NOT_FOUND)
        return show(await _refused(room, data, refusal))
    typed = {name: text(data, name) for name in ("remark", "section", "text")}
    if not typed["remark"]:
        return (
            say(staging_card(view)) if view.runs else show(await _refused(room, data, Refusal(RefusalCode.NOT_FOUND)))
        )
    if again := _of_another_section(view, text(data, "shown"), typed):
        return show(again)
    command = AcceptRemark(RemarkId(typed["remark"][:_MOST]), typed["section"], typed["text"])
    result = await stage_remark(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(staging_card(view, await refusal_note(room, result), typed))
    return show(await _card(room, result, Banner(_("Rettelsen tas inn når møtet godkjenner."), "good")), redrawn=True)


def _of_another_section(view: ApprovalView, shown: str, typed: Mapping[str, str]) -> Message | None:
    """Another section was chosen, and what stands there is still the text of the one that was shown."""
    before = view.version.section(shown)
    if before is None or shown == typed["section"] or typed["text"].strip() != before.text.strip():
        return None
    note = Banner(_("Her er teksten i delen du valgte. Skriv slik den skal lyde."), "accent")
    return staging_card(view, note, {**typed, "text": ""})


async def _card(room: Room, minutes: Minutes, note: Banner | None = None) -> Message:
    view = await approval_view(room, minutes)
    return approval_card(view, note) if view else plain_refusal(note or Banner(_("Takk."), "good"))


async def _refused(room: Room, data: Data, refusal: Refusal, typed: str = "") -> Message:
    """The question as it is now, where the reader has a part in it; else the reason alone."""
    banner = await refusal_note(room, refusal)
    minutes = (await room.work.minutes_book.named([_meeting(data)])).get(_meeting(data))
    view = await approval_view(room, minutes) if minutes else None
    return approval_card(view, banner, typed=typed) if view else plain_refusal(banner)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """*Minutes called*, to a seat; None where they are not before that meeting any more."""
    minutes = await _minutes_of(room, wanted)
    view = await approval_view(room, minutes) if minutes else None
    if view is None or (wanted.part and view.minutes.called_in != wanted.part):
        return None
    return approval_card(view, why=_("Du får denne fordi du er med i møtet som skal godkjenne referatet."))


async def now(room: Room, wanted: Wanted) -> Message | None:
    """A copy: the question while a meeting has the minutes before it, and what came of it afterwards.

    None where the reader has no part in it, and for a copy of something else about minutes.
    """
    minutes = await _minutes_of(room, wanted)
    view = await approval_view(room, minutes) if minutes else None
    if view:
        return approval_card(view)
    if minutes is None or wanted.kind != NoticeKind.MINUTES_CALLED:
        return None
    if minutes.is_approved:
        return await locked_minutes.now(room, wanted)
    words = concluded_words(Conclusion.POSTPONED) if minutes.conclusion is Conclusion.POSTPONED else ""
    return plain_refusal(Banner(words, "warning")) if words else None


async def _minutes_of(room: Room, wanted: Wanted) -> Minutes | None:
    meeting = meeting_of_minutes(wanted.object_id)
    return (await room.work.minutes_book.named([meeting])).get(meeting) if meeting else None


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.MINUTES_APPROVE: _approve,
    actions.MINUTES_CONCLUDE: _conclude,
}
