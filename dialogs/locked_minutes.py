"""Approved minutes: their card, the address of the locked file, and a correction after approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.minutes import meeting_of_minutes
from board.minutes_commands import CorrectMinutes
from board.notices import NoticeKind
from board.usecases._minutes import kept
from board.usecases.ask_minutes_pdf import ask_minutes_pdf
from board.usecases.correct_minutes import correct_minutes
from board.usecases.look_at_minutes import SeenMinutes, seen
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import the_meeting
from cards.locked_views import LockedView
from cards.message import Banner, Message
from cards.templates.locked_card import correction_form, locked_card, pdf_ready, pdf_title
from cards.templates.pack_links import no_address
from cards.templates.refusals import plain_refusal
from dialogs.minutes_sheets import standing
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, Wanted, say, show

_MOST: Final = 64
_TOLD: Final = frozenset({NoticeKind.MINUTES_LOCKED, NoticeKind.MINUTES_CORRECTED})


def _meeting(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:_MOST])


async def _pdf(room: Room, data: Data) -> Reply:
    """A message of its own: the card that was pressed may hold a question that is not answered yet."""
    if not room.site:
        return show(no_address())
    result = await ask_minutes_pdf(_meeting(data), room.link_hours, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(plain_refusal(await refusal_note(room, result)))
    source, secret = result
    title = pdf_title(the_meeting(source.meeting.body), weekday_date(source.meeting.day))
    link = f"{room.site}/minutes/{secret}.pdf"
    return say(pdf_ready(title, link, room.link_hours, source.meeting.id, left_out=source.left_out))


async def _correct(room: Room, data: Data) -> Reply:
    """Without a section, the form asks for it; without a text, for that and the reason."""
    typed = {name: text(data, name) for name in ("section", "text", "reason") if name in data}
    if "text" not in typed:
        return show(await _form(room, _meeting(data), typed))
    texts, shown = {typed.get("section", "")[:_MOST]: typed["text"]}, data.get("version")
    seen_version = shown if isinstance(shown, int) and not isinstance(shown, bool) else None
    command = CorrectMinutes(_meeting(data), texts, typed.get("reason", ""), seen_version)
    result = await correct_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _form(room, _meeting(data), typed, await refusal_note(room, result)))
    view = await locked_view(room, result.minutes.meeting)
    note = Banner(_("Rettet. Den nye filen lages, og alle som fikk referatet, får beskjed."), "good")
    return show(locked_card(view, note) if view else plain_refusal(note), redrawn=True)


async def _form(room: Room, meeting: MeetingId, typed: Mapping[str, str], note: Banner | None = None) -> Message:
    view = await locked_view(room, meeting)
    if view is None or not room.actor.is_handler:
        return plain_refusal(note or await refusal_note(room, Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})))
    if not view.may_correct and "text" not in typed:
        return locked_card(view, note or await refusal_note(room, Refusal(RefusalCode.NOT_READY)))
    return correction_form(view, note, typed)


async def locked_view(room: Room, meeting: MeetingId) -> LockedView | None:
    """None where they are not approved, or not the reader's."""
    found = await kept(meeting, room.actor, room.work)
    return None if isinstance(found, Refusal) else await _view(room, await seen(found, room.actor, room.work))


async def _view(room: Room, found: SeenMinutes) -> LockedView | None:
    minutes, version, work = found.minutes, found.text, room.work
    if version is None or not minutes.is_approved:
        return None
    held = minutes.concluded_in
    approved_in = (await work.meetings.named([held])).get(held) if held else None
    before = await work.minutes_book.version(minutes.meeting, version.corrects) if version.corrects else None
    words = standing(minutes, version, approved_in)
    return LockedView(minutes, version, found.meeting, room.actor, found.sight, words, before)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """*Minutes locked* and *corrected*."""
    view = await _of(room, wanted)
    if view is None:
        return None
    return locked_card(view, why=_("Du får denne fordi du fikk referatet til gjennomlesing."))


async def now(room: Room, wanted: Wanted) -> Message | None:
    """A copy of a card about approved minutes; None where they are not, and for a copy of something else."""
    if wanted.kind not in {*_TOLD, NoticeKind.MINUTES_CALLED}:
        return None
    view = await _of(room, wanted)
    return locked_card(view) if view else None


async def _of(room: Room, wanted: Wanted) -> LockedView | None:
    meeting = meeting_of_minutes(wanted.object_id)
    return await locked_view(room, meeting) if meeting else None


HANDLERS: Final[Mapping[str, Handler]] = {actions.MINUTES_PDF: _pdf, actions.MINUTES_CORRECT: _correct}
