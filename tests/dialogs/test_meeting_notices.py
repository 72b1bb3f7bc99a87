"""What goes out about a meeting, to each reader as it concerns them; to a channel without names."""

from __future__ import annotations

from board.attendance import Coming
from board.commands import SaveCase
from board.events import Happened
from board.ids import MeetingId
from board.meeting_commands import AnswerAttendance
from board.people import Body
from board.usecases.answer_attendance import answer_attendance
from board.usecases.save_case import save_case
from cards.message import Inputs
from tests.board.support import LEAD, OFFICE, SUBMITTER
from tests.dialogs.meeting_support import (
    APRIL,
    IN_CHANNEL,
    OTHER_MEMBER,
    facts,
)
from tests.dialogs.support import (
    CHAIR,
    DEPUTY,
    MEMBER,
    REP,
    Chat,
    House,
    button,
    words,
    writes,
)

# -- moved, cancelled ------------------------------------------------------------------------------------------------


async def test_what_a_move_means_is_told_to_each_as_it_concerns_them(house: House, office: Chat, member: Chat) -> None:
    await office.click(await office.say("flytt møte 16. april til 23. april"), "meeting.move", "Flytt")
    told = await member.drawn("meeting.moved", APRIL, 2)
    assert told is not None
    assert told.title == "Styremøtet er flyttet til torsdag 23. april 2026 kl. 09.00"
    rows = facts(told)
    assert rows["Før"] == "torsdag 16. april 2026 kl. 09.00"
    assert rows["Svar om oppmøte og habilitet"] == "fredag 10. april → fredag 17. april"
    assert "Sakspapirene sendes ut" not in rows, "that is the office's"
    assert [b.label for b in told.buttons] == ["Kommer", "Kommer ikke", "Vara"]
    assert told.why == "Du får denne fordi du er medlem i styret."
    lead = await house.chat(LEAD).drawn("meeting.moved", APRIL, 2)
    assert lead is not None
    assert set(facts(lead)) >= {"Arbeidsutvalgets møte"}
    assert [b.label for b in lead.buttons] == ["Vis møtet"]


async def test_what_holds_no_more_is_not_told(office: Chat, member: Chat) -> None:
    await office.click(await office.say("flytt møte 16. april til 23. april"), "meeting.move", "Flytt")
    await office.click(await office.say("flytt møte 23. april til 30. april"), "meeting.move", "Flytt")
    assert await member.drawn("meeting.moved", APRIL, 2) is None
    assert await member.drawn("meeting.word", APRIL, 1, "practical") is None
    assert await member.drawn("meeting.cancelled", APRIL, 3) is None
    assert await member.drawn("meeting.word", APRIL, 3, "no-such-deadline") is None
    assert await member.drawn("meeting.moved", MeetingId("nowhere"), 1) is None


async def test_a_reader_whose_case_wants_the_meeting_is_told_of_the_case(
    house: House, office: Chat, chat: Chat
) -> None:
    case = await _case_that_wants(house, APRIL)
    await office.click(await office.say("flytt møte 16. april til 23. april"), "meeting.move", "Flytt")
    told = await chat.drawn("meeting.moved", APRIL, 2)
    assert told is not None
    assert "Ny kurveløsning" in words(told)
    assert told.why == "Du får denne fordi du har en sak som ønsker dette møtet."
    assert button(told, "case.edit").data["id"] == case
    preview = await office.say("avlys møte 23. april fordi det er for få saker")
    assert "Saker som ønsker dette møtet: 1" in words(preview)
    await office.click(preview, "meeting.cancel")
    told = await chat.drawn("meeting.cancelled", APRIL, 3)
    assert told is not None
    assert "det er for få saker" in words(told)
    assert "Velg et annet møte i skjemaet" in words(told)


async def _case_that_wants(house: House, meeting: MeetingId) -> str:
    chat = house.chat()
    await chat.answer("meld sak", "prosjekt", "bp2", "klinisk", "nei til alle")
    case = await house.only_case()
    async with house.work.write() as work:
        values = {"title": "Ny kurveløsning", "wanted_meeting": meeting}
        await save_case(SaveCase(case.id, values), SUBMITTER, work, house.rules)
        await work.commit()
    return case.id


# -- words of a deadline ---------------------------------------------------------------------------------------------


