"""Documents of a case: files and links, each open or exempt from public access (offentleglova)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

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


def added(documents: Sequence[Document], earlier: Sequence[Document]) -> tuple[Document, ...]:
    """Those of ``documents`` that are not among the ``earlier`` ones."""
    known = {document.id for document in earlier}
    return tuple(document for document in documents if document.id not in known)
