"""What goes out about the yearly evaluation, and its copies, drawn for one reader as things are now."""

from __future__ import annotations

from board.ids import EvaluationId
from board.notices import NoticeKind
from cards.message import Message
from cards.templates.evaluation_card import chart_message, evaluation_card
from dialogs.evaluation_present import evaluation_view
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where it is no longer so: answered meanwhile, closed, or not for this reader."""
    view = await evaluation_view(room, EvaluationId(wanted.object_id))
    if view.round is None:
        return None
    match NoticeKind(wanted.kind):
        case NoticeKind.EVALUATION_ASKED:
            return evaluation_card(view) if view.may_answer else None
        case NoticeKind.EVALUATION_CHART:
            return chart_message(view)
        case _:
            return evaluation_card(view) if view.may_read and not view.round.is_open else None


async def now(room: Room, wanted: Wanted) -> Message | None:
    """A copy as things are now; what was typed in it is not known here."""
    view = await evaluation_view(room, EvaluationId(wanted.object_id))
    if view.round is None:
        return None
    if wanted.kind == NoticeKind.EVALUATION_CHART:
        return chart_message(view)
    return evaluation_card(view)
