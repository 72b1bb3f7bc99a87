"""The second page of the intake: only what that decision point needs. The first is ``start_form``."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from board.case_content import MAX_LINE, Content
from board.case_intake import SETTLED
from board.states import EDITABLE
from cards import actions
from cards.adaptive import field_bytes
from cards.formats import join_words
from cards.forms import CASE_QUESTIONS, Question, case_options, case_questions
from cards.i18n import _
from cards.labels import label
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Field,
    Inputs,
    Json,
    Message,
    Option,
    Paragraph,
)
from cards.safe import cut
from cards.templates.case_card import documents_meter
from cards.templates.case_fields import link_fields
from cards.views import CaseView

MEETING_FIELDS: Final = frozenset(
    ("presenter", "minutes", "wanted_meeting", "classification", "public_title", "legal_basis")
)
"""The fields about the meeting and publicity: they stand apart, as most cases leave them open."""

INPUT_BYTES: Final = 15_000
"""What the inputs of a form may take of the 25 kB of a card; longer answers are folded and opened one by one."""


def case_form(
    view: CaseView,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    note: Banner | None = None,
    ask: str = "",
) -> Message:
    """Page two. ``typed`` is what the person just wrote where that is not stored; ``errors`` say what is wrong."""
    case, content = view.case, view.case.content
    fields = form_fields(view, errors or {}, typed or {})
    shown, folded = split(fields)
    blocks: list[Block] = []
    if case.reason:
        blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=case.reason), tone="warning"))
    blocks += _sections(view, shown)
    if folded:
        names = join_words([f.label for f in folded])
        blocks.append(Paragraph(_("Lagret, men for langt til å vises her: {names}.", names=names)))
    if ask:
        blocks.append(Paragraph(ask, small=True))
    if note:
        blocks.append(note)
    kind = view.mandate.case_type[case.case_type]
    return Message(
        title=f"{label(kind.label)}: {cut(view.title, 60)}" if content.title else label(kind.label),
        blocks=tuple(blocks),
        buttons=_form_buttons(view, folded, typed or {}),
        summary=_("Fyll ut saken: {title}", title=view.title),
        about=About(case.id, case.rev),
    )


def _sections(view: CaseView, fields: Sequence[Field]) -> list[Block]:
    """What the case is about; then the meeting, which few fill in; then the documents and why some are missing."""
    meeting = tuple(f for f in fields if f.id in MEETING_FIELDS)
    reason = tuple(f for f in fields if f.id == "reason_incomplete")
    late = tuple(f for f in fields if f.id == "reason_late")
    about = tuple(f for f in fields if f not in (*meeting, *reason, *late))
    content = view.case.content
    answered = content.classification != "open" or any(f.value for f in meeting if f.id != "classification")
    return [
        Inputs(about),
        Inputs(meeting, _("Møtet og offentlighet (valgfritt)"), folded=not answered),
        documents_meter(view),
        Paragraph(_("Send filer i chatten, eller legg til en lenke her."), small=True),
        *((Inputs(reason),) if reason else ()),
        *((_late(late),) if late else ()),
    ]


def _late(fields: tuple[Field, ...]) -> Inputs:
    """Few need it: it stands open where the intake has closed, or where something is written in it."""
    return Inputs(fields, _("Kommer saken etter fristen? (ellers står det åpent)"), folded=True)


def form_fields(view: CaseView, errors: Mapping[str, str], typed: Mapping[str, str]) -> tuple[Field, ...]:
    """The questions of this case type with their answers: what was typed last, else what is stored."""
    kind = view.mandate.case_type[view.case.case_type]
    unread = {f: _("Dette forsto jeg ikke. {help}", help=_(CASE_QUESTIONS[f].help)) for f in view.case.content.unread}
    problems = {**unread, **errors}
    return tuple(
        Field(
            q.id,
            q.kind,
            _(q.name),
            typed.get(q.id, answer_text(q, view.case.content)),
            required=q.id in kind.required,
            hint=_(q.help) if q.help else "",
            error=problems.get(q.id, ""),
            options=_options(q, view),
            max_length=q.max_length,
        )
        for q in case_questions(view.case.case_type, view.mandate)
        if view.case.state in EDITABLE or q.id not in SETTLED
    )


def _options(question: Question, view: CaseView) -> tuple[Option, ...]:
    """The choices, with the present answer among them also where it is no longer offered."""
    options = case_options(question.id, view.choices)
    owner = view.case.content.project_owner
    if question.id == "project_owner" and owner and owner not in {o.value for o in options}:
        options = (*options, Option(owner, view.name(owner)))
    return options


def answer_text(question: Question, content: Content) -> str:
    """An answer as it stands in an input: as it was typed where it was not understood."""
    if question.id in content.unread:
        return content.unread[question.id]
    value = content.value(question.id)
    if question.kind == "money" and isinstance(value, int):
        return f"{value:,}".replace(",", " ")  # the same in every language, as cards of another are compared with it
    return "" if value is None else str(value)


def split(fields: Sequence[Field]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Those that fit on the card, and those whose answers are too long; the longest are folded first."""
    sizes = {f.id: field_bytes(f) for f in fields}
    folded: set[str] = set()
    for field in sorted(fields, key=lambda f: -sizes[f.id]):
        if sum(size for f, size in sizes.items() if f not in folded) <= INPUT_BYTES:
            break
        if field.kind == "long_text" and not field.error:
            folded.add(field.id)
    for field in sorted(fields, key=lambda f: -sizes[f.id]):
        if sum(size for f, size in sizes.items() if f not in folded) <= INPUT_BYTES:
            break
        if field.kind == "long_text":
            folded.add(field.id)
    shown = tuple(f for f in fields if f.id not in folded)
    return _fitting(shown), tuple(f for f in fields if f.id in folded)


