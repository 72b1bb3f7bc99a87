"""The office takes an editorial remark in between the meetings. A substantive one is the meeting's (``process.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import RemarkId
from board.minutes import Minutes, not_for
from board.minutes_commands import AcceptRemark
from board.minutes_text import Source, Version, edited
from board.notices import NoticeKind
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RemarkState
from board.usecases._minutes import Kept, kept, latest, sight_of, stored, tell
from board.usecases._record import refuse
from board.usecases.edit_minutes import other_version

RULED: Final[Mapping[RemarkState, Happened]] = {
    RemarkState.ACCEPTED: Happened.REMARK_ACCEPTED,
    RemarkState.STAGED: Happened.REMARK_STAGED,
    RemarkState.REFUSED: Happened.REMARK_REFUSED,
}


@dataclass(frozen=True, slots=True)
class SeenRemark:
    found: Kept
    remark: Remark
    text: Version


@dataclass(frozen=True, slots=True)
class Ruled:
    """``before`` and ``after``: the texts; the same where the remark was not taken in."""

    minutes: Minutes
    remark: Remark
    before: Version
    after: Version


async def accept_remark(command: AcceptRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Ruled | Refusal:
    result = not_for(actor) or await _accepted(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.remark, work, rules)
    return result


async def seen_remark(remark_id: RemarkId, actor: Actor, work: UnitOfWork) -> SeenRemark | Refusal:
    """A remark, its minutes and the text now; not there for one who is inhabil in what it is about."""
    gone = Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    known = await work.minutes_book.remark(remark_id)
    found = await kept(known.meeting, actor, work) if known else gone
    if isinstance(found, Refusal):
        return gone
    remark = await work.minutes_book.remark(remark_id)  # again, under the lock
    text = await latest(found, work)
    sight = await sight_of(found.meeting.id, text.sections, actor, work)
    return SeenRemark(found, remark, text) if remark and sight.shows(remark.section) else gone


async def _accepted(command: AcceptRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Ruled | Refusal:
    seen = await seen_remark(command.remark, actor, work)
    if isinstance(seen, Refusal):
        return seen
    now = rules.clock.now()
    result = seen.found.minutes.take_in(actor, seen.remark, now)
    if isinstance(result, Refusal):
        return ruled_already(seen.remark) or result
    if refusal := await _worded_since(command, seen.text, work):
        return refusal
    sections = await _sections(command, seen, actor, work)
    if isinstance(sections, Refusal):
        return sections
    after = Version(seen.text.meeting, result.minutes.version, sections, actor.id, now, Source.REMARK)
    await stored(result, work, after)
    taken = replace(
        seen.remark.ruled(RemarkState.ACCEPTED, actor.id, now, taken_in=after.version),
        section=command.section,
        new_text=command.new_text,
    )
    await work.minutes_book.put_remark(taken)
    await tell_ruled(result.minutes, taken, actor, work, rules)
    return Ruled(result.minutes, taken, seen.text, after)


async def _worded_since(command: AcceptRemark, text: Version, work: UnitOfWork) -> Refusal | None:
    """Somebody has worded the section anew after the form was drawn: writing over that would lose it."""
    if command.version is None or command.version == text.version:
        return None
    seen = await work.minutes_book.version(text.meeting, command.version)
    before, now = (one.section(command.section) if one else None for one in (seen, text))
    return None if before and now and before.text == now.text else other_version(command.version, text)


async def _sections(
    command: AcceptRemark, seen: SeenRemark, actor: Actor, work: UnitOfWork
) -> tuple[Section, ...] | Refusal:
    """The text with the new wording; one that changes nothing is none."""
    sight = await sight_of(seen.text.meeting, seen.text.sections, actor, work)
    if not sight.shows(command.section):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    if seen.text.section(command.section) is None:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("section",)})
    sections = edited(seen.text, {command.section: command.new_text})
    if sections == seen.text.sections:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("text",)})
    return sections


def ruled_already(remark: Remark) -> Refusal | None:
    """What came of it, where somebody has ruled on it."""
    what = RULED.get(remark.state)
    return Refusal(RefusalCode.ALREADY, {"what": what, "by": remark.ruled_by, "at": remark.ruled_at}) if what else None


async def tell_ruled(minutes: Minutes, remark: Remark, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """To the one who gave it."""
    if remark.person != actor.id:
        await tell(NoticeKind.REMARK_RULED, minutes, [remark.person], work, rules, remark.id)
