"""Channels that get milestones. Each is a recipient like a person: its address makes what is told to it go there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, null, select, text, update

from board.delivery import Address
from board.ids import PersonId
from board.people import Body
from board.planning_ports import ChannelPost
from storage import records as r
from storage.repositories.addresses import Addresses
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.upsert import insert_once

h, a = r.channels.c, r.addresses.c
_CHANNEL = select(h.recipient, h.language, h.by, h.since, h.body)
_ALL = _CHANNEL.where(h.body == bindparam("body")).order_by(h.since, h.recipient)
_GET = _CHANNEL.where(h.recipient == bindparam("recipient"))
_OPEN = insert_once(r.channels)
_CLOSE = delete(r.channels).where(h.recipient == bindparam("recipient"))
_NO_ADDRESS = (
    update(r.addresses)
    .where(a.person_id == bindparam("recipient"), text("latest = 1"))
    .values(person_id=null(), latest=0)
)


class Channels:
    """Implements ``board.planning_ports.ChannelRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._addresses = Addresses(unit)

    async def open(self, channel: ChannelPost, address: Address) -> bool:
        """One that is open already keeps its language and body; its address is brought up to date."""
        values = {
            "recipient": channel.recipient,
            "language": channel.language,
            "by": channel.by,
            "since": channel.since,
            "body": channel.body.value,
        }
        new = await self._unit.write(lambda tx: tx.run(_OPEN, values)) == 1
        await self._addresses.remember(channel.recipient, address, channel.since)
        return new

    async def close(self, recipient: PersonId) -> bool:
        """The conversation stays known, as one that nothing is told to."""

        def step(tx: Tx) -> bool:
            tx.run(_NO_ADDRESS, {"recipient": recipient})
            return tx.run(_CLOSE, {"recipient": recipient}) == 1

        return await self._unit.write(step)

    async def get(self, recipient: PersonId) -> ChannelPost | None:
        row = await self._unit.ask(lambda tx: tx.first(_GET, {"recipient": recipient}))
        return _channel_from(row) if row else None

    async def all(self, body: Body = Body.BOARD) -> Sequence[ChannelPost]:
        rows = await self._unit.ask(lambda tx: tx.all(_ALL, {"body": body.value}))
        return [_channel_from(row) for row in rows]


def _channel_from(row: Row) -> ChannelPost:
    recipient, language, by, since, body = row
    return ChannelPost(PersonId(recipient), language, PersonId(by), since, Body(body))
