"""The first page of the intake: what kind of case, and the seven exclusions; as a card, in words, or half and half."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from board.case import Case, Changed
from board.commands import StartCase
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.mandate import Mandate
from board.ports import Talk
from board.states import CaseState
from board.usecases.start_case import missing_answers, settle_sub_portfolio, start_case
from cards.forms import CASE_QUESTIONS, START_QUESTIONS, start_options
from cards.i18n import _
from cards.labels import label
from cards.message import Banner, Json, Message, Option
from cards.safe import clean, cut
from cards.templates.questions import question, yes_no
from cards.templates.refusals import out_of_scope, refusal_banner
from cards.templates.start_form import BEGUN, scope_id, start_card
from dialogs.answers import Unsure, is_no_to_all, read_choice, read_yes_no
from dialogs.case_talk import open_case
from dialogs.present import refused
from dialogs.room import Reply, Room, say, show

FORM = "start"
MOST_BEGUN = 40_000
"""Characters of a message that are kept until the draft takes in its beginning: more no chat takes."""
_QUESTIONS = {q.id: q for q in START_QUESTIONS}


def order(mandate: Mandate, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions of this page; the sub-portfolio is not asked where the case type settles it."""
    case_type = answers.get("case_type", "")
    settled = case_type in mandate.case_type and mandate.settled_sub_portfolio(case_type) is not None
    kinds = [q for q in _QUESTIONS if not (q == "sub_portfolio" and settled)]
    return (*kinds, *(scope_id(n) for n, _e in enumerate(mandate.exclusions, 1)))


def next_open(mandate: Mandate, answers: Mapping[str, str]) -> str:
    """The first question without an answer, or ""."""
    return next((q for q in order(mandate, answers) if q not in answers), "")


async def begin_with(room: Room, data: Mapping[str, Json]) -> Reply:
    """``case.begin``: a message somebody wrote becomes the start of a new case; what was answered before stays."""
    written = data.get("text")
    text = cut(clean(written).strip(), MOST_BEGUN) if isinstance(written, str) else ""
    talk = await room.work.talks.get(room.actor.id)
    said = dict(talk.answers) if talk and talk.form == FORM and talk.case is None else {}
    if not text:
        return show(
            await begin(room, said, note=Banner(_("Meldingen har ingen tekst. Saken begynner tom."), "warning"))
        )
    note = Banner(_("Meldingen er tatt med som begynnelsen på saken. Svar på dette først."))
    return show(await begin(room, said | {BEGUN: text}, note=note))


async def begin(room: Room, answers: Mapping[str, str], case_id: str = "", note: Banner | None = None) -> Message:
    """The card, with the first open question in words below it; the place is kept."""
    asked = next_open(room.mandate, answers)
    await _keep(room, answers, asked, case_id)
    ask = _("Eller svar i chatten: {question}", question=ask_words(asked, room.mandate)) if asked else ""
    return start_card(room.mandate, answers, case_id=case_id, note=note, ask=ask)


def ask_words(question_id: str, mandate: Mandate) -> str:
    if question_id in _QUESTIONS:
        return _(_QUESTIONS[question_id].ask)
    number = int(question_id.removeprefix("scope_"))
    return label(mandate.exclusions[number - 1].question)


def ask(question_id: str, mandate: Mandate, answers: Mapping[str, str], note: Banner | None = None) -> Message:
    """One question in words, with its place in the row."""
    row = order(mandate, answers)
    position = (row.index(question_id) + 1, len(row))
    if question_id in _QUESTIONS:
        asked = _QUESTIONS[question_id]
        options = start_options(question_id, mandate, answers)
        return question(
            _(asked.ask), help_text=_(asked.help) if asked.help else "", options=options, position=position, note=note
        )
    first = question_id == scope_id(1)
    return yes_no(ask_words(question_id, mandate), position=position, note=note, to_all=first)


async def answer(room: Room, talk: Talk, text: str) -> Reply:
    """Words as the answer to the question that stands open."""
    answers, mandate = dict(talk.answers), room.mandate
    if talk.question in _QUESTIONS:
        options = start_options(talk.question, mandate, answers)
        match read_choice(text, options):
            case Option(value=value):
                answers = _with_choice(answers, talk.question, value, mandate)
            case Unsure(options=near):
                return say(question(_("Mente du en av disse?"), options=near))
            case _:
                note = Banner(_("Det svaret kjenner jeg ikke. Velg ett av disse."), "warning")
                return say(ask(talk.question, mandate, answers, note))
        return await _go_on(room, talk, answers)
    if is_no_to_all(text):
        open_scopes = [q for q in order(mandate, answers) if q.startswith("scope_") and q not in answers]
        return await _go_on(room, talk, answers | dict.fromkeys(open_scopes, "false"))
    yes = read_yes_no(text)
    if yes is None:
        note = Banner(_("Svar ja eller nei."), "warning")
        return say(ask(talk.question, mandate, answers, note))
    return await _go_on(room, talk, answers | {talk.question: "true" if yes else "false"})


def _with_choice(answers: dict[str, str], question_id: str, value: str, mandate: Mandate) -> dict[str, str]:
    """A changed choice takes away later choices that no longer fit it."""
    answers = answers | {question_id: value}
    for later in ("case_type", "sub_portfolio"):
        if later != question_id and later in answers:
            fits = {o.value for o in start_options(later, mandate, answers)}
            if answers[later] not in fits:
                del answers[later]
    return answers


