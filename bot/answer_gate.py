"""Whether a token lets somebody through: signed by us, known, unused, in time, and not tried too often."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import structlog

from board.answer_link import TOKEN_LENGTH, AnswerLink, Why, id_claimed_by, read_token
from board.clock import local_day
from board.people import Actor
from board.ports import Rules, Work
from board.usecases.use_answer_link import refuse_answer_link
from bot.channels.pace import Pace
from bot.paper_links import language_of
from cards.i18n import Language

A_MINUTE: Final = 60
"""Requests of one link: a person fills in and goes back; nobody does it every second."""
UNSIGNED_A_MINUTE: Final = 120
"""Of all addresses together that we did not sign: whoever tries them out learns nothing, and soon waits."""
_REMEMBERED: Final = 10_000

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Passed:
    """``actor`` is whom the link is for, with today's roles; ``key`` what links are signed with."""

    link: AnswerLink
    actor: Actor
    key: str

    @property
    def language(self) -> Language:
        return language_of(self.actor)


@dataclass(frozen=True, slots=True)
class Stopped:
    """``why`` None: too fast. ``link`` where it is known to be ours; ``language`` its reader's."""

    why: Why | None
    link: AnswerLink | None = None
    language: Language | None = None


class Gate:
    def __init__(self, work: Work, rules: Rules) -> None:
        self._work, self._rules = work, rules
        self._pace = Pace(A_MINUTE, rules.clock)
        self._unsigned = Pace(UNSIGNED_A_MINUTE, rules.clock)
        self._key = ""
        self._told: OrderedDict[str, None] = OrderedDict()

    async def passes(self, text: str) -> Passed | Stopped:
        """What stops it is in the log."""
        await self._find_key()
        token = read_token(text, self._key) if len(text) == TOKEN_LENGTH else None
        if token is None:
            return await self._not_ours(text)
        if self._pace.take(("answer_link", token.id)) != "go":
            return Stopped(None)
        now = self._rules.clock.now()
        async with self._work.read() as unit:
            link = await unit.answer_links.get(token.id)
            actor = await unit.people.actor_of(link.person, local_day(now)) if link else None
        if link is None:
            why: Why | None = Why.EXPIRED if now >= token.expires_at else Why.UNKNOWN
        else:
            why = link.refuses(now) or (Why.OVER if actor is None else None)
        if why is None and link is not None and actor is not None:
            return Passed(link, actor, self._key)
        await self.refused(why or Why.UNKNOWN, link)
        return Stopped(why, link, language_of(actor) if actor else None)

    async def refused(self, why: Why, link: AnswerLink | None) -> None:
        """In the log of the board where the link is known, else in the process's own: never the token."""
        _log.info("answer_link_refused", why=str(why), known=link is not None)
        if link is None:
            return
        once = f"{link.id}{why}{local_day(self._rules.clock.now())}"
        if once in self._told:
            return
        async with self._work.write() as unit:
            if await refuse_answer_link(why, link, unit, self._rules):
                await unit.commit()
        self._told[once] = None
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)

    async def _find_key(self) -> None:
        """There is none before the first link is made."""
        if not self._key:
            async with self._work.read() as unit:
                self._key = await unit.answer_links.key()

    async def _not_ours(self, text: str) -> Stopped:
        """Nothing of it is believed; where it names a link, that link's log says that somebody tried."""
        if self._unsigned.take(("answer_link", "")) != "go":
            return Stopped(None)
        link = None
        if claimed := id_claimed_by(text):
            async with self._work.read() as unit:
                link = await unit.answer_links.get(claimed)
        await self.refused(Why.ALTERED, link)
        return Stopped(Why.ALTERED)