async def test_each_word_of_a_deadline_says_what_to_do(house: House, office: Chat, chat: Chat) -> None:
    call = await chat.drawn("meeting.word", APRIL, 1, "call")
    assert call is not None
    assert call.summary == "Meld saker til styremøtet torsdag 16. april 2026. Siste frist er torsdag 12. mars 2026."
    assert "meld sak" in writes(call)
    practical = await house.chat(MEMBER).drawn("meeting.word", APRIL, 1, "practical")
    assert practical is not None
    assert practical.title == "Styremøtet er torsdag 16. april 2026 kl. 09.00"
    house.clock.move(days=44)
    practical = await house.chat(MEMBER).drawn("meeting.word", APRIL, 1, "practical")
    assert practical is not None
    assert practical.title == "Styremøtet er i morgen kl. 09.00"
    assert house.rules.mandate.office_email in words(practical), "nobody has said where"
    other = await office.drawn("meeting.word", APRIL, 1, "pack")
    assert other is not None
    assert other.title == "Sakspapirene sendes ut: onsdag 1. april 2026, til styremøtet torsdag 16. april 2026"


async def test_the_day_before_it_is_said_who_comes_instead(house: House, member: Chat) -> None:
    async with house.work.write() as work:
        command = AnswerAttendance(APRIL, Coming.YES, MEMBER.id)
        await answer_attendance(command, DEPUTY, work, house.rules)
        await work.commit()
    for who in (MEMBER, CHAIR, OFFICE):
        told = await house.chat(who).drawn("meeting.word", APRIL, 1, "practical")
        assert told is not None
        assert "Vigdis møter for Mads." in words(told)
    other = await house.chat(OTHER_MEMBER).drawn("meeting.word", APRIL, 1, "practical")
    assert other is not None
    assert "Vigdis" not in words(other)


async def test_a_channel_gets_no_names_no_reasons_and_nothing_that_acts(house: House, office: Chat) -> None:
    channel = house.chat(IN_CHANNEL)
    posts = [await channel.drawn("meeting.word", APRIL, 1, part) for part in ("call", "intake_closes", "pack")]
    await office.click(await office.say("flytt møte 16. april til 23. april"), "meeting.move", "Flytt")
    posts += [await channel.drawn("meeting.moved", APRIL, 2), await channel.drawn("", APRIL, 2, copy=True)]
    await office.click(await office.say("avlys møte 23. april fordi Tove er syk"), "meeting.cancel")
    posts += [await channel.drawn("meeting.cancelled", APRIL, 3), await channel.drawn("", APRIL, 3, copy=True)]
    for post in posts:
        assert post is not None
        assert post.buttons == ()
        assert not any(isinstance(block, Inputs) for block in post.blocks)
        for name in ("Tove", "Mads", "Lise", "syk", "svart"):
            assert name not in words(post)


# -- who may know ----------------------------------------------------------------------------------------------------


async def test_meetings_of_the_other_bodies_are_their_own(house: House, office: Chat) -> None:
    for body in ("AU", "kontoret"):
        await office.click(await office.say(f"nytt møte {body} 27. mars 2026 kl 9"), "meeting.create", "Opprett")
    ((wg,), (own,)) = (await house.meetings(Body.WORKING_GROUP), await house.meetings(Body.OFFICE))
    seen = {
        (who.id, meeting.body): "Jeg finner ikke møtet"
        not in (await house.chat(who).press("meeting.open", {"id": meeting.id})).title
        for who in (OFFICE, REP, MEMBER, SUBMITTER)
        for meeting in (wg, own)
    }
    assert [key for key, may in seen.items() if may] == [
        (OFFICE.id, Body.WORKING_GROUP),
        (OFFICE.id, Body.OFFICE),
        (REP.id, Body.WORKING_GROUP),
    ]
    assert await house.chat(MEMBER).drawn("meeting.word", wg.id, 1, "wg_practical") is None
    assert await house.chat(IN_CHANNEL).drawn("meeting.moved", own.id, 1) is None
    assert (await house.log(wg.id))[-1].what is Happened.ACT_REFUSED


async def test_deadlines_show_the_working_groups_meetings_to_those_who_meet_there(house: House, office: Chat) -> None:
    await office.click(await office.say("nytt møte AU 27. mars 2026 kl 9"), "meeting.create", "Opprett")
    assert "Møte i arbeidsutvalget fredag 27. mars 2026" in words(await house.chat(REP).say("frister"))
    assert "arbeidsutvalget fredag" not in words(await house.chat(MEMBER).say("frister"))
    mine = words(await house.chat(MEMBER).say("frister")).split("Styremøte torsdag")[0]
    assert "Svar om oppmøte og habilitet, til styremøtet 16.04.2026" in mine
