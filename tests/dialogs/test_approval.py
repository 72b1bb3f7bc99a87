"""Approval in chat: the question to each seat, the tally, taking in a correction, the locked card and a correction."""

from __future__ import annotations

import pytest

from board.approval import Said
from board.editable import Section
from board.ids import CaseId
from board.minutes import minutes_object
from board.minutes_ports import Sealing
from board.minutes_text import Source
from board.notices import NoticeKind
from board.people import Actor
from board.usecases.seal_minutes import minutes_sealed
from cards import actions
from cards.message import Act, Inputs, Message
from tests.board.agenda_support import CHAIR, FEBRUARY
from tests.board.approval_support import (
    ABSENT,
    DEPUTY,
    IN_ROOM,
    MEMBERS,
    TEXT,
    Table,
    remarked,
    table,
)
from tests.board.support import LEAD, OFFICE, SUBMITTER
from tests.dialogs.meeting_support import banners
from tests.dialogs.support import SITE, Chat, House, button, words

ABOUT = minutes_object(FEBRUARY.id)


def chat(made: Table, who: Actor) -> Chat:
    desk = made.desk
    return House(desk.memory.work, desk.rules, desk.clock, desk.memory.queue, SITE).chat(who)


async def asked(made: Table, who: Actor) -> Message | None:
    return await chat(made, who).drawn(NoticeKind.MINUTES_CALLED, ABOUT, 1, made.held)


async def copy(made: Table, who: Actor) -> Message:
    card = await chat(made, who).drawn(NoticeKind.MINUTES_CALLED, ABOUT, 1, made.held, copy=True)
    assert card is not None
    return card


def verbs(card: Message) -> list[str]:
    return [one.verb for one in card.buttons if isinstance(one, Act)]


async def locked(made: Table) -> None:
    """As the bot does, with a file that is not looked at here."""
    minutes = made.minutes
    version = made.desk.memory.state.minutes_versions[FEBRUARY.id, minutes.approved_version or 0]
    async with made.desk.memory.work.write() as work:
        sha256 = f"{version.version}" * 64
        assert await minutes_sealed(Sealing(minutes, version), sha256, 3, 9000, work, made.desk.rules)
        await work.commit()


async def test_the_question_holds_the_text_and_its_checksum() -> None:
    made = await table()
    await remarked(made)
    card = await asked(made, MEMBERS[0])
    assert card is not None
    assert "Styret drøftet saken." in words(card)
    assert made.digest[:12] in words(card)
    assert "Saken ble utsatt." in words(card), "the open substantive remark"
    assert [one.label for one in card.buttons] == ["Godkjenn", "Merknad", "Les hele (PDF)"]
    answered = await chat(made, MEMBERS[0]).click(card, actions.MINUTES_APPROVE, "Godkjenn")
    assert "Du godkjente" in banners(answered)
    assert actions.MINUTES_APPROVE not in verbs(answered)


@pytest.mark.parametrize("who", [ABSENT, SUBMITTER])
async def test_who_has_no_part_in_it_sees_nothing(who: Actor) -> None:
    assert await asked(await table(), who) is None


async def test_the_tally_is_the_chairs_and_the_facilitators() -> None:
    made = await table()
    for who in IN_ROOM[:8]:
        await made.answer(who)
    await made.answer(IN_ROOM[8], Said.REMARK, "Feil dato.")
    for who in (CHAIR, LEAD):
        card = await copy(made, who)
        assert "9 av 11 har svart: 8 godkjenner, 1 har merknad. 6 må godkjenne." in words(card)
        assert "Ikke svart: " in words(card)
    assert "har svart" not in words(await copy(made, DEPUTY))
    assert actions.MINUTES_CONCLUDE in verbs(await copy(made, CHAIR))
    assert actions.MINUTES_CONCLUDE not in verbs(await copy(made, LEAD))


async def test_a_remark_without_words_is_asked_again() -> None:
    made = await table()
    card = await asked(made, MEMBERS[0])
    assert card is not None
    again = await chat(made, MEMBERS[0]).click(card, actions.MINUTES_APPROVE, "Merknad", note=" ")
    assert made.approvals == []
    assert [one.label for one in again.buttons] == ["Godkjenn", "Merknad", "Les hele (PDF)"]


async def test_a_correction_is_taken_in_at_the_meeting() -> None:
    made = await table()
    await remarked(made)
    await made.all_approve()
    chair = chat(made, CHAIR)
    form = await chair.click(await copy(made, CHAIR), actions.MINUTES_ACCEPT_REMARK)
    (take_in,) = [one for one in form.buttons if isinstance(one, Act) and one.verb == actions.MINUTES_ACCEPT_REMARK]
    (inputs,) = [block for block in form.blocks if isinstance(block, Inputs)]
    assert {one.id: one.value for one in inputs.fields} == {
        "remark": "r1", "section": TEXT, "text": "Styret drøftet saken."
    }  # fmt: skip
    typed = {"remark": "r1", "section": TEXT, "text": "Styret utsatte saken."}
    taken = await chair.press(take_in.verb, {**take_in.data, **typed})
    assert "Rettelsen tas inn når møtet godkjenner." in banners(taken)
    conclude = button(await copy(made, CHAIR), actions.MINUTES_CONCLUDE)
    assert [one.value for one in conclude.fields] == ["approved_with_corrections"]
    done = await chair.press(conclude.verb, {**conclude.data, "result": "approved_with_corrections"})
    assert "godkjent med rettelser" in words(done)
    assert made.minutes.approved_version == 2


