"""Every card about an agenda, in three languages and with the longest texts: valid, small enough, usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from board.agenda import Agenda, AgendaState, Item, ItemKind, Sight
from board.case import Case
from board.case_content import MAX_LINE
from board.dispensation import Dispensation, DispensationState, GateId
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, DispensationId, ItemId, MeetingId
from board.late import Late
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body, Person, Role
from board.states import CaseState
from cards.adaptive import card_bytes, fitted_card, to_adaptive_card
from cards.agenda_views import AgendaView, LeftOut, Outcome
from cards.i18n import LANGUAGES, Language, use
from cards.meeting_views import Typed
from cards.message import Banner, Message, Option
from cards.templates import agenda_notices, refusals
from cards.templates.agenda_card import MOST_LINES, agenda_card, item_options
from cards.templates.agenda_item import item_card
from cards.templates.agenda_texts import agenda_refusal
from tests.cards.reading_cards import shown_words
from tests.cards.test_case_cards import EVA, FILLERS, KIM, NOW, PER, case, check, filled, mandate

__all__ = ["mandate"]
STARTS: Final = datetime(2026, 9, 24, 7, tzinfo=UTC)
MEETING: Final = Meeting(MeetingId("0f0e0d0c-1111-4222-8333-444455556666"), Body.BOARD, STARTS, 120)
READERS: Final = {
    "office": (frozenset({Role.OFFICE}), Sight.DRAFT),
    "chair": (frozenset({Role.CHAIR}), Sight.DRAFT),
    "both": (frozenset({Role.CHAIR, Role.OFFICE}), Sight.DRAFT),
    "member": (frozenset({Role.MEMBER}), Sight.FULL),
    "guest": (frozenset[Role](), Sight.OPEN),
}
KINDS: Final = (ItemKind.DECISION, ItemKind.DISCUSSION, ItemKind.ORIENTATION)


def cases(unit: str, mandate: Mandate, count: int) -> tuple[Case, ...]:
    """Each late and accepted, each without a treatment: the most stamps there can be."""
    late = Late(MEETING.id, filled(unit, 4_000), PER, NOW, EVA, NOW, KIM, NOW)
    one = case(unit, mandate, CaseState.ON_BOARD_AGENDA)
    return tuple(replace(one, id=CaseId(f"{n:036d}"), late=late, board_number=f"{n:03d}-2026") for n in range(count))


def view(
    unit: str, mandate: Mandate, count: int, reader: str, body: Body = Body.BOARD, *, approved: bool = False
) -> AgendaView:
    roles, sight = READERS[reader]
    them = cases(unit, mandate, count)
    presenter = filled(unit, MAX_LINE)
    items = [
        Item(ItemId(f"item-{n:031d}"), KINDS[n * 3 // count], 15, presenter, c.id, c.board_number)
        for n, c in enumerate(them)
    ]
    agenda = Agenda(
        MEETING.id, 9, (Item(ItemId("first"), ItemKind.AGENDA, 5), *items, Item(ItemId("last"), ItemKind.OTHER, 5)),
        NOW, PER, AgendaState.APPROVED if approved else AgendaState.DRAFT, NOW if approved else None,
        EVA if approved else None, NOW, PER,
    )  # fmt: skip
    given = [
        Dispensation(DispensationId(f"d{n}"), 2, gate, MEETING.id, name, "", PER, NOW, DispensationState.GRANTED,
                     filled(unit, 4_000), KIM, NOW)
        for n, (gate, name) in enumerate([(GateId.TEN_DAYS, None), *((GateId.WG_TREATMENT, c.id) for c in them)])
    ]  # fmt: skip
    people = {person: Person(person, filled(unit, 120)) for person in (PER, EVA, KIM)}
    elsewhere = tuple(Option(f"{n:036d}", f"torsdag {n}. september 2026") for n in range(12))
    return AgendaView(
        replace(MEETING, body=body), agenda, sight, Actor(people[PER], roles), mandate,
        {c.id: c for c in them}, people, given, sent=approved, elsewhere=elsewhere,
    )  # fmt: skip


def views(unit: str, mandate: Mandate, count: int) -> Iterator[tuple[str, AgendaView]]:
    for reader in READERS:
        for body in (Body.BOARD, Body.WORKING_GROUP):
            for approved in (False, True):
                yield f"{reader} {body} {approved}", view(unit, mandate, count, reader, body, approved=approved)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_an_agenda_for_each_reader_with_the_longest_texts(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    note = Banner(filled(unit, 300), "good")

    def cards() -> Iterator[tuple[str, Message]]:
        for name, shown in views(unit, mandate, 40):
            yield name, agenda_card(shown, note)
        yield "in a channel", agenda_card(view(unit, mandate, 40, "guest"), own=False)

    with use(language):
        assert check(cards(), language) == len(READERS) * 4 + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_an_item_and_what_came_of_building(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    office = view(unit, mandate, 40, "both")
    wrong = Typed(
        {name: filled(unit, 200) for name in ("minutes", "presenter", "kind", "meeting")},
        {name: filled("Dette forsto jeg ikke. ", 120) for name in ("minutes", "presenter", "kind", "meeting")},
    )
    left = [
        LeftOut(one, Refusal(code, {"case": one.id}, "§ 5"), waits)
        for one in cases(unit, mandate, 8)
        for code in (RefusalCode.WG_TREATMENT, RefusalCode.LATE)
        for waits in (False, True)
    ]

    def cards() -> Iterator[tuple[str, Message]]:
        for n, line in enumerate((*office.lines[:3], office.lines[-1])):
            yield f"item {n}", item_card(office, line, Banner(filled(unit, 200), "attention"), wrong)
        yield "seen by another", item_card(view(unit, mandate, 3, "chair"), office.lines[1])
        numbers = tuple(f"{n:03d}-2026" for n in range(40))
        yield "built", agenda_notices.built(office, Outcome(is_new=True, numbers=numbers, left_out=tuple(left)))
        yield "nothing", agenda_notices.built(office, Outcome())
        yield "ready", agenda_notices.ready(view(unit, mandate, 40, "chair"))
        done = view(unit, mandate, 40, "office", approved=True)
        yield "approved", agenda_notices.approved(done)

    with use(language):
        assert check(cards(), language) == 4 + 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_none_and_why_nothing_happened(language: Language, mandate: Mandate) -> None:
    people = {PER: Person(PER, filled("æ", 120))}
    moved: dict[str, object] = {"what": Happened.AGENDA_CHANGED, "by": PER, "at": NOW, "roles": ("office",)}
    codes = [code for code in RefusalCode if code is not RefusalCode.INCOMPLETE]

    def cards() -> Iterator[tuple[str, Message]]:
        for arranges in (True, False):
            yield "none", agenda_notices.none_yet(MEETING, date(2026, 9, 14), arranges=arranges)
            yield "no day", agenda_notices.none_yet(MEETING, None, arranges=arranges, own=False)
        yield "no such", agenda_notices.no_meeting(Body.BOARD, [MEETING] * 4, "saksliste")
        yield "no such", agenda_notices.no_meeting(Body.WORKING_GROUP, [MEETING], "lag saksliste")
        yield "none ahead", agenda_notices.no_meeting(Body.BOARD, [], "saksliste")
        for code in codes:
            for params in (moved, {**moved, "at": None}):
                yield code, refusals.plain_refusal(agenda_refusal(Refusal(code, params, "§ 7"), people, mandate))

    with use(language):
        assert check(cards(), language) == 7 + 2 * len(codes)


def test_a_long_agenda_is_said_shorter_before_anything_has_to_be_cut(mandate: Mandate) -> None:
    """Forty cases with titles, presenters and stamps at their longest fit as they are; no other text gives way."""
    with use("nb"):
        card = agenda_card(view("Vi trenger dette. ", mandate, 40, "both"))
        assert card_bytes(to_adaptive_card(card)) <= 24_000
        assert len([b for b in card.blocks if "Ettersendt." in getattr(b, "text", "")]) == 40


def test_more_than_a_card_holds_is_counted(mandate: Mandate) -> None:
    with use("nb"):
        office = view("🧾", mandate, 100, "office")
        card = agenda_card(office)
        assert "… og 42 til" in shown_words(fitted_card(card))
        assert len(item_options(office)) == MOST_LINES
        assert card_bytes(fitted_card(card)) <= 24_000
