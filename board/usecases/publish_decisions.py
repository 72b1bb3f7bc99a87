"""Decisions are told the same day (``process.md``): to submitter, owner and channels, as not yet in approved minutes.

Conditions become follow-ups; a case that was postponed or sent back goes where the outcome says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from board.case import Case
from board.case_outcome import minute, publish
from board.decision import Decision
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, ItemId
from board.notices import Notice, NoticeKind
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting, not_for, sitting_object
from board.sitting_commands import PublishDecisions
from board.states import CaseState
from board.usecases._record import record, refuse
from board.usecases.follow_up import close_where_done


@dataclass(frozen=True, slots=True)
class Published:
    """``decisions``: those told now. ``left``: items whose case the person is inhabil for; somebody else must do it."""

    sitting: Sitting
    decisions: tuple[Decision, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    left: tuple[ItemId, ...] = field(default=())


async def publish_decisions(
    command: PublishDecisions, actor: Actor, work: UnitOfWork, rules: Rules
) -> Published | Refusal:
    found = not_for(actor) or await _standing(command, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, command.meeting, work, rules)
        return found
    sitting, decisions = found
    cases = await _cases(decisions, work)
    mine = [d for d in decisions if d.case is None or cases[d.case].may_be_seen_by(actor)]
    if not mine:
        return Refusal(RefusalCode.CONFLICTED)
    told, follow_ups = [], []
    for decision in sorted(mine, key=lambda d: d.case or ""):
        if decision.case:
            await _case_told(cases[decision.case], decision, actor, work, rules)
            follow_ups += opened(decision, rules)
        told.append(await _told(decision, actor, work, rules))
    await _followed(follow_ups, actor, work, rules)
    await _minuted(sitting, told, actor, work, rules)
    after = await _shown(sitting, told, cases, actor, work, rules)
    left = tuple(d.item for d in decisions if d not in mine)
    return Published(after, tuple(sorted(told, key=lambda d: sitting.items.index(d.item))), tuple(follow_ups), left)


async def _standing(command: PublishDecisions, work: UnitOfWork) -> tuple[Sitting, list[Decision]] | Refusal:
    """What is recorded and not told; the meeting's locks are held."""
    await work.meetings.get(command.meeting)
    sitting = await work.sittings.get(command.meeting)
    if sitting is None or sitting.body is not Body.BOARD:
        return Refusal(RefusalCode.NOT_STARTED)
    recorded = await work.decisions.of_meeting(command.meeting)
    wanted = [d for d in recorded if command.items is None or d.item in command.items]
    waiting = [d for d in wanted if not d.is_published]
    if waiting:
        return sitting, waiting
    if not wanted:
        return Refusal(RefusalCode.UNDECIDED, {"items": command.items or sitting.items})
    last = max(wanted, key=lambda d: (d.published_at is not None, d.published_at))
    told = {"what": Happened.DECISION_PUBLISHED, "by": last.published_by, "at": last.published_at}
    return Refusal(RefusalCode.ALREADY, told)


async def _cases(decisions: Iterable[Decision], work: UnitOfWork) -> dict[CaseId, Case]:
    """Locked in the order of their ids."""
    found = {}
    for case_id in sorted(decision.case for decision in decisions if decision.case):
        case = await work.cases.get(case_id)
        if case is None:
            raise LookupError(f"a decision on {case_id}, which is not there")
        found[case_id] = case
    return found


async def _case_told(case: Case, decision: Decision, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    if case.state is CaseState.WITHDRAWN:  # by its submitter, before the meeting came to it
        return
    result = publish(case, actor, decision.text, rules.clock.now())
    if isinstance(result, Refusal):
        raise TypeError(f"{case.id} was decided, locked, and is refused now: {result.code}")
    await record(result, actor, case.id, work, rules)


async def _told(decision: Decision, actor: Actor, work: UnitOfWork, rules: Rules) -> Decision:
    now = rules.clock.now()
    after = decision.published(actor.id, now)
    await work.decisions.put(after)
    details = {"item": decision.item, "case": decision.case or "", "outcome": str(decision.outcome)}
    await work.history.append(
        [Event(Happened.DECISION_PUBLISHED, decision.meeting, now, actor.id, after.rev, details=details)]
    )
    return after


def opened(decision: Decision, rules: Rules) -> list[FollowUp]:
    """A follow-up a condition; told twice they are the same."""
    now = rules.clock.now()
    return [
        FollowUp(
            FollowUpId(f"{decision.meeting}:{decision.item}:{n}"), 1, decision.case, decision.meeting,
            decision.number, condition.text, condition.owner, condition.due, now,
        )
        for n, condition in enumerate(decision.conditions, start=1)
        if decision.case
    ]  # fmt: skip


async def _followed(follow_ups: Sequence[FollowUp], actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    if not follow_ups:
        return
    now = rules.clock.now()
    await work.follow_ups.add(follow_ups)
    await work.history.append(
        [
            Event(
                Happened.FOLLOW_UP_OPENED, one.id, now, actor.id, 1, "", one.state,
                details={"case": one.case, "meeting": one.meeting, "owner": one.owner},
            )
            for one in follow_ups
        ]
    )  # fmt: skip
    await work.outbox.tell(
        [Notice(NoticeKind.FOLLOW_UP_OPENED, one.id, 1, one.owner) for one in follow_ups if one.owner != actor.id], now
    )


async def _minuted(
    sitting: Sitting, told: Sequence[Decision], actor: Actor, work: UnitOfWork, rules: Rules
) -> None:  # fmt: skip
    """Told after the minutes were approved, which hold them already: nothing else would take the cases on."""
    minutes = (await work.minutes_book.named([sitting.meeting])).get(sitting.meeting)
    if minutes is None or not minutes.is_approved:
        return
    for case_id in sorted(decision.case for decision in told if decision.case):
        case = await work.cases.get(case_id)
        if case is not None and case.state is CaseState.PUBLISHED:
            await record(minute(case, actor.id, rules.clock.now()), actor, case_id, work, rules)
            await close_where_done(case_id, actor, work, rules)


async def _shown(
    sitting: Sitting, told: Sequence[Decision], cases: dict[CaseId, Case], actor: Actor, work: UnitOfWork, rules: Rules
) -> Sitting:
    """The cards that follow the meeting, and the channels: they learn of cases only."""
    now = rules.clock.now()
    after = sitting.recorded()
    await work.sittings.save(after)
    await work.outbox.redraw(sitting_object(sitting.meeting), after.rev, now)
    if any(d.case and _is_for_all(cases[d.case]) for d in told):
        channels = await work.channels.all()
        await work.outbox.tell(
            [
                Notice(NoticeKind.DECISION_MILESTONE, sitting_object(sitting.meeting), after.rev, channel.recipient)
                for channel in channels
            ],
            now,
        )
    return after


def _is_for_all(case: Case) -> bool:
    """A channel is told of it: it is open, and nobody who may read there is inhabil for it."""
    return case.content.classification != "exempt" and not case.excluded
