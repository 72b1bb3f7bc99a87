"""Presses about whether a case's documents are open or exempt from public access."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from board.case import Case
from board.commands import ClassifyDocument
from board.errors import Refusal, RefusalCode
from board.ids import DocumentId
from board.states import CaseAct
from board.usecases.classify_document import classify_document
from board.usecases.look_at_case import look_at_case
from cards import actions
from cards.i18n import _
from cards.message import Banner, Message, Option
from cards.templates.classify_card import classify_card, name_of
from dialogs.dates import read_date
from dialogs.present import card_of, case_view, refusal_note, refused
from dialogs.pressed import Data, Handler, case_id, chosen, text
from dialogs.room import Reply, Room, show

_FIELDS: Final = ("document", "classification", "legal_basis", "exempt_until")
_KINDS: Final = ("open", "exempt")


async def _classify(room: Room, data: Data) -> Reply:
    """Without ``save`` the card with all documents; with it, one of them is classified."""
    typed = {name: value for name in _FIELDS if (value := text(data, name))}
    if not data.get("save") and not typed:
        return show(await _opened(room, data))
    until = read_date(typed["exempt_until"], room.today) if "exempt_until" in typed else None
    command = await _command(room, data, typed, until)
    if "exempt_until" in typed and until is None and command.exempt:
        return show(await _unread(room, data, typed))
    if typed.get("classification") not in _KINDS:
        return show(await _no_kind(room, data, typed))
    result = await classify_document(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _refused(room, data, result, typed))
    note = Banner(_("Lagret."), "good")
    return show(await _card(room, result.case, note), redrawn=bool(result.events))


async def _command(room: Room, data: Data, typed: Mapping[str, str], until: date | None) -> ClassifyDocument:
    case = await room.work.cases.get(case_id(data))
    document = typed.get("document", "")
    if case and case.may_be_seen_by(room.actor):  # also by its name, as people write
        view = await case_view(room, case)
        document = chosen(document, [Option(d.id, name_of(d, view)) for d in case.documents])
    exempt = typed.get("classification") == "exempt"
    return ClassifyDocument(case_id(data), DocumentId(document[:64]), exempt, typed.get("legal_basis", ""), until)


async def _opened(room: Room, data: Data) -> Message:
    found = await look_at_case(case_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return await refused(room, found, case_id(data))
    if CaseAct.CLASSIFY not in found.allowed_acts(room.actor):
        return await card_of(room, found)
    return await _card(room, found)


async def _card(
    room: Room,
    case: Case,
    note: Banner | None = None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Message:
    return classify_card(await case_view(room, case), room.today, note, typed or {}, errors or {})


async def _wrong(room: Room, data: Data, typed: Mapping[str, str], field: str, words: str) -> Message:
    """What was written stands there still, with what is wrong beside it."""
    found = await look_at_case(case_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return await refused(room, found, case_id(data))
    return await _card(room, found, Banner(words, "attention"), typed, {field: words})


async def _unread(room: Room, data: Data, typed: Mapping[str, str]) -> Message:
    return await _wrong(room, data, typed, "exempt_until", _("Jeg forsto ikke dagen. Skriv for eksempel «01.01.2028»."))


async def _no_kind(room: Room, data: Data, typed: Mapping[str, str]) -> Message:
    return await _wrong(room, data, typed, "classification", _("Velg om dokumentet er åpent eller unntatt."))


async def _refused(room: Room, data: Data, refusal: Refusal, typed: Mapping[str, str]) -> Message:
    field = _FIELD_OF.get(refusal.code)
    if field is None:
        return await refused(room, refusal, case_id(data))
    words = _("Skriv hjemmelen for unntaket.") if field == "legal_basis" else ""
    return await _wrong(room, data, typed, field, words or (await refusal_note(room, refusal)).text)


_FIELD_OF: Final = {
    RefusalCode.REASON_NEEDED: "legal_basis",
    RefusalCode.TOO_LONG: "legal_basis",
    RefusalCode.DOCUMENT_UNKNOWN: "document",
    RefusalCode.DEADLINE_PASSED: "exempt_until",
}

HANDLERS: Final[Mapping[str, Handler]] = {actions.CASE_CLASSIFY: _classify}
