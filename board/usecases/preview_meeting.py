"""What a preview of planning, moving or cancelling a meeting must know. It changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from board.clock import local_day
from board.errors import Refusal
from board.ids import PersonId
from board.meeting import Meeting, not_for
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import concerned
from board.usecases._record import refuse

_COUNTED_AS: Final = (
    *(Role.CHAIR, Role.MEMBER, Role.PORTFOLIO_LEAD, Role.OFFICE, Role.WG_MEMBER, Role.EMPLOYEE_REP),
    *(Role.DEPUTY, Role.OBSERVER, Role.PROJECT_OWNER, Role.SUBMITTER),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would be told: how many people, and how many of each role; each counts once, by the first that fits."""

    people: int
    roles: Mapping[Role, int]


async def may_arrange(actor: Actor, about: str, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """Why the person may not arrange meetings, or None. The refusal is in the log."""
    refusal = not_for(actor)
    if refusal:
        await refuse(refusal, actor, about, work, rules)
    return refusal


async def reach(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> Reach:
    """Those who get word when ``actor`` moves or cancels the meeting."""
    told = {person for person in await concerned(meeting, work, rules) if person != actor.id}
    holders = await work.people.holders(_COUNTED_AS, local_day(rules.clock.now()))
    left, roles = set[PersonId](told), dict[Role, int]()
    for role in _COUNTED_AS:
        those = left & set(holders.get(role, ()))
        left -= those
        if those:
            roles[role] = len(those)
    return Reach(len(told), roles)
