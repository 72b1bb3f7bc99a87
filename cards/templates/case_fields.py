"""The inputs under a case's buttons that several of its cards have: a link, a word about one's own habilitet."""

from __future__ import annotations

from collections.abc import Mapping

from board.case import completeness
from board.conflicts import Declared
from board.documents import OTHER_DOCUMENT
from cards.i18n import _
from cards.labels import label
from cards.message import Field, Option
from cards.views import CaseView


def link_fields(view: CaseView, typed: Mapping[str, str]) -> tuple[Field, ...]:
    """What the document is, and where it is."""
    asked = completeness(view.case, view.mandate).asked
    known = view.mandate.document_type
    options = (*(Option(d, label(known[d].label)) for d in asked), Option(OTHER_DOCUMENT, _("Annet vedlegg")))
    return (
        Field(
            "document_type",
            "choice",
            _("Hvilket dokument?"),
            typed.get("document_type", ""),
            required=True,
            options=options,
        ),
        Field("url", "url", _("Lenke"), typed.get("url", ""), required=True, hint="https://"),
    )


def conflict_fields(typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Whether the reader may be inhabil, and in what way; only the chair reads the note."""
    options = (Option(Declared.POSSIBLE, _("Mulig forhold")), Option(Declared.NONE, _("Ingen forhold")))
    answer = typed.get("answer", str(Declared.POSSIBLE))
    return (
        Field("answer", "choice", _("Er det noe ved din habilitet i saken?"), answer, required=True, options=options),
        Field("note", "long_text", _("Hva gjelder det? Bare leder leser det."), typed.get("note", "")),
    )
