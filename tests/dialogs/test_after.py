"""Anchoring and benefits in the chat: the questions, the map, the text to send on, the report, the course."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from board.anchoring import anchor_object
from board.case_outcome import minute, publish
from board.ids import CaseId, PersonId
from board.notices import NoticeKind
from board.people import Actor
from board.usecases._record import record
from board.usecases.keep_later import keep_later
from cards.message import Facts, Message, Paragraph, Steps
from tests.board.after_support import DIRECTORS, FIRST, SECOND, decided_case, fill
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OWNER, SUBMITTER, done
from tests.dialogs.support import CHAIR, Chat, House, button, fields_of, words

ABOUT = anchor_object(BOARD_MEETING)
AHUS, OUS, VV = DIRECTORS


async def _act(house: House, name: str, *, approve: bool) -> None:
    async with house.work.write() as unit:
        case = await unit.cases.get(CaseId(name))
        assert case is not None
        now = house.clock.now()
        result = minute(case, OFFICE.id, now) if approve else done(publish(case, OFFICE, "", now))
        await record(result, OFFICE, case.id, unit, house.rules)
        await unit.commit()


async def _tick(house: House) -> None:
    async with house.work.write() as unit:
        await keep_later(unit, house.rules)
        await unit.commit()


@pytest.fixture
async def decided(house: House) -> House:
    """Two cases decided and published; the minutes are not approved."""
    async with house.work.write() as unit:
        await fill(unit, (FIRST, decided_case("en", "001-2026")), (SECOND, decided_case("slutt", "003-2026", "bp5")))
        await unit.commit()
    for name in ("en", "slutt"):
        await _act(house, name, approve=False)
    return house


@pytest.fixture
async def asked(decided: House) -> House:
    """And the members are asked about the anchoring."""
    for name in ("en", "slutt"):
        await _act(decided, name, approve=True)
    decided.clock.set(datetime(2026, 3, 16, 7, tzinfo=UTC))
    await _tick(decided)
    return decided


async def question(house: House, who: Actor) -> Message:
    card = await house.chat(who).drawn(NoticeKind.ANCHOR_ASKED, ABOUT)
    assert card is not None
    return card


# -- anchoring ---------------------------------------------------------------------------------------------------------


async def test_a_member_answers_each_decision_or_all_at_once(asked: House) -> None:
    card = await question(asked, AHUS)
    assert len(card.buttons) <= 6
    assert "innen mandag 23. mars 2026" in words(card)
    assert "001-2026 Svar om title: ikke svart" in words(card)
    assert [button.label for button in card.buttons][:3] == ["Forankret og informert", "Delvis", "Ikke ennå"]
    chat = asked.chat(AHUS)
    after = await chat.click(card, "anchor.answer", "Delvis", item=FIRST, note="Ledermøtet i mai")
    assert "001-2026 Svar om title: ◐ delvis" in words(after)
    assert "003-2026 Svar om title: ikke svart" in words(after)
    rest = await chat.click(after, "anchor.answer", "Forankret", item="rest")
    assert "003-2026 Svar om title: ✓ forankret og informert" in words(rest)
    assert await chat.drawn(NoticeKind.ANCHOR_ASKED, ABOUT) is None
    changed = await chat.click(rest, "anchor.answer", "Ikke ennå", item=SECOND)
    assert "003-2026 Svar om title: ○ ikke ennå" in words(changed)


async def test_the_map_has_a_row_for_each_organisation_in_words(asked: House) -> None:
    await asked.chat(AHUS).click(await question(asked, AHUS), "anchor.answer", "Delvis", item=FIRST, note="I mai")
    for who in (OFFICE, LEAD, CHAIR, OUS):
        card = await asked.chat(who).say("forankring")
        (table,) = [block for block in card.blocks if isinstance(block, Facts)]
        rows = dict(table.rows)
        assert rows["AHUS"] == "001-2026 ◐ delvis\n003-2026 – ikke svart"
        assert rows["VV"] == "001-2026 – ikke svart\n003-2026 – ikke svart"
        assert "◐ delvis: 1" in words(card)
        assert "AHUS, 001-2026: I mai" in words(card)


async def test_who_is_no_member_cannot_answer(asked: House) -> None:
    data = {"id": BOARD_MEETING, "answer": "yes", "item": "rest"}
    for who in (OFFICE, CHAIR, SUBMITTER):
        assert "Det kan bare" in words(await asked.chat(who).press("anchor.answer", data))
    wrong = await asked.chat(AHUS).press("anchor.answer", {**data, "answer": "maybe"})
    assert "Velg hvilket vedtak" in words(wrong)
    lost = await asked.chat(AHUS).press("anchor.answer", {**data, "id": "nowhere"})
    assert "Jeg finner ingen vedtak" in words(lost)


async def test_a_submitter_sees_no_map(asked: House) -> None:
    await asked.chat(AHUS).click(await question(asked, AHUS), "anchor.answer", "Delvis", item=FIRST, note="I mai")
    card = await asked.chat(SUBMITTER).press("anchor.map", {"id": BOARD_MEETING})
    assert "AHUS" not in words(card)
    assert "I mai" not in words(card)


async def test_the_text_to_send_on_says_that_the_minutes_are_not_approved(decided: House) -> None:
    chat = decided.chat(AHUS)
    card = await chat.say("forankring")
    await chat.click(card, "anchor.text", item=FIRST)
    (message,) = chat.all
    said = "\n".join(block.text for block in message.blocks if isinstance(block, Paragraph))
    assert "Regionalt porteføljestyre behandlet torsdag 26. februar 2026 sak 001-2026 Svar om title." in said
    assert "Styret godkjenner 001-2026." in said
    assert "– Vis gevinstplanen. (frist tirsdag 1. september 2026)" in said
    assert "Foreløpig: referatet fra møtet er ikke godkjent ennå." in said
    english = decided.chat(AHUS, "en")
    await english.press("anchor.text", {"id": BOARD_MEETING, "item": FIRST})
    assert "Styret godkjenner 001-2026." in words(english.all[0])


async def test_an_exempt_decision_is_not_sent_on(decided: House) -> None:
    async with decided.work.write() as unit:
        case = await unit.cases.get(CaseId("en"))
        assert case is not None
        content = replace(case.content, classification="exempt", public_title="Anskaffelse")
        await unit.cases.save(replace(case, rev=case.rev + 1, content=content))
        await unit.commit()
    chat = decided.chat(AHUS)
    await chat.press("anchor.text", {"id": BOARD_MEETING, "item": FIRST})
    said = "\n".join(block.text for block in chat.all[0].blocks if isinstance(block, Paragraph))
    assert "sak 001-2026 Anskaffelse" in said
    assert "unntatt offentlighet" in said
    assert "Styret godkjenner" not in said


async def test_the_duty_opens_the_question(asked: House) -> None:
    chat = asked.chat(AHUS)
    tasks = await chat.say("oppgaver")
    assert "Svar om forankring av vedtakene: styremøtet torsdag 26. februar 2026" in words(tasks)
    assert "Send vara" not in words(tasks)
    await chat.click(tasks, "task.open")
    assert button(chat.all[0], "anchor.answer", "Delvis").label == "Delvis"


async def test_there_is_nothing_to_anchor_at_first(house: House) -> None:
    assert "Ingen vedtak å forankre" in (await house.chat(CHAIR).say("forankring")).title


# -- benefits ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def checkpoint(decided: House) -> House:
    decided.clock.set(datetime(2026, 9, 2, 6, tzinfo=UTC))
    await _tick(decided)
    return decided


async def _asked_of(house: House, who: Actor = OWNER) -> Message:
    card = await house.chat(who).drawn(NoticeKind.BENEFIT_ASKED, "slutt", part="6")
    assert card is not None
    return card


async def test_the_owner_reports_and_the_office_gets_a_case(checkpoint: House) -> None:
    card = await _asked_of(checkpoint)
    assert [field.id for field in fields_of(card)] == ["status", "text", "expected", "realised"]
    assert "Svar om benefits" in words(card)
    done_ = await checkpoint.chat(OWNER).click(
        card, "benefit.report", status="partly", text="Halvveis.", expected="12,5 mill", realised="800 000 kr/år"
    )
    assert "Takk." in words(done_)
    assert "Forventet per år: 12,5 mill. kr" in words(done_)
    assert await checkpoint.chat(OWNER).drawn(NoticeKind.BENEFIT_ASKED, "slutt", part="6") is None
    async with checkpoint.work.read() as work:
        (report,) = await work.benefits.of_case(CaseId("slutt"))
        made = await work.cases.get(report.made) if report.made else None
    assert made is not None
    assert (report.expected, report.realised) == (12_500_000, 800_000)
    assert made.content.title == "Gevinster etter 6 måneder: Svar om title"
    opened = await checkpoint.chat(OFFICE).press("case.open", {"id": made.id})
    assert button(opened, "case.accept").label


async def test_what_was_typed_stands_where_it_is_not_taken_in(checkpoint: House) -> None:
    card, chat = await _asked_of(checkpoint), checkpoint.chat(OWNER)
    unread = await chat.click(card, "benefit.report", status="not", text="Sent.", expected="mye")
    assert {field.id: field.value for field in fields_of(unread)}["expected"] == "mye"
    assert [field.id for field in fields_of(unread) if field.error] == ["expected"]
    missing = await chat.click(card, "benefit.report", text="Sent.")
    assert {field.id: field.value for field in fields_of(missing)}["text"] == "Sent."
    assert [field.id for field in fields_of(missing) if field.error] == ["status"]


async def test_the_cases_card_has_the_course_of_its_benefits(checkpoint: House) -> None:
    card, chat = await _asked_of(checkpoint), checkpoint.chat(OWNER)
    await chat.click(card, "benefit.report", status="on_track", text="Godt.", realised="1 mill")
    shown = await chat.press("case.open", {"id": "slutt"})
    (steps,) = [b for b in shown.blocks if isinstance(b, Steps) and b.steps[0].label == "Etter 6 måneder"]
    assert [(step.label, step.state) for step in steps.steps] == [
        ("Etter 6 måneder", "done"),
        ("Etter 12 måneder", "ahead"),
        ("Etter 24 måneder", "ahead"),
    ]
    assert steps.steps[0].detail == "i rute, Realisert per år 1 mill. kr"
    other = await chat.press("case.open", {"id": "en"})
    assert "Etter 6 måneder" not in words(other)


async def test_nobody_else_reports(checkpoint: House) -> None:
    data = {"id": "slutt", "months": "6", "status": "not", "text": "x"}
    for who in (OFFICE, SUBMITTER):
        assert "Det kan bare" in words(await checkpoint.chat(who).press("benefit.report", data))
    stranger = Chat(checkpoint, Actor(replace(AHUS.person, id=PersonId("kim-1"))))
    assert "Jeg finner ikke saken" in words(await stranger.press("benefit.report", data))
