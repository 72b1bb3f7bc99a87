"""Every card of the decision register, in three languages, with the longest texts: valid and usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from board.case_content import MAX_LINE, MAX_TEXT
from board.decision import MAX_CONDITIONS, Outcome
from board.ids import CaseId, MeetingId
from board.register import Place, RegisterEntry, RegisterHit, RegisterPage, Sees
from cards.i18n import LANGUAGES, Language, use
from cards.message import Message
from cards.templates.register_card import (
    MOST_ASKED,
    find_button,
    found_decisions,
    no_decision,
    no_decisions_yet,
    one_decision,
    place_from,
)
from dialogs.register_talk import SHOWN
from tests.cards.test_case_cards import FILLERS, check, filled

DAY = date(2026, 4, 16)


def hit(unit: str, outcome: Outcome = Outcome.ADOPTED_WITH_CONDITIONS, sees: Sees = Sees.ALL) -> RegisterHit:
    entry = RegisterEntry(
        *(CaseId("c1"), MeetingId("m1"), DAY, outcome, "1065-2026", "AU 1003-2026"),
        title=filled(unit, MAX_LINE),
        public_title=filled(unit, MAX_LINE),
        text=filled(unit, MAX_TEXT),
        conditions="\n".join([filled(unit, MAX_LINE)] * MAX_CONDITIONS),
        project_ref=filled(unit, MAX_LINE),
        published=True,
        exempt=True,
        open_follow_ups=True,
    )
    return RegisterHit(entry, entry.title, sees, Place(DAY, 10**15))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_every_card_with_the_longest_texts(filler: str, language: Language) -> None:
    unit = FILLERS[filler]
    asked, more = filled(unit, MOST_ASKED), Place(DAY, 10**15)

    def cards() -> Iterator[tuple[str, Message]]:
        hits = (hit(unit),) * SHOWN
        for back, further in product((None, DAY), (True, False)):
            yield f"{back} {further}", found_decisions(RegisterPage(hits, more, back), asked, further=further)
        for outcome, sees in product(Outcome, (Sees.ALL, Sees.OPEN)):
            yield f"{outcome} {sees}", one_decision(hit(unit, outcome, sees))
        yield "none", no_decision(asked, RegisterPage(), (asked, asked), asked)
        yield "none so far", no_decision(asked, RegisterPage((), more, DAY), (), "")
        yield "no decisions", no_decisions_yet()
        yield "the latest", found_decisions(RegisterPage(hits), "", further=False)

    with use(language):
        assert check(cards(), language) == 8 + 2 * len(Outcome)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "vedtatt"),
        ({"minutes_approved": False}, "vedtatt, foreløpig, referat ikke godkjent"),
        ({"published": False, "minutes_approved": False}, "vedtatt, ikke kunngjort"),
        ({"exempt": True, "open_follow_ups": True}, "vedtatt, åpen oppfølging, unntatt offentlighet"),
    ],
)
def test_each_state_is_told_in_words(changes: dict[str, bool], status: str) -> None:
    usual = RegisterEntry(CaseId("c1"), MeetingId("m1"), DAY, Outcome.ADOPTED, published=True, minutes_approved=True)
    entry = replace(usual, number="065-2026", **changes)  # type: ignore[arg-type]  # flags only
    card = one_decision(RegisterHit(entry, "Kurve", Sees.ALL, Place(DAY, 1)))
    assert card.summary == f"065-2026 Kurve: {status}"


def test_a_button_carries_its_place() -> None:
    assert place_from(str(find_button("Vis flere", "kurve", Place(DAY, 77)).data["before"])) == Place(DAY, 77)
    for other in ("", ".", "2026-04-16", "2026-04-16.", "2026-13-01.7", "2026-04-16.x", "2026-04-16." + "9" * 30):
        assert place_from(other) is None
