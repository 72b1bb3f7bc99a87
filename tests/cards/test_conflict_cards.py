"""Every card about habilitet and classification, in three languages and with the longest texts: valid and usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from board.case import Case
from board.case_content import MAX_LINE
from board.conflicts import Conflict, Declared, Ruling
from board.documents import Document
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, DocumentId, MeetingId, PersonId
from board.meeting import MAX_PLACE, Meeting
from board.people import Actor, Body, Person, Role
from board.states import CaseState
from cards.conflict_views import QuestionView, RulingView
from cards.i18n import LANGUAGES, Language, use
from cards.message import Act, Banner, Message, Option
from cards.plain import to_summary
from cards.templates import conflict_notices
from cards.templates.classify_card import classification, classify_card
from cards.templates.conflict_card import question_card
from cards.templates.conflict_texts import conflict_refusal
from cards.views import CaseView
from dialogs.conflict_present import LONGEST_NAME
from tests.board.support import OFFICE, TODAY, case_in, mandate
from tests.cards.test_case_cards import FILLERS, check, filled
from tests.dialogs.support import words

NOW: Final = datetime(2026, 9, 8, 7, tzinfo=UTC)
PEOPLE: Final = tuple(PersonId(f"00000000-0000-4000-8000-{n:012d}") for n in range(40))
ME: Final = PEOPLE[0]


def meeting(unit: str = "x") -> Meeting:
    place = filled(unit, MAX_PLACE)
    return Meeting(MeetingId("0f0e0d0c-1111-4222-8333-444455556666"), Body.BOARD, NOW, 180, place)


def cases(unit: str, count: int) -> tuple[Case, ...]:
    case = case_in(CaseState.DISPATCHED)
    content = replace(case.content, title=filled(unit, MAX_LINE))
    return tuple(
        replace(case, id=CaseId(f"00000000-0000-4000-9000-{n:012d}"), board_number=f"{n:03d}-2026", content=content)
        for n in range(1, count + 1)
    )


def conflict(
    case: Case, unit: str = "x", ruling: Ruling | None = None, answer: Declared = Declared.POSSIBLE
) -> Conflict:
    long = filled(unit, 4_000)
    return Conflict(case.id, PEOPLE[1], 9, answer, long, NOW, ruling, ME if ruling else None, NOW, long)


def question(unit: str, count: int = 40, role: Role = Role.CHAIR, answered: int = 0) -> QuestionView:
    """Forty cases, forty people to rule on, each with a ruling, names as long as a name may be."""
    people = {person: Person(person, filled(unit, 120)) for person in PEOPLE}
    actor, on_it = Actor(people[ME], frozenset({role})), cases(unit, count)
    chair = role is Role.CHAIR
    return QuestionView(
        object_id="conflicts:0f0e0d0c-1111-4222-8333-444455556666",
        meeting=meeting(unit),
        viewer=actor,
        cases=on_it,
        answers={case.id: conflict(case, unit) for case in on_it[:answered]},
        due=date(2026, 9, 18),
        others=tuple(conflict(case, unit, Ruling.EXCLUDED) for case in on_it) if chair else (),
        people=tuple(Option(person, filled(unit, LONGEST_NAME)) for person in PEOPLE) if chair else (),
        known=people,
    )


def ruling(unit: str, made: Ruling | None, role: Role = Role.CHAIR) -> RulingView:
    (case,) = cases(unit, 1)
    who = filled(unit, 120)
    actor = Actor(Person(ME, "Leder"), frozenset({role}))
    return RulingView(conflict(case, unit, made), case, actor, who, "medlem", who, meeting(unit), may_open=True)


def documents(unit: str) -> Case:
    document = Document(DocumentId("d"), "other", filled(unit, MAX_LINE), OFFICE.id, NOW, "https://example.org/x")
    many = tuple(
        replace(document, id=DocumentId(f"00000000-0000-4000-a000-{n:012d}"), exempt=n % 2 == 0,
                legal_basis=filled(unit, MAX_LINE), exempt_until=date(2030, 1, 1))
        for n in range(10)
    )  # fmt: skip
    return replace(cases(unit, 1)[0], documents=many)


def every(unit: str) -> Iterator[Message]:
    note = Banner(filled(unit, 200), "attention")
    typed = {"possible": {"note": filled(unit, 4_000)}, "rule": {"reason": filled(unit, 4_000)}}
    for count, answered in ((0, 0), (1, 0), (8, 3), (12, 12), (40, 0), (40, 20)):
        for role in (Role.CHAIR, Role.MEMBER):
            yield question_card(question(unit, count, role, answered))
            yield question_card(question(unit, count, role, answered), note, {"possible": {"note": filled(unit, 500)}})
    yield question_card(question(unit, 8, Role.MEMBER), note, typed)
    for made in (None, *Ruling):
        yield conflict_notices.ruling_card(ruling(unit, made))
        yield conflict_notices.ruling_card(ruling(unit, made, Role.DEPUTY), note, {"able": {"reason": unit * 9}})
    yield conflict_notices.ruled_out(meeting(unit))
    yield conflict_notices.ruled_out(None)
    yield conflict_notices.out_of_sight()
    case = cases(unit, 1)[0]
    yield conflict_notices.ruled_able(case, conflict(case, unit, Ruling.ABLE))
    view = CaseView(documents(unit), OFFICE, mandate(), {}, now=NOW)
    yield classify_card(view, TODAY)
    yield classify_card(view, TODAY, note, {"legal_basis": filled(unit, MAX_LINE)}, {"legal_basis": filled(unit, 99)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", FILLERS.values(), ids=FILLERS)
def test_every_card_is_valid_and_small_enough(language: Language, unit: str) -> None:
    def named() -> Iterator[tuple[str, Message]]:
        for number, card in enumerate(every(unit)):
            yield f"{number}: {card.title[:60]}", card

    with use(language):
        assert check(named(), language) > 20


def test_one_press_answers_for_all() -> None:
    with use("nb"):
        card = question_card(question("x", 3, Role.MEMBER))
    first = card.buttons[0]
    assert isinstance(first, Act)
    assert (first.label, first.data["answer"]) == ("Ingen forhold i noen av sakene", "none")
    assert to_summary(card).startswith("Habilitet: Styremøte tirsdag 8. september 2026")
    assert "Svar innen fredag 18. september 2026." in words(card)
    assert "001-2026" in words(card)


def test_what_was_said_stands_there_and_the_rest_is_one_press() -> None:
    with use("nb"):
        card = question_card(question("x", 3, Role.MEMBER, answered=1))
    assert "mulig forhold, ikke avgjort" in words(card)
    assert [b.label for b in card.buttons][:3] == [
        *("Ingen forhold i de andre", "Mulig forhold i en sak", "Endre til ingen forhold"),
    ]


def test_only_the_chair_sees_what_others_said() -> None:
    with use("nb"):
        chair, member = (question_card(question("x", 2, role)) for role in (Role.CHAIR, Role.MEMBER))
    assert "avgjort: inhabil" in words(chair)
    assert "inhabil" not in words(member).replace("gjøre deg inhabil", "")
    assert not [b for b in member.buttons if isinstance(b, Act) and b.verb == "conflict.rule"]


def test_one_who_is_out_reads_nothing_of_the_case() -> None:
    case = cases("Radiologi ", 1)[0]
    with use("nb"):
        texts = [words(conflict_notices.ruled_out(meeting("Rom "))), words(conflict_notices.out_of_sight())]
    for text in texts:
        assert "Radiologi" not in text
        assert case.board_number not in text
    assert "Du er vurdert som inhabil i en sak på styremøtet tirsdag 8. september 2026." in texts[0]


def test_a_refusal_of_oneself_says_who_rules_instead() -> None:
    refusal = Refusal(RefusalCode.NOT_ALLOWED, {"roles": (Role.CHAIR,)})
    with use("nb"):
        own = conflict_refusal(refusal, {}, mandate(), of_oneself=True).text
        others = conflict_refusal(refusal, {}, mandate()).text
        stale = Refusal(RefusalCode.STALE, {"what": Happened.CONFLICT_DECLARED, "by": ME, "at": NOW})
        assert "svarte om habilitet" in conflict_refusal(stale, {ME: Person(ME, "Mads")}, mandate()).text
    assert "Resten avgjør varaen din" in own
    assert others == "Det kan bare leder gjøre. Ingenting er endret."


def test_a_document_is_open_again_the_day_after_its_exemption() -> None:
    document = replace(documents("x").documents[0], legal_basis="offl. § 23")
    with use("nb"):
        assert classification(document, date(2030, 1, 1)).endswith("til og med tirsdag 1. januar 2030")
        assert classification(document, date(2030, 1, 2)) == "åpent"
        assert classification(replace(document, exempt_until=None), TODAY) == "unntatt offentlighet, offl. § 23"
