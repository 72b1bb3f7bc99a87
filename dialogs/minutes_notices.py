"""What goes out about minutes while they are written and remarked on, and copies of their cards as they are now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.errors import Refusal
from board.minutes import meeting_of_minutes
from board.notices import NoticeKind
from board.remarks import Remark
from board.usecases._minutes import kept
from board.usecases.look_at_minutes import seen
from cards.i18n import _
from cards.message import Banner, Message
from cards.minutes_views import MinutesView, SectionChange
from cards.templates.minutes_card import minutes_card
from cards.templates.minutes_remarks import ruled_card, waits_for
from dialogs import locked_minutes, minutes_approval_acts
from dialogs.minutes_present import change, remark_of, view_from
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    view = await _view(room, wanted.object_id)
    draw = _DRAWN.get(NoticeKind(wanted.kind))
    return await draw(room, wanted, view) if view and draw else None


async def now(room: Room, wanted: Wanted) -> Message | None:
    """A copy: of a remark that remark; else the question where a meeting has the minutes before it, what came of it,
    or the minutes as they are."""
    if wanted.kind in (NoticeKind.REMARK_GIVEN, NoticeKind.REMARK_RULED):
        return None if await _is_being_answered(room, wanted) else await notice(room, wanted)
    if card := await minutes_approval_acts.now(room, wanted) or await locked_minutes.now(room, wanted):
        return card
    view = await _view(room, wanted.object_id)
    return minutes_card(view) if view else None


async def _is_being_answered(room: Room, wanted: Wanted) -> bool:
    """Of a form, nothing is drawn under the hand of who writes in it; its press is judged by what stands then."""
    view = await _view(room, wanted.object_id) if wanted.kind == NoticeKind.REMARK_GIVEN else None
    remark = _remark(view, wanted.part) if view else None
    return bool(view and remark and waits_for(view, remark))


async def _view(room: Room, object_id: str) -> MinutesView | None:
    """As of one who did not ask for it: that somebody may not see it any more is no attempt to."""
    meeting = meeting_of_minutes(object_id)
    found = await kept(meeting, room.actor, room.work) if meeting else None
    if found is None or isinstance(found, Refusal):
        return None
    return await view_from(room, await seen(found, room.actor, room.work))


async def _circulated(_room: Room, _wanted: Wanted, view: MinutesView) -> Message | None:
    owes = view.may_remark and view.takes_remarks and view.mine is None
    words = _("Referatet er sendt til merknader. Les det, og svar om du har merknader.")
    why = _("Du får denne fordi du var innkalt til møtet, eller følger referatene derfra.")
    return minutes_card(view, Banner(words) if owes else None, why)


async def _given(room: Room, wanted: Wanted, view: MinutesView) -> Message | None:
    remark = _remark(view, wanted.part)
    if remark is None:
        return None
    return await remark_of(room, view, remark, why=_("Du får denne fordi du tar stilling til merknader."))


async def _ruled(room: Room, wanted: Wanted, view: MinutesView) -> Message | None:
    remark = _remark(view, wanted.part)
    if remark is None or remark.person != room.actor.id:
        return None
    return ruled_card(view, remark, await _taken(room, view, remark), _("Du får denne fordi du ga merknaden."))


async def _closed(_room: Room, _wanted: Wanted, view: MinutesView) -> Message | None:
    words = _("Merknadsrunden er over. Det godkjenner ingenting: referatet tas opp i neste møte (mandatet § 7).")
    return minutes_card(view, Banner(words), _("Du får denne fordi du har ansvar for referatet."))


def _remark(view: MinutesView, remark_id: str) -> Remark | None:
    return next((one for one in view.remarks if one.id == remark_id), None)


async def _taken(room: Room, view: MinutesView, remark: Remark) -> SectionChange | None:
    """What the version that has it changed there."""
    if remark.taken_in is None:
        return None
    book, about = room.work.minutes_book, view.meeting.id
    before, after = await book.version(about, remark.taken_in - 1), await book.version(about, remark.taken_in)
    old, new = (one.section(remark.section) if one else None for one in (before, after))
    return change(view.sections, old, new) if old and new and view.section(remark.section) else None


_DRAWN: Final[Mapping[NoticeKind, Callable[[Room, Wanted, MinutesView], Awaitable[Message | None]]]] = {
    NoticeKind.MINUTES_CIRCULATED: _circulated,
    NoticeKind.REMARK_GIVEN: _given,
    NoticeKind.REMARK_RULED: _ruled,
    NoticeKind.ROUND_CLOSED: _closed,
}
