"""Judges an acknowledgement as Slack does, and does what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.judging import judge_view
from tests.fakes.slack.ledger import OpenView
from tests.fakes.slack.replies import reply
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.state import Refused, ReplyPlace, State
from tests.fakes.slack.views import close, pushed, redraw

_NOTHING: Final = (b"", b"{}", b"null")


@dataclass(slots=True)
class Ack:
    """What came back: the last status and body, seconds of the slowest attempt, and what was wrong with it."""

    status: int = 0
    body: bytes = b""
    seconds: float = 0.0
    attempts: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def json(self) -> Json:
        """The body as an object; empty where there was none."""
        return dict(json.loads(self.body)) if self.body else {}

    @property
    def action(self) -> str:
        """``response_action`` of a submission's answer: ``errors``, ``update``, ``push``, ``clear``, or nothing."""
        return str(self.json.get("response_action", ""))


def judge(state: State, request: SlackRequest, body: bytes) -> list[str]:
    """What is wrong with the body of an answer with status 200. What is right with it is done."""
    try:
        if request.type == "url_verification":
            return _challenge(request, body)
        if request.type == "view_submission":
            return _submission(state, request, body)
        if request.type == "command":
            return _command(state, request, body)
    except Refused as error:
        return [str(error.answer)]
    except ValueError:
        return [f"not JSON: {body[:200]!r}"]
    if body.strip() not in _NOTHING and request.kind == "interaction":
        return [f"a body where Slack reads none: {body[:200]!r}"]
    return []


def _challenge(request: SlackRequest, body: bytes) -> list[str]:
    challenge = request.payload["challenge"]
    right = body.decode() == challenge or json.loads(body).get("challenge") == challenge
    return [] if right else [f"not the challenge: {body[:200]!r}"]


def _command(state: State, request: SlackRequest, body: bytes) -> list[str]:
    """Words, or a message: seen by the one who wrote the command."""
    if body.strip() in _NOTHING:
        return []
    place = ReplyPlace(request.payload["channel_id"], request.user)
    reply(state, place, json.loads(body) if body.lstrip().startswith(b"{") else {"text": body.decode()})
    return []


def _submission(state: State, request: SlackRequest, body: bytes) -> list[str]:
    view = _view_of(state, request)
    answer = {} if body.strip() in _NOTHING else json.loads(body)
    if not isinstance(answer, dict):
        return [f"not an object: {body[:200]!r}"]
    problems = _wrong(answer, view)
    if not problems and view in state.ledger.views[request.user]:
        _do(state, view, answer)
    return problems


def _view_of(state: State, request: SlackRequest) -> OpenView:
    """The one that was submitted; where the person has closed it since, as it was then."""
    submitted = request.payload["view"]
    there = (view for view in state.ledger.views[request.user] if view.id == submitted["id"])
    return next(there, OpenView(request.user, submitted["id"], submitted, submitted["hash"]))


def _wrong(answer: Json, view: OpenView) -> list[str]:
    action = answer.get("response_action")
    if not answer or action == "clear":
        return []
    if action == "errors":
        return _wrong_errors(answer.get("errors"), view)
    if action in ("update", "push"):
        return [] if isinstance(answer.get("view"), dict) else [f"{action} without a view"]
    return [f"unknown response_action {action!r}"]


def _wrong_errors(errors: object, view: OpenView) -> list[str]:
    if not isinstance(errors, dict) or not errors:
        return ["errors without any"]
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    strange = [
        f"errors name {block_id!r}, which is no input of {sorted(inputs)}" for block_id in errors.keys() - inputs
    ]
    empty = [f"no text for {block_id!r}" for block_id, text in errors.items() if not isinstance(text, str) or not text]
    return strange + empty


def _do(state: State, view: OpenView, answer: Json) -> None:
    """Nothing said: this view closes."""
    action = answer.get("response_action")
    if action == "errors":
        view.errors = dict(answer["errors"])
        state.ledger.touch()
    elif action == "update":
        redraw(state, view, judge_view(state, "response_action update", answer["view"]))
    elif action == "push":
        pushed(state, view.user, judge_view(state, "response_action push", answer["view"]))
    else:
        close(state, view, all_of_them=action == "clear")
