"""After approval: a correction is a new version that points back, with a reason; it is locked anew (mandatet § 7).

The file of the version before stays. Everybody who got it is told, once the new file is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from board.case_content import MAX_TEXT
from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.minutes import Minutes, minutes_object, not_for
from board.minutes_commands import CorrectMinutes
from board.minutes_sections import is_decision
from board.minutes_text import Source, Version, edited
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import kept, latest, sight_of, stored
from board.usecases._record import refuse
from board.usecases.edit_minutes import other_version


@dataclass(frozen=True, slots=True)
class Corrected:
    minutes: Minutes
    before: Version
    after: Version


async def correct_minutes(command: CorrectMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Corrected | Refusal:
    result = not_for(actor) or await _corrected(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _corrected(command: CorrectMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Corrected | Refusal:
    found = await kept(command.meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    now, minutes = rules.clock.now(), found.minutes
    result = minutes.correct(actor, command.reason, now)
    if isinstance(result, Refusal):
        return result
    if len(command.reason) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"reason": MAX_TEXT}})
    before = await latest(found, work)
    if command.version is not None and (refusal := other_version(command.version, before)):
        return refusal
    sight = await sight_of(command.meeting, before.sections, actor, work)
    if sight.hides(command.texts):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    sections = _with(command.texts, before)
    if isinstance(sections, Refusal):
        return sections
    reason = command.reason.strip()
    after = Version(
        command.meeting, result.minutes.version, sections, actor.id, now, Source.CORRECTION, reason, before.version
    )
    await stored(result, work, after)
    return Corrected(result.minutes, before, after)


def _with(texts: Mapping[str, str], version: Version) -> tuple[Section, ...] | Refusal:
    """Also facts may have been wrong. What was decided is corrected by the board alone, with a new decision."""
    opened = version
    for section in version.sections:
        if section.id in texts and not is_decision(section.id):
            opened = opened.opened(section.id)
    checked = edited(opened, texts)
    if isinstance(checked, Refusal):
        return checked
    new = {section: text.strip("\n") for section, text in texts.items()}
    sections = tuple(replace(one, text=new.get(one.id, one.text)) for one in version.sections)
    return sections if sections != version.sections else Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("text",)})
