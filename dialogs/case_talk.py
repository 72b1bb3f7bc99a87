"""The second page in words: only the fields and documents that this decision point needs, one at a time.

The draft itself says how far it has come; the talk only says which question stands open.
"""

from __future__ import annotations

from collections.abc import Sequence

from board.case import Case, Changed, completeness
from board.commands import SaveCase, SubmitCase
from board.errors import Refusal, RefusalCode
from board.mandate import Mandate
from board.ports import Talk
from board.states import EDITABLE
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from cards.formats import money, weekday_date
from cards.forms import CASE_QUESTIONS, Choices, Question, case_options, case_questions
from cards.i18n import _
from cards.message import Banner, Message, Option
from cards.templates import talk_texts
from cards.templates.questions import question
from dialogs.answers import is_done, is_skip, read_yes_no, squeeze
from dialogs.present import card_of, choices, done_card, form_of, refused
from dialogs.reading import NotRead, Read, read_answer
from dialogs.room import Reply, Room, say

FORM = "case"
DOCUMENTS = "documents"
REVIEW = "review"
MORE = "more"
"""In the talk's answers: the optional fields are asked too."""
BESIDES = ("reason_incomplete", "reason_late")
"""Asked only where something is missing, or where the intake has closed."""


async def open_case(room: Room, case: Case, note: Banner | None = None) -> Message:
    """The form as a card, with the next question in words below it; the place is kept."""
    asked = next_question(case, room.mandate)
    await keep(room, case, asked)
    words = ask_words(asked) if asked in CASE_QUESTIONS else ""
    ask = _("Eller svar i chatten: {question}", question=words) if words else ""
    return await form_of(room, case, note=note, ask=ask)


async def resume(room: Room, case: Case) -> Reply:
    """The draft again: the card, and the next question in words."""
    return say(await open_case(room, case, Banner(_("Her er utkastet ditt. Alt du har skrevet, er tatt vare på."))))


def required(case: Case, mandate: Mandate) -> tuple[str, ...]:
    """The fields that must be answered, in the form's order; an exempt case needs two more."""
    needed = set(mandate.case_type[case.case_type].required)
    if case.content.classification == "exempt":
        needed |= {"public_title", "legal_basis"}
    return tuple(q.id for q in case_questions(case.case_type, mandate) if q.id in needed)


def optional(case: Case, mandate: Mandate) -> tuple[str, ...]:
    needed = {*required(case, mandate), *BESIDES}
    return tuple(q.id for q in case_questions(case.case_type, mandate) if q.id not in needed)


def next_question(case: Case, mandate: Mandate, after: str = "", *, more: bool = False) -> str:
    """The next field without an answer behind ``after``, then the documents, then the review."""
    unread = case.content.unread
    lacking = {*completeness(case, mandate).fields, *unread}
    beside = [f for f in optional(case, mandate) if more or f in unread]
    lacking |= {f for f in beside if case.content.value(f) is None or f == "classification"}
    row = [*required(case, mandate), *beside]
    start = row.index(after) + 1 if after in row else (len(row) if after in (DOCUMENTS, "reason_incomplete") else 0)
    for field_id in row[start:]:
        if field_id in lacking:
            return field_id
    complete = completeness(case, mandate)
    if complete.documents and not complete.excused and after not in (DOCUMENTS, "reason_incomplete"):
        return DOCUMENTS
    return REVIEW


def ask_words(question_id: str) -> str:
    return _(CASE_QUESTIONS[question_id].ask)


async def ask(room: Room, case: Case, question_id: str, note: Banner | None = None) -> Message:
    """The question in words; for the documents and the review, what is there and what is missing."""
    if question_id == DOCUMENTS:
        return talk_texts.documents(case, room.mandate, note)
    if question_id == REVIEW:
        return talk_texts.review(case, room.mandate, note)
    asked = CASE_QUESTIONS[question_id]
    offered = await choices(room) if asked.kind == "choice" else Choices()
    row = required(case, room.mandate)
    return question(
        _(asked.ask),
        help_text=_(asked.help) if asked.help else "",
        options=case_options(question_id, offered)[:12],
        position=(row.index(question_id) + 1, len(row)) if question_id in row else None,
        note=note,
        now=await _stands(room, case, asked, offered),
    )


async def _stands(room: Room, case: Case, asked: Question, offered: Choices) -> str:
    """The answer that is there already, as people read it."""
    value = case.content.unread.get(asked.id) or case.content.value(asked.id)
    if value is None or (asked.id == "classification" and value == "open"):
        return ""
    if asked.kind == "money" and isinstance(value, int):
        return money(value)
    if asked.id == "project_owner":
        known = await room.work.people.get([value])  # type: ignore[list-item]  # the field holds a person's id
        return next((p.name for p in known.values()), str(value))
    if asked.id == "wanted_meeting":
        return next((weekday_date(m.day) for m in offered.meetings if m.id == value), "")
    return str(value)


async def answer(room: Room, talk: Talk, case: Case, text: str) -> Reply:
    """Words as the answer to the question that stands open."""
    if case.state not in EDITABLE:
        await room.work.talks.drop(room.actor.id)
        return say(await card_of(room, case))
    if talk.question == REVIEW:
        return await _answer_review(room, talk, case, text)
    if talk.question == DOCUMENTS:
        return await _answer_documents(room, talk, case, text)
    return await _answer_field(room, talk, case, text)


