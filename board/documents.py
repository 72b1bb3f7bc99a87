"""Documents of a case: files and links, each open or exempt from public access (offentleglova)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from board.case_content import Content
from board.ids import DocumentId, PersonId

MAX_DOCUMENTS: Final = 10
OTHER_DOCUMENT: Final = "other"
"""The type of an enclosure that the decision point does not ask for."""


@dataclass(frozen=True, slots=True)
class Document:
    """An enclosure: a link (``url``) or a stored file (``sha256``, ``size`` in bytes).

    ``exempt``: kept from the public under ``legal_basis``, until ``exempt_until`` (None: until further notice).
    """

    id: DocumentId
    type: str
    name: str
    by: PersonId
    at: datetime
    url: str = ""
    sha256: str = ""
    size: int = 0
    exempt: bool = False
    legal_basis: str = ""
    exempt_until: date | None = None

    def is_exempt_on(self, day: date) -> bool:
        return self.exempt and (self.exempt_until is None or day <= self.exempt_until)

    def same_as(self, other: Document) -> bool:
        """The same content or link, as the same type."""
        return (self.type, self.url, self.sha256) == (other.type, other.url, other.sha256)


def following(documents: Sequence[Document], before: Content, after: Content) -> tuple[Document, ...]:
    """The documents as the case's own classification changes from ``before`` to ``after``.

    A case that becomes exempt takes its documents along; another paragraph for the case is one for those that had its
    own. A document that somebody has since called open stays so, and none becomes open by itself.
    """
    if after.classification != "exempt":
        return tuple(documents)
    if before.classification != "exempt":
        return tuple(inheriting(document, after) for document in documents)
    return tuple(
        replace(one, legal_basis=after.legal_basis) if one.exempt and one.legal_basis == before.legal_basis else one
        for one in documents
    )


def inheriting(document: Document, content: Content) -> Document:
    """A document that comes to an exempt case is exempt too, until somebody says otherwise."""
    if content.classification != "exempt" or document.exempt:
        return document
    return replace(document, exempt=True, legal_basis=content.legal_basis)
