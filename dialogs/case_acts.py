"""Presses on a case's buttons: the data is a request, never authority; everything is read again on the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from board.case import Case, Changed, Result
from board.commands import (
    AcceptCase,
    AttachDocument,
    ConfirmCase,
    DeclineCase,
    ReturnCase,
    RuleOutOfScope,
    SaveCase,
    SubmitCase,
    WithdrawCase,
)
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.people import Role
from board.states import EDITABLE
from board.usecases.accept_case import accept_case
from board.usecases.attach_document import attach_document
from board.usecases.confirm_case import confirm_case
from board.usecases.decline_case import decline_case
from board.usecases.look_at_case import look_at_case
from board.usecases.return_case import return_case
from board.usecases.rule_out_of_scope import rule_out_of_scope
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from board.usecases.withdraw_case import withdraw_case
from cards import actions
from cards.forms import CASE_QUESTIONS
from cards.i18n import _
from cards.labels import label
from cards.message import Banner, Json, Message, Option
from cards.safe import clean
from cards.templates import talk_texts
from cards.templates.case_form import one_answer, scope_id
from cards.templates.case_text import full_text
from cards.templates.refusals import refusal_banner
from dialogs import start_talk
from dialogs.answers import read_choice
from dialogs.case_talk import open_case
from dialogs.dates import read_date
from dialogs.documents_talk import name_of, options
from dialogs.present import card_of, case_view, choices, done_card, form_of, refused
from dialogs.reading import Answers, read_card
from dialogs.room import Reply, Room, show

Data = Mapping[str, Json]
Handler = Callable[[Room, Data], Awaitable[Reply]]


def text(data: Data, key: str) -> str:
    value = data.get(key)
    return clean(value).strip() if isinstance(value, str) else ""


def case_id(data: Data) -> CaseId:
    return CaseId(text(data, "id")[:64])


def rev(data: Data) -> int:
    """The revision the button showed; a missing or strange one is older than any."""
    value = data.get("rev")
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def chosen(written: str, offered: Sequence[Option]) -> str:
    """The choice that is meant by its code, number or name; what is none of them is left for the rules to refuse."""
    found = read_choice(written, offered)
    return found.value if isinstance(found, Option) else written


async def _the_case(room: Room, data: Data) -> Case | Refusal:
    return await look_at_case(case_id(data), room.actor, room.work, room.rules)


def _fills_in(room: Room, case: Case) -> bool:
    """Whether the reader fills the case in now: its submitter, or who stands in for the submitter."""
    return case.state in EDITABLE and Role.SUBMITTER in case.roles_of(room.actor)


# -- the draft -----------------------------------------------------------------------------------------------------


async def _form_answers(room: Room, data: Data, case: Case) -> Answers:
    return await read_card(room, data, case.case_type, case.content, await choices(room))


async def _filled_in(room: Room, data: Data) -> tuple[Case, Answers] | Reply:
    """The case and what its form was filled in with; or the answer, where that is already plain."""
    found = await _the_case(room, data)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    answers = await _form_answers(room, data, found) if found.state in EDITABLE else Answers()
    if answers.typed:
        return await _kept_in_form(room, found, answers)
    return found, answers


async def _submit(room: Room, data: Data) -> Reply:
    filled = await _filled_in(room, data)
    if isinstance(filled, Reply):
        return filled
    found, answers = filled
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
    missing = refusal.params["fields"]
    words = _("Må fylles ut.") if refusal.code is RefusalCode.INCOMPLETE else _("Velg en annen.")
    errors = dict.fromkeys(missing, words) if isinstance(missing, tuple) else {}
    if refusal.params.get("documents"):
        errors.setdefault("reason_incomplete", _("Legg ved dokumentene, eller skriv hvorfor de mangler."))
    banner = refusal_banner(refusal, {}, room.mandate)
    return await form_of(room, case, errors={**errors, **answers.errors}, note=banner)


async def _save(room: Room, data: Data) -> Reply:
    filled = await _filled_in(room, data)
    if isinstance(filled, Reply):
        return filled
    found, answers = filled
    command = SaveCase(found.id, answers.values, answers.unread)
    result = await save_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, found.id))
    note = Banner(_("Utkastet er lagret."), "good")
    return show(await form_of(room, result.case, errors=answers.errors, note=note))


async def _take_in(room: Room, data: Data) -> Case | Refusal:
    """What was typed in the form beside the button that was pressed: kept, whatever the button does."""
    found = await _the_case(room, data)
    if isinstance(found, Refusal) or not _fills_in(room, found):
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
    if data.get("page") == 1:
        return show(await start_talk.begin(room, _first_page(room, found), found.id))
    field_id = text(data, "field")
    if field_id in CASE_QUESTIONS:
        return show(one_answer(await case_view(room, found), CASE_QUESTIONS[field_id]))
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
        return show(await form_of(room, result.case, note=note))
    if _fills_in(room, found):
        typed = {"url": url, "document_type": kind}
        return show(await form_of(room, found, typed=typed, note=refusal_banner(result, {}, room.mandate)))
    return show(await refused(room, result, found.id))


# -- the way through -----------------------------------------------------------------------------------------------


async def _shown(room: Room, data: Data, result: Result) -> Reply:
    if isinstance(result, Changed):
        return show(await done_card(room, result.case), redrawn=bool(result.events))
    typed = {k: v for k in ("reason", "deadline", "exclusion") if (v := text(data, k))}
    verbs = (actions.CASE_DECLINE, actions.CASE_RETURN, actions.CASE_WITHDRAW, actions.CASE_OUT_OF_SCOPE)
    return show(await refused(room, result, case_id(data), dict.fromkeys(verbs, typed)))


async def _confirm(room: Room, data: Data) -> Reply:
    result = await confirm_case(ConfirmCase(case_id(data), rev(data)), room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _decline(room: Room, data: Data) -> Reply:
    command = DeclineCase(case_id(data), text(data, "reason"), rev(data))
    result = await decline_case(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _accept(room: Room, data: Data) -> Reply:
    result = await accept_case(AcceptCase(case_id(data), rev(data)), room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _return(room: Room, data: Data) -> Reply:
    deadline = read_date(text(data, "deadline"), room.today)
    command = ReturnCase(case_id(data), text(data, "reason"), deadline, rev(data))
    result = await return_case(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _out_of_scope(room: Room, data: Data) -> Reply:
    exclusions = [Option(e.id, label(e.label)) for e in room.mandate.exclusions]
    exclusion = chosen(text(data, "exclusion").removeprefix("scope_"), exclusions)
    command = RuleOutOfScope(case_id(data), exclusion, rev(data))
    result = await rule_out_of_scope(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _withdraw(room: Room, data: Data) -> Reply:
    command = WithdrawCase(case_id(data), text(data, "reason"), rev(data))
    result = await withdraw_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        await room.work.talks.drop(room.actor.id)
    return await _shown(room, data, result)


# -- looking -------------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    found = await _the_case(room, data)
    return show(await refused(room, found, case_id(data)) if isinstance(found, Refusal) else await card_of(room, found))


async def _text(room: Room, data: Data) -> Reply:
    """The long texts in full, as new messages; the card stays as it is now."""
    found = await _the_case(room, data)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    view = await case_view(room, found)
    return Reply(messages=full_text(view), card=await card_of(room, found))


async def _new(room: Room, _data: Data) -> Reply:
    await room.work.talks.drop(room.actor.id)
    return show(await start_talk.begin(room, {}))


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.CASE_START: start_talk.press,
    actions.CASE_SUBMIT: _submit,
    actions.CASE_SAVE: _save,
    actions.CASE_EDIT: _edit,
    actions.CASE_ATTACH: _attach,
    actions.CASE_CONFIRM: _confirm,
    actions.CASE_DECLINE: _decline,
    actions.CASE_ACCEPT: _accept,
    actions.CASE_RETURN: _return,
    actions.CASE_OUT_OF_SCOPE: _out_of_scope,
    actions.CASE_WITHDRAW: _withdraw,
    actions.CASE_OPEN: _open,
    actions.CASE_TEXT: _text,
    actions.CASE_NEW: _new,
}
