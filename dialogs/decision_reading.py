"""A decision as it was written, in the form or in words, read into what is asked for. The same reading serves both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.decision import Condition, Outcome
from board.ids import PersonId
from board.sitting_commands import RecordDecision
from board.usecases.record_decision import Recorded
from cards.i18n import _
from cards.labels import decided_name
from cards.message import Banner, Option
from cards.sitting_views import SittingLine, SittingView
from cards.templates.sheet_fields import outcome_options, room_options, standing
from cards.templates.sitting_texts import condition_line
from dialogs.conditions import read_conditions
from dialogs.pressed import chosen
from dialogs.room import Room

_MOST: Final = 64


async def command_of(
    room: Room, view: SittingView, line: SittingLine, typed: Mapping[str, str], known: int | None
) -> RecordDecision | Mapping[str, str]:
    """What is asked for; or, by field, what is wrong with how it was written. ``known``: the revision that was seen."""
    values = {**standing(view, line), **typed}
    outcome = chosen(values["outcome"], outcome_options(line)) if values["outcome"] else ""
    errors = {} if outcome in set(Outcome) else {"outcome": _("Velg hva utfallet ble.")}
    conditions, wrong = await _conditions(room, view, line, values["conditions"])
    if wrong:
        errors["conditions"] = " ".join(wrong)
    if errors:
        return errors
    there = room_options(view, line)
    return RecordDecision(
        view.meeting.id, line.item.id, Outcome(outcome), values["text"], conditions,
        _people(values["left"], there), _people(values["dissent"], there), values["statement"], known,
    )  # fmt: skip


async def _conditions(
    room: Room, view: SittingView, line: SittingLine, written: str
) -> tuple[tuple[Condition, ...], Sequence[str]]:
    """A line that stands there as it was stored is that condition, whatever its owner is called by now."""
    known = {condition_line(one, view.people): one for one in (line.decision.conditions if line.decision else ())}
    lines = [entry.strip() for entry in written.splitlines() if entry.strip()]
    if all(entry in known for entry in lines):
        return tuple(known[entry] for entry in lines), ()
    return await read_conditions(room, written, view.owners)


def _people(written: str, offered: Sequence[Option]) -> tuple[PersonId, ...]:
    """By id or name; what is neither is left for the rules to refuse."""
    names = [one.strip() for one in written.split(",") if one.strip()]
    by_name = {option.label.casefold(): option.value for option in offered}
    return tuple(PersonId(by_name.get(name.casefold(), name)[:_MOST]) for name in names)


def saved(result: Recorded) -> Banner:
    words = _("Lagret: {outcome}.", outcome=decided_name(result.decision.outcome))
    return Banner(words if result.is_new else _("Det står der alt. Ingenting var annerledes."), "good")
