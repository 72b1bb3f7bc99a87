"""The double's decision register: every decision looked at, by the rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import DamerauLevenshtein

from board.decision import Decision
from board.people import Actor
from board.register import Place, RegisterEntry, RegisterHit, RegisterPage, RegisterQuery, Sees, entry_of, sees
from storage.register_terms import SHORTEST_SPELT, Asked, asked_of, terms_by_reading, words_in, words_of_entry
from storage.register_words import joined, spellings, stem, tokens
from tests.fakes.memory_state import State


class MemoryRegister:
    """Implements ``board.register_ports.DecisionRegister``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def _entries(self) -> dict[int, RegisterEntry]:
        """By the order in which they were first recorded."""
        state = self._state
        decided = [decision for decision in state.decisions.values() if decision.case]
        return {no: self._entry(decision) for no, decision in enumerate(decided)}

    def _entry(self, decision: Decision) -> RegisterEntry:
        state, booked = self._state, self._state.minutes_book.get(decision.meeting)
        about = (decision.case, decision.meeting)
        case = state.told_of.get((decision.meeting, decision.item)) or state.cases[decision.case or ""]
        now = state.cases[decision.case or ""].content
        content = replace(case.content, classification=now.classification)
        return entry_of(
            decision,
            replace(case, content=content),
            state.meetings[decision.meeting].day,
            minutes_approved=booked is not None and booked.is_approved,
            open_follow_ups=any(one.is_open and (one.case, one.meeting) == about for one in state.follow_ups.values()),
        )

    def settle(self) -> None:
        """At each commit: a published decision goes on being called what its case is called now."""
        state = self._state
        for key, decision in state.decisions.items():
            if decision.is_published and decision.case in state.cases:
                state.told_of.setdefault(key, state.cases[decision.case])

    async def find(self, actor: Actor, query: RegisterQuery, limit: int, before: Place | None = None) -> RegisterPage:
        words = words_in(query)
        entries = self._entries()
        seen = [hit for no, entry in entries.items() if (hit := self._hit(actor, no, entry))]
        for attempt in (words, *joined(words)):
            asked = asked_of(query, attempt)
            fitting = sorted(
                (hit for hit in seen if _fits(hit, entries[hit.place.no], asked, query)),
                key=lambda hit: (hit.place.day, hit.place.no),
                reverse=True,
            )
            if fitting:
                return _page(fitting, limit, before)
        return RegisterPage()

    async def similar(self, actor: Actor, word: str, limit: int) -> Sequence[str]:
        asked = next(tokens(word), "")
        if len(asked) < SHORTEST_SPELT:
            return ()
        words = {word for entry in self._entries().values() for word in words_of_entry(entry)}
        near = [w for w in words if w.startswith(asked) or {*spellings(w)} & {*spellings(asked)}]
        ordered = sorted(near, key=lambda w: (-DamerauLevenshtein.normalized_similarity(asked, w), w))
        other = [w for w in ordered if stem(w) != stem(asked)]
        return [w for w in other if (await self.find(actor, RegisterQuery((w,)), 1)).hits][:limit]

    def _hit(self, actor: Actor, no: int, entry: RegisterEntry) -> RegisterHit | None:
        seen = sees(actor, entry, self._state.cases[entry.case])
        place = Place(entry.decided_on, no)
        if seen is Sees.ALL:
            return RegisterHit(entry, entry.title or entry.public_title, seen, place)
        if seen is Sees.OPEN:
            return RegisterHit(replace(entry, title="", project_ref="", wg_number=""), entry.public_title, seen, place)
        return None


def _fits(hit: RegisterHit, whole: RegisterEntry, asked: Sequence[Asked], query: RegisterQuery) -> bool:
    day = whole.decided_on
    terms = set(terms_by_reading(whole)[hit.sees])
    in_period = (query.since is None or query.since <= day) and (query.until is None or day <= query.until)
    return in_period and all(terms & set(one.terms) for one in asked)


def _page(fitting: Sequence[RegisterHit], limit: int, before: Place | None) -> RegisterPage:
    rest = [hit for hit in fitting if before is None or (hit.place.day, hit.place.no) < (before.day, before.no)]
    shown = tuple(rest[:limit])
    return RegisterPage(shown, shown[-1].place if len(rest) > limit else None)
