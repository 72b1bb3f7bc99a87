"""What a case still lacks of what its decision point needs (Prosjektveiviseren), all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.case_content import Content
from board.documents import Document
from board.mandate import Mandate


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a case still lacks. ``documents`` are missing types, ``asked`` all that the decision point asks for."""

    fields: tuple[str, ...]
    unread: tuple[str, ...]
    documents: tuple[str, ...]
    asked: tuple[str, ...]
    excused: bool

    @property
    def unexcused(self) -> tuple[str, ...]:
        """The missing documents that no reason is given for."""
        return () if self.excused else self.documents

    @property
    def may_be_sent(self) -> bool:
        """Missing documents may be sent with a reason; missing answers may not (``process.md``, documents)."""
        return not self.fields and not self.unread and not self.unexcused


def missing_in(
    content: Content, documents: Sequence[Document], case_type_id: str, mandate: Mandate, *, late: bool = False
) -> Completeness:
    """Every answer and document that is missing. ``late``: after the intake closed, so that it must say why."""
    case_type = mandate.case_type[case_type_id]
    needed = list(case_type.required)
    if content.classification == "exempt":
        needed += [f for f in ("public_title", "legal_basis") if f not in needed]
    if late:
        needed.append("reason_late")
    there = {document.type for document in documents}
    lacking = tuple(d for d in case_type.documents if d not in there)
    return Completeness(
        fields=tuple(f for f in needed if content.value(f) is None and f not in content.unread),
        unread=tuple(f for f in content.unread if f in {*case_type.required, *case_type.optional, *needed}),
        documents=lacking,
        asked=case_type.documents,
        excused=bool(content.reason_incomplete.strip()),
    )
