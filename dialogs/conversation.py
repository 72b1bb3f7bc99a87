"""One turn: what was said or pressed, by whom, and what is answered. No SQL, no channel, no commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from board.case import Case
from board.delivery import Scope
from board.events import Event, Happened
from board.ids import CaseId
from board.people import Role
from board.ports import Talk
from board.states import EDITABLE, CaseAct
from cards import actions
from cards.forms import CASE_QUESTIONS
from cards.i18n import _, use
from cards.message import Banner, Json, Message
from cards.templates import system, talk_texts
from cards.templates.lists import drafts_waiting
from cards.templates.refusals import plain_refusal
from dialogs import (
    agenda_acts,
    agenda_talk,
    case_acts,
    case_talk,
    conflict_acts,
    documents_talk,
    group_acts,
    group_files,
    group_minutes,
    late_talk,
    meeting_acts,
    meeting_talk,
    pack_acts,
    pack_talk,
    reads,
    start_talk,
    task_acts,
    tasks,
    year,
)
from dialogs.commands import LANGUAGE_NAMES, Command
from dialogs.documents_talk import Found, links_in
from dialogs.room import Reply, Room, say, show
from dialogs.understand import Meant, Perhaps, understand

READS: Final = frozenset(
    {
        *(Command.HELP, Command.MY_CASES, Command.WHERE_IS, Command.DEADLINES, Command.GREETING),
        *(Command.TASKS, Command.YEAR_WHEEL, Command.AGENDA),
    }
)
PERSONAL: Final = frozenset(
    {
        *(Command.SUBMIT_CASE, Command.MY_CASES, Command.WHERE_IS, Command.RESUME, Command.NEW, Command.TASKS),
        *(Command.NEW_MEETING, Command.MOVE_MEETING, Command.CANCEL_MEETING, Command.CALENDAR),
        *(Command.BUILD_AGENDA, Command.PACK, Command.SEND_PACK, Command.LATE),
    }
)
"""Answers that only the one who asked should see: not given in a channel."""
MAX_MESSAGE: Final = 4000


def reading(meant: Meant | Perhaps | None, talk: Talk | None) -> Meant | None:
    """The command of a turn that changes nothing, or None where the turn may write."""
    if not isinstance(meant, Meant) or meant.command not in READS:
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
    if scope != "personal" and meant.command in PERSONAL:
        return say(system.in_private())
    own = scope == "personal"
    match meant.command:
        case Command.YEAR_WHEEL:
            return await year.year_wheel(room, meant.rest)
        case Command.AGENDA:
            return await agenda_talk.agenda(room, meant.rest, own=own)
        case Command.WHERE_IS:
            return say(await reads.where_is(room, meant.rest))
        case Command.DEADLINES:
            return say(await reads.deadlines(room, own=own))
        case Command.GREETING:
            return say(system.welcome(room.mandate))
        case command if answer := _LISTS.get(command):
            return say(await answer(room))
        case _:
            return say(await reads.help_(room, own=own))


_PRESSED: Final[Sequence[Mapping[str, Callable[[Room, Mapping[str, Json]], Awaitable[Reply]]]]] = (
    case_acts.HANDLERS,
    meeting_acts.HANDLERS,
    task_acts.HANDLERS,
    group_acts.HANDLERS,
    agenda_acts.HANDLERS,
    pack_acts.HANDLERS,
    conflict_acts.HANDLERS,
)

_LISTS: Final[Mapping[Command, Callable[[Room], Awaitable[Message]]]] = {
    Command.MY_CASES: reads.my_cases,
    Command.TASKS: tasks.tasks,
}
"""What is one's own, as a list."""


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
    if talk.form == start_talk.FORM:
        return say(start_talk.ask(talk.question, room.mandate, talk.answers))
    case = await _draft(room, talk)
    asks = talk.question in CASE_QUESTIONS or talk.question in (case_talk.DOCUMENTS, case_talk.REVIEW)
    return say(await case_talk.ask(room, case, talk.question)) if case and asks else Reply()


