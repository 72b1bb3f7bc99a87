"""One turn: what was said or pressed, by whom, and what is answered. No SQL, no channel, no commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.delivery import Scope
from board.events import Event, Happened
from board.ports import Talk
from cards.forms import CASE_QUESTIONS
from cards.i18n import _, use
from cards.message import Banner, Json
from cards.templates import system, talk_texts
from cards.templates.refusals import plain_refusal
from dialogs import (
    agenda_talk,
    anchor_acts,
    case_talk,
    documents_talk,
    draft_talk,
    evaluation_acts,
    group_files,
    group_minutes,
    meeting_talk,
    minutes_edit_acts,
    reads,
    routes,
    start_talk,
)
from dialogs.command_words import command_words
from dialogs.commands import LANGUAGE_NAMES, Command
from dialogs.documents_talk import Found, links_in
from dialogs.room import Reply, Room, say, show
from dialogs.understand import Meant, Perhaps, understand

MAX_MESSAGE: Final = 4000


def reading(meant: Meant | Perhaps | None, talk: Talk | None) -> Meant | None:
    """The command of a turn that changes nothing, or None where the turn may write."""
    if not isinstance(meant, Meant) or meant.command not in routes.READS:
        return None
    if talk and talk.question and (not meant.exact or meant.command in (Command.GREETING, Command.HELP)):
        return None
    return meant


def clock_wish(text: str) -> str | None:
    """What «tid …» asks the clock to be set to; None for any other text."""
    meant = understand(text)
    return meant.rest if isinstance(meant, Meant) and meant.command is Command.CLOCK else None


async def read(room: Room, meant: Meant, scope: Scope) -> Reply:
    """Answers a turn that changes nothing."""
    if scope != "personal" and meant.command in routes.PERSONAL:
        return say(system.in_private())
    own = scope == "personal"
    match meant.command:
        case command if searched := routes.WITH_WORDS.get(command):
            return await searched(room, meant.rest)
        case Command.AGENDA:
            return await agenda_talk.agenda(room, meant.rest, own=own)
        case Command.ANCHORING:
            return await anchor_acts.anchoring(room)
        case Command.EVALUATION:
            return await evaluation_acts.evaluation(room)
        case Command.WHERE_IS:
            answer = await reads.where_is(room, meant.rest)
        case Command.DEADLINES:
            answer = await reads.deadlines(room, own=own)
        case Command.GREETING:
            answer = system.welcome(room.mandate)
        case command if listed := routes.LISTS.get(command):
            answer = await listed(room)
        case _:
            answer = await reads.help_(room, own=own)
    return say(answer)


async def write(room: Room, text: str, files: Sequence[Found], scope: Scope) -> Reply:
    """Answers a turn in words that may change something."""
    if len(text) > MAX_MESSAGE:
        return say(system.too_long(len(text), MAX_MESSAGE))
    talk = await room.work.talks.get(room.actor.id) if scope == "personal" else None
    if files:
        return await _files(room, talk, files)
    meant = understand(text)
    open_question = bool(talk and talk.question)
    if isinstance(meant, Meant) and (meant.exact or not open_question):
        return await _command(room, talk, meant, scope)
    if talk and open_question:
        return await _answer(room, talk, text)
    if scope == "personal" and (links := links_in(text)):
        return await _files(room, talk, links)
    if isinstance(meant, Perhaps):
        return say(system.perhaps([command_words(c) for c in meant.commands]))
    return say(system.not_understood())


async def again(room: Room) -> Reply:
    """A message that was taken in before came once more: its answer may have been lost with the process that owed it.

    Nothing is done twice; the question that stands open is asked again.
    """
    talk = await room.work.talks.get(room.actor.id)
    if talk is None or not talk.question:
        return Reply()
    if asking := routes.ASKING.get(talk.form):
        return say(await asking(room, talk))
    if talk.form == start_talk.FORM:
        return say(start_talk.ask(talk.question, room.mandate, talk.answers))
    case = await draft_talk.draft(room, talk)
    asks = talk.question in CASE_QUESTIONS or talk.question in (case_talk.DOCUMENTS, case_talk.REVIEW)
    return say(await case_talk.ask(room, case, talk.question)) if case and asks else Reply()


async def pressed_again(room: Room, verb: str, data: Mapping[str, Json]) -> Reply:
    """A press that was taken in before: what it was about, as it is now."""
    if verb in routes.AGAIN:
        return await press(room, verb, data)
    if shows := routes.SHOWS.get(verb) or routes.SHOWS.get(verb.partition(".")[0]):
        return await press(room, shows, {"id": data.get("id")})
    talk = await room.work.talks.get(room.actor.id)
    if known := data.get("id") or (talk.case if talk else None):
        return await press(room, "case.edit", {"id": known})
    return show(await start_talk.begin(room, talk.answers if talk else {}))


async def press(room: Room, verb: str, data: Mapping[str, Json]) -> Reply:
    """Answers a press on a button."""
    handler = next((found for handlers in routes.PRESSED if (found := handlers.get(verb))), None)
    if handler is None:
        return show(plain_refusal(Banner(_("Den knappen kjenner jeg ikke lenger. Skriv «hjelp»."), "warning")))
    return await handler(room, data)


async def _command(room: Room, talk: Talk | None, meant: Meant, scope: Scope) -> Reply:
    if meant.command is Command.HELP and talk and talk.question:
        return await _help_inside(room, talk)
    if meant.command in routes.READS:
        return await read(room, meant, scope)
    if meant.command is Command.CHANNEL:
        return await meeting_talk.channel(room, meant.rest, scope)
    if scope != "personal" and meant.command is not Command.LANGUAGE:
        return say(system.in_private())
    if arrange := routes.ARRANGING.get(meant.command):
        return await arrange(room, meant.rest)
    if meant.command is Command.LANGUAGE:
        return await _language(room, meant.rest)
    act = draft_talk.TALKING.get(meant.command)
    return await act(room, talk) if act else say(system.not_understood())


async def _language(room: Room, name: str) -> Reply:
    language = LANGUAGE_NAMES.get(name.lower())
    if language is None:
        return say(system.language_question())
    await room.work.people.set_language(room.actor.id, language)
    details = {"language": language}
    event = Event(Happened.LANGUAGE_CHOSEN, room.actor.id, room.now, room.actor.id, details=details)
    await room.work.history.append([event])
    with use(language):  # type: ignore[arg-type]  # the table above holds languages only
        return say(system.language_changed())


async def _help_inside(room: Room, talk: Talk) -> Reply:
    if asking := routes.ASKING.get(talk.form):
        return say(await asking(room, talk))
    if talk.form == start_talk.FORM:
        return say(system.question_help(start_talk.ask_words(talk.question, room.mandate), ""))
    case = await draft_talk.draft(room, talk)
    known = CASE_QUESTIONS.get(talk.question)
    if case is None or known is None:
        return say(system.question_help(_("Legg ved dokumentene, eller send inn saken"), ""))
    return say(system.question_help(_(known.ask), _(known.help) if known.help else ""))


async def _answer(room: Room, talk: Talk, text: str) -> Reply:
    if talk.form == start_talk.FORM:
        return await start_talk.answer(room, talk, text)
    if answers := routes.ANSWERS.get(talk.form):
        return await answers(room, talk, text)
    if talk.form in routes.OF_FILES:
        return await routes.OF_FILES[talk.form](room, talk, text)
    case = await draft_talk.draft(room, talk)
    if case is None or case.id != talk.case:  # an answer belongs to the case it was asked for, never to another draft
        await room.work.talks.drop(room.actor.id)
        return say(talk_texts.nothing_to_resume())
    if links := links_in(text):
        return await documents_talk.take(room, case, talk, links)
    if talk.question == documents_talk.WHICH:
        return await documents_talk.answer_which(room, talk, case, text)
    return await case_talk.answer(room, talk, case, text)


async def _files(room: Room, talk: Talk | None, files: Sequence[Found]) -> Reply:
    if talk and talk.form == group_minutes.FORM:
        return await group_minutes.take(room, talk, files)
    if drafts := await minutes_edit_acts.take_files(room, files):
        return drafts
    case = await draft_talk.draft(room, talk)
    if case is None:
        return await group_files.take(room, talk, files)
    return await documents_talk.take(room, case, talk, files)
