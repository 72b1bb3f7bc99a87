"""Recording what was decided in words, one question at a time; place and answers are kept, as in the intake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.agenda import ItemKind
from board.decision import NEEDS_TEXT, Outcome
from board.errors import Refusal
from board.ids import ItemId, MeetingId
from board.ports import Talk
from board.usecases.record_decision import record_decision
from cards.formats import join_words
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Message, Option
from cards.sitting_views import SittingLine, SittingView
from cards.templates import decision_questions as texts
from cards.templates.decision_errors import decision_errors
from cards.templates.questions import question
from cards.templates.refusals import plain_refusal
from cards.templates.sheet_card import NOTHING_TYPED, sheet_card
from cards.templates.sheet_fields import outcome_options, room_options, standing
from cards.templates.sitting_card import sitting_card
from dialogs.answers import Unsure, is_done, is_skip, read_choice, read_yes_no, squeeze
from dialogs.conditions import read_conditions
from dialogs.decision_reading import command_of, saved
from dialogs.room import Reply, Room, say
from dialogs.sitting_present import look, note_of, sheet_of

FORM: Final = "decision"
MEETING, ITEM, REV = "meeting", "item", "rev"
SAVE: Final = "save"
_NONE: Final = frozenset({"ingen", "ingen av dem", "nei", "nei takk", "enstemmig", "einstemmig", "none", "no", "nobody",
                          "unanimous", "ingen protokolltilførsel"})  # fmt: skip
_LISTS: Final = ("left", "dissent")


# -- where it stands ---------------------------------------------------------------------------------------------------


async def asked(
    room: Room, meeting: MeetingId, note: Banner | None = None, *, in_words: bool = False
) -> Message:  # fmt: skip
    """The run-sheet at the item being treated, with the first question in words below it.

    ``in_words``: it was asked for in words, so that the answer is expected in words too, whatever else stood open.
    """
    view = await look(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(await note_of(room, view))
    line = view.current
    if line is None or not view.runs:
        return sitting_card(view, note)
    talk = await room.work.talks.get(room.actor.id)
    others = talk is not None and talk.form != FORM and bool(talk.question)
    if not view.by_hand(line) or line.is_decided or (others and not in_words):
        if talk and talk.form == FORM:
            await room.work.talks.drop(room.actor.id)
        return sheet_card(view, line, note, NOTHING_TYPED)
    await _keep(room, _begun(view, line), "outcome")
    return sheet_card(view, line, note, NOTHING_TYPED, texts.ask_words("outcome", line))


def _begun(view: SittingView, line: SittingLine) -> dict[str, str]:
    rev = line.decision.rev if line.decision else 0
    return {MEETING: view.meeting.id, ITEM: line.item.id, REV: str(rev)}


async def _keep(room: Room, answers: Mapping[str, str], question_: str) -> None:
    await room.work.talks.put(Talk(room.actor.id, FORM, question_, dict(answers), None, room.now))


async def drop(room: Room, meeting: MeetingId) -> None:
    """What was asked in words is answered otherwise."""
    talk = await room.work.talks.get(room.actor.id)
    if talk and talk.form == FORM and talk.answers.get(MEETING) == meeting:
        await room.work.talks.drop(room.actor.id)


def order(line: SittingLine, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions of this item: the text where it is another than the proposal's, conditions where there are some."""
    outcome = Outcome(answers["outcome"]) if answers.get("outcome") else None
    found = ["outcome"]
    if outcome and (line.item.kind is ItemKind.OTHER or outcome in NEEDS_TEXT - {Outcome.ADOPTED}):
        found.append("text")
    if outcome is Outcome.ADOPTED_WITH_CONDITIONS:
        found.append("conditions")
    return (*found, "left", "dissent", "statement", SAVE)


# -- a turn ------------------------------------------------------------------------------------------------------------


async def answer(room: Room, talk: Talk, text: str) -> Reply:
    """Words as the answer to the question that stands open."""
    found = await _found(room, talk)
    if isinstance(found, Message):
        await room.work.talks.drop(room.actor.id)
        return say(found)
    view, line = found
    answers = dict(talk.answers)
    if talk.question == SAVE:
        return await _answer_save(room, view, line, answers, text)
    read = await _read(room, view, line, talk.question, text)
    if isinstance(read, Message | Banner):
        return say(read if isinstance(read, Message) else _ask(view, line, answers, talk.question, read))
    if read is not None:
        answers[talk.question] = read
    return await _go_on(room, view, line, answers, SAVE if _is_enough(talk.question, text) else talk.question)


async def ask_again(room: Room, talk: Talk, note: Banner | None = None) -> Message:
    """The question that stands open, once more."""
    found = await _found(room, talk)
    if isinstance(found, Message):
        return found
    view, line = found
    return _ask(view, line, talk.answers, talk.question, note)


async def back(room: Room, talk: Talk) -> Reply:
    """The question before this one, whose answer can be given anew."""
    found = await _found(room, talk)
    if isinstance(found, Message):
        return say(found)
    view, line = found
    row = order(line, talk.answers)
    here = row.index(talk.question) if talk.question in row else 0
    before = row[max(0, here - 1)]
    await _keep(room, talk.answers, before)
    return say(_ask(view, line, talk.answers, before))


