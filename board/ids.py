"""Identifiers. Opaque strings, made by an :class:`IdSource` so that the rules hold no randomness."""

from typing import NewType, Protocol

PersonId = NewType("PersonId", str)
OrganisationId = NewType("OrganisationId", str)
CaseId = NewType("CaseId", str)
MeetingId = NewType("MeetingId", str)
DocumentId = NewType("DocumentId", str)
DutyId = NewType("DutyId", str)
ItemId = NewType("ItemId", str)
DispensationId = NewType("DispensationId", str)
PackId = NewType("PackId", str)
EvaluationId = NewType("EvaluationId", str)
FollowUpId = NewType("FollowUpId", str)
RemarkId = NewType("RemarkId", str)


class IdSource(Protocol):
    """A port: gives identifiers that were never given before."""

    def new(self) -> str: ...

    def secret(self) -> str:
        """Long, random and safe in an address: who has it may pass."""
        ...


def channel_recipient(channel: str, conversation: str) -> PersonId:
    """A channel as the recipient of notices. It has an address like a person, and never a name, a role or a right."""
    return PersonId(f"channel:{channel}:{conversation}")


def is_channel(recipient: PersonId) -> bool:
    return recipient.startswith("channel:")
