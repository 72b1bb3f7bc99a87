"""The office words the draft anew: one section in chat, or all that was changed in a Word file; a version each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.errors import Refusal, RefusalCode
from board.minutes import Minutes, minutes_object, not_for
from board.minutes_commands import EditMinutes
from board.minutes_text import Version, edited
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import Kept, kept, latest, sight_of, stored
from board.usecases._record import refuse


@dataclass(frozen=True, slots=True)
class Edited:
    """``before`` is the version that was edited; ``after`` the new one, the same where nothing was changed."""

    minutes: Minutes
    before: Version
    after: Version


async def edit_minutes(command: EditMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Edited | Refusal:
    result = not_for(actor) or await _edited(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _edited(command: EditMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Edited | Refusal:
    found = await kept(command.meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    now = rules.clock.now()
    result = found.minutes.edit(actor, now)
    if isinstance(result, Refusal):
        return result
    before = await latest(found, work)
    refusal = await _unseen(command.texts, found, before, actor, work) or other_version(command.version, before)
    sections = refusal or edited(before, command.texts)
    if isinstance(sections, Refusal):
        return sections
    if sections == before.sections:
        return Edited(found.minutes, before, before)
    after = Version(command.meeting, result.minutes.version, sections, actor.id, now, command.source)
    await stored(result, work, after)
    return Edited(result.minutes, before, after)


async def _unseen(
    texts: Mapping[str, str], found: Kept, version: Version, actor: Actor, work: UnitOfWork
) -> Refusal | None:
    """What is about a case that the person is inhabil in is not there for him or her."""
    sight = await sight_of(found.meeting.id, version.sections, actor, work)
    return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"}) if sight.hides(texts) else None


def other_version(seen: int, now: Version) -> Refusal | None:
    """The text has changed since the person saw it; what was typed is not lost, it is for the caller to show."""
    if seen == now.version:
        return None
    return Refusal(RefusalCode.OTHER_VERSION, {"version": now.version, "by": now.by, "at": now.at})
