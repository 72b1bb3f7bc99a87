"""From a press, a modal, a shortcut or a command to a turn of the conversation, or the reason there is none."""

from __future__ import annotations

import re

from bot.channels.base import Pressed, Said
from bot.channels.payload import Payload, Unreadable, identifier, part, parts, plain, read_payload, text
from bot.channels.slack.envelope import MAX_NAME, Envelope, envelope, key, of_interaction
from bot.channels.slack.turns import (
    Arrived,
    Closed,
    Commanded,
    Foreign,
    Ignored,
    Malformed,
    Shortcut,
    Submitted,
    View,
)
from bot.channels.slack.words import read_words
from cards.message import Json

COMMAND = "/sak"
REPORT = "report_case"
"""The message shortcut *meld som sak*, as the manifest names it."""
BEGIN = "case.begin"
HELP = "hjelp"
"""What ``/sak`` alone stands for, understood in every language."""

_NUMBERED = re.compile(r"~\d{1,4}$")
_SAY, _OPEN = "say", "open"
_MAX_URL = 2_000

Outcome = Arrived | Ignored | Malformed | Foreign


def read_command(form: Payload, team: str) -> Outcome:
    """What a slash command's form is."""
    trigger, conversation = identifier(form, "trigger_id"), identifier(form, "channel_id")
    user, name = identifier(form, "user_id"), text(form, "user_name", MAX_NAME)
    known = envelope(team, (identifier(form, "team_id"),), user, name)
    if not isinstance(known, Envelope):
        return known
    if not trigger or not conversation:
        return Malformed("missing: trigger_id or channel_id")
    words = read_words(text(form, "text"), "").text or HELP
    url = text(form, "response_url", _MAX_URL)
    said = Commanded(trigger, known.sender, known.address(conversation), words, (), mentioned=True, response_url=url)
    return Arrived(said, key("command", trigger), trigger)


def read_interaction(payload: Payload, team: str) -> Outcome:
    """What an interaction's payload is: ``block_actions``, ``view_submission``, ``view_closed``, ``message_action``."""
    known = of_interaction(payload, team)
    if not isinstance(known, Envelope):
        return known
    kind = text(payload, "type", 100)
    if kind == "block_actions":
        return _action(payload, known)
    if kind == "view_submission":
        return _submission(payload, known)
    if kind == "view_closed":
        return _closing(payload, known)
    if kind == "message_action":
        return _shortcut(payload, known)
    return Ignored()


def _action(payload: Payload, known: Envelope) -> Outcome:
    """The first button; a message's or a view's other elements are read when it is pressed."""
    action = next(iter(parts(payload, "actions")), None)
    verb = _NUMBERED.sub("", identifier(action, "action_id")) if action is not None else ""
    if action is None or not verb or not identifier(action, "action_ts"):
        return Malformed("missing: actions with action_id and action_ts")
    if verb == _OPEN or text(action, "type", 50) not in ("button", "overflow"):
        return Ignored()
    view = _view(part(payload, "view"))
    message_id = "" if view else _message_id(payload)
    place = view.id if view else message_id or identifier(part(payload, "container"), "message_ts")
    activity_id = f"{place}:{identifier(action, 'action_ts')}"
    pressed = _pressed(payload, known, verb, _value(action), activity_id, message_id)
    if isinstance(pressed, Malformed):
        return pressed
    return Arrived(pressed, key("act", activity_id), identifier(payload, "trigger_id"), view)


def _pressed(
    payload: Payload, known: Envelope, verb: str, data: dict[str, Json], activity_id: str, message_id: str
) -> Pressed | Said | Malformed:
    container = part(payload, "container")
    conversation = identifier(part(payload, "channel"), "id") or identifier(container, "channel_id")
    is_in_view = bool(part(payload, "view"))
    if not conversation and not is_in_view:
        return Malformed("missing: channel or view")
    address = known.address("" if is_in_view else conversation, bot=identifier(part(payload, "message"), "user"))
    words = data.get(_SAY)
    if verb == _SAY and isinstance(words, str):
        return Said(activity_id, known.sender, address, words, (), mentioned=True)
    return Pressed(activity_id, known.sender, address, verb, data, message_id)


def _message_id(payload: Payload) -> str:
    """The message that was pressed; one that only its reader sees cannot be redrawn, and counts as none."""
    container = part(payload, "container")
    if container.get("is_ephemeral") is True:
        return ""
    return identifier(container, "message_ts") or identifier(part(payload, "message"), "ts")


def _value(action: Payload) -> dict[str, Json]:
    """The button's data; empty where it is no JSON object, as other programs may send."""
    value = text(action, "value") or text(part(action, "selected_option"), "value")
    try:
        return {name: plain(inner) for name, inner in read_payload(value.encode()).items()}
    except (Unreadable, UnicodeEncodeError):
        return {}


def _view(view: Payload) -> View | None:
    id_, kind = identifier(view, "id"), text(view, "type", 20)
    if not id_:
        return None
    return View(
        id_,
        identifier(view, "hash"),
        "home" if kind == "home" else "modal",
        text(view, "callback_id", 255),
        text(view, "private_metadata", 3_000),
        part(part(view, "state"), "values"),
    )


def _submission(payload: Payload, known: Envelope) -> Outcome:
    """Its id is the submission's: a view's hash stays as it is while its fields are corrected."""
    view, trigger = _view(part(payload, "view")), identifier(payload, "trigger_id")
    if view is None or not (trigger or view.hash):
        return Malformed("missing: view or trigger_id")
    activity_id = f"{view.id}:{trigger or view.hash}"
    turn = Submitted(activity_id, known.sender, known.address(), view)
    return Arrived(turn, key("submission", activity_id), trigger)


def _closing(payload: Payload, known: Envelope) -> Outcome:
    view = _view(part(payload, "view"))
    if view is None:
        return Malformed("missing: view")
    activity_id = f"{view.id}:{view.hash}:closed"
    return Arrived(Closed(activity_id, known.sender, known.address(), view), key("closing", activity_id))


def _shortcut(payload: Payload, known: Envelope) -> Outcome:
    """The message's words become the beginning of a case."""
    message, conversation = part(payload, "message"), identifier(part(payload, "channel"), "id")
    at = identifier(payload, "action_ts") or identifier(payload, "trigger_id")
    if text(payload, "callback_id", 255) != REPORT:
        return Ignored()
    if not conversation or not at:
        return Malformed("missing: channel or action_ts")
    activity_id = f"{identifier(payload, 'message_ts') or identifier(message, 'ts')}:{at}"
    data: dict[str, Json] = {"text": read_words(text(message, "text"), "").text}
    turn = Shortcut(activity_id, known.sender, known.address(conversation), BEGIN, data)
    return Arrived(turn, key("shortcut", activity_id), identifier(payload, "trigger_id"))
