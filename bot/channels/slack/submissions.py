"""Windows that are sent in, pressed in or closed. What was typed is never lost, whatever comes of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson
import structlog

from board.delivery import Address
from bot.channels.base import Answer, Pressed, Receiver, Turn
from bot.channels.incidents import report_incident
from bot.channels.slack import modals, turns
from bot.channels.slack.home import Home
from bot.channels.slack.modals import Modals, Opened, Standing, View, window
from bot.channels.slack.outcomes import Ok
from bot.channels.slack.replies import Replies
from bot.channels.slack.turns import Closed, Submitted
from bot.channels.slack.web import SlackWeb
from cards import blockkit
from cards.i18n import use
from cards.message import Act, Banner, Json, Language, Message
from cards.templates import modal_texts

MOST_WINDOWS: Final = 1_000
"""That are remembered."""
CLEAR: Final = "clear"

Body = dict[str, Json]
_log = structlog.get_logger()


class NoChat(Exception):
    """The person's chat with the bot could not be opened, so that nothing can be answered there."""


@dataclass(frozen=True, slots=True)
class _Rejected:
    """A window whose fields are being corrected: how often it came back, and the act as the newest card has it."""

    times: int
    act: Act


class Submissions:
    """Remembers for a while, in this process, which windows are being corrected. At another replica a corrected answer
    is judged against what the window showed at first."""

    def __init__(self, receiver: Receiver, web: SlackWeb, known: Modals, replies: Replies, home: Home) -> None:
        self._receiver, self._web, self._modals, self._replies = receiver, web, known, replies
        self._home = home
        self._rejected: OrderedDict[str, _Rejected] = OrderedDict()
        self._languages: OrderedDict[str, Language] = OrderedDict()
        self._left: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """How many answers are still on their way out after their window was answered."""
        return len(self._left)

    async def settle(self, seconds: float) -> None:
        if self._left:
            await asyncio.wait(self._left, timeout=seconds)

    def language(self, view: turns.View) -> Language:
        """In which a window is spoken to where nothing more can be read just now."""
        return self._languages.get(view.id, "nb")

    async def _standing(self, view: turns.View, user: str) -> Standing | None:
        standing = await self._modals.standing(view.private_metadata, user)
        if standing is not None:
            self._languages[view.id] = standing.message.language
            if len(self._languages) > MOST_WINDOWS:
                self._languages.popitem(last=False)
        return standing

    # -- sent in -------------------------------------------------------------------------------------------------------

    async def submitted(self, turn: Submitted) -> Body | None:
        standing = await self._standing(turn.view, turn.sender.user)
        if standing is None:
            return _update(window(modal_texts.forgotten(_words(turn.view.values))))
        rejected = self._rejected.get(turn.view.id)
        act = rejected.act if rejected else standing.form.submit
        typed = standing.typed(turn.view.values)
        chat = await self._chat_of(turn)
        activity = _activity(turn.view, typed, rejected.times if rejected else 0)
        pressed = _pressed(turn, standing.opened, chat, activity, act, typed)
        answer = await self._receiver.pressed(pressed)
        errors = self._errors(standing, answer, turn.view)
        if errors:
            self._reject(turn.view.id, standing, answer)
            self._later(self._give(pressed, standing.opened, answer))
            return {"response_action": "errors", "errors": dict(errors)}
        view = await self._next(pressed, standing, typed, answer)
        if view is None:
            self._rejected.pop(turn.view.id, None)
        return _update(view) if view is not None else {"response_action": CLEAR}

    def _errors(self, standing: Standing, answer: Answer, view: turns.View) -> Mapping[str, Json]:
        """Only at inputs that the window has: an error elsewhere is told otherwise."""
        if answer.card is None:
            return {}
        found = modals.errors_of(answer.card, standing.form)
        return {block: words for block, words in found.items() if block in view.values}

    def _reject(self, view_id: str, standing: Standing, answer: Answer) -> None:
        """The same window, sent again, is a new act, and against what the newest card shows."""
        before = self._rejected.pop(view_id, None)
        act = before.act if before else standing.form.submit
        card = answer.card
        place = modals.same_act(card, act) if card is not None else None
        fresh = card.buttons[place] if card is not None and place is not None else None
        self._rejected[view_id] = _Rejected(
            (before.times if before else 0) + 1, fresh if isinstance(fresh, Act) else act
        )
        if len(self._rejected) > MOST_WINDOWS:
            self._rejected.popitem(last=False)

    async def _next(
        self, pressed: Pressed, standing: Standing, typed: Mapping[str, Json], answer: Answer
    ) -> View | None:
        """The window that follows, while the answer goes to the chat. None: there is nothing more to ask."""
        card = answer.card
        following = _following(card, standing, pressed.verb, typed, answer) if card is not None else None
        if card is None or not isinstance(following, _Page):
            self._later(self._give(pressed, standing.opened, answer))
            return None if isinstance(following, _Page) else following
        message_id = pressed.message_id
        if message_id:
            self._later(self._give(pressed, standing.opened, answer))
        else:  # the window must know the message that its answer takes the place of
            message_id = await self._give(pressed, standing.opened, answer)
        opened = Opened("", following.place, pressed.address.conversation, message_id, pressed.sender.user)
        return await self._modals.view(card, following.form, opened)

    # -- pressed in, closed --------------------------------------------------------------------------------------------

    async def pressed(self, turn: Pressed, view: turns.View) -> None:
        """A button in the window, like saving: it stays open, with what became of it."""
        standing = await self._standing(view, turn.sender.user)
        if standing is None:
            await self._show(view, window(modal_texts.forgotten(_words(view.values))))
            return
        place = standing.place_of(turn.verb, turn.data)
        button = standing.message.buttons[place] if place is not None else None
        act = button if isinstance(button, Act) else Act(turn.verb, "", turn.data)
        typed = standing.typed(view.values)
        chat = await self._chat_of(turn)
        pressed = _pressed(turn, standing.opened, chat, turn.activity_id, act, typed if act.with_inputs else {})
        answer = await self._receiver.pressed(pressed)
        following = await self._next(pressed, standing, typed, answer)
        await self._show(view, following or self._done(answer))

    @staticmethod
    def _done(answer: Answer) -> View:
        with use(answer.card.language if answer.card else "nb"):
            return window(modal_texts.done(answer.card))

    async def closed(self, turn: Closed) -> None:
        """What the platform tells of a closed window is saved, where saving is all that the form's button does."""
        if not turn.view.values:
            return
        standing = await self._standing(turn.view, turn.sender.user)
        if standing is None or standing.saving is None:
            return
        typed = standing.typed(turn.view.values)
        chat = await self._chat_of(turn)
        pressed = _pressed(turn, standing.opened, chat, turn.activity_id, standing.saving, typed)
        await self._give(pressed, standing.opened, await self._receiver.pressed(pressed))

    # -- too slow, too fast, broken ------------------------------------------------------------------------------------

    def one_moment(self, view: turns.View) -> Body:
        with use(self.language(view)):
            return _update(window(replace(modal_texts.one_moment(), language=self.language(view))))

    async def late(self, turn: Submitted, body: Body | None) -> None:
        """What should have answered the window, brought into the one that asks for a moment."""
        action = (body or {}).get("response_action")
        if body is not None and action == "update":
            view = body["view"]
        elif body is not None and action == "errors":
            view = await self._with_errors(turn, body["errors"])
        else:
            with use(self.language(turn.view)):
                view = window(replace(modal_texts.done(None), language=self.language(turn.view)))
        await self._show(replace(turn.view, hash=""), view)

    async def _with_errors(self, turn: Submitted, errors: Any) -> View:
        standing = await self._standing(turn.view, turn.sender.user)
        if standing is None:
            return window(modal_texts.forgotten(_words(turn.view.values)))
        form = modals.filled(standing.form, standing.typed(turn.view.values), errors)
        return await self._modals.view(standing.message, form, standing.opened)

    async def keep(self, view: turns.View, user: str, note: Banner) -> None:
        """A button in the window did nothing: the window stays with what was typed, and says why."""
        standing = await self._standing(view, user)
        if standing is not None:
            form = modals.with_note(modals.filled(standing.form, standing.typed(view.values)), note)
            await self._show(view, await self._modals.view(standing.message, form, standing.opened))

    # -- how -----------------------------------------------------------------------------------------------------------

    async def _show(self, view: turns.View, shown: Any) -> None:
        """``hash``: only where nobody else has changed the window since."""
        called = await self._web.call("views.update", urgent=True, view_id=view.id, hash=view.hash or None, view=shown)
        if not isinstance(called, Ok):
            _log.info("window_not_updated", outcome=type(called).__name__, detail=called.detail)

    async def _give(self, pressed: Pressed, opened: Opened, answer: Answer) -> str:
        shown = await self._replies.give(pressed, answer, pressed.message_id)
        if not opened.conversation:  # it was pressed in the home, which shows it too
            await self._home.publish(pressed)
        return shown

    async def _chat_of(self, turn: Turn) -> Address:
        chat = await self._replies.chat_of(turn)
        if chat is None:
            raise NoChat
        return chat

    def _later(self, work: Coroutine[Any, Any, str]) -> None:
        """Slack waits three seconds for a window's answer, and for that one only."""

        async def done() -> None:
            try:
                await work
            except Exception as error:  # the act is done; what it changed is redrawn by delivery
                report_incident("answer_failed", error)

        task = asyncio.create_task(done())
        self._left.add(task)
        task.add_done_callback(self._left.discard)


