"""The cards of duties and of delivery: in three languages, with twelve duties, long words and hostile titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from board.delivery import About, Missed, Proof, ProofState
from board.duties import ABOUT_CASES
from board.duty import Duty, DutyKind, Rung
from board.events import Happened
from board.ids import DutyId, MeetingId, PersonId
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import Meeting
from board.notices import NoticeKind
from board.people import Actor, Body, Person
from board.planned import Does, PlannedStep
from bot.settings import SHIPPED_MANDATE
from cards.adaptive import card_bytes, fitted_card
from cards.event_words import happened
from cards.i18n import LANGUAGES, Language, use
from cards.mail import to_mail
from cards.message import Act, Banner, Message
from cards.plain import to_summary, to_text
from cards.task_views import Names, OfficeNews, TaskList, TaskView, Told
from cards.templates.delivery_cards import group_key, group_of, missed_card
from cards.templates.duty_texts import told_of, what
from cards.templates.task_cards import task_card, why_card
from cards.templates.task_list import task_list
from tests.cards.reading_cards import nodes, shown_words
from tests.cards.schema_by_parts import errors_by_parts
from tests.cards.test_card_safety import PIECES, assert_harmless

NOW: Final = datetime(2026, 3, 2, 7, tzinfo=UTC)
TODAY: Final = date(2026, 3, 2)
ME, OLA, KIM = (PersonId(f"00000000-0000-4000-8000-00000000000{n}") for n in (1, 2, 3))
CASE: Final = "0f0e0d0c-1111-4222-8333-444455556666"
MEETING: Final = "m-1111-4222-8333-444455556666"
LONG: Final = "Menneskerettighetsorganisasjonsvirksomhetsarkitekturrammeverk "
TITLES: Final = {
    "plain": "Felles kurve i regionen",
    "long": (LONG * 4)[:200],
    "hostile": " ".join(piece for piece in PIECES if "\n" not in piece)[:200],
    "emoji": "🧾" * 200,
    "none": "",
}
KINDS: Final = (*DutyKind, DutyKind.TASK, DutyKind.TASK, DutyKind.ATTEND, DutyKind.CONFIRM, DutyKind.REVIEW)
PART_OF: Final = {DutyKind.SUBMIT: "intake_closes", DutyKind.ATTEND: "attendance", DutyKind.TASK: "wg_meeting"}
PARTS: Final = (*(PART_OF.get(kind, "") for kind in DutyKind), "pack", "ukjent_frist", "attendance", "", "")


@pytest.fixture(scope="module")
def mandate() -> Mandate:
    return read_mandate(SHIPPED_MANDATE.read_text(encoding="utf-8"))


def duty(kind: DutyKind, days: int = 3, part: str = "", person: PersonId = ME) -> Duty:
    about = CASE if kind in ABOUT_CASES else MEETING
    due = TODAY + timedelta(days=days)
    return Duty(DutyId(f"{kind}:{about}:{part}:7:{person}"), kind, about, person, NOW, due, part)


def duties(count: int = 18) -> tuple[Duty, ...]:
    """Of every kind; overdue, today, tomorrow and later."""
    found = [duty(kind, n - 2, part) for n, (kind, part) in enumerate(zip(KINDS, PARTS, strict=True))]
    return tuple(replace(found[n % len(found)], id=DutyId(f"{found[n % len(found)].id}:{n}")) for n in range(count))


def names(title: str, name: str = "Kari Østby") -> Names:
    meeting = Meeting(MeetingId(MEETING), Body.BOARD, datetime(2026, 4, 16, 7, tzinfo=UTC))
    people = {person: Person(person, name, "kari@example.org") for person in (ME, OLA, KIM)}
    return Names({CASE: title}, {MEETING: meeting}, people)


def office(title: str = "") -> OfficeNews:
    groups = [(kind, CASE if kind.startswith("case.") else MEETING) for kind in NoticeKind]
    missed = tuple(
        Missed(About(kind, about, 3, "case.confirm:x" if n % 2 else "pack"), 2, 12)
        for n, (kind, about) in enumerate(groups)
    )
    steps = tuple(
        PlannedStep(MeetingId(MEETING), "intake_closes", does, TODAY, NOW, NOW + timedelta(days=7)) for does in Does
    )
    overdue = tuple(replace(d, person=who) for d in duties() for who in (OLA, KIM))
    return OfficeNews(overdue, missed, missed[:3], steps)


def listed(mandate: Mandate, title: str, mine: tuple[Duty, ...] = (), **more: object) -> TaskList:
    people = tuple(Person(PersonId(f"00000000-0000-4000-8000-{n:012d}"), f"{LONG}{n}"[:120]) for n in range(12))
    view = TaskList(
        f"tasks:{ME}", 7, Actor(Person(ME, "Meg")), TODAY, mandate, names(title), mine,
        can_wait=frozenset(d.id for d in mine if d.due > TODAY), deputies=people,
    )  # fmt: skip
    return replace(view, **more)  # type: ignore[arg-type]  # the callers name fields of TaskList


def one(mandate: Mandate, title: str, asked: Duty, **more: object) -> TaskView:
    ladder = tuple((rung, NOW + timedelta(days=n)) for n, rung in enumerate(Rung) if rung is not Rung.ASKED)
    view = TaskView(
        asked, Actor(Person(ME, "Meg")), NOW, TODAY, mandate, names(title), can_wait=True, ladder=ladder, asked_by=OLA
    )
    return replace(view, **more)  # type: ignore[arg-type]  # the callers name fields of TaskView


def told(count: int, title: str = "Felles kurve") -> Told:
    states: tuple[ProofState, ...] = ("waiting", "failed", "expired", "queued", "sent", "delivered", "told")
    ways = ("chat", "email", "spoken")
    proofs = tuple(
        Proof(n, OLA, states[min(n, n % len(states))], ways[n % 3], NOW, "403")  # type: ignore[arg-type]  # the two lists hold them
        for n in range(count)
    )
    return Told(About(NoticeKind.MEETING_MOVED, MEETING, 4), proofs, names(title, LONG[:100]))


def every_card(mandate: Mandate, title: str) -> Iterator[tuple[str, Message]]:
    mine = duties()
    ended = tuple(d.ended(OLA, NOW) for d in mine)
    handed = tuple(d.delegated(KIM) for d in mine[:3])
    note = Banner("Jeg minner deg på det igjen i morgen.", "good")
    yield "nothing", task_list(listed(mandate, title))
    yield "one", task_list(listed(mandate, title, mine[3:4]), morning=True, reminds=True)
    yield "twelve", task_list(listed(mandate, title, mine), note, morning=True, reminds=True)
    yield "fifty", task_list(listed(mandate, title, duties(50), handed_on=handed), reminds=True)
    yield "all done", task_list(listed(mandate, title, done=ended), reminds=True)
    yield "handed on", task_list(listed(mandate, title, handed_on=handed), reminds=True)
    yield "stands in", task_list(listed(mandate, title, tuple(replace(d, person=OLA, deputy=ME) for d in mine)))
    full = office()
    yield (
        "office",
        task_list(listed(mandate, title, mine, handed_on=handed, done=ended, office=full), note, reminds=True),
    )
    yield "office only", task_list(listed(mandate, title, office=full), morning=True, reminds=True)
    single = OfficeNews(unreached=full.unreached[:1])
    yield "one missed", task_list(listed(mandate, title, mine, office=single))
    for n, asked in enumerate(mine):
        yield f"why {n}", why_card(one(mandate, title, asked))
        plan = replace(asked, next_at=NOW + timedelta(days=9), deputy=KIM)
        yield f"why later {n}", why_card(one(mandate, title, plan, asked_by=None))
        yield f"task {n}", task_card(one(mandate, title, asked), note)
        yield f"task done {n}", task_card(one(mandate, title, replace(asked, person=KIM).ended(OLA, NOW)))
    for count in (1, 2, 12, 500):
        yield f"told {count}", missed_card(told(count, title), note)


def problems(message: Message, language: Language) -> list[str]:
    message = replace(message, language=language)
    card, summary = fitted_card(message), to_summary(message)
    wrong = errors_by_parts(card)
    ids = [str(node["id"]) for node in nodes(card) if str(node.get("type", "")).startswith("Input.")]
    if card_bytes(card) > 25_000:
        wrong.append(f"{card_bytes(card)} bytes")
    if len(message.buttons) > 6 or not message.buttons:
        wrong.append(f"{len(message.buttons)} buttons")
    if len(ids) != len(set(ids)):
        wrong.append(f"inputs share an id: {ids}")
    if not summary or len(summary) > 250 or "None" in shown_words(card):
        wrong.append(f"summary: {summary}")
    assert_harmless(card)
    assert to_mail(message).text
    return wrong


@pytest.mark.parametrize(
    ("title", "language"), [*((title, "nb") for title in TITLES), ("long", "nn"), ("long", "en"), ("plain", "en")]
)
def test_every_card_is_valid_small_and_harmless(title: str, language: Language, mandate: Mandate) -> None:
    with use(language):
        found = {name: problems(card, language) for name, card in every_card(mandate, TITLES[title])}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_digest_says_what_is_most_urgent_in_a_notification(mandate: Mandate) -> None:
    mine = (duty(DutyKind.CONFIRM, 0), duty(DutyKind.ATTEND, 1, "attendance"), duty(DutyKind.TASK, 9, "pack"))
    with use("nb"):
        card = task_list(listed(mandate, "Felles kurve", mine), morning=True, reminds=True)
    assert card.title == "God morgen. 3 ting venter på deg"
    assert to_summary(card) == f"{card.title}. Først: Bekreft Felles kurve, innen i dag, mandag 2. mars 2026."
    said = to_text(card)
    assert "innen i morgen, tirsdag 3. mars 2026" in said
    assert "Svar om du kommer: styremøtet torsdag 16. april 2026" in said
    assert "Sakspapirene sendes ut, til styremøtet torsdag 16. april 2026" in said
    assert "Du får denne fordi" in said
    assert [b.label for b in card.buttons] == [
        "Gjør nå: Felles kurve", "Gjør nå: svar for 16.04.2026", "Gjør nå: Sakspapirene sendes ut",
        "I morgen", "Send vara", "Hvorfor får jeg denne?",
    ]  # fmt: skip


def test_what_is_late_is_said_in_words_and_has_a_sign(mandate: Mandate) -> None:
    with use("nb"):
        said = shown_words(fitted_card(task_list(listed(mandate, "x", (duty(DutyKind.CONFIRM, -3),)))))
        in_time = shown_words(fitted_card(task_list(listed(mandate, "x", (duty(DutyKind.CONFIRM, 3),)))))
    assert "over fristen, som var fredag 27. februar 2026" in said
    assert "⚠" in said
    assert "⚠" not in in_time


def test_when_all_is_done_it_says_who_did_it_and_when(mandate: Mandate) -> None:
    ended = duty(DutyKind.CONFIRM).ended(OLA, NOW)
    with use("nb"):
        card = task_list(listed(mandate, "Felles kurve", done=(ended,)), reminds=True)
    assert card.title == "Alt er gjort"
    done = "Bekreft Felles kurve: tatt hånd om av Kari Østby mandag 2. mars 2026 kl. 08.00"
    assert done in to_text(card)
    assert done in to_summary(card)


def test_a_case_that_the_reader_may_not_know_of_has_no_title(mandate: Mandate) -> None:
    hidden = Names({}, {}, names("").people)
    with use("nb"):
        assert what(duty(DutyKind.CONFIRM), hidden) == "Bekreft en sak"
        assert what(duty(DutyKind.ATTEND), hidden) == "Svar om du kommer: et møte"
        about = About(NoticeKind.DUTY_DELEGATED, CASE, 0, "case.confirm:c:3:ola")
        assert told_of(about, hidden) == "Spørsmål til vara: en sak"


def test_several_who_were_asked_the_same_are_one_line_for_the_office(mandate: Mandate) -> None:
    asked = tuple(duty(DutyKind.TASK, -1, "pack", person) for person in (OLA, KIM))
    people = {OLA: Person(OLA, "Ola"), KIM: Person(KIM, "Kim")}
    view = listed(mandate, "x", office=OfficeNews(overdue=asked))
    with use("nb"):
        said = to_text(task_list(replace(view, names=replace(view.names, people=people))))
    assert "Ola og Kim: Sakspapirene sendes ut" in said
    assert said.count("Sakspapirene") == 1


def test_the_group_that_a_button_names_is_read_back() -> None:
    stands_in = About(NoticeKind.STANDS_IN, MEETING, 4, f"meeting.moved|{OLA}|pack")
    assert group_of(group_key(stands_in)) == stands_in
    for forged in ("", "a|b|c|d", "meeting.moved|-1|m|", "meeting.moved|²|m|", "x" * 9_000, "a|1234567890|m|"):
        assert group_of(forged) is None


def test_only_those_not_reached_can_be_registered_as_told(mandate: Mandate) -> None:
    with use("nb"):
        card = missed_card(told(7))
        (tell,) = [b for b in card.buttons if isinstance(b, Act)]
        reached = missed_card(replace(told(7), proofs=told(7).proofs[2:]))
    assert [option.value for option in tell.fields[0].options] == ["0", "1"]
    assert card.title == "Ikke nådd: 2 av 7"
    assert reached.title == "Alle er nådd"
    assert not [b for b in reached.buttons if isinstance(b, Act)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_happens_has_words_of_its_own(language: Language) -> None:
    silent = {Happened.CASE_SAVED, Happened.INTAKE_REFUSED, Happened.ACT_REFUSED, Happened.LANGUAGE_CHOSEN}
    silent |= {Happened.PERSON_MET}
    with use(language):
        said = [happened(what, "Kari", "i dag") for what in Happened if what not in silent]
    assert len(set(said)) == len(said)
