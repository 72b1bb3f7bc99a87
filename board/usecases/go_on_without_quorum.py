"""The chair's word that the meeting goes on though too few are there: it is minuted (``process.md``)."""

from __future__ import annotations

from board.errors import Refusal, RefusalCode
from board.people import Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.sitting import SittingChanged, SittingResult, in_room
from board.sitting_commands import GoOnWithoutQuorum
from board.usecases._record import refuse
from board.usecases._sitting import held, members, quorum_with, stored


async def go_on_without_quorum(
    command: GoOnWithoutQuorum, actor: Actor, work: UnitOfWork, rules: Rules
) -> SittingResult:
    """Where enough are there it has no effect: nothing untrue is minuted."""
    result = await _going_on(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
        return result
    await stored(result, work)
    return result


async def _going_on(command: GoOnWithoutQuorum, actor: Actor, work: UnitOfWork, rules: Rules) -> SittingResult:
    if Role.CHAIR not in actor.roles:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "go_on", "roles": (Role.CHAIR,)})
    found = await held(command.meeting, work)
    if isinstance(found, Refusal):
        return found
    sitting = found[1]
    if sitting.body is not Body.BOARD:
        return Refusal(RefusalCode.MEETING_UNFIT)
    result = sitting.go_on(actor, command.reason, rules.clock.now())
    there = in_room(sitting, len(await members(sitting.body, work, rules)), await quorum_with(0, sitting, work, rules))
    return SittingChanged(sitting, ()) if isinstance(result, SittingChanged) and there.is_reached else result
