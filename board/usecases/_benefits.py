"""Who is asked about a case's benefits."""

from __future__ import annotations

from board.case import Case
from board.clock import local_day
from board.ids import PersonId
from board.people import Role
from board.ports import Rules, UnitOfWork


async def benefit_owner(case: Case, work: UnitOfWork, rules: Rules) -> PersonId | None:
    """The only holder of that role in the project owner's organisation, else the project owner.

    The register does not say whose benefits are whose; where several hold the role, the owner knows.
    """
    owner = case.owner
    people = (await work.people.holders([Role.BENEFIT_OWNER], local_day(rules.clock.now())))[Role.BENEFIT_OWNER]
    known = await work.people.get(sorted({*people, *([owner] if owner else [])}))
    where = known[owner].organisation if owner and owner in known else None
    near = [one for one in people if where and one in known and known[one].organisation == where]
    chosen = near[0] if len(near) == 1 else owner
    return None if chosen in case.excluded else chosen
