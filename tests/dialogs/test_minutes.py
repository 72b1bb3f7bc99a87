"""Minutes in the chat: drafted, worded part by part, sent out, remarked on, and the office's answers."""

from __future__ import annotations

from board.ids import RemarkId
from board.minutes import MinutesState
from board.remarks import RemarkState
from cards import actions
from cards.message import Inputs, Json, LongText, Message
from tests.board.minutes_support import (
    ABOUT,
    EXCLUDED,
    SAID,
    SECRET,
    closed,
    minutes,
    versions,
)
from tests.board.sitting_support import BOARD_MEETING, CHAIR, LEAD, MEMBER, OFFICE, SECOND, ready
from tests.board.support import COLLEAGUE, STRANGER, Desk
from tests.dialogs.sitting_support import Meeting
from tests.dialogs.support import Chat, button, words


async def after_meeting() -> tuple[Desk, Meeting]:
    made = await closed()
    return made, Meeting(made)


async def drafted() -> tuple[Desk, Meeting, Chat, Message]:
    made, house = await after_meeting()
    office = house.chat(OFFICE)
    return made, house, office, await office.say("skriv referat")


async def sent() -> tuple[Desk, Meeting]:
    made, house, office, card = await drafted()
    await office.click(card, actions.MINUTES_CIRCULATE)
    return made, house


def field(card: Message, name: str) -> str:
    found = [f.value for block in card.blocks if isinstance(block, Inputs) for f in block.fields if f.id == name]
    assert found, words(card)
    return found[0]


def only_remark(made: Desk) -> RemarkId:
    (remark,) = made.memory.state.remarks.values()
    return remark.id


class TestDraft:
    async def test_the_record_becomes_the_draft(self) -> None:
        made, _house, _office, card = await drafted()
        assert "Referat fra styremøtet torsdag 16. april 2026" in card.title
        assert "Sak 001-2026: Felles meldingstjeneste" in words(card)
        text = {one.id: one for one in versions(made)[0].sections}
        assert text[SAID].text == "Saken ble vedtatt med endringer i forslaget.\nVedtaket var enstemmig."
        assert not text["item:i-case-1:decision"].editable
        assert "Inhabil, og ikke med i behandlingen: Mads." in text[SECRET].text
        assert "Other-Deputy, vara for Other-Member" in text["attendance"].text

    async def test_asked_again_it_is_shown_not_made_again(self) -> None:
        made, house, _office, _card = await drafted()
        card = await house.chat(LEAD).say("skriv referat")
        assert card.title.startswith("Referat fra styremøtet")
        assert len(versions(made)) == 1

    async def test_not_before_the_meeting_is_held(self) -> None:
        house = Meeting(await ready())
        assert "ikke startet" in words(await house.chat(OFFICE).say("skriv referat styret 16.04.2026"))

    async def test_a_member_is_told_who_does(self) -> None:
        made, house = await after_meeting()
        await house.chat(MEMBER).say("skriv referat")
        assert made.log[-1][0] == "act.refused"
        assert BOARD_MEETING not in made.memory.state.minutes_book

    async def test_a_draft_is_not_shown_to_members(self) -> None:
        _made, house, _office, _card = await drafted()
        assert "ingen referater" in words(await house.chat(MEMBER).say("referat"))


