"""From what was written or filled in about a meeting to the preview of it, or to the form that asks for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from board.clock import OSLO
from board.deadlines import Deadline, shifts
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import LONGEST, USUAL_MINUTES, Meeting
from board.people import Body
from board.usecases.preview_meeting import reach
from cards.i18n import _
from cards.meeting_views import Draft, Told, Typed
from cards.message import Banner, Message
from cards.templates import meeting_previews as cards
from cards.templates.meeting_fields import local_date_and_time
from dialogs.amounts import read_minutes
from dialogs.meeting_present import meeting_view, plan_of, refused
from dialogs.meeting_words import Wish, read_body, read_day
from dialogs.room import Room
from dialogs.times import find_length, read_time

MOST_MEETINGS: Final = 12


def instant(day: date, at: time) -> datetime:
    """A local day and time as an instant."""
    return datetime.combine(day, at, OSLO).astimezone(UTC)


def written(wish: Wish) -> dict[str, str]:
    """What was understood, as it stands in a form; what was not stands where it must be put right."""
    values = {
        "body": wish.body.value if wish.body else "",
        "date": f"{wish.day:%d.%m.%Y}" if wish.day else wish.rest,
        "time": f"{wish.at:%H.%M}" if wish.at else "",
        "minutes": str(wish.minutes or ""),
        "place": wish.place,
    }
    if wish.day and not wish.at and wish.rest:
        values["time"] = wish.rest
    return values


def read_form(values: dict[str, str], today: date) -> Wish:
    """What was filled in; a field that was not understood is None."""
    return Wish(
        body=read_body(values.get("body", "")),
        day=read_day(values.get("date", ""), today),
        at=read_time(values.get("time", "")),
        minutes=read_length(values.get("minutes", "")),
        place=values.get("place", ""),
    )


def read_length(text: str) -> int | None:
    """Minutes, within what a meeting may take."""
    minutes = read_minutes(text) or next(iter(find_length(text) or ()), None)
    return minutes if isinstance(minutes, int) and 0 < minutes <= LONGEST else None


# -- a new one -----------------------------------------------------------------------------------------------------


async def ask_or_preview_new(
    room: Room, meeting_id: str, wish: Wish, values: dict[str, str], unread: str = ""
) -> Message:
    """The preview, or the form with every field that is missing or unclear marked."""
    errors = _new_errors(wish, values, room)
    if errors or wish.body is None or wish.day is None or wish.at is None:
        empty = not any(values.values())
        note = None if empty else Banner(_("Jeg trenger litt til. Det du skrev, står her."), "warning")
        return cards.new_form(meeting_id, Typed(values, {} if empty else errors), note)
    minutes = wish.minutes or USUAL_MINUTES
    meeting = Meeting(MeetingId(meeting_id), wish.body, instant(wish.day, wish.at), minutes, wish.place)
    return cards.new_preview(await draft_of(room, meeting, new=True), Typed(values), unread)


def _new_errors(wish: Wish, values: dict[str, str], room: Room) -> dict[str, str]:
    errors = {}
    if wish.body is None:
        errors["body"] = _("Velg ett svar.")
    if wish.day is None:
        errors["date"] = _("Skriv en dag, for eksempel «24. september».")
    if wish.at is None:
        errors["time"] = _("Skriv et klokkeslett, for eksempel 09.00.")
    if wish.day and wish.day < room.today:
        errors["date"] = _("Dagen er passert.")
    elif wish.day and wish.at and instant(wish.day, wish.at) <= room.now:
        errors["time"] = _("Tidspunktet er passert.")
    if values.get("minutes", "").strip() and wish.minutes is None:
        errors["minutes"] = _("Skriv et antall minutter, høyst {n}.", n=LONGEST)
    return errors


async def draft_of(room: Room, meeting: Meeting, *, new: bool = False) -> Draft:
    """What must be known before a meeting at this time is said yes to."""
    plan = plan_of(room, meeting)
    starts = instant(meeting.day, time())
    that_day = await room.work.meetings.between(starts, starts + timedelta(days=1), MOST_MEETINGS)
    served = await _served(room, meeting, new=new)
    plan_for_wg = plan_of(room, served) if served else plan
    return Draft(
        meeting=meeting,
        plan=plan,
        now=room.now,
        day_off=not room.calendar.is_working_day(meeting.day),
        same_day=tuple(m for m in that_day if m.body is meeting.body and m.is_planned and m.id != meeting.id),
        serves=served,
        wg_due=due.planned if (due := wg_deadline(plan_for_wg)) else None,
    )


def wg_deadline(plan: Sequence[Deadline]) -> Deadline | None:
    """The day by which the working group meets."""
    return next((d for d in plan if d.offset.ends_by == "scheduling"), None)


async def _served(room: Room, meeting: Meeting, *, new: bool) -> Meeting | None:
    if meeting.body is not Body.WORKING_GROUP:
        return None
    if new:
        following = await room.work.meetings.upcoming(Body.BOARD, meeting.starts_at, 1)
        return following[0] if following else None
    if meeting.serves is None:
        return None
    return (await room.work.meetings.named([meeting.serves])).get(meeting.serves)


# -- one that is there ---------------------------------------------------------------------------------------------


async def ahead(room: Room, body: Body | None = None) -> list[Meeting]:
    """Meetings that can be moved or cancelled, the nearest first."""
    bodies = [body] if body else list(Body)
    found = [m for one in bodies for m in await room.work.meetings.upcoming(one, room.now, MOST_MEETINGS)]
    return sorted((m for m in found if m.starts_at > room.now), key=lambda m: m.starts_at)[:MOST_MEETINGS]


async def meant(room: Room, wish: Wish) -> list[Meeting]:
    """Those of them that the words fit."""
    found = await ahead(room, wish.body)
    if wish.day:
        found = [m for m in found if m.day == wish.day]
    timed = [m for m in found if wish.at and m.starts_at.astimezone(OSLO).time() == wish.at]
    return timed or found


def which_error(found: Sequence[Meeting]) -> str:
    return _("Flere møter passer. Velg ett.") if found else _("Jeg finner ikke det møtet. Velg ett av disse.")


async def preview_move(room: Room, meeting: Meeting, wish: Wish, values: dict[str, str]) -> Message:
    """What moving it there would do; or the form again, with what is wrong."""
    if gone := _gone(meeting, room):
        return await refused(room, gone, meeting.id)
    errors = _move_errors(meeting, wish, values, room)
    at = wish.at or meeting.starts_at.astimezone(OSLO).time()
    new = replace(meeting, starts_at=instant(wish.day or meeting.day, at))
    if not errors and new.starts_at <= room.now:
        errors = {"date": _("Tidspunktet er passert.")}
    if not errors and new.starts_at == meeting.starts_at:
        errors = {"date": _("Møtet er alt satt til den tiden.")}
    if errors:
        return move_form(meeting, values, errors)
    changes = shifts(plan_of(room, meeting), plan_of(room, new), room.today)
    view = await meeting_view(room, meeting)
    return cards.move_preview(view, await draft_of(room, new), changes, await told_of(room, meeting))


def move_form(meeting: Meeting, values: dict[str, str], errors: dict[str, str]) -> Message:
    """For this one meeting."""
    note = Banner(" ".join(errors.values()), "warning") if errors else None
    return cards.move_form([meeting], Typed({**values, "meeting": meeting.id}, errors), note)


def _move_errors(meeting: Meeting, wish: Wish, values: dict[str, str], room: Room) -> dict[str, str]:
    errors = {}
    if wish.day is None and (values.get("date", "").strip() or wish.at is None):
        errors["date"] = _("Skriv en dag, for eksempel «24. september».")
    if wish.day and wish.day < room.today:
        errors["date"] = _("Dagen er passert.")
    if wish.at is None and values.get("time", "").strip():
        errors["time"] = _("Skriv et klokkeslett, for eksempel 09.00.")
    return errors


async def preview_cancel(
    room: Room, meeting: Meeting, reason: str, *, error: str = "", note: Banner | None = None
) -> Message:
    """``error``: what is wrong with the reason; ``note``: why the last press had no effect."""
    if gone := _gone(meeting, room):
        return await refused(room, gone, meeting.id)
    cases = len(await room.work.cases.wanting([meeting.id]))
    typed = Typed({"reason": reason}, {"reason": error} if error else {})
    return cards.cancel_preview(await meeting_view(room, meeting), await told_of(room, meeting), cases, typed, note)


async def told_of(room: Room, meeting: Meeting) -> Told:
    found = await reach(meeting, room.actor, room.work, room.rules)
    return Told(found.people, found.roles)


def _gone(meeting: Meeting, room: Room) -> Refusal | None:
    if meeting.is_planned and meeting.starts_at > room.now:
        return None
    details = {"what": meeting.last, "by": meeting.changed_by, "at": meeting.changed_at}
    return Refusal(RefusalCode.ALREADY, details)


def as_written(starts_at: datetime) -> dict[str, str]:
    """A start as the form has it."""
    day, at = local_date_and_time(Meeting(MeetingId(""), Body.BOARD, starts_at))
    return {"date": day, "time": at}
