"""Every card about minutes, in three languages and with the longest texts: valid, small enough, usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from board.editable import Section
from board.ids import MeetingId, RemarkId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_text import MAX_SECTION, Source, Version
from board.people import Actor, Body, Person, Role
from board.remarks import Remark, RemarkClass, RemarkState, RoundAnswer
from cards import actions
from cards.i18n import Language, use
from cards.message import Act, Banner, Inputs, LongText, Message
from cards.minutes_views import MinutesView, SectionChange, Typed, VersionStep, WordView
from cards.templates.minutes_card import minutes_card, no_minutes
from cards.templates.minutes_remarks import remark_card, ruled_card
from cards.templates.minutes_section import section_card
from cards.templates.minutes_texts import section_name
from cards.templates.minutes_versions import versions_card, word_card, word_ready, word_refused
from tests.cards.test_case_cards import EVA, FILLERS, KIM, NOW, PER, check, filled

STARTS: Final = datetime(2026, 4, 16, 7, tzinfo=UTC)
MEETING: Final = Meeting(MeetingId("0f0e0d0c-1111-4222-8333-444455556666"), Body.BOARD, STARTS)
TODAY: Final = date(2026, 4, 20)
READERS: Final = {
    "office": frozenset({Role.OFFICE}),
    "member": frozenset({Role.MEMBER}),
    "all at once": frozenset({Role.OFFICE, Role.CHAIR, Role.MEMBER}),
    "guest": frozenset[Role](),
}
SEEN: Final = (
    (MinutesState.DRAFT, "office"),
    (MinutesState.CIRCULATED, "all at once"),
    (MinutesState.CIRCULATED, "member"),
    (MinutesState.APPROVED, "guest"),
)
DRAWN: Final = [("nb", filler) for filler in ("plain", "emoji", "quotes")] + [("nn", "plain"), ("en", "plain")]
SHORT: Final = 4_000
"""Characters that a text always may have."""


def sections(unit: str, count: int = 18, length: int = SHORT) -> tuple[Section, ...]:
    """An agenda of ``count`` cases: a heading, what was said and what was decided for each."""
    found = [Section("head", "Møtet", filled(unit, 400), editable=False)]
    for n in range(count):
        about = f"item:{n:036d}"
        found += [
            Section(about, filled(unit, 200), "Beslutningssak", editable=False),
            Section(f"{about}:text", "", filled(unit, length), level=2),
            Section(f"{about}:decision", "Vedtak", filled(unit, 4_000), editable=False, level=2),
        ]
    return tuple(found)


def remark(unit: str, n: int = 0, cls: RemarkClass = RemarkClass.EDITORIAL, **how: object) -> Remark:
    made = Remark(
        RemarkId(f"{n:036d}"), MEETING.id, 1, PER, cls, filled(unit, 4_000), NOW, sections(unit)[2].id,
    )  # fmt: skip
    return replace(made, **how)  # type: ignore[arg-type]  # the callers name fields of Remark


def view(unit: str, reader: str, state: MinutesState, length: int = SHORT, remarks: int = 8) -> MinutesView:
    roles = READERS[reader]
    text = Version(MEETING.id, 2, sections(unit, length=length), EVA, NOW, Source.CHAT)
    due = date(2026, 4, 27) if state is MinutesState.CIRCULATED else None
    minutes = Minutes(MEETING.id, Body.BOARD, 3, state, 2, EVA, NOW, remarks_due=due, sha256="")
    people = {one: Person(one, filled(unit, 60)) for one in (EVA, KIM, PER)}
    given = state is not MinutesState.DRAFT
    return MinutesView(
        meeting=MEETING,
        minutes=minutes,
        text=text,
        sections=text.sections,
        people=people,
        reader=Actor(people[KIM], roles),
        today=TODAY,
        remarks=tuple(remark(unit, n) for n in range(remarks)) if given and roles else (),
        answers=(RoundAnswer(MEETING.id, PER, 2, True, NOW),) if given else (),
        asked=(PER, KIM, EVA),
        may_remark=bool(roles),
        takes_remarks=state is MinutesState.CIRCULATED,
        left_out=reader == "member",
    )


def cards(unit: str) -> Iterator[tuple[str, Message]]:
    note = Banner(filled(unit, 400), "attention")
    typed = {"remark": filled(unit, 4_000), "class": "editorial", "section": sections(unit)[2].id}
    for state, reader in SEEN:
        shown = view(unit, reader, state)
        yield f"{state} {reader}", minutes_card(shown, note, "Du får denne fordi du var der.")
        yield f"{state} {reader} typed", minutes_card(shown, note, typed=typed)
        for section in shown.sections[1:4]:
            yield f"{state} {reader} {section.id[-8:]}", section_card(shown, section, note)
        between = SectionChange("x", filled(unit, 4_000), filled("y ", 4_000))
        wrote = Typed(filled(unit, 4_000), 1)
        yield f"{state} {reader} between", section_card(shown, shown.sections[2], note, wrote, between)
    yield from _of_remarks(unit, note)
    yield from _of_files(unit, note)


def _of_remarks(unit: str, note: Banner) -> Iterator[tuple[str, Message]]:
    since = SectionChange("x", filled(unit, 4_000), filled("y ", 4_000))
    typed = {"text": filled(unit, 4_000), "note": ""}
    for cls in RemarkClass:
        for state in (RemarkState.OPEN, RemarkState.REFUSED):
            shown = view(unit, "office", MinutesState.CIRCULATED)
            one = remark(unit, 0, cls, state=state, note=filled(unit, 400), ruled_by=EVA, ruled_at=NOW)
            yield f"{cls} {state}", remark_card(shown, one, shown.sections[2], note, "Fordi.", typed, since)
            yield f"{cls} {state} whole", remark_card(shown, one, None)
            yield f"{cls} {state} ruled", ruled_card(shown, one, since, "Fordi.")


def _of_files(unit: str, note: Banner) -> Iterator[tuple[str, Message]]:
    shown = view(unit, "office", MinutesState.DRAFT)
    changes = [SectionChange(filled(unit, 200), filled(unit, 4_000), filled("y ", 4_000))] * 40
    text = shown.text
    assert text is not None
    yield "versions", versions_card(shown, [VersionStep(replace(text, version=n), changes) for n in range(1, 9)])
    for n in (0, 1, 40):
        word = WordView("a" * 64, filled(unit, 120), changes[:n], [filled(unit, 300)] * 30)
        yield f"word {n}", word_card(shown, word, note)
    yield "stopped", word_card(shown, WordView("a" * 64, "x.docx", stopped=filled(unit, 300)))
    yield "ready", word_ready(shown, "https://saksgang.example.org/minutes/secret.docx", 24)
    yield "refused", word_refused(filled(unit, 300))
    yield "none", no_minutes(writes=True)
    yield "none yet", no_minutes(writes=False)


@pytest.mark.parametrize(("language", "filler"), DRAWN)
def test_every_card_with_the_longest_texts(language: Language, filler: str) -> None:
    with use(language):
        assert check(cards(FILLERS[filler]), language) > 40


def verbs(card: Message) -> set[str]:
    return {button.verb for button in card.buttons if isinstance(button, Act)}


class TestButtons:
    def test_who_is_asked_answers_and_the_office_sends(self) -> None:
        asked = verbs(minutes_card(view("x", "member", MinutesState.CIRCULATED)))
        assert {actions.MINUTES_NONE, actions.MINUTES_REMARK} <= asked
        assert actions.MINUTES_CIRCULATE not in asked
        writes = verbs(minutes_card(view("x", "office", MinutesState.DRAFT)))
        assert {actions.MINUTES_CIRCULATE, actions.MINUTES_WORD} <= writes
        assert not writes & {actions.MINUTES_NONE, actions.MINUTES_REMARK}

    @pytest.mark.parametrize("state", [MinutesState.DRAFT, MinutesState.APPROVED])
    def test_nobody_remarks_outside_the_round(self, state: MinutesState) -> None:
        for reader in READERS:
            assert not verbs(minutes_card(view("x", reader, state))) & {actions.MINUTES_NONE, actions.MINUTES_REMARK}

    def test_a_substantive_remark_is_not_the_offices_to_answer(self) -> None:
        shown = view("x", "office", MinutesState.CIRCULATED)
        for cls, may in ((RemarkClass.EDITORIAL, True), (RemarkClass.SUBSTANTIVE, False)):
            card = remark_card(shown, remark("x", 0, cls), shown.sections[2])
            assert bool(verbs(card) & {actions.MINUTES_ACCEPT_REMARK, actions.MINUTES_REFUSE_REMARK}) is may

    def test_what_is_too_long_for_a_field_is_read_here_and_worded_in_word(self) -> None:
        shown = view("æ", "office", MinutesState.DRAFT, MAX_SECTION)
        card = section_card(shown, shown.sections[2])
        assert not [block for block in card.blocks if isinstance(block, Inputs)]
        assert actions.MINUTES_WORD in verbs(card)
        told = [block.text for block in card.blocks if isinstance(block, LongText)]
        assert "".join(told) == shown.sections[2].text


def test_a_part_without_a_heading_is_named_by_the_one_above() -> None:
    found = (Section("a", "Sak 1", "", editable=False), Section("b", "", "Sagt.", level=2))
    assert section_name(found, "b") == "Sak 1 – det som ble sagt og gjort"
    assert section_name(found, "") == "hele referatet"
