"""``GET /calendar/{secret}.ics``: a person's own meetings and deadlines, for Outlook or a phone to subscribe to.

The secret in the address is the only key. It is looked up by its digest, is in no log, and can be replaced in chat.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web

from board.clock import local_day
from board.deadlines import back_plan
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Actor, Body, Role
from board.ports import Rules, Work
from board.usecases.open_calendar import secret_hash
from cards.calendar_words import deadline_entry, meeting_entry
from cards.i18n import LANGUAGES, Language, use
from cards.labels import body_name, label

if TYPE_CHECKING:
    from bot.calendar_file import Entry

BACK: Final = timedelta(days=120)
AHEAD: Final = timedelta(days=750)
MOST: Final = 300
LONGEST_SECRET: Final = 100
DOMAIN: Final = "saksgang"

_OF_BODY: Final = {
    Body.BOARD: frozenset(Role),
    Body.WORKING_GROUP: frozenset({Role.PORTFOLIO_LEAD, Role.WG_MEMBER, Role.EMPLOYEE_REP, Role.OFFICE}),
    Body.OFFICE: frozenset({Role.OFFICE, Role.PORTFOLIO_LEAD}),
}
_HEADERS: Final = {
    "Cache-Control": "private, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Disposition": 'inline; filename="saksgang.ics"',
}


class CalendarFeed:
    def __init__(self, work: Work, rules: Rules) -> None:
        self._work, self._rules = work, rules

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/calendar/{secret}.ics", self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """The calendar, 304 where it is what the client has, 404 for a secret that opens nothing."""
        secret = request.match_info["secret"]
        found = await self._read(secret) if len(secret) <= LONGEST_SECRET else None
        if found is None:
            return web.Response(status=404, text="not found")
        actor, meetings = found
        body = await asyncio.to_thread(self._file, actor, meetings)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={**_HEADERS, "ETag": tag})
        headers = {**_HEADERS, "ETag": tag}
        return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

    async def _read(self, secret: str) -> tuple[Actor, Sequence[Meeting]] | None:
        now = self._rules.clock.now()
        async with self._work.read() as work:
            person = await work.calendars.whose(secret_hash(secret))
            actor = await work.people.actor_of(person, local_day(now)) if person else None
            if actor is None:
                return None
            meetings = await work.meetings.between(now - BACK, now + AHEAD, MOST)
        return actor, [meeting for meeting in meetings if actor.roles & _OF_BODY[meeting.body]]

    def _file(self, actor: Actor, meetings: Sequence[Meeting]) -> bytes:
        language: Language = next((known for known in LANGUAGES if known == actor.person.language), "nb")
        from bot.calendar_file import calendar_file  # noqa: PLC0415  # a tenth of a second of the start-up

        with use(language):
            entries = [entry for meeting in meetings for entry in self._entries(actor, meeting)]
            return calendar_file(entries, name=label(self._rules.mandate.board), language=language)

    def _entries(self, actor: Actor, meeting: Meeting) -> list[Entry]:
        """The meeting, and what its back-plan asks of this person. Cancelled ones stay, so that clients see it."""
        from bot.calendar_file import Entry  # noqa: PLC0415  # as above

        changed = meeting.changed_at or meeting.starts_at
        sequence, cancelled = meeting.rev - 1, not meeting.is_planned
        name = body_name(meeting.body)
        entry = Entry(
            uid=_uid(meeting.id),
            sequence=sequence,
            changed_at=changed,
            title=meeting_entry(meeting.body, cancelled=cancelled),
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            place=meeting.place,
            cancelled=cancelled,
        )
        plan = back_plan(meeting.day, self._rules.mandate.offsets_of(meeting.body), self._rules.calendar)
        return [
            entry,
            *(
                Entry(
                    uid=_uid(meeting.id, deadline.offset.id),
                    sequence=sequence,
                    changed_at=changed,
                    title=deadline_entry(deadline.offset.id, cancelled=cancelled),
                    day=deadline.planned,
                    description=name,
                    cancelled=cancelled,
                )
                for deadline in plan
                if actor.roles & set(deadline.offset.owed_by)
            ),
        ]


def _uid(meeting: MeetingId, part: str = "") -> str:
    return f"{meeting}.{part}@{DOMAIN}" if part else f"{meeting}@{DOMAIN}"
