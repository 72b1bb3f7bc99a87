"""The commands that go by where the conversation stands: begin, go on, stop, back, send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.case import Case
from board.ids import CaseId
from board.people import Role
from board.ports import Talk
from board.states import EDITABLE, CaseAct
from cards.i18n import _
from cards.message import Banner
from cards.templates import talk_texts
from cards.templates.lists import drafts_waiting
from dialogs import case_acts, case_talk, decision_talk, documents_talk, start_talk
from dialogs.commands import Command
from dialogs.room import Reply, Room, say


async def _meld_sak(room: Room, talk: Talk | None) -> Reply:
    """A new case; what was begun before is offered first."""
    if talk and talk.form == start_talk.FORM and talk.answers and talk.case is None:
        note = Banner(_("Du begynte på en sak. Svarene dine står her fremdeles."))
        return say(await start_talk.begin(room, talk.answers, note=note))
    if drafts := await room.work.cases.drafts_of(room.actor.id, 3):
        return say(drafts_waiting(drafts))
    return say(await start_talk.begin(room, {}))


async def _new(room: Room, _talk: Talk | None) -> Reply:
    return say(await start_talk.begin(room, {}))


async def _resume(room: Room, talk: Talk | None) -> Reply:
    if talk and talk.form == start_talk.FORM:
        return say(await start_talk.begin(room, talk.answers, talk.case or ""))
    case = await draft(room, talk)
    if case is None:
        return say(talk_texts.nothing_to_resume())
    if talk and talk.question == case_talk.REVIEW and talk.case == case.id:
        asked = case_talk.next_question(case, room.mandate)
        await case_talk.keep(room, case, asked)
        return say(await case_talk.ask(room, case, asked))
    return await case_talk.resume(room, case)


async def _cancel(room: Room, talk: Talk | None) -> Reply:
    if talk is None or not talk.question:
        return say(talk_texts.nothing_to_stop())
    if talk.form == start_talk.FORM:
        await room.work.talks.put(start_talk.paused(talk))
    else:
        await room.work.talks.drop(room.actor.id)
    return say(talk_texts.stopped())


async def _back(room: Room, talk: Talk | None) -> Reply:
    if talk is None or not talk.question:
        return say(talk_texts.nothing_to_stop())
    if talk.form == start_talk.FORM:
        return await start_talk.back(room, talk)
    if talk.form == decision_talk.FORM:
        return await decision_talk.back(room, talk)
    case = await draft(room, talk)
    if case is None:
        return say(talk_texts.nothing_to_resume())
    earlier = await case_talk.back(room, talk, case)
    if earlier is not None:
        return earlier
    card = await case_acts.HANDLERS["case.edit"](room, {"id": case.id, "rev": case.rev, "page": 1})
    return say(card.card) if card.card else card


async def _send(room: Room, talk: Talk | None) -> Reply:
    if talk and talk.form == start_talk.FORM and talk.question:
        return say(start_talk.ask(talk.question, room.mandate, talk.answers))
    case = await draft(room, talk)
    return await case_talk.submit(room, case) if case else say(talk_texts.nothing_to_resume())


async def draft(room: Room, talk: Talk | None) -> Case | None:
    """The draft that is talked of, or the one changed last."""
    if talk and talk.case:
        case = await room.work.cases.get(talk.case)
        if case and (_fills_in(room, case) or _tells_of_file(room, talk, case)):
            return case
    drafts = await room.work.cases.drafts_of(room.actor.id, 1)
    return await room.work.cases.get(CaseId(drafts[0].id)) if drafts else None


def _fills_in(room: Room, case: Case) -> bool:
    return case.state in EDITABLE and Role.SUBMITTER in case.roles_of(room.actor)


def _tells_of_file(room: Room, talk: Talk, case: Case) -> bool:
    """Which document a file is, that was sent to a case on its way to the board."""
    return talk.question == documents_talk.WHICH and CaseAct.ATTACH in case.allowed_acts(room.actor)


TALKING: Final[Mapping[Command, Callable[[Room, Talk | None], Awaitable[Reply]]]] = {
    Command.SUBMIT_CASE: _meld_sak,
    Command.NEW: _new,
    Command.RESUME: _resume,
    Command.CANCEL: _cancel,
    Command.BACK: _back,
    Command.SEND: _send,
}
"""The commands that go by where the conversation stands."""
