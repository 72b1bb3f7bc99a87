"""Presses on the form of a case: a draft being filled in, or the final papers after the working group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.case import Case, Changed
from board.commands import AttachDocument, SaveCase, SubmitCase
from board.errors import Refusal, RefusalCode
from board.states import EDITABLE, CaseAct
from board.usecases.attach_document import attach_document
from board.usecases.look_at_case import look_at_case
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from cards import actions
from cards.forms import CASE_QUESTIONS
from cards.i18n import _
from cards.message import Banner, Message
from cards.templates import talk_texts
from cards.templates.case_form import one_answer
from cards.templates.refusals import refusal_banner
from cards.templates.start_form import scope_id
from dialogs import start_talk
from dialogs.case_talk import open_case
from dialogs.documents_talk import name_of, options
from dialogs.present import card_of, case_view, choices, done_card, form_of, refused
from dialogs.pressed import Data, Handler, case_id, chosen, text
from dialogs.reading import Answers, read_card
from dialogs.room import Reply, Room, show


async def _the_case(room: Room, data: Data) -> Case | Refusal:
    return await look_at_case(case_id(data), room.actor, room.work, room.rules)


def _fills_in(room: Room, case: Case) -> bool:
    """Whether the reader may change what the case says now."""
    return CaseAct.SAVE in case.allowed_acts(room.actor)


async def _form_answers(room: Room, data: Data, case: Case) -> Answers:
    return await read_card(room, data, case.case_type, case.content, await choices(room))


async def _filled_in(room: Room, data: Data) -> tuple[Case, Answers] | Reply:
    """The case and what its form was filled in with; or the answer, where that is already plain."""
    found = await _the_case(room, data)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    answers = await _form_answers(room, data, found) if _fills_in(room, found) else Answers()
    if answers.typed and found.state in EDITABLE:
        return await _kept_in_form(room, found, answers)
    return found, answers


async def _submit(room: Room, data: Data) -> Reply:
    filled = await _filled_in(room, data)
    if isinstance(filled, Reply):
        return filled
    found, answers = filled
    if found.state not in EDITABLE:  # an old button hands on nothing, and changes no final paper
        answers = Answers()
    command = SubmitCase(found.id, answers.values, answers.unread)
    result = await submit_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        await room.work.talks.drop(room.actor.id)
        return show(await done_card(room, result.case), redrawn=True)
    case = await room.work.cases.get(found.id)
    if result.code in (RefusalCode.INCOMPLETE, RefusalCode.OWNER_UNFIT) and case:
        return show(await _form_with(room, case, answers, result))
    return show(await refused(room, result, found.id))


async def _kept_in_form(room: Room, case: Case, answers: Answers) -> Reply:
    """An answer too long to store: the others are kept, this one stands in the card."""
    saved = await save_case(SaveCase(case.id, answers.values, answers.unread), room.actor, room.work, room.rules)
    if isinstance(saved, Refusal):
        return show(await refused(room, saved, case.id))
    note = Banner(_("Et svar er for langt. Kort det ned; resten er lagret."), "attention")
    return show(await form_of(room, saved.case, errors=answers.errors, typed=answers.typed, note=note))


async def _form_with(room: Room, case: Case, answers: Answers, refusal: Refusal) -> Message:
    """The form again, every missing answer marked."""
    banner = refusal_banner(refusal, {}, room.mandate)
    return await form_of(room, case, errors={**_missing(refusal), **answers.errors}, note=banner)


def _missing(refusal: Refusal) -> dict[str, str]:
    """What is wrong with each answer that was not good enough."""
    missing = refusal.params.get("fields")
    words = _("Må fylles ut.") if refusal.code is RefusalCode.INCOMPLETE else _("Velg en annen.")
    errors = dict.fromkeys(missing, words) if isinstance(missing, tuple) else {}
    if refusal.params.get("documents"):
        errors.setdefault("reason_incomplete", _("Legg ved dokumentene, eller skriv hvorfor de mangler."))
    return errors


async def _save(room: Room, data: Data) -> Reply:
    filled = await _filled_in(room, data)
    if isinstance(filled, Reply):
        return filled
    found, answers = filled
    if found.state not in EDITABLE:
        return await _save_final(room, data, found, answers)
    command = SaveCase(found.id, answers.values, answers.unread)
    result = await save_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, found.id))
    note = Banner(_("Utkastet er lagret."), "good")
    return show(await form_of(room, result.case, errors=answers.errors, note=note))


async def _save_final(room: Room, data: Data, case: Case, answers: Answers) -> Reply:
    """Papers that were treated are changed as a whole or not at all; what was typed stands in the form still."""
    if answers.errors:
        return show(await _not_saved(room, case, data, answers.errors))
    result = await save_case(SaveCase(case.id, answers.values), room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        return show(await card_of(room, result.case, Banner(_("Endringene er lagret."), "good")))
    if result.code is RefusalCode.INCOMPLETE:
        return show(await _not_saved(room, case, data, _missing(result)))
    return show(await refused(room, result, case.id))


async def _not_saved(room: Room, case: Case, data: Data, errors: Mapping[str, str]) -> Message:
    words = _("Ingenting er lagret ennå. Rett det som er merket; alt du skrev, står her fremdeles.")
    return await form_of(room, case, errors=errors, typed=_written(data), note=Banner(words, "attention"))


def _written(data: Data) -> dict[str, str]:
    """The inputs of the form as they were typed."""
    return {field: text(data, field) for field in CASE_QUESTIONS if isinstance(data.get(field), str)}


async def _take_in(room: Room, data: Data) -> Case | Refusal:
    """What was typed in the form beside the button that was pressed: kept, whatever the button does."""
    found = await _the_case(room, data)
    if isinstance(found, Refusal) or not _fills_in(room, found) or found.state not in EDITABLE:
        return found
    answers = await _form_answers(room, data, found)
    if not answers.values and not answers.unread:
        return found
    saved = await save_case(SaveCase(found.id, answers.values, answers.unread), room.actor, room.work, room.rules)
    return saved if isinstance(saved, Refusal) else saved.case


async def _edit(room: Room, data: Data) -> Reply:
    found = await _take_in(room, data)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    if not _fills_in(room, found):
        return show(await card_of(room, found))
    if data.get("page") == 1 and found.state in EDITABLE:
        return show(await start_talk.begin(room, _first_page(room, found), found.id))
    field_id = text(data, "field")
    if field_id in CASE_QUESTIONS:
        return show(one_answer(await case_view(room, found), CASE_QUESTIONS[field_id]))
    if found.state not in EDITABLE:
        return show(await form_of(room, found))
    return show(await open_case(room, found))


def _first_page(room: Room, case: Case) -> dict[str, str]:
    """What was answered on the first page; the exclusions were all answered with no, or there would be no draft."""
    scope = {scope_id(n): "false" for n, _e in enumerate(room.mandate.exclusions, 1)}
    kind = {"delivery_form": case.delivery_form, "case_type": case.case_type, "sub_portfolio": case.sub_portfolio}
    return kind | scope


async def _attach(room: Room, data: Data) -> Reply:
    found = await _take_in(room, data)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    url = text(data, "url")
    kind = chosen(text(data, "document_type"), options(found, room.mandate))
    command = AttachDocument(found.id, kind, name_of(url) if url else "", url)
    result = await attach_document(command, room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        name = result.case.documents[-1].name if result.events else ""
        note = talk_texts.attached(result.case, room.mandate, (name,) if name else ())
        return show(await _after(room, result.case, note))
    typed = {"url": url, "document_type": kind}
    if _fills_in(room, found) and found.state in EDITABLE:
        return show(await form_of(room, found, typed=typed, note=refusal_banner(result, {}, room.mandate)))
    return show(await refused(room, result, found.id, {actions.CASE_ATTACH: typed}))


async def _after(room: Room, case: Case, note: Banner) -> Message:
    """The card the button stood on: the form of a draft, the case itself later."""
    return await form_of(room, case, note=note) if case.state in EDITABLE else await card_of(room, case, note)


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.CASE_SUBMIT: _submit,
    actions.CASE_SAVE: _save,
    actions.CASE_EDIT: _edit,
    actions.CASE_ATTACH: _attach,
}
