"""Identifiers. Opaque strings, made by an :class:`IdSource` so that the rules hold no randomness."""

from typing import NewType, Protocol

PersonId = NewType("PersonId", str)
OrganisationId = NewType("OrganisationId", str)
CaseId = NewType("CaseId", str)
MeetingId = NewType("MeetingId", str)
DocumentId = NewType("DocumentId", str)


class IdSource(Protocol):
    """A port: gives identifiers that were never given before."""

    def new(self) -> str: ...
