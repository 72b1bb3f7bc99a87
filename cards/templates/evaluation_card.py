"""The yearly evaluation as cards: the five questions, how far it has come, the result, and its picture."""

from __future__ import annotations

from typing import Final

from board.evaluation import LOWEST, MAX_COMMENT, Outcome, Round
from cards import actions
from cards.evaluation_chart import Bar, Chart, chart_typst
from cards.evaluation_views import EvaluationView, Typed
from cards.formats import weekday_date
from cards.i18n import _
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    Inputs,
    Json,
    LongText,
    Message,
    Option,
    Paragraph,
    Picture,
    Say,
)
from cards.templates.duty_texts import due_words
from cards.templates.evaluation_texts import (
    SCALE,
    answered_words,
    asked_of,
    counted,
    in_words,
    mean_words,
    title_of,
)

NOTHING_TYPED: Final = Typed()
_COMMENTS_SHOWN: Final = 3900


def evaluation_card(view: EvaluationView, note: Banner | None = None, typed: Typed = NOTHING_TYPED) -> Message:
    """The card that fits the reader and the state: the question, how far it has come, or the result."""
    if view.round is None:
        return _none_yet(view, note)
    if view.may_answer:
        return _question(view, view.round, note, typed)
    if view.round.is_open:
        return _under_way(view, view.round, note)
    return _result(view, view.round, note)


# -- asked -------------------------------------------------------------------------------------------------------------


def _question(view: EvaluationView, round_: Round, note: Banner | None, typed: Typed) -> Message:
    title, due = title_of(round_, view.mandate), due_words(round_.due, view.today)
    blocks: list[Block] = [note] if note else []
    blocks += [
        Paragraph(_("Hvor enig er du i hver påstand? Svar {due}.", due=due)),
        Banner(_("Svaret er anonymt, og kan derfor ikke finnes igjen og endres når det er sendt."), "warning"),
        Inputs((*(_choice(n, round_, typed) for n in range(1, len(round_.questions) + 1)), _comment(typed))),
        Paragraph(_fewest(round_), small=True),
    ]
    send = Act(actions.EVALUATION_ANSWER, _("Send svaret"), _key(round_), "positive")
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=(send, *_arranging(view, round_), Say(_("Oppgaver"), _("oppgaver"))),
        why=_("Du får denne fordi du er med i styret, som evalueres hvert år (mandatet § 8)."),
        summary=_("{title}: svar {due}. Anonymt, om lag to minutter.", title=title, due=due),
        about=About(round_.id, round_.rev),
    )


def _choice(number: int, round_: Round, typed: Typed) -> Field:
    name = f"q{number}"
    options = tuple(Option(str(mark), _(words)) for mark, words in enumerate(SCALE, LOWEST))
    words = f"{number}. {asked_of(round_.questions[number - 1])}"
    value, error = typed.values.get(name, ""), typed.errors.get(name, "")
    return Field(name, "choice", words, value, required=True, error=error, options=options)


def _comment(typed: Typed) -> Field:
    return Field(
        *("comment", "long_text", _("Kommentar"), typed.values.get("comment", "")),
        hint=_("Valgfri. Den vises ordrett, i tilfeldig rekkefølge. Skriv ikke noe som viser hvem du er."),
        error=typed.errors.get("comment", ""),
        max_length=MAX_COMMENT,
    )


def _fewest(round_: Round) -> str:
    return _(
        "Hvem som har svart, og hva som er svart, lagres hver for seg. Svarer færre enn {n}, vises ikke noe resultat.",
        n=round_.fewest,
    )


# -- under way ---------------------------------------------------------------------------------------------------------


def _none_yet(view: EvaluationView, note: Banner | None) -> Message:
    blocks: list[Block] = [note] if note else []
    if view.mandate.evaluation is None:
        blocks.append(Paragraph(_("Dette styret har ingen årlig evaluering i Saksgang.")))
    elif view.opens:
        blocks.append(Paragraph(_("Neste evaluering åpner {day}.", day=weekday_date(view.opens))))
    else:
        blocks.append(Paragraph(_("Når årets første styremøte er satt opp, vet jeg når evalueringen åpner.")))
    buttons: list[Button] = []
    if view.may_arrange and view.mandate.evaluation:
        buttons.append(_open_now())
    return Message(_("Ingen evaluering ennå"), tuple(blocks), (*buttons, Say(_("Årshjul"), _("årshjul"))))


