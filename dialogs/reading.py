"""Answers of the case form, read by the kind of their field. The same reading serves cards and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from board.case_content import MAX_LINE, MAX_TEXT, Content, Value
from board.mandate import Mandate
from board.people import Person
from cards.forms import CASE_QUESTIONS, Choices, Question, case_options, case_questions
from cards.i18n import _, current
from cards.message import Json, Option
from cards.safe import clean, one_line
from cards.templates.case_form import answer_text, mark
from dialogs.amounts import read_minutes, read_money, read_yearly
from dialogs.answers import Unsure, read_choice
from dialogs.dates import read_date
from dialogs.room import Room


@dataclass(frozen=True, slots=True)
class Read:
    """An answer taken in; None empties the field."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class NotRead:
    """Not understood, or several things fit (``options``). ``words`` say what would be understood."""

    words: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a card's inputs hold: read values, words not understood yet, and what is wrong with them."""

    values: Mapping[str, Value | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was too long to be kept: it stands in the card still."""


async def read_answer(room: Room, question: Question, text: str, offered: Choices) -> Read | NotRead:
    """One answer to one question."""
    limit = MAX_TEXT if question.kind == "long_text" else MAX_LINE
    written = clean(text).strip() if question.kind == "long_text" else one_line(clean(text)).strip()
    if not written:
        return Read(None)
    if len(written) > limit:
        return NotRead(_("Svaret er på {n} tegn; grensen er {limit}.", n=len(written), limit=limit))
    if question.id == "project_owner":
        return await _person(room, written, offered)
    return _plain(question, written, offered, room.today)


def _plain(question: Question, written: str, offered: Choices, today: date) -> Read | NotRead:
    unclear = NotRead(_("Dette forsto jeg ikke. {help}", help=_(question.help) if question.help else "").strip())
    if question.kind == "money":
        read = read_yearly if question.id == "cost_operation" else read_money
        amount = read(written, english=current() == "en")
        return unclear if amount is None else Read(amount)
    if question.kind == "number":
        minutes = read_minutes(written)
        return unclear if minutes is None or not 0 < minutes <= 240 else Read(minutes)
    if question.id == "wanted_meeting":
        return _meeting(written, offered, today) or NotRead(unclear.words, case_options(question.id, offered))
    if question.kind == "choice":
        return _chosen(written, case_options(question.id, offered), unclear)
    return Read(written)


def _chosen(written: str, options: tuple[Option, ...], unclear: NotRead) -> Read | NotRead:
    match read_choice(written, options):
        case Option(value=value):
            return Read(value)
        case Unsure(options=near):
            return NotRead(_("Mente du en av disse?"), near)
        case _:
            return NotRead(unclear.words, options)


def _meeting(written: str, offered: Choices, today: date) -> Read | NotRead | None:
    """A meeting by its place in the list, or by its day."""
    if (day := read_date(written, today)) and (found := [m for m in offered.meetings if m.day == day]):
        return Read(found[0].id)
    if written.lower() in ("neste", "det neste", "first", "next", "første", "førstkommende") and offered.meetings:
        return Read(offered.meetings[0].id)
    chosen = read_choice(written, case_options("wanted_meeting", offered))
    if isinstance(chosen, Unsure):
        return NotRead(_("Mente du en av disse?"), chosen.options)
    return Read(chosen.value) if chosen else None


async def _person(room: Room, written: str, offered: Choices) -> Read | NotRead:
    """A person of the register, by name, e-mail or account; several that fit are offered, none is guessed."""
    options = case_options("project_owner", offered)
    if written.isdigit() and len(written) < 3:
        chosen = read_choice(written, options)
        return Read(chosen.value) if isinstance(chosen, Option) else NotRead(_("Skriv navnet eller e-posten."), options)
    found = await room.work.people.named(written, 6)
    plain = [p for p in found if written.lower() in (p.id.lower(), p.email.lower(), p.name.lower())]
    if len(found) == 1 or len(plain) == 1:
        return Read((plain or found)[0].id)
    if found:
        return NotRead(_("Flere heter dette. Hvem mener du?"), _apart(found))
    match read_choice(written, options):
        case Option(value=value):
            return Read(value)
        case Unsure(options=near):
            return NotRead(_("Mente du en av disse?"), near)
        case _:
            email = room.mandate.office_email
            words = _("Jeg finner ikke {name} i registeret. Skriv fullt navn eller e-post, eller spør {email}.")
            return NotRead(words.format(name=written, email=email))


def _apart(people: Sequence[Person]) -> tuple[Option, ...]:
    """By name; those who share one by e-mail, as the button's words must tell them apart."""
    names = [p.name for p in people]
    return tuple(Option(p.id, p.email if p.email and names.count(p.name) > 1 else p.name) for p in people)


async def read_card(
    room: Room, data: Mapping[str, Json], case_type: str, content: Content, offered: Choices
) -> Answers:
    """The form's inputs out of a press. An input that the card did not hold is left as it is stored.

    ``base`` marks what the card showed: an input that was not touched since overwrites nothing, so that an old card and
    answers in words mix freely. An old card without marks empties nothing.
    """
    fresh = _touched(data, content)
    values: dict[str, Value | None] = {}
    unread: dict[str, str] = {}
    errors: dict[str, str] = {}
    typed: dict[str, str] = {}
    for question in asked_in(case_type, room.mandate):
        text = fresh.get(question.id)
        if text is None:
            continue
        match await read_answer(room, question, text, offered):
            case Read(value=value):
                values[question.id] = value
            case NotRead(words=words):
                errors[question.id] = words
                if len(text) <= (MAX_TEXT if question.kind == "long_text" else MAX_LINE):
                    unread[question.id] = text
                else:
                    typed[question.id] = text[:MAX_TEXT]
    return Answers(values, unread, errors, typed)


def asked_in(case_type: str, mandate: Mandate) -> tuple[Question, ...]:
    return case_questions(case_type, mandate)


def _touched(data: Mapping[str, Json], content: Content) -> dict[str, str]:
    base = data.get("base")
    marks = base if isinstance(base, dict) else None
    found = {}
    for field_id, question in CASE_QUESTIONS.items():
        value = data.get(field_id)
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        text = clean(str(value))  # as it is stored and marked: clients change line breaks
        if marks is not None:
            touched = mark(text) != marks.get(field_id) if text else field_id in marks
        else:
            touched = bool(text.strip())
        if touched and text != answer_text(question, content):
            found[field_id] = text
    return found
