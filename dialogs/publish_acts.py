"""*Kunngjør*: one decision, or all that are recorded, told to those who own the cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.errors import Refusal
from board.ids import CaseId, ItemId, MeetingId
from board.sitting_commands import PublishDecisions
from board.usecases.publish_decisions import Published, publish_decisions
from cards import actions
from cards.i18n import _
from cards.labels import decided_name
from cards.message import Banner, Message, Paragraph, Say
from cards.templates.refusals import plain_refusal
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, say

_MOST: Final = 64


async def _publish(room: Room, data: Data) -> Reply:
    """A message of its own: the card that follows the meeting is redrawn by itself."""
    item = text(data, "item")[:_MOST]
    command = PublishDecisions(MeetingId(text(data, "id")[:_MOST]), (ItemId(item),) if item else None)
    result = await publish_decisions(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return say(plain_refusal(await refusal_note(room, result)))
    return say(await _told(room, result))


async def _told(room: Room, result: Published) -> Message:
    cases = sorted({CaseId(one.case) for one in result.decisions if one.case})
    titles = await room.work.cases.titles(room.actor, cases)
    lines = [
        Paragraph(f"{one.number} {titles.get(one.case, '')}: {decided_name(one.outcome)}".strip())
        for one in result.decisions
        if one.case
    ]
    note = Banner(_("Kunngjort. De som eier sakene, og kanalene har fått beskjed."), "good")
    left = [Paragraph(_("{n} er ikke kunngjort: du er inhabil der. En annen må gjøre det.", n=len(result.left)))]
    follow = _("{n} oppfølginger er opprettet.", n=len(result.follow_ups))
    return Message(
        title=_("Vedtakene er kunngjort"),
        blocks=(
            note,
            *lines,
            *([Paragraph(follow)] if result.follow_ups else []),
            *(left if result.left else []),
            Paragraph(_("De er merket «foreløpig» til referatet er godkjent."), small=True),
        ),
        buttons=(Say(_("Skriv referat"), _("skriv referat")), Say(_("Oppfølging"), _("oppfølging"))),
    )


HANDLERS: Final[Mapping[str, Handler]] = {actions.DECISION_PUBLISH: _publish}
