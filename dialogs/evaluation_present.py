"""Reads what a card of the yearly evaluation needs, and hands it to the template."""

from __future__ import annotations

from datetime import date

from board.evaluation import Round, opening_day
from board.ids import EvaluationId
from board.usecases._evaluation import first_meeting
from board.usecases.look_at_evaluation import look_at_evaluation
from cards.evaluation_views import EvaluationView, Typed
from cards.message import Banner, Message
from cards.templates.evaluation_card import NOTHING_TYPED, evaluation_card
from dialogs.room import Room


async def evaluation_view(room: Room, evaluation: EvaluationId | None = None) -> EvaluationView:
    """``evaluation`` None: the latest."""
    seen = await look_at_evaluation(evaluation, room.actor, room.work, room.rules)
    round_ = seen.round
    may_answer = bool(round_ and seen.asked and not seen.answered and round_.takes_answers(room.now))
    return EvaluationView(
        round_,
        room.mandate,
        room.today,
        seen.asked,
        seen.answered,
        may_answer,
        seen.may_arrange,
        seen.may_read,
        case_seen=await _case_seen(room, round_),
        opens=await next_opening(room) if round_ is None else None,
    )


async def _case_seen(room: Room, round_: Round | None) -> bool:
    case = await room.work.cases.get(round_.case) if round_ and round_.case else None
    return case is not None and case.may_be_seen_by(room.actor)


async def next_opening(room: Room) -> date | None:
    """This year's day, or next year's where that one is past."""
    plan = room.mandate.evaluation
    if plan is None:
        return None
    for year in (room.today.year, room.today.year + 1):
        day = opening_day(plan, year, await first_meeting(plan, year, room.work), room.calendar)
        if day is not None and day >= room.today:
            return day
    return None


async def card_of(
    room: Room, evaluation: EvaluationId | None = None, note: Banner | None = None, typed: Typed = NOTHING_TYPED
) -> Message:
    return evaluation_card(await evaluation_view(room, evaluation), note, typed)