async def _found(room: Room, talk: Talk) -> tuple[SittingView, SittingLine] | Message:
    """What is talked of; the card that says why not, where it cannot be recorded any more."""
    meeting, item = MeetingId(talk.answers.get(MEETING, "")), ItemId(talk.answers.get(ITEM, ""))
    view = await look(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(await note_of(room, view))
    line = view.line(item)
    if line is None or not view.runs or not view.by_hand(line):
        return sitting_card(view)
    return view, line


def _is_enough(question_: str, text: str) -> bool:
    """«Ferdig»: nothing more to say than what was asked for."""
    return (
        question_ in ("left", "dissent", "statement") and is_done(text) and not is_skip(text) and not _says_none(text)
    )


def _says_none(text: str) -> bool:
    return squeeze(text) in _NONE


async def _go_on(room: Room, view: SittingView, line: SittingLine, answers: dict[str, str], after: str) -> Reply:
    row = order(line, answers)
    following = SAVE if after == SAVE else row[row.index(after) + 1]
    await _keep(room, answers, following)
    return say(_ask(view, line, answers, following))


def _ask(
    view: SittingView, line: SittingLine, answers: Mapping[str, str], name: str, note: Banner | None = None
) -> Message:  # fmt: skip
    values = {**standing(view, line), **answers}
    if name == SAVE:
        names = {one: join_words(_names(view, values[one])) for one in _LISTS}
        return texts.review(line, _to_save(values), names, note)
    row = order(line, answers)
    position = (row.index(name) + 1, len(row)) if name in row else (1, len(row))
    options = outcome_options(line) if name == "outcome" else ()
    now = "" if name in _LISTS or name == "outcome" else values[name]
    return texts.ask(name, line, position, options=options, now=now, note=note)


def _names(view: SittingView, people: str) -> Sequence[str]:
    return [view.people[p].name for p in view.people if p in people.split(",")]


def _to_save(values: Mapping[str, str]) -> dict[str, str]:
    """Conditions belong to one outcome; what was written under another is not saved with this one."""
    outcome = Outcome(values["outcome"])
    return {**values, "conditions": values["conditions"] if outcome is Outcome.ADOPTED_WITH_CONDITIONS else ""}


# -- reading an answer -------------------------------------------------------------------------------------------------


async def _read(
    room: Room, view: SittingView, line: SittingLine, name: str, text: str
) -> str | Message | Banner | None:  # fmt: skip
    """The answer; None where what stands there stays; what to say where it was not understood."""
    if name == "outcome":
        return _outcome(line, text)
    if is_skip(text) or (name != "text" and is_done(text) and not _says_none(text)):
        return None
    if name in _LISTS:
        return "" if _says_none(text) else _people(view, line, text)
    if name == "statement":
        return "" if _says_none(text) else text.strip()
    if name == "conditions":
        _found, wrong = await read_conditions(room, text, view.owners)
        return Banner(" ".join(wrong), "warning") if wrong else text.strip()
    return text.strip()


def _outcome(line: SittingLine, text: str) -> str | Message | Banner:
    match read_choice(text, outcome_options(line)):
        case Option(value=value):
            return value
        case Unsure(options=near):
            return question(_("Mente du en av disse?"), options=near)
        case _:
            return Banner(_("Det utfallet kjenner jeg ikke. Velg ett av disse."), "warning")


def _people(view: SittingView, line: SittingLine, text: str) -> str | Banner:
    """Those of the room whose names these are."""
    offered, found = room_options(view, line), []
    for name in (one.strip() for one in text.replace(" og ", ",").replace(" and ", ",").split(",")):
        chosen = read_choice(name, offered) if name else None
        if isinstance(chosen, Option):
            found.append(chosen.value)
        elif name:
            there = join_words([option.label for option in offered])
            return Banner(_("Jeg finner ikke «{name}» blant dem som er til stede: {there}.", name=name, there=there),
                          "warning")  # fmt: skip
    return ",".join(dict.fromkeys(found))


# -- saving ------------------------------------------------------------------------------------------------------------


async def _answer_save(
    room: Room, view: SittingView, line: SittingLine, answers: dict[str, str], text: str
) -> Reply:  # fmt: skip
    sure = read_yes_no(text)
    if sure is None and squeeze(text) not in ("lagre", "save"):
        return say(_ask(view, line, answers, SAVE, Banner(_("Svar ja eller nei."), "warning")))
    if sure is False:
        await _keep(room, answers, "outcome")
        return say(_ask(view, line, answers, "outcome", Banner(_("Greit. Da tar vi det en gang til."), "accent")))
    typed = _to_save({**standing(view, line), **{k: v for k, v in answers.items() if k not in (MEETING, ITEM, REV)}})
    known = int(answers[REV]) if answers.get(REV, "").isdecimal() else None
    command = await command_of(room, view, line, typed, known)
    if isinstance(command, Mapping):
        return await _asked_anew(room, view, line, answers, command)
    result = await record_decision(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _refused(room, result, view, line, answers, decision_errors(result, command.outcome, line))
    await room.work.talks.drop(room.actor.id)
    note = Banner(f"{saved(result).text} {_('Skriv «neste sak» for å gå videre.')}", "good")
    return say(await sheet_of(room, view.meeting.id, line.item.id, note))


async def _refused(
    room: Room, refusal: Refusal, view: SittingView, line: SittingLine, answers: dict[str, str],
    errors: Mapping[str, str],
) -> Reply:  # fmt: skip
    """Asked anew where an answer was wrong; else all of it stands in the form, to be saved there or with «ja»."""
    if errors:
        return await _asked_anew(room, view, line, answers, errors)
    fresh = {**answers, **_begun(view, line)}
    await _keep(room, fresh, SAVE)
    typed = Typed({k: v for k, v in answers.items() if k not in (MEETING, ITEM, REV)})
    return say(sheet_card(view, line, await note_of(room, refusal, view), typed, texts.ask_words(SAVE, line)))


async def _asked_anew(
    room: Room, view: SittingView, line: SittingLine, answers: dict[str, str], errors: Mapping[str, str]
) -> Reply:  # fmt: skip
    name, words = next(iter(errors.items()))
    await _keep(room, answers, name)
    return say(_ask(view, line, answers, name, Banner(words, "attention")))
