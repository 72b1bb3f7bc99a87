"""Presses of the office about what did not arrive: who was told and how, and that it was said by mouth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.commands import TellByMouth
from board.delivery import About, Proof
from board.errors import Refusal, RefusalCode
from board.notices import NoticeKind
from board.usecases.look_at_delivery import look_at_delivery
from board.usecases.tell_by_mouth import tell_by_mouth
from cards import actions
from cards.i18n import _
from cards.message import Banner, Message
from cards.task_views import Told
from cards.templates.delivery_cards import UNREACHED, group_of, missed_card
from cards.templates.refusals import plain_refusal
from dialogs import tasks
from dialogs.pack_present import shown
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, rev, text
from dialogs.room import Reply, Room, show

MAX_ID: Final = 200


def _about(data: Data) -> About | None:
    if chosen := group_of(text(data, "group")):
        found = chosen
    elif text(data, "kind"):
        found = About(text(data, "kind"), text(data, "id"), max(rev(data), 0), text(data, "part"))
    else:
        return None
    return found if found.kind in frozenset(NoticeKind) and len(found.object_id) <= MAX_ID else None


async def _proofs(room: Room, about: About | None) -> Sequence[Proof] | Reply:
    wanted = about or About("", "", 0)
    found = await look_at_delivery(wanted, room.actor, room.work, room.rules)
    if not isinstance(found, Refusal):
        return found
    if found.code is RefusalCode.NOT_FOUND:
        note = Banner(_("Jeg finner ingen slik beskjed lenger. Ingenting er endret."), "warning")
        return show(await tasks.fresh(room, note))
    return show(plain_refusal(await refusal_note(room, found)))


async def _missed_card(room: Room, about: About, proofs: Sequence[Proof], note: Banner | None = None) -> Message:
    names = await tasks.names_for(room, groups=[about], people=[proof.person for proof in proofs])
    return missed_card(Told(about, tuple(proofs), names), note)


async def _missed(room: Room, data: Data) -> Reply:
    """As a new message beside the card that was pressed: the list of duties, or that of the papers."""
    about = _about(data)
    proofs = await _proofs(room, about)
    if isinstance(proofs, Reply) or about is None:
        return proofs if isinstance(proofs, Reply) else show(await tasks.fresh(room))
    papers = await shown(room, about.object_id) if about.kind == NoticeKind.PACK_SENT else None
    return Reply((await _missed_card(room, about, proofs),), papers or await tasks.fresh(room))


async def _told(room: Room, data: Data) -> Reply:
    about = _about(data)
    proofs = await _proofs(room, about)
    if isinstance(proofs, Reply) or about is None:
        return proofs if isinstance(proofs, Reply) else show(await tasks.fresh(room))
    row = _row(data)
    proof = next((proof for proof in proofs if proof.row == row), None)
    if proof is None:
        note = Banner(_("Velg hvem du har sagt det til. Ingenting er endret."), "attention")
        return show(await _missed_card(room, about, proofs, note))
    refusal = await tell_by_mouth(TellByMouth(proof.row), room.actor, room.work, room.rules)
    note = _already_reached(proof) if refusal else Banner(_("Registrert: sagt muntlig."), "good")
    after = await _proofs(room, about)
    return after if isinstance(after, Reply) else show(await _missed_card(room, about, after, note))


def _already_reached(proof: Proof) -> Banner:
    words = _("Det er allerede registrert. Ingenting er gjort nå.")
    if proof.state not in UNREACHED and proof.state != "told":
        words = _("Meldingen er kommet fram eller på vei. Ingenting er gjort nå.")
    return Banner(words, "warning")


def _row(data: Data) -> int | None:
    value = data.get("row")
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    written = text(data, "row")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


HANDLERS: Final[Mapping[str, Handler]] = {actions.NOTICE_MISSED: _missed, actions.NOTICE_TOLD: _told}
