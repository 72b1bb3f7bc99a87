"""A pressed form against what is stored now: a three-way merge by the marks of what the card showed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from board import case_intake
from board.case import Case
from board.case_content import WHOLE_NUMBERS, Value
from board.people import Actor
from board.ports import Rules
from bot.calendar import NorwegianCalendar
from cards.forms import CASE_QUESTIONS, Choices, case_questions
from cards.message import Json
from cards.safe import clean
from cards.templates.case_form import answer_text, base_marks
from cards.views import CaseView
from dialogs.reading import Answers, read_card
from dialogs.room import Room
from tests.board.support import NOW, SUBMITTER, done, draft, mandate
from tests.fakes.clock import CountedIds, SetClock
from tests.fakes.memory import Memory

TEXTS = [q.id for q in case_questions("bp2", mandate()) if q.kind in ("text", "long_text") and q.id != "project_owner"]
NUMBERS = [q.id for q in case_questions("bp2", mandate()) if q.id in WHOLE_NUMBERS]
_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), max_size=12)
_sum = st.integers(1, 240)


def _stored(values: dict[str, Value | None]) -> Case:
    kept = {k: clean(v).strip() if isinstance(v, str) else v for k, v in values.items()}
    return done(
        case_intake.save(
            draft("bp2"),
            SUBMITTER,
            {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in kept.items()},
            {},
            NOW,
        )
    ).case


def _shown(case: Case) -> dict[str, str]:
    """What stands in the inputs of a card of the case."""
    return {q.id: answer_text(q, case.content) for q in case_questions("bp2", mandate())}


def _marks(case: Case, viewer: Actor = SUBMITTER) -> dict[str, Json]:
    return base_marks(CaseView(case, viewer, mandate(), {}))


async def _read(case: Case, data: dict[str, Json]) -> Answers:
    memory = Memory()
    async with memory.work.read() as work:
        room = Room(SUBMITTER, work, Rules(mandate(), SetClock(), CountedIds(), NorwegianCalendar()))
        return await read_card(room, data, "bp2", case.content, Choices())


_answers = st.fixed_dictionaries({}, optional={**dict.fromkeys(TEXTS, _text), **dict.fromkeys(NUMBERS, _sum)})
_typed = st.dictionaries(st.sampled_from([*TEXTS, *NUMBERS]), _text | _sum.map(str), max_size=6)


@given(_answers, _answers, _typed)
async def test_a_merge_loses_nothing_typed_and_overwrites_nothing_untouched(
    base: dict[str, Value | None], since: dict[str, Value | None], typed: dict[str, str]
) -> None:
    card_of = _stored(base)
    now = _stored({**base, **since})
    data: dict[str, Json] = {**_shown(card_of), **typed, "base": _marks(card_of)}
    answers = await _read(now, data)
    shown_before, shown_now = _shown(card_of), _shown(now)
    for question in case_questions("bp2", mandate()):
        text = str(data[question.id])
        taken = question.id in {*answers.values, *answers.unread, *answers.typed}
        if text == shown_before[question.id]:
            assert not taken, f"{question.id} was not touched"
        elif text.strip() and text != shown_now[question.id]:
            assert taken, f"{question.id} was typed"
            kept = answers.values.get(question.id, answers.unread.get(question.id))
            assert kept is not None or not " ".join(clean(text).split())
            if question.id in TEXTS and question.id in answers.values:
                assert " ".join(str(kept or "").split()) == " ".join(clean(text).split())


@given(_answers, _typed)
async def test_a_card_without_marks_empties_nothing(base: dict[str, Value | None], typed: dict[str, str]) -> None:
    answers = await _read(_stored(base), {**dict.fromkeys(CASE_QUESTIONS, ""), **typed})
    assert all(typed.get(field_id, "").strip() for field_id in {*answers.values, *answers.unread})


@given(
    st.dictionaries(
        st.text(max_size=20) | st.sampled_from(list(CASE_QUESTIONS)),
        st.none() | st.booleans() | st.integers() | st.text(max_size=300) | st.lists(st.text(max_size=5)),
        max_size=8,
    ),
    st.none()
    | st.text(max_size=5)
    | st.dictionaries(st.sampled_from(list(CASE_QUESTIONS)), st.none() | st.text(max_size=5)),
)
async def test_a_crafted_press_is_read_without_an_error(data: dict[str, Json], base: Json) -> None:
    answers = await _read(draft("bp2"), {**data, "base": base})
    asked = {q.id for q in case_questions("bp2", mandate())}
    assert {*answers.values, *answers.unread, *answers.errors, *answers.typed} <= asked


async def test_an_input_that_the_card_did_not_hold_is_left_alone() -> None:
    case = _stored({"title": "Kurve", "summary": "Kort."})
    answers = await _read(case, {"title": "Ny kurve", "base": _marks(case)})
    assert answers == Answers({"title": "Ny kurve"})


async def test_a_field_of_another_case_type_is_not_read() -> None:
    answers = await _read(replace(draft("bp2")), {"project_ref": "P-1", "nonsense": "x", "unread": "y", "base": {}})
    assert answers == Answers({"project_ref": "P-1"})
