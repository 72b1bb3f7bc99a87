"""Every card of evaluation, anchoring and benefits, in three languages and with the longest texts: valid, usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from board.anchoring import Anchor, Anchored
from board.benefits import BenefitReport, BenefitStatus
from board.case_content import MAX_LINE, MAX_TEXT
from board.decision import Condition
from board.errors import Refusal, RefusalCode
from board.evaluation import HIGHEST, MAX_COMMENT, Outcome
from board.ids import CaseId, ItemId
from board.later import benefit_steps
from bot.pictures import MOST_BYTES, draw_wheel
from cards.after_views import AnchorView, BenefitCourse, BenefitView
from cards.evaluation_chart import COLOURS, TEXT, Bar, Chart, chart_typst
from cards.evaluation_views import Typed
from cards.i18n import LANGUAGES, Language, use
from cards.message import Banner, Message, Paragraph
from cards.templates.anchor_card import anchor_card, map_card, nothing_decided, text_message, why_asked
from cards.templates.benefit_card import benefit_card, course
from cards.templates.evaluation_card import chart_message, evaluation_card
from cards.templates.evaluation_case import evaluation_case
from cards.templates.evaluation_texts import evaluation_refusal
from tests.board.after_support import HELD, decided_case, decision
from tests.board.support import OWNER, TODAY, mandate
from tests.board.test_planner import HOURS
from tests.cards.evaluation_samples import CLOSED, OPEN, WITHHELD, view
from tests.cards.test_case_cards import FILLERS, check, filled
from tests.dialogs.support import words

NOW: Final = datetime(2026, 3, 16, 7, tzinfo=UTC)
NOTE: Final = Banner("Noe ble endret.", "attention")
UNITS: Final = {f"hf-{n}": f"Helseforetak {n}" for n in range(12)}


def contrast(one: str, other: str) -> float:
    """As WCAG counts it: 1 for the same, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- evaluation --------------------------------------------------------------------------------------------------------