async def _answer_field(room: Room, talk: Talk, case: Case, text: str) -> Reply:
    asked = CASE_QUESTIONS[talk.question]
    if not text.strip():  # a picture or a sticker: no answer, and nothing to empty a field with
        return say(await ask(room, case, talk.question))
    if is_skip(text):
        if talk.question in case.content.unread:
            return await _save(room, talk, case, Read(case.content.value(talk.question)))  # what stood there before
        note = None
        if talk.question in required(case, room.mandate) and case.content.value(talk.question) is None:
            note = Banner(_("Greit. Det må fylles ut før saken kan sendes."), "warning")
        return await go_on(room, talk, case, note)
    read = await read_answer(room, asked, text, await choices(room) if asked.kind == "choice" else Choices())
    if isinstance(read, NotRead):
        return await _not_read(room, talk, case, text, read)
    return await _save(room, talk, case, read)


async def _save(room: Room, talk: Talk, case: Case, read: Read) -> Reply:
    command = SaveCase(case.id, {talk.question: read.value})
    result = await save_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return say(await refused(room, result, case.id))
    return await go_on(room, talk, result.case)


async def _not_read(room: Room, talk: Talk, case: Case, text: str, why: NotRead) -> Reply:
    """Kept word for word where there is room, and asked again with what would be understood."""
    note = Banner(why.words, "warning")
    saved = await save_case(SaveCase(case.id, {}, {talk.question: text}), room.actor, room.work, room.rules)
    if isinstance(saved, Refusal) and saved.code is not RefusalCode.TOO_LONG:
        return say(await refused(room, saved, case.id))
    if why.options:
        return say(question(ask_words(talk.question), options=_few(why.options), note=note))
    return say(await ask(room, saved.case if isinstance(saved, Changed) else case, talk.question, note))


def _few(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(options[:12])


async def _answer_documents(room: Room, talk: Talk, case: Case, text: str) -> Reply:
    if is_done(text) or read_yes_no(text) is False:
        complete = completeness(case, room.mandate)
        asked = "reason_incomplete" if complete.documents and not complete.excused else REVIEW
        await keep(room, case, asked, talk)
        return say(await ask(room, case, asked))
    note = Banner(_("Send en fil, lim inn en lenke, eller skriv «ferdig»."), "warning")
    return say(talk_texts.documents(case, room.mandate, note))


async def _answer_review(room: Room, talk: Talk, case: Case, text: str) -> Reply:
    words = squeeze(text)
    if words in talk_texts.MORE_WORDS:
        asked = next_question(case, room.mandate, more=True)
        await keep(room, case, asked, talk, more=True)
        return say(await ask(room, case, asked))
    if read_yes_no(text) is True:
        return await submit(room, case)
    if read_yes_no(text) is False:
        await room.work.talks.drop(room.actor.id)
        return say(talk_texts.left_as_draft(case))
    return say(talk_texts.review(case, room.mandate, Banner(_("Svar ja eller nei."), "warning")))


async def go_on(room: Room, talk: Talk, case: Case, note: Banner | None = None) -> Reply:
    """Asks what comes next."""
    more = talk.answers.get(MORE) == "true"
    asked = next_question(case, room.mandate, after=talk.question, more=more)
    await keep(room, case, asked, talk)
    return say(await ask(room, case, asked, note))


async def back(room: Room, talk: Talk, case: Case) -> Reply | None:
    """The question before this one, with the answer that stands there; None before the first."""
    row = [*required(case, room.mandate)]
    if talk.answers.get(MORE) == "true":
        row += optional(case, room.mandate)
    if completeness(case, room.mandate).asked:
        row.append(DOCUMENTS)
    row += ["reason_incomplete", REVIEW]
    here = row.index(talk.question) if talk.question in row else len(row) - 1
    if talk.question == REVIEW or talk.question == "reason_incomplete":
        here = row.index("reason_incomplete")
    if here == 0:
        return None
    await keep(room, case, row[here - 1], talk)
    return say(await ask(room, case, row[here - 1]))


async def submit(room: Room, case: Case) -> Reply:
    """«send inn»: sends, or says all that is missing and asks for the first of it."""
    result = await submit_case(SubmitCase(case.id), room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        await room.work.talks.drop(room.actor.id)
        return say(await done_card(room, result.case))
    if result.code not in (RefusalCode.INCOMPLETE, RefusalCode.OWNER_UNFIT):
        return say(await refused(room, result, case.id))
    banner = talk_texts.incomplete(result, room.mandate)
    unfit = result.code is RefusalCode.OWNER_UNFIT
    asked = "project_owner" if unfit else next_question(case, room.mandate)
    missing = result.params.get("fields")
    if asked == REVIEW and isinstance(missing, tuple) and "reason_late" in missing:
        asked = "reason_late"
    await keep(room, case, asked)
    return say(await ask(room, case, asked, banner))


async def keep(room: Room, case: Case, asked: str, talk: Talk | None = None, *, more: bool = False) -> None:
    answers = {MORE: "true"} if more or (talk and talk.answers.get(MORE) == "true") else {}
    await room.work.talks.put(Talk(room.actor.id, FORM, asked, answers, case.id, room.now))
