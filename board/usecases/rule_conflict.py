"""The chair rules whether somebody is inhabil in a case. From then on the case is not there for one who is."""

from __future__ import annotations

from board.case import Case, Changed
from board.case_content import MAX_TEXT
from board.case_course import exclude, readmit
from board.clock import local_day
from board.commands import RuleConflict
from board.conflicts import RECIPIENTS, Conflict, Declared, Ruling
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.notices import Notice, NoticeKind
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._conflict import redraw_rulers, rulers, settle
from board.usecases._lost_sight import lost_sight
from board.usecases._record import record, refuse


async def rule_conflict(command: RuleConflict, actor: Actor, work: UnitOfWork, rules: Rules) -> Conflict | Refusal:
    case = await work.cases.get(command.case)
    person = await work.people.actor_of(command.person, local_day(rules.clock.now()))
    refusal = await _refusal(command, case, person, actor, work, rules)
    if refusal is not None or case is None or person is None:
        refusal = refusal or Refusal(RefusalCode.NOT_FOUND, {"act": "rule"})
        await refuse(refusal, actor, command.case, work, rules)
        return refusal
    before = await work.conflicts.get(case.id, person.id) or _silent(command, rules)
    after = _stale(command, before) or _ruled(command, before, actor, rules)
    if isinstance(after, Refusal):
        await refuse(after, actor, command.case, work, rules)
        return after
    case = await _in_case(case, after, actor, work, rules)
    await _tell(case, after, person, actor, work, rules)
    return after


async def _refusal(
    command: RuleConflict, case: Case | None, person: Actor | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> Refusal | None:
    """The chair may know of a case before it is on the board's agenda, to rule on those who prepare it."""
    if case is None or actor.id in case.excluded:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "rule"})
    own_way_out = actor.id == command.person and command.ruling is Ruling.EXCLUDED and Role.CHAIR in actor.roles
    if not own_way_out and actor.id not in await rulers(case, command.person, work, rules):
        code = RefusalCode.NOT_ALLOWED if case.may_be_seen_by(actor) else RefusalCode.NOT_FOUND
        return Refusal(code, {"act": "rule", "roles": (Role.CHAIR,)})
    if person is None or not (person.roles & RECIPIENTS or person.id in case.excluded):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("person",)})
    if len(command.reason.strip()) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"reason": MAX_TEXT}})
    return None


def _silent(command: RuleConflict, rules: Rules) -> Conflict:
    return Conflict(command.case, command.person, 0, Declared.SILENT, "", rules.clock.now())


def _stale(command: RuleConflict, before: Conflict) -> Refusal | None:
    if command.rev is None or command.rev == before.rev:
        return None
    if before.ruling is command.ruling:
        return None  # it is so already, which says more
    what, by, at = Happened.CONFLICT_DECLARED, before.person, before.at
    if before.ruled_at and before.ruled_at >= before.at:
        what, by, at = Happened.CONFLICT_RULED, before.ruled_by or by, before.ruled_at
    return Refusal(RefusalCode.STALE, {"what": what, "by": by, "at": at})


def _ruled(command: RuleConflict, before: Conflict, actor: Actor, rules: Rules) -> Conflict | Refusal:
    now = rules.clock.now()
    return before.rule(actor, command.ruling, command.reason, now, for_chair=Role.CHAIR not in actor.roles)


async def _in_case(case: Case, conflict: Conflict, actor: Actor, work: UnitOfWork, rules: Rules) -> Case:
    """State, history, duties and copies. A ruling that changes nothing of who sees the case is in its history too."""
    now, person = rules.clock.now(), conflict.person
    await work.conflicts.put(conflict)
    await work.duties.end(case.id, [DutyKind.RULE], actor.id, now, person)
    if conflict.is_excluded == (person in case.excluded):
        details = {"person": person, "ruling": str(conflict.ruling)}
        event = Event(
            Happened.CONFLICT_RULED, case.id, now, actor.id, case.rev, reason=conflict.reason, details=details
        )
        await work.history.append([event])
        await redraw_rulers(case, conflict, work, rules)
        return case
    act = exclude if conflict.is_excluded else readmit
    changed = act(case, actor, person, conflict.reason, now)
    result = await record(changed, actor, case.id, work, rules)
    after = result.case if isinstance(result, Changed) else case
    await lost_sight(after, conflict, actor, work, rules)
    return after


async def _tell(case: Case, conflict: Conflict, person: Actor, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The one it is about, and that one's question of the pack: a case that is not there needs no answer."""
    now = rules.clock.now()
    if person.id != actor.id:
        to = Notice(NoticeKind.CONFLICT_RULED, case.id, case.rev, person.id, person.id, str(conflict.rev))
        await work.outbox.tell([to], now)
    for meeting in dict.fromkeys((case.board_meeting, case.wg_meeting)):
        await settle(person, meeting, work, rules)
