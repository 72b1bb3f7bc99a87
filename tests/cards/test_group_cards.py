"""The cards of the working group and of late cases, with the longest texts allowed: valid, small enough, usable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from board.case import Case
from board.case_ports import CaseLine
from board.editable import Section
from board.ids import CaseId, MeetingId, PersonId
from board.late import Late
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_sections import ATTENDANCE, REMARKS
from board.minutes_text import Source, Version
from board.notices import CASE_NOTICES
from board.people import Actor, Body, Person, Role
from board.states import CaseState
from board.treatment import Statement, Treatment, WgOutcome
from bot.settings import SHIPPED_MANDATE
from cards import actions
from cards.group_views import GroupMinutesView, Treated
from cards.i18n import LANGUAGES, Language, use
from cards.meeting_views import Typed
from cards.message import Act, Banner, Message
from cards.templates import group_minutes, late_cards
from cards.templates.case_card import case_card
from cards.templates.case_form import case_form
from cards.templates.case_text import full_text
from cards.templates.group_channel import channel_card
from cards.views import CaseView
from tests.cards.test_case_cards import FILLERS, KIM, NOW, PER, check, filled
from tests.cards.test_case_cards import case as case_in
from tests.cards.test_case_cards import view as view_of

WG: Final = Meeting(MeetingId("wg"), Body.WORKING_GROUP, NOW - timedelta(hours=1))
BOARD: Final = Meeting(MeetingId("board"), Body.BOARD, datetime(2026, 4, 16, 7, tzinfo=UTC))
REPS: Final = tuple(PersonId(f"rep-{n}") for n in range(4))
READERS: Final[tuple[tuple[str, PersonId, tuple[Role, ...]], ...]] = (
    ("submitter", PER, ()),
    ("lead", KIM, (Role.PORTFOLIO_LEAD,)),
    ("office", KIM, (Role.OFFICE,)),
    ("representative", REPS[0], (Role.EMPLOYEE_REP,)),
    ("chair", KIM, (Role.CHAIR,)),
    ("everything at once", PER, tuple(Role)),
)
OF_GROUP: Final = (
    CaseState.READY_FOR_WG,
    CaseState.ON_WG_AGENDA,
    CaseState.WG_TREATED,
    CaseState.ON_BOARD_AGENDA,
    CaseState.DISPATCHED,
)


@pytest.fixture(scope="module")
def mandate() -> Mandate:
    return read_mandate(SHIPPED_MANDATE.read_text(encoding="utf-8"))


def on_its_way(unit: str, mandate: Mandate, state: CaseState) -> Case:
    return replace(
        case_in(unit, mandate, state),
        reason="",
        accepted_at=NOW,
        agenda_at=NOW,
        dispatched_at=NOW if state is CaseState.DISPATCHED else None,
        wg_meeting=WG.id,
        wg_number="AU 003-2026",
        wg_outcome=None if state is CaseState.ON_WG_AGENDA else WgOutcome.WITH_REMARKS,
        wg_remarks=filled(unit, 4_000),
        statements_due=date(2026, 3, 12),
        board_meeting=BOARD.id,
        board_number="012-2026",
        earlier_numbers=("AU 001-2026", "AU 002-2026"),
        late=Late(BOARD.id, filled(unit, 4_000), PER, NOW),
    )


def seen(unit: str, mandate: Mandate, case: Case, who: PersonId, roles: Sequence[Role]) -> CaseView:
    view = view_of(unit, mandate, case, PER, roles)
    name = filled(unit, 120)
    people = {**view.people, **{rep: Person(rep, name) for rep in REPS}}
    return replace(
        view,
        viewer=Actor(Person(who, name), frozenset(roles)),
        people=people,
        now=NOW,
        meetings={WG.id: WG, BOARD.id: BOARD},
        statements=tuple(Statement(case.id, rep, filled(unit, 4_000), NOW) for rep in REPS),
        group_meetings=tuple(replace(WG, id=MeetingId(f"wg-{n}")) for n in range(6)),
        late_meetings=tuple(replace(BOARD, id=MeetingId(f"b-{n}")) for n in range(6)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_case_on_its_way_with_the_longest_texts(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]

    def cards() -> Iterator[tuple[str, Message]]:
        note = Banner(filled(unit, 400), "attention")
        for state in OF_GROUP:
            for reader, who, roles in READERS:
                view = seen(unit, mandate, on_its_way(unit, mandate, state), who, roles)
                yield f"{state} {reader}", case_card(view, None, note)
                yield f"{state} {reader} channel", channel_card(view)
                yield from ((f"{state} {reader} text {n}", page) for n, page in enumerate(full_text(view)))

    with use(language):
        check(cards(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_for_each_state_and_reader(language: Language, mandate: Mandate) -> None:
    def cards() -> Iterator[tuple[str, Message]]:
        for state in OF_GROUP:
            for reader, who, roles in READERS:
                view = seen("Ny kurve. ", mandate, on_its_way("Ny kurve. ", mandate, state), who, roles)
                for kind in sorted(CASE_NOTICES):
                    card = case_card(view, kind)
                    assert card.why, (state, reader, kind)
                    yield f"{state} {reader} {kind}", card

    with use(language):
        check(cards(), language)


_VERBS: Final = (
    *(actions.WG_TREAT, actions.WG_STATEMENT, actions.CASE_LATE_REFUSE, actions.CASE_LATE_ASK),
    *(actions.CONFLICT_DECLARE, actions.CASE_WITHDRAW),
)


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("verb", _VERBS)
def test_what_was_typed_stands_under_its_button_whole(verb: str, filler: str, mandate: Mandate) -> None:
    """Also the longest answer allowed, in signs of four bytes: nothing typed is lost."""
    unit = FILLERS[filler]
    typed = {verb: dict.fromkeys(("remarks", "statement", "reason", "note"), filled(unit, 4_000))}
    found = 0

    def cards() -> Iterator[tuple[str, Message]]:
        nonlocal found
        for state in OF_GROUP:
            for reader, who, roles in READERS:
                one = on_its_way(unit, mandate, state)
                one = replace(one, late=None) if verb == actions.CASE_LATE_ASK else one
                view = seen(unit, mandate, one, who, roles)
                card = case_card(view, None, None, typed)
                held = [b for b in card.buttons if isinstance(b, Act) and b.verb == verb]
                found += sum(field.value == filled(unit, 4_000) for b in held for field in b.fields)
                yield f"{state} {reader}", card

    with use("nb"):
        check(cards(), "nb")
    assert found, "somebody has this button"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_final_papers(language: Language, mandate: Mandate) -> None:
    def cards() -> Iterator[tuple[str, Message]]:
        for name, unit in FILLERS.items():
            view = seen(unit, mandate, on_its_way(unit, mandate, CaseState.WG_TREATED), PER, ())
            form = case_form(view)
            verbs = [b.verb for b in form.buttons if isinstance(b, Act)]
            assert actions.CASE_SUBMIT not in verbs
            assert verbs[0] == actions.CASE_SAVE
            yield name, form

    with use(language):
        check(cards(), language)


def minutes_view(unit: str, mandate: Mandate, count: int, *, finished: bool) -> GroupMinutesView:
    name = filled(unit, 120)
    people = {rep: Person(rep, name) for rep in REPS}
    text = filled(unit, 4_000)
    treated = tuple(
        Treated(
            filled(unit, 200),
            Treatment(CaseId(f"c{n}"), WG.id, f"AU {n:03d}-2026", WgOutcome.WITH_REMARKS, text, KIM, NOW),
            tuple(Statement(CaseId(f"c{n}"), rep, text, NOW) for rep in REPS),
        )
        for n in range(count)
    )
    minutes = finished_minutes() if finished else None
    there = "\n".join(f"– {name}" for _ in REPS)
    sections = (Section(ATTENDANCE, "Til stede", there), Section(REMARKS, "Andre merknader", text))
    said = Version(WG.id, 1, sections, REPS[0], NOW, Source.RECORD) if finished else None
    actor = Actor(people[REPS[0]], frozenset({Role.PORTFOLIO_LEAD}))
    return GroupMinutesView(WG, actor, mandate, treated, (), 2, minutes, said, tuple(people.values()), people)


def finished_minutes(name: str = "") -> Minutes:
    return Minutes(WG.id, Body.WORKING_GROUP, 1, MinutesState.CIRCULATED, 1, REPS[0], NOW, name=name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_minutes_of_none_and_of_many_cases(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]

    def cards() -> Iterator[tuple[str, Message]]:
        for count in (0, 1, 12):
            for finished in (False, True):
                view = minutes_view(unit, mandate, count, finished=finished)
                yield f"{count} {finished}", group_minutes.minutes_card(view, Banner(filled(unit, 300)))
        view = minutes_view(unit, mandate, 3, finished=False)
        untreated = tuple((f"AU {n:03d}-2026", filled(unit, 200)) for n in range(40))
        yield "untreated", group_minutes.minutes_card(replace(view, untreated=untreated))
        typed = Typed({"present": name, "remarks": filled(unit, 1_500)}, {"present": filled("Feil. ", 200)})
        yield "typed", group_minutes.minutes_card(view, None, typed)
        yield "notice", group_minutes.minutes_notice(replace(view, minutes=minutes))
        yield "ask", group_minutes.ask_for_minutes(view, Banner(filled(unit, 300)))
        yield "filed", group_minutes.minutes_filed(replace(view, minutes=minutes))

    name = filled(unit, 200)
    minutes = finished_minutes(name)
    with use(language):
        check(cards(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_asking_that_a_late_case_is_taken_in(filler: str, language: Language, mandate: Mandate) -> None:
    title = filled(FILLERS[filler], 200)
    lines = [CaseLine(CaseId(f"c{n}"), 3, title, CaseState.READY_FOR_WG, "bp2", PER, None, NOW, None) for n in range(9)]
    meetings = [replace(BOARD, id=MeetingId(f"b-{n}")) for n in range(6)]
    with use(language):
        cards = (
            *(("many", late_cards.which_late(lines, meetings)), ("none", late_cards.which_late([], meetings))),
            *(("no meeting", late_cards.which_late(lines, [])), ("how", late_cards.how_late(mandate))),
        )
        check(iter(cards), language)
