"""The chair grants a dispensation or refuses it, with a reason either way. It is printed in agenda and minutes."""

from __future__ import annotations

from board.case_content import MAX_TEXT
from board.clock import local_day
from board.dispensation import Dispensation
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.meeting_commands import RuleDispensation
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, Actor
from board.ports import Rules, UnitOfWork
from board.usecases._dispensation import about, dispensation_object, inhabil
from board.usecases._record import refuse


async def rule_dispensation(
    command: RuleDispensation, actor: Actor, work: UnitOfWork, rules: Rules
) -> Dispensation | Refusal:
    found = await work.dispensations.get(command.dispensation)
    result = await _ruled(found, command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, found.meeting if found else command.dispensation, work, rules)
        return result
    now = rules.clock.now()
    await work.dispensations.save(result)
    what = Happened.DISPENSATION_GRANTED if result.is_granted else Happened.DISPENSATION_REFUSED
    await work.history.append([about(what, result, result.ruling, actor, rules)])
    await work.duties.end(result.meeting, [DutyKind.DISPENSE], actor.id, now, result.id)
    await _tell_office(result, actor, work, rules)
    await work.outbox.redraw(dispensation_object(result.id), result.rev, now)
    return result


async def _ruled(
    found: Dispensation | None, command: RuleDispensation, actor: Actor, work: UnitOfWork, rules: Rules
) -> Dispensation | Refusal:
    if found is None or actor.id in await inhabil(found, work):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "dispense"})
    result = found.rule(actor, granted=command.granted, reason=command.reason, now=rules.clock.now())
    if isinstance(result, Refusal):
        return result
    if command.rev is not None and command.rev != found.rev:
        return Refusal(RefusalCode.STALE)
    if len(command.reason) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"reason": MAX_TEXT}})
    return result


async def _tell_office(ruled: Dispensation, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    holders = await work.people.holders(sorted(HANDLERS), local_day(now))
    silent = {actor.id, *await inhabil(ruled, work)}
    whom = dict.fromkeys(person for people in holders.values() for person in people if person not in silent)
    kind = NoticeKind.DISPENSATION_RULED
    await work.outbox.tell([Notice(kind, ruled.meeting, ruled.rev, to, ruled.id) for to in whom], now)
