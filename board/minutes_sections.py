"""How the sections of minutes are named, and which case each is about: so that one who is inhabil gets them without.

The names stand in Word files and in buttons: at most 62 characters, and never given another meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from board.editable import Section
from board.ids import CaseId, ItemId

HEAD: Final = "head"
ATTENDANCE: Final = "attendance"
QUORUM: Final = "quorum"
NEXT: Final = "next"
REMARKS: Final = "remarks"
_ITEM, _CASE = "item:", "case:"


def heading_of(item: ItemId) -> str:
    return f"{_ITEM}{item}"


def text_of(item: ItemId) -> str:
    """What was said and done; the office words it."""
    return f"{_ITEM}{item}:text"


def decision_of(item: ItemId) -> str:
    return f"{_ITEM}{item}:decision"


def is_decision(section: str) -> bool:
    """Whether the section holds a decision's own words."""
    return section.startswith(_ITEM) and section.endswith(":decision")


def conditions_of(item: ItemId) -> str:
    return f"{_ITEM}{item}:conditions"


def follow_ups_of(case: CaseId) -> str:
    return f"{_CASE}{case}:follow_ups"


def about(section: str, cases: Mapping[ItemId, CaseId]) -> CaseId | None:
    """The case that a section is about. ``cases``: those of the meeting's items."""
    kind, _colon, rest = section.partition(":")
    name = rest.partition(":")[0]
    if f"{kind}:" == _CASE:
        return CaseId(name)
    return cases.get(ItemId(name)) if f"{kind}:" == _ITEM else None


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader gets of minutes: all but what is about the ``hidden`` cases."""

    cases: Mapping[ItemId, CaseId]
    hidden: frozenset[CaseId] = frozenset()

    def shows(self, section: str) -> bool:
        return not section or about(section, self.cases) not in self.hidden

    def of(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        return tuple(one for one in sections if self.shows(one.id))

    def hides(self, sections: Collection[str]) -> bool:
        return not all(self.shows(section) for section in sections)


def cases_named(sections: Sequence[Section]) -> frozenset[CaseId]:
    """The cases that sections are about by their own name, whatever the agenda says."""
    found = (about(one.id, {}) for one in sections)
    return frozenset(case for case in found if case)
