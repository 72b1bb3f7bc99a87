"""Chats in a meeting under way, over the double of the store."""

from __future__ import annotations

from board.case import Case
from board.ids import ItemId
from board.people import Actor
from cards.message import Inputs, Message
from tests.board.sitting_support import LEAD, STARTS, ready
from tests.board.support import Desk
from tests.dialogs.support import Chat, House

__all__ = ["STARTS", "Meeting", "meeting", "values"]


class Meeting:
    """A desk whose people chat; the clock stands at the meeting's time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.house = House(desk.memory.work, desk.rules, desk.clock, desk.memory.queue)

    def chat(self, who: Actor) -> Chat:
        return self.house.chat(who)

    async def started(self, who: Actor = LEAD) -> Chat:
        chat = self.chat(who)
        await chat.say("start møte")
        return chat

    async def card(self, who: Actor) -> Message | None:
        """The card that follows the meeting, as it is for this person now."""
        return await self.chat(who).drawn("meeting.started", "sitting:board-1", copy=True)

    def decided(self, item: ItemId) -> object:
        found = self.desk.memory.state.decisions.get(("board-1", item))
        return found.outcome if found else None


async def meeting(*cases: Case) -> Meeting:
    return Meeting(await ready(*cases))


def values(card: Message) -> dict[str, str]:
    return {f.id: f.value for block in card.blocks if isinstance(block, Inputs) for f in block.fields}
