"""«Vedtak …»: the search of the decision register, in words and page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from board.register import Place, RegisterPage, RegisterQuery
from cards import actions
from cards.message import Json, Message
from cards.templates import register_card as cards
from dialogs.register_wish import read_wish
from dialogs.room import Reply, Room, say, show

SHOWN: Final = 8
_SIMILAR: Final = 2


async def decisions(room: Room, words: str) -> Reply:
    """The latest where nothing is asked for."""
    return say(await _page(room, words.strip()))


async def _further(room: Room, data: Mapping[str, Json]) -> Reply:
    """What the button asks for is read anew, with the right of the one who presses it."""
    asked, before = str(data.get("asked") or ""), str(data.get("before") or "")
    return show(await _page(room, asked[: cards.MOST_ASKED], cards.place_from(before)))


HANDLERS: Final = {actions.REGISTER_FIND: _further}


async def _page(room: Room, asked: str, before: Place | None = None) -> Message:
    query = await _query(room, asked)
    page = await room.work.register.find(room.actor, query, SHOWN, before) if query else RegisterPage()
    if len(page.hits) == 1 and not (before or page.more or query == RegisterQuery()):
        return cards.one_decision(page.hits[0])
    if page.hits:
        return cards.found_decisions(page, asked, further=before is not None)
    if not asked:
        return cards.no_decisions_yet()
    corrected = await _corrected(room, asked, query) if query and not page.more else ()
    return cards.no_decision(asked, page, corrected, await _shorter(room, asked, query) if query else "")


async def _query(room: Room, asked: str) -> RegisterQuery | None:
    """None where the latest meeting is asked for, and there is none that one sees a decision of."""
    wish = read_wish(asked, room.today)
    if wish.latest_meeting:
        latest = await room.work.register.find(room.actor, RegisterQuery(), 1)
        day = latest.hits[0].entry.decided_on if latest.hits else None
        return replace(wish.query, since=day, until=day) if day else None
    other = wish.with_year_as_word
    if other and not await _finds(room, wish.query) and await _finds(room, other):
        return other
    return wish.query


async def _finds(room: Room, query: RegisterQuery) -> bool:
    return bool((await room.work.register.find(room.actor, query, 1)).hits)


async def _corrected(room: Room, asked: str, query: RegisterQuery) -> Sequence[str]:
    """What was written, with one word put right: the first one that nothing is found by."""
    for word in query.words:
        if not await _finds(room, RegisterQuery((word,))):
            near = await room.work.register.similar(room.actor, word, _SIMILAR)
            return [asked.replace(word, other, 1) for other in near]
    return ()


async def _shorter(room: Room, asked: str, query: RegisterQuery) -> str:
    """Its words without number, day and status, where something is found by them."""
    words = " ".join(query.words)
    if not words or words == asked:
        return ""
    return words if await _finds(room, RegisterQuery(query.words)) else ""