def evaluations(unit: str) -> Iterator[tuple[str, Message]]:
    comments = tuple(filled(unit, MAX_COMMENT) for _ in range(12))
    full = replace(CLOSED, outcome=Outcome(11, CLOSED.outcome.counts if CLOSED.outcome else (), comments))
    typed = Typed({"q1": "3", "comment": filled(unit, MAX_COMMENT)}, {"q2": "Velg et svar."})
    yield "none", evaluation_card(view(None, opens=date(2026, 11, 2), may_arrange=True), NOTE)
    yield "no day", evaluation_card(view(None))
    yield "asked", evaluation_card(view(OPEN, may_answer=True, may_arrange=True))
    yield "typed", evaluation_card(view(OPEN, may_answer=True), NOTE, typed)
    yield "answered", evaluation_card(view(OPEN, answered=True))
    yield "result", evaluation_card(view(full, may_read=True, may_arrange=True, case_seen=True), NOTE)
    yield "not for you", evaluation_card(view(full))
    yield "withheld", evaluation_card(view(WITHHELD, may_read=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_every_card_of_an_evaluation(filler: str, language: Language) -> None:
    with use(language):
        assert check(evaluations(FILLERS[filler]), language) == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_an_evaluation_is_in_words(language: Language) -> None:
    codes = (
        *(RefusalCode.ANSWERED, RefusalCode.EVALUATION_CLOSED, RefusalCode.URN_LOST, RefusalCode.NOT_FOUND),
        *(RefusalCode.NOTHING_NEW, RefusalCode.INCOMPLETE, RefusalCode.NOT_ALLOWED),
    )
    with use(language):
        said = {evaluation_refusal(Refusal(code, {"fields": ("q1",)}), mandate()).text for code in codes}
    assert len(said) == len(codes)
    assert all("{" not in text for text in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_of_a_result_fits_its_fields(language: Language) -> None:
    comments = tuple(filled("å", MAX_COMMENT) for _ in range(12))
    full = replace(CLOSED, outcome=Outcome(11, CLOSED.outcome.counts if CLOSED.outcome else (), comments))
    with use(language):
        texts = evaluation_case(full, mandate())
    assert set(texts) == {"title", "summary", "proposed_decision", "assessment", "background"}
    assert len(texts.pop("title")) <= MAX_LINE
    assert all(0 < len(text) <= MAX_TEXT for text in texts.values())


def test_the_picture_fits_a_chat_and_says_in_words_what_it_shows() -> None:
    shown = chart_message(view(CLOSED, may_read=True))
    assert shown is not None
    assert shown.picture is not None
    assert len(draw_wheel(shown.picture.source)) <= MOST_BYTES
    assert "3,8 i snitt. Antall svar på 1: 0, 2: 1, 3: 2, 4: 6, 5: 2." in shown.picture.alt
    assert chart_message(view(CLOSED)) is None
    assert chart_message(view(WITHHELD, may_read=True)) is None


def test_the_longest_questions_and_most_answers_can_be_drawn() -> None:
    bars = tuple(Bar(filled('W#[]$\\" ', 400), "5,0", (99, 99, 1, 99, 99)) for _ in range(5))
    assert draw_wheel(chart_typst(Chart("Å" * 300, "x" * 300, bars)))
    assert draw_wheel(chart_typst(Chart("", "", (Bar("", "1,0", (0, 0, 0, 0, 0)),))))


def test_every_mark_can_be_read_against_its_colour() -> None:
    assert len(COLOURS) == HIGHEST
    assert all(contrast(ground, words_) >= 4.5 for ground, words_ in COLOURS)
    assert contrast("#ffffff", TEXT) >= 4.5


# -- anchoring ---------------------------------------------------------------------------------------------------------


def anchor_view(unit: str = "", decisions: int = 2, *, exempt: bool = False) -> AnchorView:
    """``unit``: what every text is made of; "" for short ones."""
    cases, told = {}, []
    for n in range(decisions):
        case = decided_case(f"c{n}", f"{n:03d}-2026")
        title = filled(unit, MAX_LINE) if unit else "Regional løsning"
        classification = "exempt" if exempt else "open"
        case = replace(case, content=replace(case.content, title=title, classification=classification))  # type: ignore[arg-type]  # one of the two
        one = decision(ItemId(f"i{n}"), case)
        if unit:
            conditions = tuple(Condition(filled(unit, MAX_LINE), OWNER.id, TODAY) for _ in range(12))
            one = replace(one, text=filled(unit, MAX_TEXT), conditions=conditions)
        cases[case.id] = case
        told.append(one)
    note = filled(unit, MAX_TEXT) if unit else "I mai"
    answers = {
        (one.item, name): Anchor(HELD.id, one.item, name, OWNER.id, Anchored.PARTLY, NOW, note)
        for one in told
        for name in list(UNITS)[::2]
    }
    return AnchorView(
        HELD, told, told, cases, answers, UNITS, mandate(), TODAY, "hf-1", approved=False, may_read=True, due=TODAY
    )


def anchors(unit: str) -> Iterator[tuple[str, Message]]:
    typed = {"partly": {"item": "i0", "note": filled(unit, MAX_TEXT)}}
    for count in (0, 1, 2, 25):
        shown = anchor_view(unit, count)
        yield f"asked {count}", anchor_card(shown, NOTE, typed, why_asked())
        yield f"map {count}", map_card(shown, NOTE)
        yield from ((f"text {count}", text_message(shown, one)) for one in shown.told[:1])
    yield "only told", anchor_card(replace(anchor_view(unit), unit="", may_read=False, asked=()))
    yield "none", nothing_decided()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_every_card_of_anchoring(filler: str, language: Language) -> None:
    with use(language):
        assert check(anchors(FILLERS[filler]), language) == 13


def test_nothing_of_the_map_is_told_by_colour_or_sign_alone() -> None:
    said = words(map_card(anchor_view()))
    assert "Helseforetak 0: 000-2026 ◐ delvis" in said
    assert "Helseforetak 1: 000-2026 – ikke svart" in said
    assert "✓ ja: 0 · ◐ delvis: 6 · ○ ikke ennå: 0 · – ikke svart: 6" in said


@pytest.mark.parametrize("approved", [True, False])
def test_the_text_says_whether_the_minutes_stand_behind_it(approved: bool) -> None:
    shown = replace(anchor_view(), approved=approved)
    message = text_message(shown, shown.told[0])
    text = next(block.text for block in message.blocks if isinstance(block, Paragraph))
    assert ("ikke godkjent" in text) is not approved
    assert any(isinstance(block, Banner) for block in message.blocks) is not approved


def test_an_exempt_decision_is_not_in_the_text() -> None:
    shown = anchor_view(exempt=True)
    text = words(text_message(shown, shown.told[0]))
    assert "Styret godkjenner" not in text
    assert "Vis gevinstplanen" not in text


# -- benefits ----------------------------------------------------------------------------------------------------------


def benefits(unit: str) -> Iterator[tuple[str, Message]]:
    case = decided_case("slutt", "003-2026", "bp5")
    case = replace(case, content=replace(case.content, title=filled(unit, MAX_LINE), benefits=filled(unit, MAX_TEXT)))
    report = BenefitReport(
        case.id, 6, OWNER.id, NOW, BenefitStatus.PARTLY, filled(unit, MAX_TEXT), 10**15, 0, CaseId("made")
    )
    asked = BenefitView(case, 6, mandate(), TODAY, TODAY, may_report=True)
    typed = {"text": filled(unit, MAX_TEXT), "expected": "mye"}
    yield "asked", benefit_card(asked)
    yield "typed", benefit_card(replace(asked, typed=typed, errors={"expected": "Skriv en sum."}), NOTE)
    yield (
        "reported",
        benefit_card(
            replace(asked, may_report=False, report=report, reporter="Ola", made_seen=True, case_seen=True), NOTE
        ),
    )
    yield "not yet", benefit_card(replace(asked, may_report=False, case_seen=True))
    plan = mandate().benefits
    steps = benefit_steps(case.id, TODAY, plan, HOURS) if plan else ()
    steps = (replace(steps[0], done_at=NOW), replace(steps[1], done_at=NOW), steps[2])
    yield "course", Message("Sak", course(BenefitCourse(steps, {6: report})))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_every_card_of_benefits(filler: str, language: Language) -> None:
    with use(language):
        assert check(benefits(FILLERS[filler]), language) == 5
