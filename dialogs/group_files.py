"""Files sent while no draft is being filled in: for a case on its way to the board, which one is asked where needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from board.case import Case
from board.case_ports import CaseLine
from board.ids import CaseId
from board.ports import Talk
from board.states import WITH_OFFICE, CaseAct, CaseState
from cards.i18n import _
from cards.message import Message, Option
from cards.templates import talk_texts
from cards.templates.lists import name
from cards.templates.questions import question
from dialogs import documents_talk
from dialogs.answers import Unsure, read_choice
from dialogs.documents_talk import Found
from dialogs.room import Reply, Room, say

FORM: Final = "file"
WHICH_CASE: Final = "which_case"
MOST_CASES: Final = 6
_MOST_READ: Final = 50


async def take(room: Room, talk: Talk | None, files: Sequence[Found]) -> Reply:
    """Attaches to the only case it can belong to; asks which one where there are several."""
    files = [*_waiting(talk), *files]
    lines = await _possible(room)
    if not lines:
        return say(talk_texts.no_case_for_file(files[0].name))
    if len(lines) == 1:
        return await _attached(room, lines[0].id, files)
    kept = json.dumps([{key: getattr(one, key) for key in Found.__slots__} for one in files])
    await room.work.talks.put(Talk(room.actor.id, FORM, WHICH_CASE, {documents_talk.PENDING: kept}, None, room.now))
    return say(_which(files, lines))


async def answer(room: Room, talk: Talk, text: str) -> Reply:
    """Words as the answer to which case it was."""
    files, lines = _waiting(talk), await _possible(room)
    match read_choice(text, _options(lines)):
        case Option(value=found):
            return await _attached(room, CaseId(found), files)
        case Unsure(options=near):
            return say(question(_words(files), options=near))
        case _:
            return say(_which(files, lines))


async def _possible(room: Room) -> list[CaseLine]:
    """The person's own first; for those who handle cases, the latest changed."""
    lines = await room.work.cases.lines_for(room.actor, _MOST_READ)
    fitting = [line for line in lines if CaseState(line.state) in WITH_OFFICE]
    mine = [line for line in fitting if line.submitter == room.actor.id]
    return [*(mine or fitting)][:MOST_CASES]


async def _attached(room: Room, case_id: CaseId, files: Sequence[Found]) -> Reply:
    await room.work.talks.drop(room.actor.id)
    case: Case | None = await room.work.cases.get(case_id)
    if case is None or CaseAct.ATTACH not in case.allowed_acts(room.actor):
        return say(talk_texts.no_case_for_file(files[0].name if files else ""))
    return await documents_talk.take(room, case, None, files)


def _waiting(talk: Talk | None) -> list[Found]:
    """Those that were sent before it was said which case they are for: files come one message each."""
    if talk is None or talk.form != FORM:
        return []
    return [Found(**one) for one in json.loads(talk.answers.get(documents_talk.PENDING, "[]"))]


def _which(files: Sequence[Found], lines: Sequence[CaseLine]) -> Message:
    return question(_words(files), options=_options(lines))


def _words(files: Sequence[Found]) -> str:
    return _("Hvilken sak er «{name}» til?", name=files[0].name if files else "")


def _options(lines: Sequence[CaseLine]) -> tuple[Option, ...]:
    return tuple(Option(line.id, name(line)) for line in lines)
