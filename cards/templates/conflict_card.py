"""One's own question of habilitet, for all cases of a meeting at once: mostly one press; and the chair's overview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.case import Case
from board.conflicts import Declared, Ruling
from cards import actions
from cards.conflict_views import QuestionView
from cards.formats import weekday_date
from cards.i18n import _
from cards.message import About, Act, Banner, Block, Button, Field, Json, LongText, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.templates.conflict_texts import NOTHING, ByButton, Typed, note_field, reason_field, standing
from cards.templates.meeting_card import meeting_title

SHOWN_APART: Final = 12
"""More cases than this stand in one text, which a card can cut."""
OPTION_LENGTH: Final = 56
SHORT_OPTION: Final = 20
"""Where there are many, as each stands in several lists: the number, which the list of cases names too."""


def question_card(view: QuestionView, note: Banner | None = None, typed: ByButton = NOTHING) -> Message:
    """``typed`` stands in the inputs of the button that was pressed still: «none», «possible» or «rule»."""
    blocks: list[Block] = [note] if note else []
    if asked := asked_of(view):
        blocks.append(Banner(asked, "accent"))
    blocks += _cases(view)
    blocks.append(Paragraph(_("Det du svarer, ser bare du og den som avgjør habiliteten."), small=True))
    if view.others:
        blocks.append(LongText(_("Meldt og avgjort"), _others(view)))
    title = _("Habilitet: {meeting}", meeting=meeting_title(view.meeting))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, typed),
        summary=f"{title}. {note.text if note else asked}".strip(". "),
        about=About(view.object_id, 0),
    )


def asked_of(view: QuestionView) -> str:
    """What is asked now; empty where every case is answered for."""
    if not view.cases or not view.unanswered:
        return ""
    question = _("Er det forhold som kan gjøre deg inhabil i noen av sakene?")
    if view.due is None:
        return question
    return _("{question} Svar innen {day}.", question=question, day=weekday_date(view.due))


def _cases(view: QuestionView) -> list[Block]:
    if not view.cases:
        return [Paragraph(_("Det er ingen saker du skal svare for i dette møtet ennå."))]
    if len(view.cases) > SHOWN_APART:
        lines = "\n".join(f"{view.case_name(case)}: {_answer(view, case)}" for case in view.cases)
        return [LongText(_("Sakene ({n})", n=len(view.cases)), lines)]
    pairs = ((view.case_name(case), _answer(view, case)) for case in view.cases)
    return [b for name, said in pairs for b in (Paragraph(name, strong=True), Paragraph(said, small=True))]


def _answer(view: QuestionView, case: Case) -> str:
    answer = view.answers.get(case.id)
    return standing(answer) if answer else _("ikke svart")


def _others(view: QuestionView) -> str:
    """For the chair: a line for each who has told of something, or was ruled on."""
    cases = {case.id: case for case in view.cases}
    return "\n".join(
        _(
            "{who}: {answer} – {case}",
            who=view.name(one.person),
            answer=standing(one),
            case=view.case_name(cases[one.case]),
        )
        for one in view.others
        if one.case in cases
    )


# -- buttons -----------------------------------------------------------------------------------------------------------


def _buttons(view: QuestionView, typed: ByButton) -> tuple[Button, ...]:
    key: dict[str, Json] = {"id": view.meeting.id}
    found: list[Button] = []
    if view.unanswered:
        rest = _("Ingen forhold i de andre") if view.answers else _("Ingen forhold i noen av sakene")
        none: dict[str, Json] = {**key, "answer": str(Declared.NONE)}
        found.append(Act(actions.CONFLICT_DECLARE, rest, none, "positive", with_inputs=False))
    if view.cases:
        was = typed.get("possible", {})
        fields = (_which(view, view.cases, was), note_field(was))
        possible: dict[str, Json] = {**key, "answer": str(Declared.POSSIBLE)}
        found.append(
            Act(actions.CONFLICT_DECLARE, _("Mulig forhold i en sak"), possible, fields=fields, send=_("Meld fra"))
        )
    if view.possible:
        only = (_which(view, view.possible, typed.get("none", {})),)
        after_all: dict[str, Json] = {**key, "answer": str(Declared.NONE), "one": True}
        found.append(Act(actions.CONFLICT_DECLARE, _("Endre til ingen forhold"), after_all, fields=only))
    if view.people and view.cases:
        found.append(_rule(view, typed.get("rule", {})))
    found += [Act(actions.PACK_OPEN, _("Sakspapirene"), key, with_inputs=False), Say(_("Oppgaver"), _("oppgaver"))]
    return tuple(found)


def _which(view: QuestionView, cases: Iterable[Case], was: Typed) -> Field:
    length = OPTION_LENGTH if len(view.cases) <= SHOWN_APART else SHORT_OPTION
    options = tuple(Option(case.id, cut(view.case_name(case), length)) for case in cases)
    stands = was.get("case", "") or (options[0].value if len(options) == 1 else "")
    return Field("case", "choice", _("Hvilken sak?"), stands, required=True, options=options)


def _rule(view: QuestionView, was: Typed) -> Act:
    """The chair's, also on somebody who has told of nothing."""
    rulings = (Option(str(Ruling.EXCLUDED), _("Inhabil")), Option(str(Ruling.ABLE), _("Habil")))
    fields = (
        Field("person", "choice", _("Hvem?"), was.get("person", ""), required=True, options=view.people),
        _which(view, view.cases, was),
        Field("ruling", "choice", _("Avgjørelse"), was.get("ruling", ""), required=True, options=rulings),
        reason_field(was),
    )
    key: dict[str, Json] = {"id": view.meeting.id}
    return Act(actions.CONFLICT_RULE, _("Avgjør habilitet"), key, fields=fields, send=_("Registrer"))
