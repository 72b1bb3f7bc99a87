"""Presses and words about the yearly evaluation. What was answered goes to the rules and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from board.after_commands import AnswerEvaluation, CloseEvaluation
from board.errors import Refusal, RefusalCode
from board.evaluation import Round
from board.ids import EvaluationId
from board.mandate import Mandate
from board.usecases.answer_evaluation import answer_evaluation
from board.usecases.close_evaluation import close_evaluation
from board.usecases.open_evaluation import open_evaluation
from cards import actions
from cards.evaluation_views import Typed
from cards.i18n import Language, _, use
from cards.message import Banner
from cards.templates.evaluation_card import chart_message
from cards.templates.evaluation_case import evaluation_case
from cards.templates.evaluation_texts import evaluation_refusal
from cards.templates.refusals import plain_refusal
from dialogs.evaluation_present import card_of, evaluation_view
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, say, show

MAX_ID: Final = 40
INPUTS: Final = ("q1", "q2", "q3", "q4", "q5")


def worder(mandate: Mandate) -> Callable[[Round], Mapping[str, str]]:
    """Words the case that is made of a result, in the language of the board's papers."""

    def words(round_: Round) -> Mapping[str, str]:
        language: Language = mandate.language  # type: ignore[assignment]  # checked when the mandate file was read
        with use(language):
            return evaluation_case(round_, mandate)

    return words


async def evaluation(room: Room) -> Reply:
    """«evaluering»: the question, how far it has come, or the latest result with its picture."""
    view = await evaluation_view(room)
    picture = chart_message(view)
    card = await card_of(room)
    return say(card, picture) if picture else say(card)


def _round_id(data: Data) -> EvaluationId:
    return EvaluationId(text(data, "id")[:MAX_ID])


async def _show(room: Room, data: Data) -> Reply:
    return show(await card_of(room, _round_id(data) or None))


async def _answer(room: Room, data: Data) -> Reply:
    typed = {name: value for name in INPUTS if (value := text(data, name))}
    comment = text(data, "comment")
    marks = {name: int(value) for name, value in typed.items() if value.isdecimal() and len(value) == 1}
    command = AnswerEvaluation(_round_id(data), marks, comment)
    result = await answer_evaluation(command, room.actor, room.work, room.rules)
    if isinstance(result, Round):
        return show(await card_of(room, result.id, Banner(_("Takk. Svaret er tatt imot."), "good")))
    note = evaluation_refusal(result, room.mandate)
    if result.code is RefusalCode.NOT_FOUND:
        return show(plain_refusal(note))
    errors = _errors(result)
    return show(await card_of(room, command.evaluation, note, Typed({**typed, "comment": comment}, errors)))


def _errors(refusal: Refusal) -> dict[str, str]:
    fields = refusal.params.get("fields", ())
    if refusal.code is RefusalCode.TOO_LONG and isinstance(fields, Mapping):
        return {str(name): _("Høyst {n} tegn.", n=limit) for name, limit in fields.items()}
    return {str(name): _("Velg et svar.") for name in fields} if isinstance(fields, tuple) else {}


async def _open(room: Room, _data: Data) -> Reply:
    result = await open_evaluation(room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await card_of(room, None, evaluation_refusal(result, room.mandate)))
    note = Banner(_("Evalueringen er åpnet. {n} er spurt.", n=result.asked), "good")
    if result.asked < result.fewest:
        words = _(
            "Bare {n} er spurt, og {fewest} må svare for at det skal bli et resultat.",
            n=result.asked,
            fewest=result.fewest,
        )
        note = Banner(words, "warning")
    return show(await card_of(room, result.id, note))


async def _close(room: Room, data: Data) -> Reply:
    about = _round_id(data)
    if text(data, "sure") != "true" and data.get("sure") is not True and room.actor.is_handler:
        return show(await card_of(room, about, Banner(_("Kryss av for at den skal lukkes. Ingenting er endret."))))
    command = CloseEvaluation(about)
    result = await close_evaluation(command, room.actor, worder(room.mandate), room.work, room.rules)
    if isinstance(result, Refusal):
        note = evaluation_refusal(result, room.mandate)
        lost = result.code is RefusalCode.NOT_FOUND
        return show(plain_refusal(note) if lost else await card_of(room, about, note))
    return show(await card_of(room, about, Banner(_("Evalueringen er lukket."), "good")), redrawn=True)


async def _chart(room: Room, data: Data) -> Reply:
    view = await evaluation_view(room, _round_id(data) or None)
    picture = chart_message(view)
    card = await card_of(room, _round_id(data) or None)
    return Reply((picture,) if picture else (), card)


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.EVALUATION_SHOW: _show,
    actions.EVALUATION_ANSWER: _answer,
    actions.EVALUATION_OPEN: _open,
    actions.EVALUATION_CLOSE: _close,
    actions.EVALUATION_CHART: _chart,
}
