"""Every card of a meeting under way, in three languages and with the longest texts: valid, small enough, usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from board.agenda import Agenda, AgendaState, Item, ItemKind
from board.attendance import Quorum
from board.decision import MAX_CONDITIONS, Condition, Decision, Outcome
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body, Person, Role
from board.sitting import Seat, Sitting, SittingState
from board.states import CaseState
from cards.adaptive import card_bytes, field_bytes, fitted_card
from cards.i18n import LANGUAGES, Language, use
from cards.meeting_views import Typed
from cards.message import Banner, Field, Inputs, Message, Option
from cards.plain import to_text
from cards.sitting_views import SittingView
from cards.templates import decision_questions
from cards.templates.decision_card import decision_card
from cards.templates.decision_errors import decision_errors
from cards.templates.differences import marked
from cards.templates.presence_card import presence_card
from cards.templates.sheet_card import NOTHING_TYPED, sheet_card
from cards.templates.sheet_fields import FORM
from cards.templates.sitting_card import sitting_card, started
from cards.templates.sitting_texts import sitting_refusal
from tests.cards.test_case_cards import EVA, FILLERS, KIM, NOW, PER, case, check, filled, mandate

__all__ = ["mandate"]
MEETING: Final = Meeting(
    MeetingId("0f0e0d0c-1111-4222-8333-444455556666"), Body.BOARD, datetime(2026, 9, 24, 7, tzinfo=UTC)
)
SEATS: Final = tuple(PersonId(f"00000000-0000-4000-8000-{n:012d}") for n in range(12))
READERS: Final = {
    "office": frozenset({Role.OFFICE}),
    "chair": frozenset({Role.CHAIR}),
    "both": frozenset({Role.CHAIR, Role.OFFICE}),
    "member": frozenset({Role.MEMBER}),
}
REFUSED: Final = (
    *(RefusalCode.NOT_FOUND, RefusalCode.NOT_ALLOWED, RefusalCode.ALREADY, RefusalCode.STALE, RefusalCode.NOT_BEGUN),
    *(RefusalCode.AGENDA_APPROVAL, RefusalCode.NOT_SENT, RefusalCode.NOT_STARTED, RefusalCode.UNDECIDED),
    *(RefusalCode.NO_QUORUM, RefusalCode.MEETING_UNFIT, RefusalCode.UNKNOWN_CHOICE, RefusalCode.REASON_NEEDED),
    *(RefusalCode.TOO_LONG, RefusalCode.DEADLINE_PASSED),
)
"""What acts in a meeting under way are refused with."""
KINDS: Final = (ItemKind.DECISION, ItemKind.DISCUSSION, ItemKind.ORIENTATION)


def view(
    unit: str, mandate: Mandate, count: int, reader: str = "both", *, decided: bool = True, is_open: bool = True,
    few: bool = True, body: Body = Body.BOARD, length: int = 4_000,
) -> SittingView:  # fmt: skip
    """``few``: not enough are there. ``length``: of the texts that were decided."""
    one = case(unit, mandate, CaseState.DISPATCHED)
    them = [replace(one, id=CaseId(f"{n:036d}"), board_number=f"{n:03d}-2026") for n in range(count)]
    items = (
        Item(ItemId("first"), ItemKind.AGENDA, 5), Item(ItemId("minutes"), ItemKind.MINUTES, 5),
        *(Item(ItemId(f"item-{n:031d}"), KINDS[n * 3 // max(count, 1)], 15, filled(unit, 200), c.id, c.board_number)
          for n, c in enumerate(them)),
        Item(ItemId("last"), ItemKind.OTHER, 5),
    )  # fmt: skip
    agenda = Agenda(MEETING.id, 3, items, NOW, PER, AgendaState.APPROVED, NOW, EVA)
    people = {p: Person(p, filled(unit, 40)) for p in (PER, EVA, KIM, *SEATS)}
    taken = SEATS[:3] if few else SEATS
    sitting = Sitting(
        MEETING.id, body, 9, tuple(i.id for i in items), NOW, PER, items[2].id if count else items[0].id,
        tuple(Seat(p, SEATS[-1] if n == 2 else None) for n, p in enumerate(taken)),
        SittingState.OPEN if is_open else SittingState.CLOSED, closed_at=None if is_open else NOW,
    )  # fmt: skip
    conditions = tuple(Condition(filled(unit, 200), EVA, date(2026, 12, 1)) for _n in range(MAX_CONDITIONS))
    done = {
        i.id: Decision(MEETING.id, i.id, 1, i.kind, Outcome.ADOPTED_WITH_CONDITIONS, PER, NOW, i.case, i.number,
                       filled(unit, length), filled(unit, length - 1), conditions[: 12 if i.case else 0],
                       SEATS[:2], SEATS[2:3], SEATS[:1], filled(unit, length))
        for i in items if decided
    }  # fmt: skip
    viewer = Actor(people[SEATS[0]], READERS[reader])
    return SittingView(
        replace(MEETING, body=body), sitting, agenda, viewer, mandate, Quorum(12, len(taken), 7),
        {c.id: c for c in them}, done, {}, frozenset(done), people, SEATS,
        tuple(Seat(p) for p in SEATS), tuple(Option(p, filled(unit, 40)) for p in SEATS), MEETING.id,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_card_that_follows_the_meeting(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]

    def cards() -> Iterator[tuple[str, Message]]:
        for reader in READERS:
            for is_open in (True, False):
                for few in (True, False):
                    shown = view(unit, mandate, 40, reader, is_open=is_open, few=few)
                    yield f"{reader} {is_open} {few}", sitting_card(shown, Banner(filled(unit, 300), "good"))
                    yield f"{reader} {is_open} {few} started", started(shown)
        yield "group", sitting_card(view(unit, mandate, 5, "office", body=Body.WORKING_GROUP))
        yield "presence", presence_card(view(unit, mandate, 5), Banner("Lagret.", "good"), SEATS[0], "Velg hvem.")
        yield "presence, closed", presence_card(view(unit, mandate, 5, is_open=False))

    with use(language):
        assert check(cards(), language) == len(READERS) * 8 + 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_run_sheet_with_the_longest_texts(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    typed = Typed(
        {"outcome": "adopted", "text": filled(unit, 4_000), "statement": filled(unit, 4_000),
         "conditions": "\n".join([filled(unit, 200)] * 12), "left": ",".join(SEATS), "dissent": ",".join(SEATS)},
        dict.fromkeys(FORM, filled("Dette forsto jeg ikke. ", 120)),
    )  # fmt: skip

    def cards() -> Iterator[tuple[str, Message]]:
        for decided in (True, False):
            for is_open in (True, False):
                shown = view(unit, mandate, 6, decided=decided, is_open=is_open, few=False)
                for line in shown.lines:
                    for how in (NOTHING_TYPED, typed):
                        yield (
                            f"{line.item.id} {decided} {is_open}",
                            sheet_card(shown, line, Banner("Nei.", "warning"), how),
                        )
                    if line.decision:
                        yield f"{line.item.id} decision", decision_card(shown, line)
        group = view(unit, mandate, 3, decided=False, body=Body.WORKING_GROUP)
        for line in group.lines:
            yield "group", sheet_card(group, line, None, Typed({"remarks": filled(unit, 3_000)}), "Hva ble utfallet?")
        hidden = replace(group, cases={})
        yield "hidden", sheet_card(hidden, hidden.lines[2])

    with use(language):
        assert check(cards(), language) == 4 * 9 * 2 + 2 * 9 + 6 + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_in_words_and_why_nothing_happened(language: Language, mandate: Mandate) -> None:
    shown = view("æ", mandate, 3)
    line = shown.lines[2]
    people = {PER: Person(PER, filled("æ", 120))}
    params: dict[str, object] = {"what": Happened.DECISION_RECORDED, "by": PER, "at": NOW, "roles": ("office",)}
    options = tuple(Option(p, filled("æ", 60)) for p in SEATS)

    def cards() -> Iterator[tuple[str, Message]]:
        for name in (*FORM, "save"):
            yield name, decision_questions.ask(name, line, (1, 5), options=options, now="x" * 500)
        values = {"outcome": "adopted", **dict.fromkeys(("text", "conditions", "statement"), "æ" * 4_000)}
        yield (
            "review",
            decision_questions.review(line, values, {"left": "Per", "dissent": ""}, Banner("Hm.", "warning")),
        )
        for code in REFUSED:
            note = sitting_refusal(Refusal(code, params), people, mandate, view("æ", mandate, 40, decided=False))
            yield code, sheet_card(shown, line, note)

    with use(language):
        assert check(cards(), language) == 7 + 1 + len(REFUSED)


def test_what_was_typed_stands_there_also_where_it_is_long(mandate: Mandate) -> None:
    """As people write: four thousand characters of text and of statement, and twelve conditions."""
    shown = view("Vi trenger dette. ", mandate, 3, few=False)
    card = sheet_card(shown, shown.lines[2])
    ids = {e["id"] for e in _inputs(fitted_card(card))}
    assert set(FORM) <= ids
    assert card_bytes(fitted_card(card)) <= 24_000


def _inputs(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Input."):
            yield node
        for value in node.values():
            yield from _inputs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _inputs(value)


def test_every_error_of_the_form_has_words_of_its_own(mandate: Mandate) -> None:
    line = view("x", mandate, 3).lines[2]
    for outcome in Outcome:
        for code in (RefusalCode.UNKNOWN_CHOICE, RefusalCode.INCOMPLETE, RefusalCode.DEADLINE_PASSED):
            found = decision_errors(Refusal(code, {"fields": FORM}), outcome, line)
            assert set(found) == set(FORM)
        long = decision_errors(Refusal(RefusalCode.TOO_LONG, {"fields": {"text": 4000}}), outcome, line)
        assert set(long) == {"text"}
    assert decision_errors(Refusal(RefusalCode.NO_QUORUM), Outcome.ADOPTED, line) == {}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Styret godkjenner.", "Styret godkjenner.", "Styret godkjenner."),
        ("Styret godkjenner overgang.", "Styret godkjenner oppstart.",
         "Styret godkjenner [fjernet: overgang] [lagt til: oppstart]."),
        ("", "Nytt", "[lagt til: Nytt]"),
        ("Borte", "", "[fjernet: Borte]"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(before: str, after: str, told: str) -> None:
    with use("nb"):
        assert marked(before, after) == told


def test_several_choices_are_drawn_and_read_in_words() -> None:
    field = Field("left", "choices", "Hvem gikk ut?", "b,c", options=tuple(Option(v, v.upper()) for v in "abc"))
    with use("nb"):
        assert field_bytes(field) > 0
        (drawn,) = _inputs(fitted_card(Message("Hvem?", (_as_block(field),))))
        assert (drawn["value"], drawn["isMultiSelect"]) == ("b,c", True)
        assert "B, C" in to_text(Message("Hvem?", (_as_block(field),)))


def _as_block(field: Field) -> Inputs:

    return Inputs((field,))