async def pressed_again(room: Room, verb: str, data: Mapping[str, Json]) -> Reply:
    """A press that was taken in before: what it was about, as it is now."""
    if shows := _SHOWS.get(verb) or _SHOWS.get(verb.partition(".")[0]):
        return await press(room, shows, {"id": data.get("id")})
    talk = await room.work.talks.get(room.actor.id)
    if known := data.get("id") or (talk.case if talk else None):
        return await press(room, "case.edit", {"id": known})
    return show(await start_talk.begin(room, talk.answers if talk else {}))


_SHOWS: Final = {
    "meeting": actions.MEETING_OPEN,
    "agenda": actions.AGENDA_OPEN,
    "pack": actions.PACK_OPEN,
    **dict.fromkeys((actions.WG_MINUTES, actions.MINUTES_FILE), actions.MEETING_OPEN),
    **dict.fromkeys((actions.PACK_GRANT, actions.PACK_REFUSE), actions.TASK_LIST),
    **dict.fromkeys(("task", "notice", "conflict"), actions.TASK_LIST),
}
"""What shows the object of a verb, or of all verbs that begin so, as it is now; the others are about a case."""


async def press(room: Room, verb: str, data: Mapping[str, Json]) -> Reply:
    """Answers a press on a button."""
    handler = next((found for handlers in _PRESSED if (found := handlers.get(verb))), None)
    if handler is None:
        return show(plain_refusal(Banner(_("Den knappen kjenner jeg ikke lenger. Skriv «hjelp»."), "warning")))
    return await handler(room, data)


def command_words(command: Command) -> tuple[str, str]:
    """(what the button says, what it writes), in the reader's language."""
    words = {
        Command.HELP: (_("Hjelp"), _("hjelp")),
        Command.SUBMIT_CASE: (_("Meld sak"), _("meld sak")),
        Command.MY_CASES: (_("Mine saker"), _("mine saker")),
        Command.WHERE_IS: (_("Hvor er saken …"), _("hvor er saken")),
        Command.DEADLINES: (_("Frister"), _("frister")),
        Command.TASKS: (_("Oppgaver"), _("oppgaver")),
        Command.YEAR_WHEEL: (_("Årshjul"), _("årshjul")),
        Command.NEW_MEETING: (_("Nytt møte …"), _("nytt møte")),
        Command.MOVE_MEETING: (_("Flytt møte …"), _("flytt møte")),
        Command.CANCEL_MEETING: (_("Avlys møte …"), _("avlys møte")),
        Command.AGENDA: (_("Saksliste"), _("saksliste")),
        Command.BUILD_AGENDA: (_("Lag saksliste"), _("lag saksliste")),
        Command.PACK: (_("Sakspapirer"), _("sakspapirer")),
        Command.SEND_PACK: (_("Send sakspapirene"), _("send pakke")),
        Command.LATE: (_("Ettersending"), _("ettersending")),
        Command.CHANNEL: (_("Kanal"), _("kanal")),
        Command.CALENDAR: (_("Kalender"), _("kalender")),
        Command.LANGUAGE: (_("Språk"), _("språk")),
        Command.CANCEL: (_("Avbryt"), _("avbryt")),
        Command.BACK: (_("Tilbake"), _("tilbake")),
        Command.SEND: (_("Send inn"), _("send inn")),
        Command.RESUME: (_("Fortsett"), _("fortsett")),
        Command.NEW: (_("Start ny sak"), _("start ny")),
    }
    return words.get(command, (_("Hjelp"), _("hjelp")))


async def _command(room: Room, talk: Talk | None, meant: Meant, scope: Scope) -> Reply:
    if meant.command is Command.HELP and talk and talk.question:
        return await _help_inside(room, talk)
    if meant.command in READS:
        return await read(room, meant, scope)
    if meant.command is Command.CHANNEL:
        return await meeting_talk.channel(room, meant.rest, scope)
    if scope != "personal" and meant.command is not Command.LANGUAGE:
        return say(system.in_private())
    if arrange := _ARRANGING.get(meant.command):
        return await arrange(room, meant.rest)
    if meant.command is Command.LANGUAGE:
        return await _language(room, meant.rest)
    act = _TALKING.get(meant.command)
    return await act(room, talk) if act else say(system.not_understood())


