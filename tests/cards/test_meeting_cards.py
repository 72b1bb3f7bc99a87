"""Every card about meetings, in three languages and with the longest names: valid, small enough, usable."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from board.attendance import Attendance, Coming
from board.case_ports import CaseLine
from board.deadlines import back_plan, shifts
from board.duty import Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, DutyId, MeetingId, PersonId, channel_recipient
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import MAX_PLACE, Meeting, MeetingState
from board.people import Actor, Body, Person, Role
from board.states import CaseState
from bot.calendar import NorwegianCalendar
from bot.settings import SHIPPED_MANDATE
from cards.i18n import LANGUAGES, Language, use
from cards.meeting_views import Draft, MeetingView, Told, Typed
from cards.message import Banner, Message, Option
from cards.templates import attend_texts, meeting_notices, meeting_previews, refusals, subscriptions, year_card
from cards.templates.meeting_card import LONGEST_NAME, meeting_card, meeting_refusal
from tests.cards.test_case_cards import FILLERS, check, filled

NOW: Final = datetime(2026, 9, 8, 7, tzinfo=UTC)
CALENDAR: Final = NorwegianCalendar()
PEOPLE: Final = tuple(PersonId(f"00000000-0000-4000-8000-{n:012d}") for n in range(40))
ME, OTHER = PEOPLE[0], PEOPLE[1]
CHANNEL: Final = channel_recipient("teams", "19:general@thread.tacv2")
READERS: Final[dict[str, frozenset[Role]]] = {
    "member": frozenset({Role.MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "office": frozenset({Role.OFFICE}),
    "everything at once": frozenset({Role.CHAIR, Role.OFFICE, Role.PORTFOLIO_LEAD, Role.WG_MEMBER}),
    "employee representative": frozenset({Role.EMPLOYEE_REP}),
    "submitter": frozenset({Role.SUBMITTER}),
    "guest": frozenset(),
}


@pytest.fixture(scope="module")
def mandate() -> Mandate:
    return read_mandate(SHIPPED_MANDATE.read_text(encoding="utf-8"))


def meeting(unit: str = "x", body: Body = Body.BOARD, state: MeetingState = MeetingState.PLANNED) -> Meeting:
    last = Happened.MEETING_MOVED if state is MeetingState.PLANNED else Happened.MEETING_CANCELLED
    return Meeting(
        MeetingId("0f0e0d0c-1111-4222-8333-444455556666"),
        body,
        datetime(2026, 9, 24, 7, tzinfo=UTC),
        180,
        filled(unit, MAX_PLACE),
        rev=99,
        state=state,
        changed_at=NOW,
        changed_by=OTHER,
        last=last,
    )


def view(unit: str, mandate: Mandate, one: Meeting, roles: frozenset[Role], who: PersonId = ME) -> MeetingView:
    """Forty members who all answered, forty deputies to choose from, names as long as a name may be."""
    people = {person: Person(person, filled(unit, 120)) for person in PEOPLE}
    actor = Actor(people.get(who, Person(who, "")), roles)
    answers = tuple(
        Attendance(one.id, person, coming, OTHER, NOW, OTHER if coming is Coming.DEPUTY else None)
        for person, coming in zip(PEOPLE, itertools.cycle(Coming), strict=False)
    )
    reason = filled(unit, 4_000)
    return MeetingView(
        meeting=one,
        viewer=actor,
        mandate=mandate,
        now=NOW,
        plan=back_plan(one.day, mandate.offsets_of(one.body), CALENDAR),
        people=people,
        change=Event(one.last, one.id, NOW, OTHER, one.rev, reason=reason),
        answers=answers[1:],
        invited=PEOPLE if roles else (),
        duty=Duty(DutyId("d"), DutyKind.ATTEND, one.id, who, NOW, date(2026, 9, 18), "attendance"),
        deputies=tuple(Option(person, filled(unit, LONGEST_NAME)) for person in PEOPLE[:20]),
        preparing=meeting(unit, Body.WORKING_GROUP) if one.body is Body.BOARD else None,
        serves=meeting(unit) if one.body is Body.WORKING_GROUP else None,
        cases=tuple(
            CaseLine(CaseId(f"c{n}"), 1, filled(unit, 200), state, "bp2", ME, OTHER, NOW, None)
            for n, state in enumerate((CaseState.DRAFT, CaseState.READY_FOR_WG, CaseState.SUBMITTED, CaseState.DRAFT))
        ),
    )


def views(unit: str, mandate: Mandate) -> Iterator[tuple[str, MeetingView]]:
    for body, state, (reader, roles) in itertools.product(Body, MeetingState, READERS.items()):
        shown = view(unit, mandate, meeting(unit, body, state), roles)
        yield f"{body} {state} {reader}", shown
        yield f"{body} {state} {reader} for others", replace(shown, stands_in_for=PEOPLE[2:5])
        asked = replace(shown.duty, deputy=OTHER) if shown.duty else None
        yield f"{body} {state} {reader} asked a deputy", replace(shown, duty=asked)
    yield "channel", view(unit, mandate, meeting(unit), frozenset(), CHANNEL)


def wrong(unit: str, reason: int = 4_000) -> Typed:
    """Everything typed at its longest, everything of it wrong."""
    names = (
        "body",
        "date",
        "time",
        "place",
        "minutes",
        "reason",
        "meeting",
        "deputy",
        "deputy_name",
        "person",
        "answer",
    )
    values = {name: filled(unit, reason if name == "reason" else 200) for name in names}
    return Typed(values, {name: filled("Dette forsto jeg ikke. ", 120) for name in names})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_a_meeting_for_each_body_state_and_reader(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]

    def cards() -> Iterator[tuple[str, Message]]:
        for name, shown in views(unit, mandate):
            yield name, meeting_card(shown)
        office = view(unit, mandate, meeting(unit), READERS["everything at once"])
        yield "all wrong", meeting_card(office, Banner(filled(unit, 300), "attention"), wrong(unit, 0))

    with use(language):
        assert check(cards(), language) == len(Body) * len(MeetingState) * len(READERS) * 3 + 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_what_goes_out_to_each_reader(filler: str, language: Language, mandate: Mandate) -> None:
    def cards() -> Iterator[tuple[str, Message]]:
        for name, shown in views(FILLERS[filler], mandate):
            one = shown.meeting
            old = back_plan(date(2026, 10, 15), mandate.offsets_of(one.body), CALENDAR)
            changes = shifts(old, shown.plan, shown.today)
            yield f"{name} moved", meeting_notices.moved(shown, NOW + timedelta(days=40), changes)
            yield f"{name} cancelled", meeting_notices.cancelled(shown)
            yield f"{name} asked", meeting_notices.asked(shown)
            for offset in mandate.offsets_of(one.body):
                said = meeting_notices.word(shown, offset.id)
                assert said is not None
                yield f"{name} {offset.id}", said

    with use(language):
        assert check(cards(), language) > 500


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_previews_and_forms(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    many = [replace(meeting(unit), id=MeetingId(f"{n:036d}")) for n in range(12)]
    told = Told(40, dict.fromkeys(Role, 3))
    note = Banner(filled(unit, 200), "warning")

    def cards() -> Iterator[tuple[str, Message]]:
        for body in Body:
            shown = view(unit, mandate, meeting(unit, body), READERS["office"])
            late = replace(meeting(unit, body), starts_at=datetime(2027, 1, 7, 2, tzinfo=UTC))
            plan = back_plan(late.day, mandate.offsets_of(body), CALENDAR)
            served = meeting(unit) if body is Body.WORKING_GROUP else None
            draft = Draft(late, plan, NOW, True, tuple(many[:3]), served, date(2026, 9, 4))
            yield f"new {body}", meeting_previews.new_preview(draft, wrong("9"), filled(unit, 200))
            yield f"late {body}", meeting_previews.new_preview(replace(draft, now=NOW + timedelta(days=120)))
            changes = shifts(shown.plan, plan, shown.today)
            yield f"move {body}", meeting_previews.move_preview(shown, draft, changes, told, wrong(unit))
            still = shifts(plan, plan, date(2027, 6, 1))
            yield f"still {body}", meeting_previews.move_preview(shown, draft, still, Told(0, {}))
            yield f"cancel {body}", meeting_previews.cancel_preview(shown, told, 12, wrong(unit))
        for typed, said in ((Typed(), None), (wrong(unit), note)):
            yield "new form", meeting_previews.new_form("id", typed, said)
            yield "move form", meeting_previews.move_form(many, typed, said)
            yield "cancel form", meeting_previews.cancel_form(many, typed, said)
        yield "none", meeting_previews.none_ahead()

    with use(language):
        assert check(cards(), language) == 22


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [c for c in RefusalCode if c is not RefusalCode.INCOMPLETE])
def test_every_refusal_of_an_act_on_a_meeting(code: RefusalCode, language: Language, mandate: Mandate) -> None:
    people = {person: Person(person, filled("æ", 120)) for person in PEOPLE}
    moved_on: dict[str, object] = {"what": Happened.MEETING_MOVED, "by": OTHER, "at": NOW, "roles": ("office",)}

    def cards() -> Iterator[tuple[str, Message]]:
        for params in (moved_on, {**moved_on, "at": None}, {"roles": ("office",)}):
            for begun in (True, False):
                banner = meeting_refusal(Refusal(code, params), people, mandate, begun=begun)
                yield f"{params} {begun}", refusals.plain_refusal(banner)

    with use(language):
        assert check(cards(), language) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_channel_and_calendar(language: Language, mandate: Mandate) -> None:
    name = filled("æ", 120)

    def cards() -> Iterator[tuple[str, Message]]:
        banners = [attend_texts.own(c) for c in Coming] + [attend_texts.on_behalf(name, c) for c in Coming]
        banners += [attend_texts.deputy_asked(name), attend_texts.given_back(name), attend_texts.comes_instead(name)]
        banners += [Banner(attend_texts.several([name] * 6)), Banner(attend_texts.nobody(name, mandate))]
        yield from ((b.text[:20], refusals.plain_refusal(b)) for b in banners)
        for flag in (True, False):
            yield f"opened {flag}", subscriptions.channel_opened(mandate, new=flag)
            yield f"closed {flag}", subscriptions.channel_closed(was_open=flag)
            yield f"calendar closed {flag}", subscriptions.calendar_closed(was_open=flag)
        yield "elsewhere", subscriptions.channel_elsewhere()
        yield "offer", subscriptions.calendar_offer()
        yield "made", subscriptions.calendar_made("https://saksgang.example.org/calendar/" + "x" * 43 + ".ics")
        yield "made in local mode", subscriptions.calendar_made("http://127.0.0.1:3978/calendar/x.ics")
        yield "no address", subscriptions.no_public_address()

    with use(language):
        assert check(cards(), language) == 22


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_year(filler: str, language: Language, mandate: Mandate) -> None:
    unit, today = FILLERS[filler], date(2026, 9, 8)
    lines = []
    for n in range(200):
        one = replace(meeting(unit, list(Body)[n % 3], list(MeetingState)[n % 2]), id=MeetingId(f"m{n}"))
        day = date(2026, 1, 1) + timedelta(days=n * 9 // 5)
        lines.append(year_card.YearLine(day, one))
        lines.append(year_card.YearLine(day, one, "remarks_close", mine=bool(n % 2)))

    def cards() -> Iterator[tuple[str, Message]]:
        yield "full", year_card.year_card(2026, lines, today, mandate, (2025, 2027))
        yield "empty", year_card.year_card(2027, (), today, mandate, (2026, 2028))

    with use(language):
        assert check(cards(), language) == 2
        full = year_card.year_picture(2026, lines, today, mandate)
        assert full.picture is not None
        assert "2026" in full.picture.alt
        assert full.picture.source.startswith("#set page")
        empty = year_card.year_picture(2027, (), today, mandate)
        assert empty.picture is not None
        assert empty.picture.alt


def test_nothing_is_told_by_colour_alone_and_no_button_is_lost(mandate: Mandate) -> None:
    """A chair who is of the office too has the most to do on one card, and six buttons hold it."""
    with use("nb"):
        card = meeting_card(view("x", mandate, meeting(), READERS["everything at once"]))
        assert [b.label for b in card.buttons] == [
            *("Kommer", "Kommer ikke", "Vara"),
            *("Svar for noen", "Flytt møtet", "Avlys møtet"),
        ]
        passed = meeting_previews.plan_rows(
            Draft(meeting(), back_plan(date(2026, 9, 24), mandate.offsets_of(Body.BOARD), CALENDAR), NOW)
        )
        assert [words.endswith("(har passert)") for _day, words in passed][:5] == [True, True, True, True, True]
        assert not passed[-1][1].endswith("(har passert)")
