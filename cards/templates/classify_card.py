"""Which documents of a case are open and which exempt (offentleglova); one of them classified at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from board.case_content import MAX_LINE
from board.documents import Document
from board.states import CaseAct
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import label
from cards.message import About, Act, Banner, Block, Facts, Field, Inputs, Json, Message, Option
from cards.safe import cut
from cards.views import CaseView

Typed = Mapping[str, str]
NOTHING: Final[Typed] = {}
_NAME: Final = 60


def classification(document: Document, day: date) -> str:
    """«unntatt offentlighet, offl. § 23 første ledd, til fredag 1. januar 2027»; on ``day``."""
    if not document.is_exempt_on(day):
        return _("åpent")
    if document.exempt_until is None:
        return _("unntatt offentlighet, {basis}", basis=document.legal_basis)
    words = {"basis": document.legal_basis, "day": weekday_date(document.exempt_until)}
    return _("unntatt offentlighet, {basis}, til og med {day}", **words)


def classify_button(view: CaseView) -> tuple[Act, ...]:
    """To the card below, for whoever may classify something."""
    if CaseAct.CLASSIFY not in view.acts or not view.case.documents:
        return ()
    return (Act(actions.CASE_CLASSIFY, _("Offentlighet"), {"id": view.case.id}, with_inputs=False),)


def classify_card(
    view: CaseView, day: date, note: Banner | None = None, typed: Typed = NOTHING, errors: Typed = NOTHING
) -> Message:
    """``typed`` and ``errors`` by input id: what was written stands there still."""
    case = view.case
    blocks: list[Block] = [note] if note else []
    blocks.append(Facts(tuple((name_of(d, view), classification(d, day)) for d in case.documents)))
    blocks.append(Inputs(_fields(view, typed, errors), heading=_("Endre ett dokument")))
    key: dict[str, Json] = {"id": case.id}
    return Message(
        title=_("Offentlighet: {title}", title=view.title),
        blocks=tuple(blocks),
        buttons=(
            Act(actions.CASE_CLASSIFY, _("Lagre"), {**key, "save": True}, "positive"),
            Act(actions.CASE_OPEN, _("Tilbake til saken"), key, with_inputs=False),
        ),
        about=About(case.id, case.rev),
    )


def name_of(document: Document, view: CaseView) -> str:
    """What the document is, and what it is called."""
    kind = view.mandate.document_type.get(document.type)
    return cut(": ".join(part for part in (label(kind.label) if kind else "", document.name) if part), _NAME)


def _fields(view: CaseView, typed: Typed, errors: Typed) -> tuple[Field, ...]:
    documents = tuple(Option(d.id, name_of(d, view)) for d in view.case.documents)
    kinds = (Option("open", _("Åpent")), Option("exempt", _("Unntatt offentlighet")))
    return (
        _choice("document", _("Hvilket dokument?"), documents, typed, errors),
        _choice("classification", _("Offentlighet"), kinds, typed, errors),
        Field(
            *("legal_basis", "text", _("Hjemmel"), typed.get("legal_basis", "")),
            hint=_("Paragrafen, når dokumentet er unntatt. For eksempel «offl. § 23 første ledd»."),
            error=errors.get("legal_basis", ""),
            max_length=MAX_LINE,
        ),
        Field(
            *("exempt_until", "date", _("Unntatt til og med"), typed.get("exempt_until", "")),
            hint=_("Står det åpent, gjelder det inntil videre."),
            error=errors.get("exempt_until", ""),
        ),
    )


def _choice(name: str, words: str, options: tuple[Option, ...], typed: Typed, errors: Typed) -> Field:
    stands = typed.get(name, "") or (options[0].value if len(options) == 1 else "")
    return Field(name, "choice", words, stands, required=True, error=errors.get(name, ""), options=options)
