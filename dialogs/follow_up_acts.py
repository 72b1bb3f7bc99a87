"""Presses on a follow-up's buttons, «oppfølging», and what goes out about one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.errors import Refusal
from board.follow_up import FollowUpResult
from board.ids import FollowUpId
from board.notices import NoticeKind
from board.sitting_commands import FinishFollowUp, ReportFollowUp
from board.usecases.follow_up import finish_follow_up, report_follow_up, seen_follow_up
from cards import actions
from cards.i18n import _
from cards.message import Banner, Message
from dialogs import follow_up_present as present
from dialogs.dates import read_date
from dialogs.pressed import Data, Handler, rev, text
from dialogs.room import Reply, Room, Wanted, say, show

_MOST: Final = 200


def _id(data: Data) -> FollowUpId:
    return FollowUpId(text(data, "id")[:_MOST])


async def follow_ups(room: Room, _words: str) -> Reply:
    """«oppfølging»."""
    return say(await present.listed(room))


async def _open(room: Room, data: Data) -> Reply:
    one = await seen_follow_up(_id(data), room.actor, room.work)
    if isinstance(one, Refusal):
        return show(await present.refused(room, one, _id(data), {}))
    return Reply((await present.card_of(room, one),))


async def _report(room: Room, data: Data) -> Reply:
    typed = {name: text(data, name) for name in ("note", "new_date")}
    new_date = read_date(typed["new_date"], room.today) if typed["new_date"] else None
    if typed["new_date"] and new_date is None:
        return await _unread(room, data, typed)
    command = ReportFollowUp(_id(data), typed["note"], new_date, rev(data))
    return await _answered(room, data, typed, await report_follow_up(command, room.actor, room.work, room.rules))


async def _unread(room: Room, data: Data, typed: Mapping[str, str]) -> Reply:
    one = await seen_follow_up(_id(data), room.actor, room.work)
    if isinstance(one, Refusal):
        return show(await present.refused(room, one, _id(data), typed))
    wrong = {"new_date": _("Skriv en dag, for eksempel «16. april» eller «neste torsdag».")}
    note = Banner(_("Jeg forsto ikke datoen. Det du skrev, står her fremdeles."), "attention")
    return show(await present.card_of(room, one, note, typed=typed, errors=wrong))


async def _done(room: Room, data: Data) -> Reply:
    typed = {"note": text(data, "note")}
    command = FinishFollowUp(_id(data), typed["note"], rev(data))
    return await _answered(room, data, typed, await finish_follow_up(command, room.actor, room.work, room.rules))


async def _answered(room: Room, data: Data, typed: Mapping[str, str], result: FollowUpResult) -> Reply:
    if isinstance(result, Refusal):
        return show(await present.refused(room, result, _id(data), typed))
    done = not result.follow_up.is_open
    words = _("Takk. Oppfølgingen er meldt som utført.") if done else _("Takk. Styret ser det i neste møte.")
    return show(await present.card_of(room, result.follow_up, Banner(words, "good")), redrawn=True)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """What goes out about a follow-up; None where its reader may not see it, or it is done already."""
    one = await seen_follow_up(FollowUpId(wanted.object_id), room.actor, room.work)
    if isinstance(one, Refusal):
        return None
    kind = NoticeKind(wanted.kind)
    if kind is NoticeKind.FOLLOW_UP_REPORTED:
        return await present.card_of(room, one, why=_("Du får denne fordi du følger opp styrets vedtak."))
    if not one.is_open or one.owner != room.actor.id:
        return None
    note = {
        NoticeKind.FOLLOW_UP_OPENED: _("Styret vedtok et vilkår som du er ansvarlig for."),
        NoticeKind.FOLLOW_UP_REQUESTED: _("Meld status før neste styremøte, så styret ser den."),
    }[kind]
    why = _("Du får denne fordi du er ansvarlig for oppfølgingen.")
    return await present.card_of(room, one, Banner(note), why)


async def now(room: Room, object_id: str) -> Message | None:
    """A copy as it is now; None where the object is no follow-up, or not for this reader."""
    one = await seen_follow_up(FollowUpId(object_id), room.actor, room.work)
    return None if isinstance(one, Refusal) else await present.card_of(room, one)


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.FOLLOW_UP_OPEN: _open,
    actions.FOLLOW_UP_REPORT: _report,
    actions.FOLLOW_UP_DONE: _done,
}