async def _meld_sak(room: Room, talk: Talk | None) -> Reply:
    """A new case; what was begun before is offered first."""
    if talk and talk.form == start_talk.FORM and talk.answers and talk.case is None:
        note = Banner(_("Du begynte på en sak. Svarene dine står her fremdeles."))
        return say(await start_talk.begin(room, talk.answers, note=note))
    if drafts := await room.work.cases.drafts_of(room.actor.id, 3):
        return say(drafts_waiting(drafts))
    return say(await start_talk.begin(room, {}))


async def _resume(room: Room, talk: Talk | None) -> Reply:
    if talk and talk.form == start_talk.FORM:
        return say(await start_talk.begin(room, talk.answers, talk.case or ""))
    case = await _draft(room, talk)
    if case is None:
        return say(talk_texts.nothing_to_resume())
    if talk and talk.question == case_talk.REVIEW and talk.case == case.id:
        asked = case_talk.next_question(case, room.mandate)
        await case_talk.keep(room, case, asked)
        return say(await case_talk.ask(room, case, asked))
    return await case_talk.resume(room, case)


async def _draft(room: Room, talk: Talk | None) -> Case | None:
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
    case = await _draft(room, talk)
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
    case = await _draft(room, talk)
    return await case_talk.submit(room, case) if case else say(talk_texts.nothing_to_resume())


async def _new(room: Room, _talk: Talk | None) -> Reply:
    return say(await start_talk.begin(room, {}))


_ARRANGING: Final[Mapping[Command, Callable[[Room, str], Awaitable[Reply]]]] = {
    Command.NEW_MEETING: meeting_talk.new_meeting,
    Command.MOVE_MEETING: meeting_talk.move_meeting,
    Command.CANCEL_MEETING: meeting_talk.cancel_meeting,
    Command.CALENDAR: meeting_talk.calendar,
    Command.BUILD_AGENDA: agenda_talk.build,
    Command.PACK: pack_talk.pack,
    Command.SEND_PACK: pack_talk.send,
    Command.LATE: late_talk.late,
}
"""The commands whose words say what is wanted."""

_TALKING: Final[Mapping[Command, Callable[[Room, Talk | None], Awaitable[Reply]]]] = {
    Command.SUBMIT_CASE: _meld_sak,
    Command.NEW: _new,
    Command.RESUME: _resume,
    Command.CANCEL: _cancel,
    Command.BACK: _back,
    Command.SEND: _send,
}
"""The commands that go by where the conversation stands."""


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
    if talk.form == start_talk.FORM:
        return say(system.question_help(start_talk.ask_words(talk.question, room.mandate), ""))
    case = await _draft(room, talk)
    known = CASE_QUESTIONS.get(talk.question)
    if case is None or known is None:
        return say(system.question_help(_("Legg ved dokumentene, eller send inn saken"), ""))
    return say(system.question_help(_(known.ask), _(known.help) if known.help else ""))


async def _answer(room: Room, talk: Talk, text: str) -> Reply:
    if talk.form == start_talk.FORM:
        return await start_talk.answer(room, talk, text)
    if talk.form in _OF_FILES:
        return await _OF_FILES[talk.form](room, talk, text)
    case = await _draft(room, talk)
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
    case = await _draft(room, talk)
    if case is None:
        return await group_files.take(room, talk, files)
    return await documents_talk.take(room, case, talk, files)


_OF_FILES: Final[Mapping[str, Callable[[Room, Talk, str], Awaitable[Reply]]]] = {
    group_minutes.FORM: group_minutes.answer,
    group_files.FORM: group_files.answer,
}
"""Where a file, or what it belongs to, is waited for."""
