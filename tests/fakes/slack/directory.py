"""``auth.*``, ``users.*`` and ``conversations.*``: who and where."""

from __future__ import annotations

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.state import Refused, State, text_of
from tests.fakes.slack.workspace import BOT, BOT_USER, DOMAIN, TEAM, User


def auth_test(_: State, __: Json) -> Json:
    return {
        "ok": True,
        "url": f"https://{DOMAIN}.slack.com/",
        "team": "Fondsstyret",
        "user": "saksgang",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def user_info(state: State, arguments: Json) -> Json:
    user = state.workspace.users.get(text_of(arguments, "user"))
    if user is None:
        raise Refused("user_not_found")
    return {"ok": True, "user": _shown(state, user, arguments)}


def by_email(state: State, arguments: Json) -> Json:
    user = state.workspace.by_email(text_of(arguments, "email"))
    if user is None or user.deleted:
        raise Refused("users_not_found")
    return {"ok": True, "user": _shown(state, user, arguments)}


def _shown(state: State, user: User, arguments: Json) -> Json:
    with_locale = str(arguments.get("include_locale", "")).lower() in ("1", "true")
    return user.as_json(with_locale=with_locale, with_email=state.workspace.may("users:read.email"))


def conversation_open(state: State, arguments: Json) -> Json:
    users = [user for user in str(arguments.get("users") or "").split(",") if user]
    if not users:
        channel = state.place(text_of(arguments, "channel"))
        return {"ok": True, "channel": {"id": channel.id}}
    if len(users) > 1:
        raise Refused("not_supported_here", "the local Slack opens conversations with one person only")
    state.reachable(users[0])
    known = state.workspace.users[users[0]].dm in state.workspace.channels
    channel = state.workspace.open_dm(users[0])
    return {"ok": True, "channel": {"id": channel.id}} | ({"no_op": True, "already_open": True} if known else {})


def conversation_info(state: State, arguments: Json) -> Json:
    channel = state.workspace.channels.get(text_of(arguments, "channel"))
    if channel is None:
        raise Refused("channel_not_found")
    return {"ok": True, "channel": channel.as_json()}
