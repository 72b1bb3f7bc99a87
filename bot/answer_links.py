"""``GET`` and ``POST /answer/{token}``: the page behind an e-mail's link. No login: who has the link may answer once.

Looking has no effect whatever: programs that read mail follow links. An answer is confirmed on a page of its own, and
taken in by the same press as in a chat, together with the link's mark that it is used. The token is in no log.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from aiohttp import web

from board.answer_link import Why
from bot.answer_desk import Desk
from bot.answer_gate import Gate, Passed, Stopped
from bot.answer_requests import Choice, Unreadable, read_choice, wished_language
from bot.answering import PATH
from bot.channels.incidents import report_incident
from cards.i18n import use
from cards.labels import label
from cards.message import Banner, Message
from cards.page.asking import Offer, Question, changed_note, confirm_page, question_page
from cards.page.document import Reader
from cards.page.posted import Filled, filled_in, typed, with_errors
from cards.page.style import STYLE_HASH
from cards.page.telling import Kept, failed_page, look_page, receipt_page, refused_page, unread_page, wait_page
from dialogs.answer_link import Asked, Standing, of_message

HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src '{STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}
_STATUS: Final = {Why.ALTERED: 404, Why.UNKNOWN: 404}
"""Of a link that does not work; the others are gone (410)."""

Answer: TypeAlias = Callable[[Passed], Awaitable[web.Response]]


class AnswerPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gate = Gate(desk.work, desk.rules)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(f"{PATH}{{token}}", self.ask)
        app.router.add_post(f"{PATH}{{token}}", self.post)

    async def ask(self, request: web.Request) -> web.Response:
        """The question as it is now; ``HEAD`` says nothing of the link."""
        if request.method == "HEAD":
            return web.Response(content_type="text/html", headers=HEADERS)
        return await self._answered(request, self._shown)

    async def post(self, request: web.Request) -> web.Response:
        """A choice → the page that confirms it; a confirmation → the act."""
        try:
            choice = await read_choice(request)
        except Unreadable as error:
            with use(wished_language(request)):
                return _page(unread_page(), error.status)
        return await self._answered(request, lambda passed: self._chosen(passed, choice), choice.kept)

    async def _answered(self, request: web.Request, answer: Answer, kept: Kept = ()) -> web.Response:
        """Through the gate, in the reader's language, and never with a trace of what broke."""
        language = wished_language(request)
        try:
            passed = await self._gate.passes(request.match_info["token"])
            language = passed.language or language
            with use(language):
                return _stopped(passed, kept) if isinstance(passed, Stopped) else await answer(passed)
        except Exception as error:  # whatever broke: a page that says what is kept
            with use(language):
                return _page(failed_page(report_incident("answer_page_failed", error), kept), 503)

    async def _shown(self, passed: Passed) -> web.Response:
        asked = await self._desk.asked(passed.link)
        return await self._refused(Why.OVER, passed) if asked is None else self._question(passed, asked)

    async def _chosen(self, passed: Passed, choice: Choice) -> web.Response:
        asked = await self._desk.asked(passed.link)
        if asked is None:
            return await self._refused(Why.OVER, passed)
        one = asked.find(choice.key)
        if one is None:
            return self._question(passed, asked, choice, changed_note(), status=409)
        if one.looks:
            return await self._looked(passed, one)
        if choice.sure == "back":
            return self._question(passed, asked, choice)
        return await self._filled(passed, asked, one, choice)

    async def _filled(self, passed: Passed, asked: Asked, one: Standing, choice: Choice) -> web.Response:
        """What is missing is said before anything is confirmed."""
        filled = filled_in(one.act, one.key, asked.inputs(one.act), choice.form)
        if filled.wrong:
            return self._question(passed, of_message(with_errors(asked.message, one.act, filled)), choice, status=422)
        if choice.sure == "yes":
            return await self._taken(passed, one, choice, filled)
        offer = Offer(one.key, one.act, choice.rev)
        return _page(confirm_page(asked.message, offer, filled.fields, filled.kept, self._reader(passed)))

    async def _looked(self, passed: Passed, one: Standing) -> web.Response:
        card = await self._desk.look(passed.link, one)
        return _page(look_page(card, self._reader(passed))) if card else await self._refused(Why.OVER, passed)

    async def _taken(self, passed: Passed, one: Standing, choice: Choice, filled: Filled) -> web.Response:
        taken = await self._desk.take(passed.link, one, choice.revision, filled.inputs, passed.key)
        if isinstance(taken, Why):
            return await self._refused(taken, passed)
        if taken.done:
            return _page(receipt_page(taken.card, self._reader(passed), taken.following))
        return await self._not_taken(passed, one, choice, taken.card)

    async def _not_taken(self, passed: Passed, one: Standing, choice: Choice, card: Message) -> web.Response:
        """The card that says why, where it asks the same; else the question as it is now, with the reason above it."""
        said = of_message(card)
        if said.find(one.key):
            return self._question(passed, said, choice, status=422)
        note = next((block for block in card.blocks if isinstance(block, Banner)), Banner(card.title, "warning"))
        asked = await self._desk.asked(passed.link)
        if asked is None:
            return await self._refused(Why.OVER, passed)
        return self._question(passed, asked, choice, note, status=422)

    async def _refused(self, why: Why, passed: Passed) -> web.Response:
        await self._gate.refused(why, passed.link)
        used_at = self._desk.rules.clock.now() if why is Why.USED else None
        return _page(refused_page(why, used_at), _STATUS.get(why, 410))

    def _question(
        self, passed: Passed, asked: Asked, choice: Choice | None = None, note: Banner | None = None, status: int = 200
    ) -> web.Response:
        offers = tuple(Offer(one.key, one.act, str(one.act.data.get("rev", "")), one.looks) for one in asked.standing)
        was = typed(choice.form) if choice else {}
        question = Question(asked.message, offers, passed.link.expires_at, was, note)
        return _page(question_page(question, self._reader(passed)), status)

    def _reader(self, passed: Passed) -> Reader:
        return Reader(label(self._desk.rules.mandate.board), passed.actor.person.name)


def _stopped(stopped: Stopped, kept: Kept) -> web.Response:
    if stopped.why is None:
        return _page(wait_page(kept), 429, {"Retry-After": "60"})
    used_at = stopped.link.used_at if stopped.link else None
    return _page(refused_page(stopped.why, used_at), _STATUS.get(stopped.why, 410))


def _page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, text=html, content_type="text/html", headers={**HEADERS, **(headers or {})})
