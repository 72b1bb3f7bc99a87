"""A channel that gets milestones, or the working group's cases: opened and closed by the office in the channel."""

from __future__ import annotations

from board.delivery import Address
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import channel_recipient
from board.people import HANDLERS, Actor, Body
from board.planning_ports import ChannelPost
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse


async def open_channel(
    address: Address, actor: Actor, work: UnitOfWork, rules: Rules, body: Body = Body.BOARD
) -> bool | Refusal:
    """True where it was not open for this body already. Its language is that of the one who opened it."""
    if refusal := await _refused(address, actor, work, rules):
        return refusal
    now = rules.clock.now()
    recipient = channel_recipient(address.channel, address.conversation)
    known = await work.channels.get(recipient)
    if known is not None and known.body is not body:  # what a channel is for is one thing at a time
        await work.channels.close(recipient)
    post = ChannelPost(recipient, actor.person.language, actor.id, now, body)
    opened = await work.channels.open(post, address)
    if opened:
        details = {"body": body.value}
        await work.history.append([Event(Happened.CHANNEL_OPENED, recipient, now, actor.id, details=details)])
    return opened


async def close_channel(address: Address, actor: Actor, work: UnitOfWork, rules: Rules) -> bool | Refusal:
    """True where it was open."""
    if refusal := await _refused(address, actor, work, rules):
        return refusal
    recipient = channel_recipient(address.channel, address.conversation)
    closed = await work.channels.close(recipient)
    if closed:
        await work.history.append([Event(Happened.CHANNEL_CLOSED, recipient, rules.clock.now(), actor.id)])
    return closed


async def _refused(address: Address, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    if actor.is_handler:
        return None
    refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "channel", "roles": tuple(sorted(HANDLERS))})
    await refuse(refusal, actor, channel_recipient(address.channel, address.conversation), work, rules)
    return refusal