def refused(view: turns.View, words: str, message: Message) -> Body:
    """Nothing was done: the window stays as it is, with the reason at its first input, or else says it alone."""
    first = modals.first_input(view.values)
    return {"response_action": "errors", "errors": {first: words}} if first else _update(window(message))


@dataclass(frozen=True, slots=True)
class _Page:
    """A form that is asked next: its button's place in the card that answered."""

    place: int
    form: blockkit.Form


def _following(
    card: Message, standing: Standing, verb: str, typed: Mapping[str, Json], answer: Answer
) -> _Page | View | None:
    with use(card.language):
        reason = modals.complaint(card, standing.message) if answer.persist else None
        page = modals.next_page(card, verb)
        if page is not None and (form := blockkit.form_of(card, page)):
            return _Page(page, form)
        if reason is None:
            return None
        same = modals.same_act(card, standing.form.submit)
        if same is not None and (form := blockkit.form_of(card, same)):
            return _Page(same, modals.with_note(modals.filled(form, typed), reason))
        return window(modal_texts.moved_on(card, reason, modals.labelled(standing.form, typed)))


def _pressed(turn: Turn, opened: Opened, chat: Address, activity: str, act: Act, typed: Mapping[str, Json]) -> Pressed:
    """``opened`` says which message is redrawn, where it is one of this chat."""
    message_id = opened.message_id if opened.conversation == chat.conversation else ""
    return Pressed(activity, turn.sender, chat, act.verb, {**act.data, **typed}, message_id)


def _activity(view: turns.View, typed: Mapping[str, Json], times: int) -> str:
    """The same for the same answers sent twice; not for those sent again after they were refused."""
    digest = hashlib.sha256(orjson.dumps(dict(typed), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    return f"{view.id}:{view.hash}:{digest}:{times}"


def _update(view: View) -> Body:
    return {"response_action": "update", "view": view}


def _words(values: Mapping[str, Any]) -> list[str]:
    return [str(value) for value in blockkit.read_state(values).values() if len(str(value or "")) > 1]
