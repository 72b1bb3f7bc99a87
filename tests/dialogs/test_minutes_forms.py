"""What somebody is writing in is not drawn anew, and nothing is written over that somebody else worded meanwhile."""

from __future__ import annotations

from board.delivery import Address, Copy
from board.ids import RemarkId
from cards import actions
from cards.message import Message
from tests.board.minutes_support import ABOUT, SAID, versions
from tests.board.sitting_support import BOARD_MEETING, CHAIR, MEMBER, OFFICE, SECOND
from tests.board.support import COLLEAGUE, NOW, Desk
from tests.dialogs.support import Chat, words
from tests.dialogs.test_minutes import drafted, field, only_remark, sent
from tests.fakes.memory_delivery import keep_copy

GIVEN = "minutes.remark_given"


async def remarked(chat: Chat, text: str) -> None:
    card = await chat.say("referat")
    await chat.click(card, actions.MINUTES_REMARK, remark=text, section=SAID, **{"class": "editorial"})


async def asked(office: Chat, remark: RemarkId) -> Message:
    card = await office.drawn(GIVEN, ABOUT, part=remark)
    assert card
    return card


def latest(made: Desk) -> str:
    section = versions(made)[-1].section(SAID)
    assert section
    return section.text


async def test_a_part_is_a_message_of_its_own_and_no_copy_of_the_minutes() -> None:
    _made, _house, office, card = await drafted()
    part = await office.click(card, actions.MINUTES_SECTION, section=SAID)
    assert len(office.all) == 1
    assert part.about is None
    following = await office.click(part, actions.MINUTES_SECTION, "Neste del")
    assert len(office.all) == 0
    assert following.title != part.title


async def test_a_remark_is_not_drawn_anew_while_it_waits() -> None:
    made, house = await sent()
    member, office = house.chat(MEMBER), house.chat(OFFICE)
    await remarked(member, "Skriv «alle».")
    remark = only_remark(made)
    card = await asked(office, remark)
    assert await office.drawn(GIVEN, ABOUT, part=remark, copy=True) is None
    await office.click(card, actions.MINUTES_ACCEPT_REMARK, text="Alle er med.")
    after = await office.drawn(GIVEN, ABOUT, part=remark, copy=True)
    assert after
    assert "Tatt inn" in words(after)


async def test_two_remarks_to_one_part_both_come_in() -> None:
    made, house = await sent()
    office, other = house.chat(OFFICE), house.chat(COLLEAGUE)
    await remarked(house.chat(MEMBER), "Skriv «alle».")
    first = only_remark(made)
    await remarked(house.chat(SECOND), "Skriv «mange».")
    second = next(one.id for one in made.memory.state.remarks.values() if one.id != first)
    mine, theirs = await asked(office, first), await asked(other, second)
    await office.click(mine, actions.MINUTES_ACCEPT_REMARK, text="Alle var enige.")

    refused = await other.click(theirs, actions.MINUTES_ACCEPT_REMARK, text="Mange var enige.")
    assert latest(made) == "Alle var enige."
    assert field(refused, "text") == "Mange var enige."
    assert "Alle var enige" in words(refused)

    await other.click(refused, actions.MINUTES_ACCEPT_REMARK, text="Alle, og de er mange, var enige.")
    assert latest(made) == "Alle, og de er mange, var enige."


async def test_of_an_answer_only_those_who_see_it_get_their_cards_anew() -> None:
    made, house = await sent()
    state = made.memory.state
    rev = state.minutes_book[BOARD_MEETING].rev
    for who in (MEMBER, SECOND, CHAIR, OFFICE):
        chat = Address("teams", "tenant", "http://127.0.0.1/", f"a:{who.id}", "personal", "bot")
        keep_copy(state, Copy(chat, "m1", who.id, "minutes.circulated", ABOUT, rev), NOW)
    state.outbox.clear()
    member = house.chat(MEMBER)
    await member.click(await member.say("referat"), actions.MINUTES_NONE)
    assert {row.person for row in made.memory.state.outbox.values() if row.copy} == {MEMBER.id, OFFICE.id}
