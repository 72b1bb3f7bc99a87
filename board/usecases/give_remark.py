"""What those entitled say of circulated minutes: *ingen merknad*, or a remark. The latest answer of each counts."""

from __future__ import annotations

from dataclasses import dataclass

from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId, RemarkId
from board.minutes import Minutes, MinutesState, minutes_object
from board.minutes_commands import GiveRemark, NoRemark
from board.minutes_sections import Sight
from board.minutes_text import Version
from board.notices import NoticeKind
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RoundAnswer, remark_refusal
from board.usecases._minutes import Kept, answered, duty_done, handlers, in_round, kept, latest, sight_of, tell
from board.usecases._record import refuse
from board.usecases.edit_minutes import other_version


@dataclass(frozen=True, slots=True)
class Given:
    """``seen``: the version that was answered, ``now`` the one that stands; ``remark`` None for *ingen merknad*."""

    minutes: Minutes
    seen: Version
    now: Version
    remark: Remark | None = None


async def no_remark(command: NoRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Given | Refusal:
    """To the text as it is now: another one must be read first."""
    result = await _none(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def give_remark(command: GiveRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Given | Refusal:
    """Also to an older version: what was meant is still to be read, and what has changed since is told."""
    result = await _remark(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _none(command: NoRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Given | Refusal:
    found = await _open_round(command.meeting, actor, work, rules)
    if isinstance(found, Refusal):
        return found
    now = await latest(found, work)
    if refusal := other_version(command.version, now):
        return refusal
    if await _said_already(found, actor, now.version, work):
        return Given(found.minutes, now, now)
    minutes = await _answer(found, actor, now.version, work, rules, remarked=False)
    details = {"version": str(now.version)}
    await _log(Happened.MINUTES_ANSWERED, found, minutes, actor, details, work, rules)
    return Given(minutes, now, now)


async def _said_already(found: Kept, actor: Actor, version: int, work: UnitOfWork) -> bool:
    mine = [one for one in await work.minutes_book.answers(found.meeting.id) if one.person == actor.id]
    return any(one.version == version and not one.remarked for one in mine)


async def _remark(command: GiveRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Given | Refusal:
    found = await _open_round(command.meeting, actor, work, rules)
    if isinstance(found, Refusal):
        return found
    now = await latest(found, work)
    seen = now if command.version == now.version else await work.minutes_book.version(found.meeting.id, command.version)
    if seen is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    sight = await sight_of(found.meeting.id, seen.sections, actor, work)
    if refusal := _place(command, seen, sight) or remark_refusal(command.text):
        return refusal
    if known := await _same(command, actor, work):
        return Given(found.minutes, seen, now, known)
    remark = Remark(
        RemarkId(rules.ids.new()), found.meeting.id, seen.version, actor.id, command.cls, command.text.strip(),
        rules.clock.now(), command.section,
    )  # fmt: skip
    await work.minutes_book.put_remark(remark)
    minutes = await _answer(found, actor, seen.version, work, rules, remarked=True)
    details = {"remark": remark.id, "class": str(remark.cls), "version": str(seen.version)}
    await _log(Happened.REMARK_GIVEN, found, minutes, actor, details, work, rules)
    told = [person for person in await handlers(work, rules) if person != actor.id]
    await tell(NoticeKind.REMARK_GIVEN, minutes, told, work, rules, remark.id)
    return Given(minutes, seen, now, remark)


def _place(command: GiveRemark, seen: Version, sight: Sight) -> Refusal | None:
    """The section it is about must be in the text, and there for the person."""
    if not command.section:
        return None
    if not sight.shows(command.section):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    return None if seen.section(command.section) else Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("section",)})


async def _same(command: GiveRemark, actor: Actor, work: UnitOfWork) -> Remark | None:
    """Pressed twice it is one remark."""
    said = (command.text.strip(), command.section, command.cls)
    return next(
        (
            one
            for one in await work.minutes_book.remarks(command.meeting)
            if one.person == actor.id and one.is_open and (one.text, one.section, one.cls) == said
        ),
        None,
    )


async def _open_round(meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Kept | Refusal:
    found = await kept(meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    if not await in_round(found, actor, work):
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "remark"})
    if found.minutes.state is MinutesState.CIRCULATED and not found.minutes.takes_remarks(rules.clock.now()):
        return Refusal(RefusalCode.ROUND_CLOSED, {"deadline": found.minutes.remarks_due})
    return found.minutes.closed_to_remarks() or found


async def _answer(
    found: Kept, actor: Actor, version: int, work: UnitOfWork, rules: Rules, *, remarked: bool
) -> Minutes:  # fmt: skip
    now = rules.clock.now()
    await work.minutes_book.answer(RoundAnswer(found.meeting.id, actor.id, version, remarked, now))
    await duty_done(found, actor.id, work, rules)
    return await answered(found, actor.id, work, rules)


async def _log(
    what: Happened, found: Kept, minutes: Minutes, actor: Actor, details: dict[str, str], work: UnitOfWork, rules: Rules
) -> None:
    event = Event(what, found.object_id, rules.clock.now(), actor.id, minutes.rev, details=details)
    await work.history.append([event])
