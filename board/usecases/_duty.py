"""What acts on duties share: whose it is, and how its end is told."""

from __future__ import annotations

from collections.abc import Sequence

from board.clock import local_day
from board.duty import SECRET, Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import DutyId, PersonId
from board.notices import Notice, NoticeKind
from board.people import Actor
from board.ports import Rules, UnitOfWork


def may_know_of(duty: Duty, actor: Actor) -> bool:
    """The one asked, the deputy, the office; of what is secret the one asked alone."""
    return duty.concerns(actor.id) or (actor.is_handler and duty.kind not in SECRET)


async def own_duty(duty_id: DutyId, actor: Actor, work: UnitOfWork) -> Duty | Refusal:
    """An open duty that the person was asked, is the deputy for, or, as the office, may take over.

    Whoever has nothing to do with it does not learn that it is there.
    """
    duty = await work.duties.get(duty_id)
    if duty is None or not may_know_of(duty, actor):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "duty"})
    if not duty.is_open:
        return Refusal(RefusalCode.ALREADY, {"what": Happened.DUTY_DONE, "by": duty.ended_by, "at": duty.ended_at})
    return duty


async def stands_in(actor: Actor, person: PersonId, duty: Duty | None, work: UnitOfWork, rules: Rules) -> bool:
    """Whether ``actor`` may answer in ``person``'s place: asked to for this duty, or registered as the deputy today."""
    if actor.id == person:
        return False
    if duty is not None and duty.deputy == actor.id:
        return True
    registered = await work.people.deputies(local_day(rules.clock.now()))
    return actor.id in registered.get(person, ())


async def attend_duty(meeting: str, person: PersonId, work: UnitOfWork) -> Duty | None:
    """The newest duty of a person to say whether he or she comes, open or not."""
    found = [d for d in await work.duties.of_object(meeting) if d.kind is DutyKind.ATTEND and d.person == person]
    return found[-1] if found else None


def happened(what: Happened, duty: Duty, actor: Actor, rules: Rules, **details: str) -> Event:
    about = {"duty": str(duty.kind), "person": duty.person, "part": duty.part, **details}
    return Event(what, duty.object_id, rules.clock.now(), actor.id, details=about)


async def tell_about(
    kind: NoticeKind, duty: Duty, to: Sequence[PersonId], actor: Actor, work: UnitOfWork, rules: Rules
) -> None:
    """Word about a duty, at once; never to the one who acted."""
    now = rules.clock.now()
    await work.outbox.tell(
        [
            Notice(kind, duty.object_id, 0, person, duty.id, now.isoformat(), because=str(kind))
            for person in to
            if person != actor.id
        ],
        now,
    )
