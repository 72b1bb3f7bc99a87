"""Every card of the product, in three languages and with the longest texts allowed: valid, small enough, usable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from board.case import Case, LastChange
from board.case_content import LONG_TEXTS, MAX_LINE, MAX_TEXT, Content
from board.case_ports import CaseLine
from board.documents import Document
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, DocumentId, MeetingId, PersonId
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import Meeting
from board.notices import CASE_NOTICES, NoticeKind
from board.people import Actor, Body, Person, Role
from board.states import CaseAct, CaseState, roles_for
from bot.settings import SHIPPED_MANDATE
from cards.adaptive import card_bytes, fitted_card
from cards.forms import CASE_QUESTIONS, Choices
from cards.i18n import LANGUAGES, Language, use
from cards.message import Banner, Message, Option
from cards.plain import to_summary
from cards.templates import lists, questions, refusals, system, talk_texts
from cards.templates.case_card import case_card
from cards.templates.case_form import case_form, one_answer
from cards.templates.case_text import full_text
from cards.templates.start_form import start_card
from cards.views import CaseView, DeadlineLine
from tests.cards.reading_cards import nodes, schema_errors, shown_words
from tests.cards.schema_by_parts import errors_by_parts

NOW: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
PER, EVA, KIM, GUEST = (PersonId(f"00000000-0000-4000-8000-00000000000{n}") for n in (1, 2, 3, 9))
LIMIT: Final = 25_000
FILLERS: Final = {"plain": "Vi trenger dette. ", "emoji": "🧾", "quotes": '"', "backslashes": "\\", "æ": "æ"}
"""What texts are made of; an emoji takes four bytes, a quote and a backslash two in JSON, and markdown more."""


@pytest.fixture(scope="module")
def mandate() -> Mandate:
    return read_mandate(SHIPPED_MANDATE.read_text(encoding="utf-8"))


def filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def content(unit: str) -> Content:
    """Every text as long as it may be."""
    lines = ("title", "public_title", "project_ref", "presenter", "legal_basis")
    texts = {name: filled(unit, MAX_LINE) for name in lines} | {name: filled(unit, MAX_TEXT) for name in LONG_TEXTS}
    return Content(
        project_owner=EVA,
        minutes=240,
        cost_investment=10**15,
        cost_operation=10**15,
        wanted_meeting=MeetingId("m-0"),
        classification="exempt",
        **texts,  # type: ignore[arg-type]  # the names above are texts
    )


def documents(unit: str, mandate: Mandate, case_type: str) -> tuple[Document, ...]:
    types = [*mandate.case_type[case_type].documents, *["other"] * 10][:10]
    name, url = filled(unit, 200), "https://dokumenter.example.org/" + "x" * 1_960
    return tuple(Document(DocumentId(f"d{n}"), t, name, PER, NOW, url=url) for n, t in enumerate(types))


def case(unit: str, mandate: Mandate, state: CaseState = CaseState.DRAFT, case_type: str = "bp2") -> Case:
    kind = mandate.case_type[case_type]
    ended = state is CaseState.OUT_OF_SCOPE
    return Case(
        id=CaseId("0f0e0d0c-1111-4222-8333-444455556666"),
        rev=99,
        state=state,
        delivery_form=kind.delivery_forms[0],
        case_type=case_type,
        sub_portfolio=kind.sub_portfolios[0],
        submitter=PER,
        created_at=NOW,
        updated_at=NOW,
        last=LastChange(Happened.CASE_RETURNED, KIM, NOW),
        content=content(unit),
        documents=documents(unit, mandate, case_type),
        reason=filled(unit, 4_000),
        deadline=date(2026, 4, 16) if state is CaseState.INCOMPLETE else None,
        exclusion=mandate.exclusions[0].id if ended else "",
        submitted_at=NOW,
        received_at=NOW,
        owner=EVA,
    )


def view(unit: str, mandate: Mandate, one: Case, who: PersonId = PER, roles: Sequence[Role] = ()) -> CaseView:
    """With sixty owners to choose from and six meetings ahead; names as long as a name may be."""
    name = filled(unit, 120)
    people = {person: Person(person, name) for person in (PER, EVA, KIM, GUEST)}
    owners = tuple(Person(PersonId(f"00000000-0000-4000-8000-{n:012d}"), f"{n} {name}"[:40]) for n in range(60))
    meetings = tuple(Meeting(MeetingId(f"m-{n}"), Body.BOARD, NOW, 180, "Hamar") for n in range(6))
    actor = Actor(people[who], frozenset(roles))
    return CaseView(one, actor, mandate, people, Choices(owners, meetings), meetings[0])


READERS: Final[tuple[tuple[str, PersonId, tuple[Role, ...]], ...]] = (
    ("submitter", PER, ()),
    ("owner", EVA, (Role.PROJECT_OWNER,)),
    ("office", KIM, (Role.OFFICE,)),
    ("everything at once", PER, (Role.OFFICE, Role.PORTFOLIO_LEAD, Role.PROJECT_OWNER)),
)


def problems(message: Message, language: Language) -> list[str]:
    """What is wrong with the card that goes out; nothing, if all is well."""
    message = replace(message, language=language)
    with use(language):
        card, summary = fitted_card(message), to_summary(message)
    ids = [str(node["id"]) for node in nodes(card) if str(node.get("type", "")).startswith("Input.")]
    wrong = errors_by_parts(card)
    if card_bytes(card) > LIMIT:
        wrong.append(f"{card_bytes(card)} bytes")
    if len(card.get("actions", ())) > 6:
        wrong.append(f"{len(card['actions'])} buttons")
    if len(ids) != len(set(ids)):
        wrong.append(f"inputs share an id: {sorted(ids)}")
    if not summary.strip() or len(summary) > 250:
        wrong.append(f"a summary of {len(summary)} characters")
    if not shown_words(card).strip():
        wrong.append("nothing to read")
    return wrong


def check(named: Iterator[tuple[str, Message]], language: Language) -> int:
    """All of them; how many there were."""
    found = {}
    count = 0
    for name, message in named:
        count += 1
        if wrong := problems(message, language):
            found[name] = wrong
    assert found == {}
    return count


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_for_each_state_reader_and_notice(language: Language, mandate: Mandate) -> None:
    def cards() -> Iterator[tuple[str, Message]]:
        for state in CaseState:
            for reader, who, roles in READERS:
                shown = view("Vi trenger dette. ", mandate, case("Ny kurve. ", mandate, state), who, roles)
                for kind in (None, *CASE_NOTICES):
                    yield f"{state} {reader} {kind}", case_card(shown, kind)

    with use(language):
        assert check(cards(), language) == len(CaseState) * len(READERS) * (len(CASE_NOTICES) + 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_case_with_the_longest_texts(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    typed = {f"case.{verb}": {"reason": filled(unit, 4_000)} for verb in ("decline", "return", "withdraw")}

    def cards() -> Iterator[tuple[str, Message]]:
        note = Banner(filled(unit, 400), "attention")
        for state in CaseState:
            for reader, who, roles in READERS:
                shown = view(unit, mandate, case(unit, mandate, state), who, roles)
                yield f"{state} {reader}", case_card(shown, NoticeKind.CASE_RETURNED, note)
        shown = view(unit, mandate, case(unit, mandate, CaseState.SUBMITTED), KIM, (Role.OFFICE,))
        yield "typed", case_card(shown, None, note, typed)
        yield from ((f"text {n}", page) for n, page in enumerate(full_text(shown)))

    with use(language):
        check(cards(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_the_form_of_every_case_type_with_the_longest_texts(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]

    def cards() -> Iterator[tuple[str, Message]]:
        note = Banner(filled("Mangler svar: alt. ", 900), "attention")
        errors = {name: filled("Må fylles ut. ", 120) for name in CASE_QUESTIONS}
        for kind in mandate.case_types:
            one = case(unit, mandate, case_type=kind.id)
            yield kind.id, case_form(view(unit, mandate, one), None, None, None, "Med ord: hva heter saken?")
            yield f"{kind.id} all wrong", case_form(view(unit, mandate, one), errors, None, note)
            unread = {name: filled(unit, 200) for name in ("cost_investment", "cost_operation", "project_owner")}
            strange = replace(one, content=replace(one.content, unread=unread), state=CaseState.INCOMPLETE)
            yield f"{kind.id} unread", case_form(view(unit, mandate, strange), errors, None, note)
        one = case(unit, mandate)
        typed = {"title": filled(unit, 4_000), "summary": filled(unit, 4_000)}
        yield "too long", case_form(view(unit, mandate, one), errors, typed, note)
        for question in CASE_QUESTIONS.values():
            if question.kind == "long_text":
                yield question.id, one_answer(view(unit, mandate, one), question, filled("Feil. ", 200))

    with use(language):
        check(cards(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_of_every_case_type(language: Language, mandate: Mandate) -> None:
    def cards() -> Iterator[tuple[str, Message]]:
        for kind in mandate.case_types:
            empty = replace(case("x", mandate, case_type=kind.id), content=Content(), documents=(), reason="")
            yield kind.id, case_form(view("x", mandate, empty))

    with use(language):
        assert check(cards(), language) == len(mandate.case_types)


def test_what_a_form_cannot_show_can_be_reached_and_is_never_cut(mandate: Mandate) -> None:
    """An answer too long for the form has its own button; the others stand there whole."""
    whole = filled("🧾", MAX_TEXT)
    with use("nb"):
        card = fitted_card(case_form(view("🧾", mandate, case("🧾", mandate))))
    inputs = {str(n["id"]): n for n in nodes(card) if str(n.get("type", "")).startswith("Input.")}
    offered = {choice["value"] for choice in inputs["field"]["choices"]}
    kind = mandate.case_type["bp2"]
    for name in LONG_TEXTS & {*kind.required, *kind.optional}:
        assert (name in offered) != (name in inputs), name
        if name in inputs:
            assert inputs[name]["value"] == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page(language: Language, mandate: Mandate) -> None:
    scopes = {f"scope_{n}": "true" for n in range(1, 8)}
    full = {"delivery_form": "improvement", "case_type": "orientation", "sub_portfolio": "none"} | scopes

    def cards() -> Iterator[tuple[str, Message]]:
        yield "empty", start_card(mandate, {})
        missing = ("delivery_form", "case_type", "sub_portfolio")
        yield "missing", start_card(mandate, full, missing, "id", Banner("Mangler.", "attention"), "Med ord: …")
        for exclusion in mandate.exclusions:
            yield exclusion.id, refusals.out_of_scope(exclusion.id, mandate, full)
            yield f"{exclusion.id} of a draft", refusals.out_of_scope(exclusion.id, mandate, full, "case-1")

    with use(language):
        check(cards(), language)


PARAMS: Final[dict[RefusalCode, dict[str, object]]] = {
    RefusalCode.NOT_ALLOWED: {"act": "accept", "roles": tuple(sorted(Role))},
    RefusalCode.ALREADY: {"what": Happened.CASE_CONFIRMED, "by": EVA, "at": NOW},
    RefusalCode.STALE: {"what": Happened.CASE_WITHDRAWN, "by": PER, "at": NOW},
    RefusalCode.INCOMPLETE: {"fields": tuple(CASE_QUESTIONS), "unread": ("cost_investment",), "documents": ()},
    RefusalCode.DOCUMENT_LIMIT: {"limit": 10},
    RefusalCode.TOO_LONG: {"fields": {"title": 200}},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal(language: Language, mandate: Mandate) -> None:
    people = {person: Person(person, filled("æ", 120)) for person in (PER, EVA)}
    shown = view("æ", mandate, case("æ", mandate, CaseState.SUBMITTED), KIM, (Role.OFFICE,))

    def cards() -> Iterator[tuple[str, Message]]:
        for code in RefusalCode:
            params = PARAMS.get(code, {})
            if code is RefusalCode.INCOMPLETE:
                params = {**params, "documents": tuple(mandate.document_type)}
            banner = refusals.refusal_banner(Refusal(code, params, "§ 3"), people, mandate)
            yield code, refusals.plain_refusal(banner)
            yield f"{code} on a card", case_card(shown, None, banner)
        for happened in Happened:
            moved = Refusal(RefusalCode.ALREADY, {"what": happened, "by": PER, "at": NOW})
            yield happened, refusals.plain_refusal(refusals.refusal_banner(moved, people, mandate))

    with use(language):
        assert check(cards(), language) == 2 * len(RefusalCode) + len(Happened)


def test_a_card_judged_by_parts_is_judged_the_same(mandate: Mandate) -> None:
    with use("nb"):
        card = fitted_card(case_form(view("æ", mandate, case("æ", mandate))))
    assert schema_errors(card) == errors_by_parts(card) == []
    broken: list[dict[str, object]] = [{"type": "TextBlock"}, {"type": "Input.Text", "id": 7}, {"type": "Nonsense"}]
    for element in broken:
        assert errors_by_parts(card | {"body": [*card["body"], element]}), element
    assert errors_by_parts(card | {"version": 1.5})
    assert errors_by_parts(card | {"actions": [{"type": "Action.OpenUrl", "title": "x"}]})


def test_every_act_names_who_may(mandate: Mandate) -> None:
    with use("en"):
        for act in CaseAct:
            refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": tuple(sorted(roles_for(act)))})
            assert len(refusals.refusal_banner(refusal, {}, mandate).text) > 30


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_lists(filler: str, language: Language, mandate: Mandate) -> None:
    title = filled(FILLERS[filler], MAX_LINE)
    day = date(2026, 4, 16)
    lines = [
        CaseLine(CaseId(f"{n:036d}"), n, title, state, "bp2", PER, EVA, NOW, day)
        for n, state in enumerate([*map(str, CaseState)] * 8)
    ]
    due = [DeadlineLine(day, title, mine=True) for _ in range(60)]

    def cards() -> Iterator[tuple[str, Message]]:
        yield "none", lists.my_cases(())
        yield "fifty", lists.my_cases(lines[:50], frozenset(line.id for line in lines[:50]))
        yield "found", lists.found_cases(lines[:12], title)
        yield "not found", lists.no_case(title)
        yield "which", lists.which_case()
        yield "a draft", lists.drafts_waiting(lines[:1])
        yield "drafts", lists.drafts_waiting(lines[:3])
        yield "deadlines", lists.deadlines(due, [(title, due[:12]), (title, due[:12])])
        yield "no deadlines", lists.deadlines((), ())
        yield "deadlines in a channel", lists.deadlines(None, [(title, due[:12])])

    with use(language):
        check(cards(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_what_is_said_on_the_way(filler: str, language: Language, mandate: Mandate) -> None:
    text = filled(FILLERS[filler], MAX_LINE)
    one = case(FILLERS[filler], mandate)
    empty = replace(one, content=Content(), documents=())
    options = tuple(Option(str(n), text) for n in range(12))
    incomplete = Refusal(RefusalCode.INCOMPLETE, PARAMS[RefusalCode.INCOMPLETE])

    def cards() -> Iterator[tuple[str, Message]]:
        yield "help", system.help_card([(text, text)] * 8, 3, (), mandate)
        yield "question help", system.question_help(text, text)
        yield "perhaps", system.perhaps([(text, text)] * 5)
        plain = (system.not_understood, system.in_private, system.language_changed, system.language_question)
        yield from ((make.__name__, make()) for make in (*plain, system.slow_down, system.clock_unclear))
        yield "welcome", system.welcome(mandate)
        yield "too long", system.too_long(1_000_000, 4_000)
        yield "failure", system.failure("0a1b2c3d")
        yield "clock", system.clock_moved("mandag 2. mars 2026 kl. 08.00")
        for some in (one, empty):
            yield "documents", talk_texts.documents(some, mandate, talk_texts.attached(some, mandate, (text,) * 10))
            yield "review", talk_texts.review(some, mandate, talk_texts.incomplete(incomplete, mandate))
            yield "left", talk_texts.left_as_draft(some)
        yield from ((make.__name__, make()) for make in (talk_texts.stopped, talk_texts.nothing_to_stop))
        yield "nothing to resume", talk_texts.nothing_to_resume()
        yield "which document", talk_texts.which_document(text, options)
        yield "no case for the file", talk_texts.no_case_for_file(text)
        for reason in ("too_large", "type", "host", "failed"):
            yield reason, system_note(talk_texts.file_refused(text, reason))
        yield "question", questions.question(text, help_text=text, options=options, position=(3, 12), now=text * 20)
        yield "few options", questions.question(text, options=options[:4], note=Banner(text, "warning"))
        yield "yes or no", questions.yes_no(text, position=(4, 11), to_all=True)

    with use(language):
        assert check(cards(), language) > 25


def system_note(banner: Banner) -> Message:
    return refusals.plain_refusal(banner)
