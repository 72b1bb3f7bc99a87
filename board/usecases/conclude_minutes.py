"""The chair (in the working group its leader) concludes what came of the approval (mandatet § 7).

Corrections that the room took in become a new version, which is the approved one. The cases that the minutes hold are
minuted, and closed where nothing of them is left to follow up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from board.approval import Conclusion
from board.case_outcome import close, minute
from board.decision import Outcome
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId
from board.minutes import Minutes, MinutesChanged, minutes_object
from board.minutes_commands import ConcludeMinutes
from board.minutes_text import Source, Version
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RemarkState
from board.states import CaseState
from board.usecases._record import record, refuse
from board.usecases.approval_basis import Before, before_meeting, ground_of
from board.usecases.call_minutes import earlier_minutes, record_approval

_RECORDED: Final = {
    Conclusion.APPROVED: Outcome.ADOPTED,
    Conclusion.WITH_CORRECTIONS: Outcome.ADOPTED_AMENDED,
    Conclusion.POSTPONED: Outcome.POSTPONED,
}
_WORST_FIRST: Final = (Conclusion.POSTPONED, Conclusion.WITH_CORRECTIONS, Conclusion.APPROVED)
"""Where a meeting approves several at once, the item says the least of it."""


async def conclude_minutes(command: ConcludeMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    result = await _concluded(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _concluded(command: ConcludeMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    before = await before_meeting(command.meeting, work)
    if isinstance(before, Refusal):
        return before
    if command.digest and command.digest != before.minutes.called_digest:
        return Refusal(RefusalCode.OTHER_VERSION)
    now, held = rules.clock.now(), before.sitting.meeting
    answers = await work.minutes_book.approvals(command.meeting, held)
    remarks = await work.minutes_book.remarks(command.meeting)
    known = ground_of(before.minutes, before.sitting, answers, remarks, rules)
    result = before.minutes.conclude(actor, held, command.result, known, now)
    if isinstance(result, Refusal):
        return result
    await _decision(command.result, before, actor, work, rules)
    await _stored(result, before, remarks, actor, work, rules)
    if result.minutes.is_approved:
        await _cases_minuted(command, actor, work, rules)
    return result.minutes


async def _decision(result: Conclusion, before: Before, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """What the room decided about the item, once nothing of it waits: a postponed approval comes with the next one."""
    sitting = before.sitting
    meeting = (await work.meetings.named([sitting.meeting]))[sitting.meeting]
    earlier = [one for one in await earlier_minutes(meeting, work) if one.meeting != before.minutes.meeting]
    if any(one.called_in == sitting.meeting for one in earlier):
        return
    here = {one.conclusion for one in earlier if one.concluded_in == sitting.meeting} | {result}
    worst = next(one for one in _WORST_FIRST if one in here)
    await record_approval(_RECORDED[worst], sitting, actor, work, rules)


async def _stored(
    result: MinutesChanged, before: Before, remarks: Sequence[Remark], actor: Actor, work: UnitOfWork, rules: Rules
) -> None:
    now, after = rules.clock.now(), result.minutes
    staged = [one for one in remarks if one.state is RemarkState.STAGED]
    version = None
    if after.version != before.minutes.version:
        version = await _corrected(before.minutes, staged, actor, work, rules)
    await work.minutes_book.save(after, version)
    await work.history.append(result.events)
    about = minutes_object(after.meeting)
    if version:
        await _taken_in(staged, version, after, actor, work, rules)
    elif not after.is_approved:  # the text may change before the next meeting: it decides on them anew
        for remark in staged:
            await work.minutes_book.put_remark(replace(remark, state=RemarkState.OPEN, ruled_by=None, ruled_at=None))
    await work.outbox.redraw(about, after.rev, now)


async def _taken_in(
    staged: Sequence[Remark], version: Version, after: Minutes, actor: Actor, work: UnitOfWork, rules: Rules
) -> None:
    now, about = rules.clock.now(), minutes_object(after.meeting)
    for remark in staged:
        await work.minutes_book.put_remark(replace(remark, state=RemarkState.ACCEPTED, taken_in=version.version))
        details = {"remark": remark.id, "version": str(version.version)}
        await work.history.append([Event(Happened.REMARK_ACCEPTED, about, now, actor.id, after.rev, details=details)])


async def _corrected(
    minutes: Minutes, staged: Sequence[Remark], actor: Actor, work: UnitOfWork, rules: Rules
) -> Version:  # fmt: skip
    """The text with what the room took in; of two for one section the later one."""
    version = await work.minutes_book.version(minutes.meeting, minutes.version)
    if version is None:
        raise LookupError(f"{minutes.meeting} has no version {minutes.version}")
    texts = {one.section: one.new_text for one in sorted(staged, key=lambda one: (one.ruled_at, one.id))}
    sections = tuple(replace(s, text=texts.get(s.id, s.text)) for s in version.sections)
    now = rules.clock.now()
    return Version(minutes.meeting, minutes.version + 1, sections, actor.id, now, Source.APPROVAL)


async def _cases_minuted(command: ConcludeMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """Locked in the order of their ids, and what is left of them read after that: whoever has just finished the last
    follow-up found the case published. One that was decided again since belongs to other minutes."""
    now = rules.clock.now()
    decided = await work.decisions.of_meeting(command.meeting)
    ids = sorted({one.case for one in decided if one.case and one.is_published})
    locked = {case_id: await work.cases.get(CaseId(case_id)) for case_id in ids}
    follow_ups = await work.follow_ups.of_cases(ids) if ids else {}
    for case_id, case in locked.items():
        if case is None or case.state is not CaseState.PUBLISHED or case.board_meeting != command.meeting:
            continue
        minuted = minute(case, actor.id, now)
        await record(minuted, actor, case_id, work, rules)
        if not any(one.is_open for one in follow_ups.get(case_id, ())):
            await record(close(minuted.case, actor.id, now), actor, case_id, work, rules)
