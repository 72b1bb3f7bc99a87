"""Messages and views against the limits that Slack publishes."""

from __future__ import annotations

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.state import Refused, State
from tests.fakes.slack_limits import problems_of_message, problems_of_view


def judge_message(state: State, method: str, payload: Json) -> None:
    """Refuses a message that Slack would, and notes the violation."""
    problems = problems_of_message(payload)
    if problems:
        state.violated(f"{method}: {'; '.join(problems)}")
        raise Refused("invalid_blocks" if payload.get("blocks") else "invalid_arguments", *problems, errors=problems)


def judge_view(state: State, method: str, view: object, kind: str = "modal") -> Json:
    """The view, if Slack would take it."""
    if not isinstance(view, dict) or view.get("type") != kind:
        state.violated(f"{method}: no view of type {kind}")
        raise Refused("invalid_arguments", f"view must be of type {kind}")
    problems = problems_of_view(view)
    if problems:
        state.violated(f"{method}: {'; '.join(problems)}")
        raise Refused("invalid_arguments", *problems)
    return view