async def test_the_locked_card_says_what_the_file_is_known_by() -> None:
    made = await table()
    await made.all_approve()
    await made.conclude()
    assert "Den låste filen lages nå." in words(await copy(made, MEMBERS[0]))
    await locked(made)
    card = await chat(made, MEMBERS[0]).drawn(NoticeKind.MINUTES_LOCKED, ABOUT, made.minutes.rev)
    assert card is not None
    assert "1" * 64 in words(card)
    assert verbs(card) == [actions.MINUTES_PDF]
    opened = await chat(made, MEMBERS[0]).click(card, actions.MINUTES_PDF)
    assert any(f"{SITE}/minutes/" in getattr(one, "url", "") for one in opened.buttons)
    told = {who for kind, who in made.desk.told if kind == NoticeKind.MINUTES_LOCKED}
    assert told >= {OFFICE.id, CHAIR.id, ABSENT.id}
    assert await chat(made, SUBMITTER).drawn(NoticeKind.MINUTES_LOCKED, ABOUT, made.minutes.rev) is None


async def test_a_correction_after_approval_points_back_and_tells_the_difference() -> None:
    made = await table()
    await made.all_approve()
    await made.conclude()
    office = chat(made, OFFICE)
    early = await office.press(actions.MINUTES_CORRECT, {"id": FEBRUARY.id})
    assert verbs(early) == [], "not before the file is made"
    await locked(made)
    card = await office.drawn(NoticeKind.MINUTES_LOCKED, ABOUT, made.minutes.rev)
    assert card is not None
    form = await office.click(card, actions.MINUTES_CORRECT)
    assert [option.value for option in button(form, actions.MINUTES_CORRECT).fields[0].options] == ["head", TEXT]
    form = await office.click(form, actions.MINUTES_CORRECT, section=TEXT)
    again = await office.click(form, actions.MINUTES_CORRECT, text="Styret drøftet saken grundig.", reason="")
    assert made.minutes.version == 1
    assert button(again, actions.MINUTES_CORRECT).fields[0].value == "Styret drøftet saken grundig.", "kept"
    await office.click(again, actions.MINUTES_CORRECT, text="Styret drøftet saken grundig.", reason="Et ord falt ut.")
    new = made.desk.memory.state.minutes_versions[FEBRUARY.id, 2]
    assert (new.source, new.corrects, new.reason) == (Source.CORRECTION, 1, "Et ord falt ut.")
    await locked(made)
    told = await chat(made, MEMBERS[0]).drawn(NoticeKind.MINUTES_CORRECTED, ABOUT, made.minutes.rev)
    assert told is not None
    assert "[lagt til: grundig]" in words(told)
    assert "Et ord falt ut." in words(told)
    assert set(made.desk.memory.state.locked_files) == {(FEBRUARY.id, 1), (FEBRUARY.id, 2)}, "the old one stays"


async def test_a_correction_of_a_text_that_was_corrected_since_is_not_taken_and_nothing_typed_is_lost() -> None:
    made = await table()
    await made.all_approve()
    await made.conclude()
    await locked(made)
    office, lead = chat(made, OFFICE), chat(made, LEAD)
    forms = [await one.press(actions.MINUTES_CORRECT, {"id": FEBRUARY.id, "section": TEXT}) for one in (office, lead)]
    await office.click(
        forms[0], actions.MINUTES_CORRECT, text="Styret drøftet saken grundig.", reason="Et ord falt ut."
    )
    typed = {"text": "Styret drøftet saken lenge.", "reason": "Også dette falt ut."}
    early = await lead.click(forms[1], actions.MINUTES_CORRECT, **typed)
    assert [one.value for one in button(early, actions.MINUTES_CORRECT).fields] == list(typed.values()), "being made"
    await locked(made)
    late = await lead.click(forms[1], actions.MINUTES_CORRECT, **typed)
    assert made.minutes.version == 2
    assert "Teksten er endret" in words(late)
    assert "Styret drøftet saken grundig." in words(late), "as it reads now"
    assert [one.value for one in button(late, actions.MINUTES_CORRECT).fields] == list(typed.values())
    await lead.click(late, actions.MINUTES_CORRECT, **typed)
    assert made.minutes.version == 3


async def test_what_was_decided_is_not_corrected_by_the_office() -> None:
    made = await table()
    await made.all_approve()
    await made.conclude()
    await locked(made)
    data = {"id": FEBRUARY.id, "section": "item:i1:decision", "text": "Styret avviser.", "reason": "Feil."}
    await chat(made, OFFICE).press(actions.MINUTES_CORRECT, data)
    assert made.minutes.version == 1


async def test_one_who_is_inhabil_does_not_see_the_case() -> None:
    from tests.board.pack_support import exclude  # this test's own
    from tests.board.support import case_in  # this test's own

    made = await table(called=False)
    await made.desk.keep(case_in("published"))  # type: ignore[arg-type]  # the state by its name
    await exclude(made.desk, CaseId("case-1"), MEMBERS[0].id)
    versions = made.desk.memory.state.minutes_versions
    secret = Section("case:case-1:text", "Sak 001-2026", "Det hemmelige.")
    first = versions[FEBRUARY.id, 1]
    versions[FEBRUARY.id, 1] = type(first)(
        first.meeting, 1, (*first.sections, secret), first.by, first.at, first.source
    )  # fmt: skip
    await made.call()
    hidden, seen = await asked(made, MEMBERS[0]), await asked(made, MEMBERS[1])
    assert hidden is not None
    assert seen is not None
    assert "Det hemmelige." not in words(hidden)
    assert "Det hemmelige." in words(seen)
    await made.all_approve()
    await made.conclude()
    await locked(made)
    opened = await chat(made, MEMBERS[0]).press(actions.MINUTES_PDF, {"id": FEBRUARY.id})
    assert "utelatt for deg" in words(opened)