async def _go_on(room: Room, talk: Talk, answers: dict[str, str]) -> Reply:
    excluded = any(v == "true" for k, v in answers.items() if k.startswith("scope_"))
    asked = next_open(room.mandate, answers)
    if asked and not excluded:
        await _keep(room, answers, asked, talk.case or "")
        return say(ask(asked, room.mandate, answers))
    return await _start(room, answers, talk.case or "", talk.question)


async def back(room: Room, talk: Talk) -> Reply:
    """The question before this one, whose answer can now be given anew."""
    row = order(room.mandate, talk.answers)
    here = row.index(talk.question) if talk.question in row else len(row)
    previous = row[max(0, here - 1)]
    answers = {k: v for k, v in talk.answers.items() if k != previous}
    await _keep(room, answers, previous, talk.case or "")
    return say(ask(previous, room.mandate, answers))


async def _start(room: Room, answers: dict[str, str], case_id: str, asked: str) -> Reply:
    result = await start_case(_command(answers, case_id, room.mandate), room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        return say(await open_case(room, result.case))
    if result.code is RefusalCode.OUT_OF_SCOPE:
        await _keep(room, {k: v for k, v in answers.items() if k != asked}, asked, case_id)
        return say(out_of_scope(str(result.params["exclusion"]), room.mandate, _choices(answers), case_id))
    return say(await _explain(room, result, answers, case_id))


async def press(room: Room, data: Mapping[str, Json]) -> Reply:
    """``case.start`` on the card: answers given in words before count where the card is silent."""
    case_id = str(data.get("id") or "")[:64]
    talk = await room.work.talks.get(room.actor.id)
    said = dict(talk.answers) if talk and talk.form == FORM else {}
    names = (*_QUESTIONS, *(scope_id(n) for n, _e in enumerate(room.mandate.exclusions, 1)))
    given = {name: str(data[name]).lower() for name in names if str(data.get(name) or "").strip()}
    answers = said | given
    if data.get("again") is True:
        return show(await begin(room, {k: v for k, v in answers.items() if v != "true"}, case_id))
    command = _command(answers, case_id, room.mandate)
    if not case_id and (made := await _made_already(room, talk, command)):
        return show(await open_case(room, made))
    result = await start_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        return show(await open_case(room, result.case))
    if result.code is RefusalCode.OUT_OF_SCOPE:
        await _keep_begun(room, answers)
        return show(out_of_scope(str(result.params["exclusion"]), room.mandate, _choices(answers), case_id))
    return show(await _explain(room, result, answers, case_id))


def _choices(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers of this page, without the words that the case begins with."""
    return {name: answer for name, answer in answers.items() if name != BEGUN}


async def _keep_begun(room: Room, answers: Mapping[str, str]) -> None:
    """The words a case began with outlive an answer that ended the intake, as that one may be corrected."""
    if begun := answers.get(BEGUN, ""):
        await _keep(room, {BEGUN: begun}, "", "")
    else:
        await room.work.talks.drop(room.actor.id)


async def _made_already(room: Room, talk: Talk | None, command: StartCase) -> Case | None:
    """The draft that this page became a moment ago: a nervous finger on «neste» makes no second one.

    Presses at the same instant, also at other replicas, take turns at the inbox; all but the first find its draft.
    """
    sub_portfolio = settle_sub_portfolio(command, room.mandate)
    if missing_answers(command, sub_portfolio, room.mandate) or any(command.scope.values()):
        return None
    if talk and talk.form == FORM and talk.at:
        if await room.work.inbox.take(FORM, f"{room.actor.id}|{talk.at.isoformat()}", room.now):
            return None
        talk = await room.work.talks.get(room.actor.id)
    case = await room.work.cases.get(talk.case) if talk and talk.case else None
    if case is None or case.state is not CaseState.DRAFT or case.rev > 1:
        return None
    kind = (case.delivery_form, case.case_type, case.sub_portfolio)
    return case if kind == (command.delivery_form, command.case_type, sub_portfolio) else None


async def _explain(room: Room, refusal: Refusal, answers: Mapping[str, str], case_id: str) -> Message:
    if refusal.code is not RefusalCode.INCOMPLETE:
        return await refused(room, refusal, CaseId(case_id))
    await _keep(room, answers, next_open(room.mandate, answers), case_id)
    missing = refusal.params["fields"]
    banner = refusal_banner(refusal, {}, room.mandate)
    return start_card(room.mandate, answers, missing if isinstance(missing, tuple) else (), case_id, banner)


def _command(answers: Mapping[str, str], case_id: str, mandate: Mandate) -> StartCase:
    scope = {
        exclusion.id: answers[scope_id(n)] == "true"
        for n, exclusion in enumerate(mandate.exclusions, 1)
        if answers.get(scope_id(n)) in ("true", "false")
    }
    return StartCase(
        answers.get("delivery_form", ""),
        answers.get("case_type", ""),
        answers.get("sub_portfolio", ""),
        scope,
        CaseId(case_id) if case_id else None,
        cut(answers.get(BEGUN, ""), CASE_QUESTIONS[BEGUN].max_length),
    )


async def _keep(room: Room, answers: Mapping[str, str], asked: str, case_id: str) -> None:
    case = CaseId(case_id) if case_id else None
    await room.work.talks.put(Talk(room.actor.id, FORM, asked, dict(answers), case, room.now))


def paused(talk: Talk) -> Talk:
    """The answers are kept, the question is not asked any more."""
    return replace(talk, question="")
