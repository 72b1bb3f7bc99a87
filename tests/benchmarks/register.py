"""The decision register: the same searches among a thousand decisions and among a hundred thousand."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from datetime import date
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from board.ids import PersonId
from board.people import Actor, Person, Role
from board.register import Number, RegisterPage, RegisterQuery, Status
from storage.engine import Store
from tests.benchmarks.register_board import FEW, RARE
from tests.benchmarks.report import Row, ratio_row

SHOWN: Final = 10
IN_A_ROUND: Final = 40
"""Searches of one kind, one after the other."""


def _actor(*roles: Role) -> Actor:
    return Actor(Person(PersonId("reader"), "Leser"), frozenset(roles))


MEMBER: Final = _actor(Role.MEMBER)
OFFICE: Final = _actor(Role.OFFICE)
GUEST: Final = _actor()
_THIS_YEAR: Final = (date(2026, 1, 1), date(2026, 12, 31))

SEARCHES: Final[Mapping[str, tuple[Actor, RegisterQuery]]] = {
    "a number": (MEMBER, RegisterQuery(number=Number(65, 2025))),
    "a rare word": (MEMBER, RegisterQuery((RARE,))),
    "a common word": (MEMBER, RegisterQuery(("sykehusene",))),
    "two common words": (MEMBER, RegisterQuery(("budsjettet", "kurveløsninger"))),
    "a word and a year": (MEMBER, RegisterQuery(("kurveløsning",), since=_THIS_YEAR[0], until=_THIS_YEAR[1])),
    "a word written apart": (MEMBER, RegisterQuery(("kurve", "løsning"))),
    "a project": (MEMBER, RegisterQuery(project="P-77")),
    "a status": (MEMBER, RegisterQuery(statuses=(Status.REJECTED,))),
    "a status and a word": (MEMBER, RegisterQuery(("beredskap",), statuses=(Status.OPEN_FOLLOW_UP,))),
    "the latest": (OFFICE, RegisterQuery()),
    "a guest's common word": (GUEST, RegisterQuery(("journalsystem",))),
    "two words never together": (MEMBER, RegisterQuery(("haster", "vente"))),
    "nothing found": (MEMBER, RegisterQuery(("finnesikke", "sykehus"))),
}


async def search(store: Store, actor: Actor, query: RegisterQuery) -> RegisterPage:
    """As a turn does it: what is spelt nearly so is looked for where nothing was found."""
    async with store.work.read() as unit:
        page = await unit.register.find(actor, query, SHOWN)
        if not page.hits and query.words:
            await unit.register.similar(actor, query.words[0], 3)
    return page


async def _timed(store: Store, actor: Actor, query: RegisterQuery) -> float:
    began = perf_counter()
    await search(store, actor, query)
    return perf_counter() - began


async def search_rows(few: Store, many: Store, rounds: int, count: int, where: str) -> list[Row]:
    """Both filled before. Search for search in turns, so that what else the machine does is done to both.

    Of each round the quicker quarter counts: what else the machine does can only add. The garbage collector is off
    meanwhile: it comes every so many searches, and so would always come to the same of the two.
    """
    gc.collect()
    gc.disable()
    try:
        return [await _compared(kind, few, many, rounds, f"{where}: {kind}, {count:,}") for kind in SEARCHES]
    finally:
        gc.enable()


async def _compared(kind: str, few: Store, many: Store, rounds: int, words: str) -> Row:
    actor, query = SEARCHES[kind]
    ratios, times = [], []
    for number in range(rounds + 1):
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * IN_A_ROUND):
            crowded = turn % 4 in (1, 2)  # neither always comes after the other
            seconds[crowded].append(await _timed(many if crowded else few, actor, query))
        small, large = (quantiles(seconds[crowded], n=4)[0] for crowded in (False, True))
        if number:  # the first round is not counted: statements are compiled, pages read
            ratios.append(large / small)
            times.append(small * 1000)
    told = f"register, {words} decisions / {FEW:,}"
    return ratio_row(told, ratios, 1.2, at_most=True, of=f" · {median(times):.2f} ms")