def _under_way(view: EvaluationView, round_: Round, note: Banner | None) -> Message:
    """How many have answered, never who; to the reader also whether that is done."""
    title = title_of(round_, view.mandate)
    blocks: list[Block] = [note] if note else []
    if view.answered and note is None:
        blocks.append(Banner(_("Du har svart. Takk."), "good"))
    rows = [
        (_("Svar"), answered_words(round_)),
        (_("Frist"), weekday_date(round_.due)),
        (_("Resultat"), _("når evalueringen er lukket, om minst {n} har svart", n=round_.fewest)),
    ]
    blocks.append(Facts(tuple(rows)))
    said = answered_words(round_)
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=(*_arranging(view, round_), Say(_("Oppgaver"), _("oppgaver"))),
        summary=_("{title}: {said}.", title=title, said=said),
        about=About(round_.id, round_.rev),
    )


def _arranging(view: EvaluationView, round_: Round) -> tuple[Button, ...]:
    if not view.may_arrange or not round_.is_open:
        return ()
    sure = Field("sure", "toggle", _("Ja, lukk nå. Ingen kan svare etterpå, og den kan ikke åpnes igjen."), "false")
    close = Act(actions.EVALUATION_CLOSE, _("Lukk evalueringen"), _key(round_), fields=(sure,), with_inputs=False)
    return (close,)


def _open_now() -> Act:
    return Act(actions.EVALUATION_OPEN, _("Åpne årets evaluering nå"), {"id": "evaluation"}, with_inputs=False)


# -- result ------------------------------------------------------------------------------------------------------------


def _result(view: EvaluationView, round_: Round, note: Banner | None) -> Message:
    title = title_of(round_, view.mandate)
    blocks: list[Block] = [note] if note else []
    said = _said(view, round_)
    blocks.append(Paragraph(said))
    if round_.outcome and view.may_read:
        blocks += _figures(round_, round_.outcome)
    buttons: list[Button] = []
    if round_.case and view.case_seen:
        buttons.append(Act(actions.CASE_OPEN, _("Vis saken"), {"id": round_.case}, with_inputs=False))
    if round_.outcome and view.may_read:
        buttons.append(Act(actions.EVALUATION_CHART, _("Vis diagrammet"), _key(round_), with_inputs=False))
    if view.may_arrange and round_.year < view.today.year:
        buttons.append(_open_now())
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        why=_("Du får denne fordi resultatet er for styret og dem som forbereder sakene til det (mandatet § 8)."),
        summary=_("{title}: {said}", title=title, said=said),
        about=About(round_.id, round_.rev),
    )


def _said(view: EvaluationView, round_: Round) -> str:
    if round_.outcome is None:
        words = _("Færre enn {n} svarte, så det er ikke noe resultat. Det som ble svart, er slettet.", n=round_.fewest)
    elif not view.may_read:
        words = _("Evalueringen er lukket. Resultatet er for styret og dem som forbereder sakene til det.")
    elif round_.case:
        words = _("{said}. Resultatet er blitt en sak til styret.", said=answered_words(round_))
    else:
        words = _("{said}.", said=answered_words(round_))
    return words


def _figures(round_: Round, outcome: Outcome) -> list[Block]:
    blocks: list[Block] = []
    for number, question in enumerate(round_.questions):
        blocks += [Paragraph(asked_of(question), strong=True), Paragraph(counted(outcome, number), small=True)]
    if outcome.comments:
        label = _("Kommentarer ({n}), i tilfeldig rekkefølge", n=len(outcome.comments))
        blocks.append(LongText(label, comments(outcome, _COMMENTS_SHOWN)))
    return blocks


def comments(outcome: Outcome, room: int) -> str:
    """As many as there is room for, each with a dash; then how many are left out."""
    shown: list[str] = []
    for comment in outcome.comments:
        line = f"– {comment}"
        if sum(len(one) + 1 for one in shown) + len(line) > room:
            shown.append(_("… og {n} til", n=len(outcome.comments) - len(shown)))
            break
        shown.append(line)
    return "\n".join(shown)


def chart_message(view: EvaluationView) -> Message | None:
    """The result as a picture; None where there is none for this reader."""
    round_ = view.round
    if round_ is None or round_.outcome is None or not view.may_read:
        return None
    title = title_of(round_, view.mandate)
    bars = tuple(
        Bar(f"{n + 1}. {asked_of(q)}", mean_words(round_.outcome, n), round_.outcome.counts[n])
        for n, q in enumerate(round_.questions)
    )
    below = _("{said}. I parentes: hvor mange. Til høyre: snittet.", said=answered_words(round_))
    source = chart_typst(Chart(title, below, bars))
    return Message(title, picture=Picture(source, in_words(round_, view.mandate)), summary=title)


def _key(round_: Round) -> dict[str, Json]:
    return {"id": round_.id, "rev": round_.rev}
