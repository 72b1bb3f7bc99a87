"""What the cards about follow-ups are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from board.follow_up import FollowUp
from board.ids import CaseId, PersonId
from board.mandate import Mandate
from board.people import Actor, Person


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """``title`` is the case's, "" where the reader may not see that."""

    one: FollowUp
    title: str
    people: Mapping[PersonId, Person]
    reader: Actor
    today: date
    mandate: Mandate

    @property
    def may_act(self) -> bool:
        return self.one.is_open and (self.reader.id == self.one.owner or self.reader.is_handler)

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else str(person or "")


@dataclass(frozen=True, slots=True)
class FollowUpList:
    """``own``: only the reader's. ``titles`` of those cases that the reader may see."""

    follow_ups: tuple[FollowUp, ...]
    titles: Mapping[CaseId, str]
    people: Mapping[PersonId, Person]
    today: date
    own: bool = False
