"""The first page of the intake: what kind of case it is. The second is ``case_form``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.mandate import Mandate
from cards import actions
from cards.formats import number
from cards.forms import CASE_QUESTIONS, START_QUESTIONS, start_options
from cards.i18n import _
from cards.labels import label
from cards.message import Act, Banner, Block, Field, Inputs, Json, LongText, Message, Paragraph
from cards.safe import cut

BEGUN: Final = "summary"
"""The field that a message's words become the start of."""


def scope_id(number: int) -> str:
    """The fixed input id of the n-th exclusion, counted from 1."""
    return f"scope_{number}"


def start_card(
    mandate: Mandate,
    answers: Mapping[str, str],
    missing: Sequence[str] = (),
    case_id: str = "",
    note: Banner | None = None,
    ask: str = "",
) -> Message:
    """Page one. ``answers`` are kept as they were given; ``missing`` are marked, all at once.

    The note stands last on both pages: there the person is who just pressed a button under a long form.
    """
    fields = [
        Field(
            q.id,
            "choice",
            _(q.name),
            answers.get(q.id, ""),
            required=q.id != "sub_portfolio",
            hint=_(q.help) if q.help else _("Kan stå åpen der sakstypen avgjør det: BP1 er alltid konseptutredning."),
            error=_("Velg ett svar.") if q.id in missing else "",
            options=start_options(q.id, mandate, {} if q.id == "case_type" else answers),
        )
        for q in START_QUESTIONS
    ]
    toggles = [
        Field(scope_id(n), "toggle", label(e.question), answers.get(scope_id(n), "false"))
        for n, e in enumerate(mandate.exclusions, 1)
    ]
    blocks: list[Block] = [
        Inputs(tuple(fields)),
        Paragraph(_("Gjelder noe av dette? (mandatet § 3)"), strong=True),
        Inputs(tuple(toggles)),
    ]
    blocks += _begun(answers.get(BEGUN, ""))
    if ask:
        blocks.append(Paragraph(ask, small=True))
    if note:
        blocks.append(note)
    data: dict[str, Json] = {"id": case_id, "rev": 0}
    return Message(
        title=_("Meld sak til {board}", board=label(mandate.board)),
        blocks=tuple(blocks),
        buttons=(Act(actions.CASE_START, _("Neste"), data, "positive"),),
        summary=_("Meld sak: fyll ut, eller svar med ord"),
    )


def _begun(text: str) -> list[Block]:
    """A message's words, which the case begins with."""
    if not text:
        return []
    asked = CASE_QUESTIONS[BEGUN]
    shown: list[Block] = [LongText(_(asked.name), cut(text, asked.max_length))]
    if len(text) > asked.max_length:
        limit = number(asked.max_length)
        words = _("Meldingen er lengre enn de {limit} tegnene feltet rommer: begynnelsen blir med.", limit=limit)
        shown.append(Paragraph(words, tone="warning", small=True))
    return shown
