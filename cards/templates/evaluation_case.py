"""The case that is made of an evaluation's result, in the language of the board's papers."""

from __future__ import annotations

from board.evaluation import Round
from board.mandate import Mandate
from cards.i18n import _
from cards.templates.evaluation_card import comments
from cards.templates.evaluation_texts import answered_words, asked_of, counted, title_of

_ROOM = 3900


def evaluation_case(round_: Round, mandate: Mandate) -> dict[str, str]:
    """For a round with a result: each field of the case."""
    if round_.outcome is None:
        raise ValueError(f"{round_.id} has no result: no case is made of it")
    outcome = round_.outcome
    figures = [
        f"{n}. {asked_of(question)}\n{counted(outcome, n - 1)}" for n, question in enumerate(round_.questions, 1)
    ]
    said = {
        "title": title_of(round_, mandate),
        "summary": _(
            "Styret og porteføljestyringen evalueres hvert år (mandatet § 8). {said}. Svarene er anonyme.",
            said=answered_words(round_),
        ),
        "proposed_decision": _(
            "Styret tar evalueringen for {year} til orientering, og ber porteføljekontoret følge opp det møtet "
            "peker på.",
            year=round_.year,
        ),
        "assessment": "\n\n".join([_("Hver påstand er besvart fra 1 (svært uenig) til 5 (svært enig)."), *figures]),
    }
    if outcome.comments:
        heading = _("Kommentarene, ordrett og i tilfeldig rekkefølge:")
        said["background"] = f"{heading}\n\n{comments(outcome, _ROOM - len(heading))}"
    return said