def _fitting(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Where folding was not enough: lines no longer than a client lets anyone type, then fewer and shorter choices.

    A choice that is left out can still be made in words.
    """
    for most in (0, *_MOST_OPTIONS):
        if sum(field_bytes(f) for f in fields) <= INPUT_BYTES:
            break
        fields = tuple(_with_options(f, most) if most else _as_short_as_asked(f) for f in fields)
    return fields


_MOST_OPTIONS: Final = (40, 20, 10, 5)


def _as_short_as_asked(field: Field) -> Field:
    return field if field.kind == "long_text" else replace(field, value=cut(field.value, MAX_LINE))


def _with_options(field: Field, most: int) -> Field:
    kept = (o for n, o in enumerate(field.options) if n < most or o.value == field.value)
    return replace(field, options=tuple(Option(o.value, cut(o.label, 60)) for o in kept))


def base_marks(view: CaseView) -> dict[str, Json]:
    """A short mark of each answer that the card shows, so that an old card overwrites only what was changed in it."""
    content = view.case.content
    texts = {q.id: answer_text(q, content) for q in case_questions(view.case.case_type, view.mandate)}
    return {field_id: mark(text) for field_id, text in texts.items() if text}


def mark(text: str) -> str:
    return f"{zlib.crc32(text.encode()):x}"


def _form_buttons(view: CaseView, folded: Sequence[Field], typed: Mapping[str, str]) -> tuple[Button, ...]:
    """All but the last take in what was typed in the form, so all of them know what it showed (``base``)."""
    case = view.case
    key: dict[str, Json] = {"id": case.id, "rev": case.rev}
    data: dict[str, Json] = {**key, "base": base_marks(view)}
    if case.state not in EDITABLE:
        return _final_buttons(view, folded, data)
    buttons: list[Button] = [
        Act(actions.CASE_SUBMIT, _("Send inn"), data, "positive"),
        Act(actions.CASE_SAVE, _("Lagre utkast"), data),
        Act(actions.CASE_ATTACH, _("Legg til lenke"), data, fields=link_fields(view, typed)),
    ]
    if folded:
        buttons.append(_one_long_answer(folded, data))
    buttons.append(Act(actions.CASE_EDIT, _("Endre sakstype"), {**data, "page": 1}))
    reason = Field("reason", "text", _("Hvorfor trekkes saken?"), hint=_("Kan stå åpen for et utkast."))
    buttons.append(Act(actions.CASE_WITHDRAW, _("Trekk saken"), key, "destructive", (reason,)))
    return tuple(buttons)


def _final_buttons(view: CaseView, folded: Sequence[Field], data: dict[str, Json]) -> tuple[Button, ...]:
    """Of papers that the working group has treated: they are handed on already."""
    found: list[Button] = [Act(actions.CASE_SAVE, _("Lagre"), data, "positive")]
    if folded:
        found.append(_one_long_answer(folded, {"id": view.case.id, "rev": view.case.rev}))
    key: dict[str, Json] = {"id": view.case.id, "rev": view.case.rev}
    return (*found, Act(actions.CASE_OPEN, _("Tilbake til saken"), key, with_inputs=False))


def _one_long_answer(folded: Sequence[Field], data: Mapping[str, Json]) -> Act:
    options = tuple(Option(f.id, f.label) for f in folded)
    choose = Field("field", "choice", _("Hvilket svar?"), options[0].value, required=True, options=options)
    return Act(actions.CASE_EDIT, _("Endre et langt svar"), data, fields=(choose,))


def one_answer(view: CaseView, question: Question, error: str = "") -> Message:
    """One long answer alone on a card, where the form has no room for it."""
    case = view.case
    kind = view.mandate.case_type[case.case_type]
    field = Field(
        question.id,
        question.kind,
        _(question.name),
        answer_text(question, case.content),
        required=question.id in kind.required,
        hint=_(question.help) if question.help else "",
        error=error,
        max_length=question.max_length,
    )
    data: dict[str, Json] = {"id": case.id, "rev": case.rev, "base": {field.id: mark(field.value)}}
    return Message(
        title=f"{_(question.name)}: {view.title}",
        blocks=(Inputs((field,)),),
        buttons=(
            Act(actions.CASE_SAVE, _("Lagre"), data, "positive"),
            Act(actions.CASE_EDIT, _("Tilbake til skjemaet"), data),
        ),
        about=About(case.id, case.rev),
    )
