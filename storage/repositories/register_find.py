"""The statements that search the decision register, newest first, each read along one index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    literal,
    select,
    tuple_,
    union,
)

from storage import case_records as k
from storage import register_records as r
from storage.register_mapping import ENTRY_FIELDS
from storage.sight import ME, OWN
from storage.statements import LIMIT

MOST_LOOKED_AT: Final = 128
"""Decisions that one search looks at before it says how far back it came. Words that are in many decisions each, and
never in the same one, would else have all of them compared."""

e, x = r.register_entries.c, k.exclusions.c
_SINCE = bindparam("since", type_=e.decided_on.type)
_DAY = bindparam("before_day", type_=e.decided_on.type)
_NO = bindparam("before_no", type_=e.no.type)
_FLOOR = tuple_(bindparam("floor_day", type_=e.decided_on.type), bindparam("floor_no", type_=e.no.type))
_READING = bindparam("reading", type_=r.register_terms.c.reading.type)

ENTRY_COLUMNS: Final[tuple[ColumnElement[Any], ...]] = tuple(e[name] for name in ENTRY_FIELDS)


def _term(number: int) -> ColumnElement[str]:
    return bindparam(f"term_{number}", type_=Text())


def _in_period(day: ColumnElement[Any], no: ColumnElement[Any]) -> ColumnElement[bool]:
    """Behind the place where the page before ended, which is where the period ends on the first page."""
    return and_(day >= _SINCE, tuple_(day, no) < tuple_(_DAY, _NO))


def _able(case_no: ColumnElement[Any]) -> ColumnElement[bool]:
    return ~exists(literal(1)).where(x.person_id == ME, x.case_no == case_no)


def _alternatives(first: int, count: int, column: ColumnElement[str]) -> ColumnElement[bool]:
    if count == 1:
        return column == _term(first)
    return column.in_([_term(first + n) for n in range(count)])


def _holds(asked: tuple[int, ...], first: int, day: ColumnElement[Any], no: ColumnElement[Any]) -> list[Any]:
    """That each of the words is there; ``asked`` is how many terms each may be there as."""
    tests = []
    for n, count in enumerate(asked):
        p = r.register_terms.alias(f"p{n}").c
        same = (p.reading == _READING, p.day == day, p.entry_no == no)
        tests.append(exists(literal(1)).where(*same, _alternatives(first, count, p.term)))
        first += count
    return tests


@lru_cache
def postings(asked: tuple[int, ...], *, published: bool, floor: bool) -> Select[Any]:
    """The newest along the list of the first word that hold the others too. ``floor``: not behind that place."""
    lists = []
    for n in range(asked[0]):
        t = r.register_terms.alias(f"t{n}").c
        where = [*_seen(t, n, published=published), *_holds(asked[1:], asked[0], t.day, t.entry_no)]
        where += [tuple_(t.day, t.entry_no) >= _FLOOR] if floor else []
        lists.append(_newest(t, where))
    chosen = _merged([one.limit(LIMIT) for one in lists]).limit(LIMIT).subquery("chosen")
    found = select(*ENTRY_COLUMNS).join_from(chosen, r.register_entries, e.no == chosen.c.entry_no)
    return found.order_by(e.decided_on.desc(), e.no.desc())


@lru_cache
def depth(count: int, *, published: bool) -> Select[Any]:
    """Where the :data:`MOST_LOOKED_AT`-th decision of a word's list stands; nothing where the list is shorter.

    The further back that is, the rarer the word.
    """
    lists = []
    for n in range(count):
        t = r.register_terms.alias(f"t{n}").c
        lists.append(_newest(t, _seen(t, n, published=published)))
    some = lists if count == 1 else [one.limit(MOST_LOOKED_AT) for one in lists]
    return _merged(some).limit(1).offset(MOST_LOOKED_AT - 1)


def _seen(t: Any, number: int, *, published: bool) -> list[ColumnElement[bool]]:
    """One word's list, as far as it lies in the period and is the person's to see."""
    where = [t.reading == _READING, t.term == _term(number), _in_period(t.day, t.entry_no), _able(t.case_no)]
    return [*where, t.published == 1] if published else where


def _newest(t: Any, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return select(t.day, t.entry_no).where(*where).order_by(t.day.desc(), t.entry_no.desc())


def _merged(lists: Sequence[Select[Any]]) -> Select[Any]:
    """A word that is kept in several ways has as many lists."""
    if len(lists) == 1:
        return lists[0]
    rows = [select(*one.subquery().c) for one in lists]
    both = rows[0].union(*rows[1:]).subquery("both").c
    return select(both.day, both.entry_no).order_by(both.day.desc(), both.entry_no.desc())


_MY_CASES: Final = union(*(select(k.cases.c.no).where(*reason) for reason in OWN))


@lru_cache
def own(asked: tuple[int, ...]) -> Select[Any]:
    """Of one's own cases, published ones only. Costs as many steps as one has decisions, not as there are."""
    where = [e.case_no.in_(_MY_CASES), e.published == 1, _in_period(e.decided_on, e.no), _able(e.case_no)]
    found = select(*ENTRY_COLUMNS).where(*where, *_holds(asked, 0, e.decided_on, e.no))
    return found.order_by(e.decided_on.desc(), e.no.desc()).limit(LIMIT)
