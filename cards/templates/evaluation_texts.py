"""The words of the yearly evaluation: the scale, the questions, and the result in words."""

from __future__ import annotations

from typing import Final

from board.errors import Refusal, RefusalCode
from board.evaluation import HIGHEST, LOWEST, Outcome, Round
from board.evaluation_plan import Question
from board.mandate import Mandate
from cards.formats import join_words
from cards.i18n import _, current, noop
from cards.labels import label
from cards.message import Banner
from cards.templates.refusals import refusal_banner

SCALE: Final = (
    noop("1 – svært uenig"),
    noop("2 – uenig"),
    noop("3 – verken eller"),
    noop("4 – enig"),
    noop("5 – svært enig"),
)


def title_of(round_: Round, mandate: Mandate) -> str:
    return _("Evaluering {year} av {board}", year=round_.year, board=label(mandate.board))


def asked_of(question: Question) -> str:
    return question.label[current()]


def mean_words(outcome: Outcome, question: int) -> str:
    """«3,8», one digit."""
    return _("{whole},{part}", whole=int(tenths(outcome, question) // 10), part=int(tenths(outcome, question) % 10))


def tenths(outcome: Outcome, question: int) -> int:
    return int(outcome.mean(question) * 10 + 0.5)


def counted(outcome: Outcome, question: int) -> str:
    """«3,8 i snitt. 1: 0, 2: 1, 3: 2, 4: 5, 5: 3»."""
    marks = range(LOWEST, HIGHEST + 1)
    counts = ", ".join(f"{mark}: {n}" for mark, n in zip(marks, outcome.counts[question], strict=True))
    return _("{mean} i snitt. Antall svar på {counts}.", mean=mean_words(outcome, question), counts=counts)


def answered_words(round_: Round) -> str:
    return _("{answered} av {asked} har svart", answered=round_.answered, asked=round_.asked)


def in_words(round_: Round, mandate: Mandate) -> str:
    """What the chart shows, for who cannot see it."""
    if round_.outcome is None:
        return ""
    lines = [
        _("{title}: søyler for hver påstand, fra 1 (svært uenig) til 5 (svært enig).", title=title_of(round_, mandate))
    ]
    lines += [f"{asked_of(q)} {counted(round_.outcome, n)}" for n, q in enumerate(round_.questions)]
    return " ".join(lines)


def evaluation_refusal(refusal: Refusal, mandate: Mandate) -> Banner:
    """Why nothing was taken in, in words that fit an evaluation."""
    match refusal.code:
        case RefusalCode.URN_LOST:
            words = _(
                "Svaret kunne ikke tas imot: nøkkelen til svarene mangler. Det du skrev, står her. Si fra til {email}.",
                email=mandate.office_email,
            )
        case RefusalCode.NOT_FOUND:
            words = _("Jeg finner ikke evalueringen. Skriv «evaluering», så ser du hvordan det står til.")
        case RefusalCode.NOTHING_NEW:
            words = _("Årets evaluering er alt åpnet. Ingenting er gjort nå.")
        case RefusalCode.INCOMPLETE:
            words = _("Velg et svar på {fields}. Ingenting er sendt ennå.", fields=_numbered(refusal))
        case _:
            return refusal_banner(refusal, {}, mandate)
    return Banner(words, "attention")


def _numbered(refusal: Refusal) -> str:
    """«påstand 2 og 4»."""
    fields = refusal.params.get("fields", ())
    numbers = [str(name).removeprefix("q") for name in fields] if isinstance(fields, tuple) else []
    return _("påstand {which}", which=join_words(numbers))