class TestEdit:
    async def test_one_part_at_a_time_from_the_card(self) -> None:
        made, _house, office, card = await drafted()
        part = await office.click(card, actions.MINUTES_SECTION, section=SAID)
        assert field(part, "text").startswith("Saken ble vedtatt")
        saved = await office.click(part, actions.MINUTES_EDIT, text="Styret drøftet saken.")
        assert "Lagret som versjon 2" in words(saved)
        assert versions(made)[-1].section(SAID).text == "Styret drøftet saken."  # type: ignore[union-attr]  # is there

    async def test_what_was_typed_stays_where_another_was_first(self) -> None:
        made, house, office, card = await drafted()
        part = await office.click(card, actions.MINUTES_SECTION, section=SAID)
        other = house.chat(COLLEAGUE)
        theirs = await other.click(card, actions.MINUTES_SECTION, section=SAID)
        await other.click(theirs, actions.MINUTES_EDIT, text="Kollegaens ord.")
        again = await office.click(part, actions.MINUTES_EDIT, text="Mine ord.")
        assert field(again, "text") == "Mine ord."
        assert "[lagt til: Kollegaens ord]" in words(again)
        assert len(versions(made)) == 2
        await office.click(again, actions.MINUTES_EDIT)
        assert versions(made)[-1].section(SAID).text == "Mine ord."  # type: ignore[union-attr]  # it is there

    async def test_facts_are_shown_and_not_asked(self) -> None:
        _made, _house, office, card = await drafted()
        part = await office.click(card, actions.MINUTES_SECTION, section="item:i-case-1:decision")
        assert not [block for block in part.blocks if isinstance(block, Inputs)]
        assert "Styret godkjenner oppstart i mai." in words(part)

    async def test_a_crafted_press_changes_no_fact(self) -> None:
        made, _house, office, _card = await drafted()
        section = "item:i-case-1:decision"
        data: dict[str, Json] = {"id": BOARD_MEETING, "version": 1, "section": section, "text": "Styret avslår."}
        await office.press(actions.MINUTES_EDIT, data)
        assert len(versions(made)) == 1

    async def test_versions_tell_who_when_from_where_and_what(self) -> None:
        _made, _house, office, card = await drafted()
        part = await office.click(card, actions.MINUTES_SECTION, section=SAID)
        await office.click(part, actions.MINUTES_EDIT, text="Saken ble vedtatt med endringer.")
        told = words(await office.press(actions.MINUTES_VERSIONS, {"id": BOARD_MEETING}))
        assert "Versjon 2: Lise, torsdag 16. april 2026 kl. 10.00 (skrevet om i samtalen)" in told
        assert "Versjon 1: Lise" in told
        assert "[fjernet:" in told


