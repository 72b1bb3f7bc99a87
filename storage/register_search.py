"""A search of the decision register: the rarest of what is asked leads, and the right to see is part of each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import Select, bindparam, select

from board.people import Actor
from board.register import INSIDERS, KEEPERS, Place, RegisterHit, RegisterPage, RegisterQuery, Sees
from storage import register_records as r
from storage.register_mapping import hit_from
from storage.register_terms import SHORTEST_SPELT, Asked, asked_of, words_in
from storage.register_words import fold_word, joined, spellings, stem, tokens
from storage.repositories import register_find as find
from storage.statements import LIMIT, listed, one_of, size_for
from storage.transaction import Tx

MOST_CANDIDATES: Final = 40
MOST_TRIED: Final = 8
_ALIKE: Final = 0.7
"""Of 1: «heliks» and «helix» are 0.67, «helicks» and «heliks» 0.86."""
_EVER: Final = Place(date.max, 0)
_NEVER: Final = Place(date.min, 0)
s = r.register_spellings.c


def found(tx: Tx, actor: Actor, query: RegisterQuery, limit: int, before: Place | None) -> RegisterPage:
    """Where the words are found nowhere together, two neighbours are taken for one word written apart."""
    words = words_in(query)
    search = _Search(tx, actor, query, limit, before or _end_of(query))
    page = search.page(asked_of(query, words))
    if page.hits or (before is not None and page.more):
        return page
    pages = (search.page(asked_of(query, other)) for other in joined(words))
    return next((other for other in pages if other.hits), page)


def similar_words(tx: Tx, actor: Actor, word: str, limit: int) -> Sequence[str]:
    """The likest first; each is tried, as the words of the register are not everybody's to know."""
    asked = next(tokens(word), "")
    if len(asked) < SHORTEST_SPELT:
        return ()
    keys = spellings(asked)
    size = size_for(len(keys))
    params = {**listed("spelling", sorted(keys), size), "limit": MOST_CANDIDATES}
    candidates = {row[0] for row in tx.all(_one_slip(size), params)}
    begun = {"from": keys[0], "to": keys[0] + "\U0010ffff", "limit": MOST_CANDIDATES}
    candidates |= {row[0] for row in tx.all(_BEGUN, begun) if row[0].startswith(asked)}
    likely = sorted((c for c in candidates if stem(c) != stem(asked)), key=lambda c: (-_likeness(asked, c), c))
    likely = [c for c in likely if _likeness(asked, c) >= _ALIKE or c.startswith(asked)][:MOST_TRIED]
    tried = (c for c in likely if found(tx, actor, RegisterQuery((c,)), 1, None).hits)
    return [c for c, _ in zip(tried, range(limit), strict=False)]


@lru_cache
def _one_slip(size: int) -> Select[Any]:
    return select(s.word).where(one_of(s.spelling, "spelling", size)).limit(LIMIT)


_BEGUN: Final = (
    select(s.word)
    .where(s.spelling >= bindparam("from", type_=s.spelling.type), s.spelling < bindparam("to", type_=s.spelling.type))
    .order_by(s.spelling)
    .limit(LIMIT)
)


def _likeness(one: str, other: str) -> float:
    return DamerauLevenshtein.normalized_similarity(one, fold_word(other))


def _end_of(query: RegisterQuery) -> Place:
    """Just behind the period that is asked for."""
    return Place(query.until + timedelta(days=1), 0) if query.until and query.until < date.max else _EVER


@dataclass(frozen=True, slots=True)
class _Search:
    tx: Tx
    actor: Actor
    query: RegisterQuery
    limit: int
    before: Place

    def page(self, asked: Sequence[Asked]) -> RegisterPage:
        """An insider's from the list of all; anybody else's from what is public and what is their own."""
        if self.actor.roles & INSIDERS:
            hits, last = self._along(asked, Sees.ALL, published=not self.actor.roles & KEEPERS)
            return self._made(hits, last)
        public, last = self._along(asked, Sees.OPEN, published=False)
        own = self._own(asked)
        kept = {hit.place: hit for hit in [*public, *own] if last is None or _key(hit.place) >= _key(last)}
        return self._made(sorted(kept.values(), key=lambda hit: _key(hit.place), reverse=True), last)

    def _along(
        self, asked: Sequence[Asked], reading: Sees, *, published: bool
    ) -> tuple[list[RegisterHit], Place | None]:
        """One more than wanted, and where it stopped looking, if that was before the end."""
        params, floor = self._params(reading), None
        if len(asked) > 1:
            asked, floor = self._rarest_first(asked, params, published=published)
        counts, terms = _bound(asked)
        if floor:
            # SQLite takes one comparison of pairs as the end of a range: the other end is a day.
            params |= {"since": floor.day, "floor_day": floor.day, "floor_no": floor.no}
        statement = find.postings(counts, published=published, floor=floor is not None)
        hits = [hit_from(row, reading) for row in self.tx.all(statement, params | terms)]
        return hits, None if len(hits) > self.limit else floor

    def _own(self, asked: Sequence[Asked]) -> list[RegisterHit]:
        counts, params = _bound(asked)
        rows = self.tx.all(find.own(counts), params | self._params(Sees.ALL))
        return [hit_from(row, Sees.ALL) for row in rows]

    def _rarest_first(
        self, asked: Sequence[Asked], params: dict[str, Any], *, published: bool
    ) -> tuple[list[Asked], Place | None]:
        """What few decisions hold leads, so that little is looked at; and the place behind which nothing is."""
        depths = {}
        for one in asked:
            counts, terms = _bound([one])
            row = self.tx.first(find.depth(counts[0], published=published), params | terms)
            depths[one] = Place(*row) if row else None
        ordered = sorted(depths, key=lambda one: _key(depths[one] or _NEVER))
        return ordered, depths[ordered[0]]

    def _params(self, reading: Sees) -> dict[str, Any]:
        return {
            "me": self.actor.id,
            "reading": int(reading),
            "since": self.query.since or date.min,
            "before_day": self.before.day,
            "before_no": self.before.no,
            "limit": self.limit + 1,
        }

    def _made(self, hits: Sequence[RegisterHit], last: Place | None) -> RegisterPage:
        shown = tuple(hits[: self.limit])
        if len(hits) > self.limit:
            return RegisterPage(shown, shown[-1].place)
        return RegisterPage(shown, last, last.day if last else None)


def _key(place: Place) -> tuple[date, int]:
    return place.day, place.no


def _bound(asked: Sequence[Asked]) -> tuple[tuple[int, ...], dict[str, Any]]:
    """How many terms each may be there as, and the terms as parameters."""
    terms = [term for one in asked for term in one.terms]
    return tuple(len(one.terms) for one in asked), {f"term_{n}": term for n, term in enumerate(terms)}
