"""Who saw, sent, answered and decided what, and when: for the office, its lead and the chair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from board.case import Case
from board.delivery import SentRow
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, MeetingId
from board.log_page import LogEntry, LogOf, LogPage, LogPlace, LogRow, merged, newest, newest_sent
from board.meeting import Meeting
from board.minutes import minutes_object
from board.notices import NoticeKind
from board.people import HANDLERS, Actor, Role
from board.ports import Rules, UnitOfWork
from board.sitting import sitting_object
from board.usecases._case import seen_case
from board.usecases._record import refuse

READERS: Final = HANDLERS | {Role.CHAIR}
_OF_ITS_MEETINGS: Final = (
    *(Happened.AGENDA_APPROVED, Happened.PACK_SENT, Happened.PACK_BUILT, Happened.PACK_READ),
    *(Happened.MEETING_STARTED, Happened.MEETING_CLOSED),
)
"""What happened to a case's meetings that concerns each case on them."""
_PACKS: Final = (NoticeKind.PACK_SENT, NoticeKind.PACK_CHANGED)
_PRIVATE_EVENTS: Final = frozenset({Happened.CONFLICT_DECLARED})
_PRIVATE_NOTICES: Final = frozenset({NoticeKind.CONFLICT_DECLARED, NoticeKind.CONFLICT_RULED})
"""What somebody said of his or her habilitet is between that person and the chair (``process.md``)."""


@dataclass(frozen=True, slots=True)
class SeenLog:
    """``case`` or ``meeting`` is what it is the log of."""

    page: LogPage
    case: Case | None = None
    meeting: Meeting | None = None


def may_read_log(actor: Actor) -> Refusal | None:
    if actor.roles & READERS:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "log", "roles": tuple(sorted(READERS))})


async def read_log(
    of: LogOf, object_id: str, place: LogPlace, limit: int, actor: Actor, work: UnitOfWork, rules: Rules
) -> SeenLog | Refusal:
    result = may_read_log(actor)
    if result is None and of is LogOf.CASE:
        found = await _of_case(CaseId(object_id), place, limit, actor, work)
    elif result is None:
        found = await _of_meeting(MeetingId(object_id), of, place, limit, actor, work)
    else:
        found = result
    if isinstance(found, Refusal):
        await refuse(found, actor, object_id, work, rules)
    return found


async def _of_case(
    case_id: CaseId, place: LogPlace, limit: int, actor: Actor, work: UnitOfWork
) -> SeenLog | Refusal:  # fmt: skip
    case = await seen_case(case_id, actor, work)
    if isinstance(case, Refusal):
        return case
    follow_ups = (await work.follow_ups.of_cases([case_id])).get(case_id, ())
    decided = (await work.decisions.of_cases([case_id])).get(case_id, ())
    own = [case.id, *(one.id for one in follow_ups)]
    held = sorted({m for m in (case.wg_meeting, case.board_meeting, *(one.meeting for one in decided)) if m})
    more = limit + 1
    events = [await work.history.page(own, more, place.seq)]
    sent = [await work.proof.page(own, more, place.row)]
    if held:
        events.append(await work.history.page(held, more, place.seq, _OF_ITS_MEETINGS))
        sent.append(await work.proof.page(held, more, place.row, _PACKS))
    return SeenLog(_page(events, sent, place, limit, actor, frozenset()), case=case)


async def _of_meeting(
    meeting_id: MeetingId, of: LogOf, place: LogPlace, limit: int, actor: Actor, work: UnitOfWork
) -> SeenLog | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "log"})
    minutes = minutes_object(meeting.id)
    about = [minutes] if of is LogOf.MINUTES else [meeting.id, sitting_object(meeting.id), minutes]
    hidden = frozenset(c.id for c in await work.cases.on_agenda(meeting.id) if actor.id in c.excluded)
    events = [await work.history.page(about, limit + 1, place.seq)]
    sent = [await work.proof.page(about, limit + 1, place.row)]
    return SeenLog(_page(events, sent, place, limit, actor, hidden), meeting=meeting)


def _page(
    events: Sequence[Sequence[LogRow]],
    sent: Sequence[Sequence[SentRow]],
    place: LogPlace,
    limit: int,
    actor: Actor,
    hidden: frozenset[CaseId],
) -> LogPage:
    """What is left out is left out after the page is cut: its bottom stays where the next one begins."""
    page = merged(newest(*events), newest_sent(*sent), place, limit)
    return LogPage(tuple(one for one in page.entries if _is_shown(one, actor, hidden)), page.below)


def _is_shown(entry: LogEntry, actor: Actor, hidden: frozenset[CaseId]) -> bool:
    """One who is inhabil in a case finds no trace of it in the meeting's log either."""
    if entry.event:
        named = {part for value in entry.event.details.values() for part in value.split(",")}
        private = entry.event.what in _PRIVATE_EVENTS and entry.event.by != actor.id and Role.CHAIR not in actor.roles
        return not private and not named & hidden
    return entry.sent is not None and entry.sent.about.kind not in _PRIVATE_NOTICES and not _names(entry.sent, hidden)


def _names(sent: SentRow, hidden: frozenset[CaseId]) -> bool:
    return any(case in sent.about.part for case in hidden)