class TestRound:
    async def test_members_are_asked_and_answer_with_one_press(self) -> None:
        made, house = await sent()
        member = house.chat(MEMBER)
        card = await member.drawn("minutes.circulated", ABOUT)
        assert card is not None
        assert card.why.startswith("Du får denne fordi")
        done = await member.click(card, actions.MINUTES_NONE)
        assert "ingen merknad" in words(done)
        assert [a.person for a in made.memory.state.minutes_answers.values()] == [MEMBER.id]

    async def test_a_remark_keeps_its_place_class_and_words(self) -> None:
        made, house = await sent()
        member = house.chat(MEMBER)
        card = await member.say("referat")
        await member.click(
            card, actions.MINUTES_REMARK, remark="Skriv «juni».", section=SAID, **{"class": "editorial"}
        )  # fmt: skip
        remark = made.memory.state.remarks[only_remark(made)]
        assert (remark.person, remark.section, remark.cls, remark.text) == (
            MEMBER.id, SAID, "editorial", "Skriv «juni».",
        )  # fmt: skip

    async def test_without_a_class_nothing_is_lost(self) -> None:
        made, house = await sent()
        member = house.chat(MEMBER)
        again = await member.click(await member.say("referat"), actions.MINUTES_REMARK, remark="Skriv «juni».")
        act = button(again, actions.MINUTES_REMARK)
        assert [f.value for f in act.fields if f.id == "remark"] == ["Skriv «juni»."]
        assert not made.memory.state.remarks

    async def test_the_office_takes_it_in_and_the_giver_sees_the_difference(self) -> None:
        made, house = await sent()
        member, office = house.chat(MEMBER), house.chat(OFFICE)
        card = await member.say("referat")
        await member.click(card, actions.MINUTES_REMARK, remark="Skriv «alle».", section=SAID, **{"class": "1"})
        asked = await office.drawn("minutes.remark_given", ABOUT, part=only_remark(made))
        assert asked is not None
        assert "Skriv «alle»." in words(asked)
        before = field(asked, "text")
        await office.click(asked, actions.MINUTES_ACCEPT_REMARK, text=f"{before} Alle var enige.")
        assert made.memory.state.remarks[only_remark(made)].state is RemarkState.ACCEPTED
        told = await member.drawn("minutes.remark_ruled", ABOUT, part=only_remark(made))
        assert told is not None
        assert "[lagt til: Alle var enige.]" in words(told)

    async def test_no_needs_a_reason_and_keeps_what_was_typed(self) -> None:
        made, house = await sent()
        member, office = house.chat(MEMBER), house.chat(OFFICE)
        card = await member.say("referat")
        await member.click(card, actions.MINUTES_REMARK, remark="Nei.", section=SAID, **{"class": "editorial"})
        shown = await office.click(await office.say("referat"), actions.MINUTES_OPEN, "Behandle")
        again = await office.click(shown, actions.MINUTES_REFUSE_REMARK, note=" ")
        assert made.memory.state.remarks[only_remark(made)].is_open
        await office.click(again, actions.MINUTES_REFUSE_REMARK, note="Det ble sagt slik.")
        told = await member.drawn("minutes.remark_ruled", ABOUT, part=only_remark(made))
        assert told is not None
        assert "Det ble sagt slik." in words(told)

    async def test_a_substantive_one_has_no_button_to_take_it_in(self) -> None:
        made, house = await sent()
        member, office = house.chat(MEMBER), house.chat(OFFICE)
        card = await member.say("referat")
        await member.click(card, actions.MINUTES_REMARK, remark="Feil.", section=SAID, **{"class": "substantive"})
        shown = await office.click(await office.say("referat"), actions.MINUTES_OPEN, "Behandle")
        assert actions.MINUTES_ACCEPT_REMARK not in {getattr(b, "verb", "") for b in shown.buttons}
        crafted = {"id": BOARD_MEETING, "remark": only_remark(made), "section": SAID, "text": "Nytt."}
        refused = await office.press(actions.MINUTES_ACCEPT_REMARK, crafted)
        assert "avgjøres av møtet" in words(refused)
        assert len(versions(made)) == 1

    async def test_one_who_is_inhabil_reads_the_rest(self) -> None:
        _made, house = await sent()
        card = await house.chat(EXCLUDED).say("referat")
        assert "Ny journal" not in words(card)
        assert "inhabil" in words(card)
        part = await house.chat(EXCLUDED).press(actions.MINUTES_SECTION, {"id": BOARD_MEETING, "section": SECRET})
        assert "utsatt" not in words(part)
        assert "Ny journal" in words(await house.chat(CHAIR).say("referat"))

    async def test_a_stranger_gets_nothing(self) -> None:
        made, house = await sent()
        guest = house.chat(STRANGER)
        assert "ingen referater" in words(await guest.say("referat"))
        card = await guest.press(actions.MINUTES_OPEN, {"id": BOARD_MEETING})
        assert "Sak 001" not in words(card)
        assert made.log[-1] == ("act.refused", ABOUT, STRANGER.id)

    async def test_the_office_sees_who_has_answered(self) -> None:
        _made, house = await sent()
        member = house.chat(SECOND)
        await member.click(await member.say("referat"), actions.MINUTES_NONE)
        told = words(await house.chat(OFFICE).say("referat"))
        assert "har svart. Ikke svart:" in told
        assert "Mads" not in told.partition("Ikke svart:")[2]

    async def test_after_sending_a_copy_shows_the_new_state(self) -> None:
        made, house = await sent()
        card = await house.chat(OFFICE).drawn("minutes.circulated", ABOUT, copy=True)
        assert card is not None
        assert "Sendt til merknader, ikke godkjent" in words(card)
        assert minutes(made).state is MinutesState.CIRCULATED


class TestDuty:
    async def test_the_duty_shows_the_question(self) -> None:
        made, house = await sent()
        duty = next(
            d for d in made.memory.state.duties.values() if d.kind == "minutes.remark" and d.person == MEMBER.id
        )
        member = house.chat(MEMBER)
        await member.press(actions.TASK_OPEN, {"id": duty.id})
        (card,) = member.all
        assert actions.MINUTES_NONE in {getattr(b, "verb", "") for b in card.buttons}

    async def test_folded_texts_are_whole(self) -> None:
        _made, house = await sent()
        member = house.chat(MEMBER)
        part = await member.click(await member.say("referat"), actions.MINUTES_SECTION, section=SAID)
        (text,) = [block for block in part.blocks if isinstance(block, LongText)]
        assert text.text == "Saken ble vedtatt med endringer i forslaget.\nVedtaket var enstemmig."
