"""A meeting's archive, for those who keep it: who may have it, an address that gives it, and that it was given.

It holds all of the meeting, exempt cases too: who is inhabil in one of them gets none of it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from board.agenda_ports import Link
from board.case import Case
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases.open_calendar import secret_hash

KEEPERS: Final = frozenset({Role.ARCHIVIST, Role.OFFICE})
"""Those who hand the board's papers to the archive."""
COMMAND_LINE: Final = PersonId("saksgang export")
"""Who made an archive where nobody asked in a chat: whoever runs the program."""


async def ask_archive(
    meeting: MeetingId, link_hours: int, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[Meeting, str] | Refusal:
    """The meeting, and the secret of its archive's address for ``link_hours``. A refusal of right is in the log."""
    found = await archive_for(meeting, actor, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, meeting, work, rules)
        return found
    secret, until = rules.ids.secret(), rules.clock.now() + timedelta(hours=link_hours)
    await work.links.add(archive_hash(secret), Link(actor.id, found.id, None, until))
    return found, secret


async def archive_for(meeting: MeetingId, actor: Actor, work: UnitOfWork) -> Meeting | Refusal:
    """The meeting whose archive this person may have now."""
    if not actor.roles & KEEPERS:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "archive_meeting", "roles": tuple(sorted(KEEPERS))})
    found = await work.meetings.get(meeting)
    if found is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "archive_meeting"})
    if any(actor.id in case.excluded for case in await _cases(meeting, work)):
        return Refusal(RefusalCode.CONFLICTED, {"act": "archive_meeting"})
    return found


async def _cases(meeting: MeetingId, work: UnitOfWork) -> list[Case]:
    """Also those that were moved away after the papers had been sent, which have them still."""
    found = {case.id: case for case in await work.cases.on_agenda(meeting)}
    pack = await work.packs.ready(meeting)
    for case_id in sorted({item.case for item in pack.items} - set(found)) if pack else ():
        if case := await work.cases.get(case_id):
            found[case_id] = case
    return list(found.values())


async def archived(meeting: MeetingId, sha256: str, missing: int, by: PersonId, work: UnitOfWork, rules: Rules) -> None:
    """Puts in the log that an archive was handed out, and which: ``sha256`` is of the ZIP, hex."""
    details = {"sha256": sha256, "missing": str(missing)}
    await work.history.append([Event(Happened.MEETING_ARCHIVED, meeting, rules.clock.now(), by, details=details)])


def archive_hash(secret: str) -> str:
    """What is kept of the secret. One that opens papers opens no archive, nor the other way round."""
    return secret_hash(f"archive:{secret}")
