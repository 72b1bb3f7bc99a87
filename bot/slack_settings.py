"""What the Slack edge is told, from the settings, and why it cannot be: all at once, and never a secret's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.channels.slack.config import SlackConfig
from bot.settings import LOOPBACK, Settings, uses_slack
from bot.teams_settings import rate_share

_TEAM: Final = re.compile(r"T[0-9A-Z]{2,}")
_BOT_TOKEN: Final = re.compile(r"xoxb-[0-9A-Za-z-]+")
_APP_TOKEN: Final = re.compile(r"xapp-[0-9A-Za-z-]+")
_SIGNING_SECRET: Final = re.compile(r"[0-9A-Za-z]{16,}")
"""Slack's own have 32 characters. What is short enough to be guessed lets anybody sign."""


def slack_config(settings: Settings, *, local: bool) -> SlackConfig | None:
    """None where nothing of Slack is set. Check :func:`slack_problems` first.

    Without a signing secret nothing may listen for Slack over HTTP: who comes in, comes by Socket Mode.
    """
    if not uses_slack(settings):
        return None
    return SlackConfig(
        team=settings.slack_team,
        bot_token=settings.slack_bot_token,
        signing_secret=settings.slack_signing_secret,
        app_token=settings.slack_app_token,
        api_url=settings.slack_api_url.rstrip("/") + "/",
        local=local,
        acts_per_minute=settings.acts_per_minute,
        rate_share=rate_share(settings, local=local),
        replicas=settings.replicas,
    )


def slack_problems(settings: Settings, *, local: bool) -> tuple[str, ...]:
    """Why Slack cannot be spoken to like this. Empty where nothing of it is set."""
    if not uses_slack(settings):
        return ()
    return (*_missing(settings), *_misshapen(settings), *_wrong_address(settings, local=local))


def _missing(settings: Settings) -> Iterator[str]:
    if not settings.slack_team:
        yield "SAKSGANG_SLACK_TEAM is missing: the workspace's id, T…, in the address of its web client"
    if not settings.slack_bot_token:
        yield "SAKSGANG_SLACK_BOT_TOKEN is missing: xoxb-…, under OAuth & Permissions of the app"
    if not (settings.slack_signing_secret or settings.slack_app_token):
        yield (
            "SAKSGANG_SLACK_SIGNING_SECRET is missing: under Basic Information of the app; "
            "or, behind a firewall, SAKSGANG_SLACK_APP_TOKEN for Socket Mode"
        )


def _misshapen(settings: Settings) -> Iterator[str]:
    """A value in the wrong variable is the usual mistake; none of them is ever repeated."""
    if settings.slack_team and not _TEAM.fullmatch(settings.slack_team):
        yield "SAKSGANG_SLACK_TEAM is no workspace id: T and then capitals and digits"
    token = settings.slack_bot_token
    if token.startswith("xoxe."):
        yield "SAKSGANG_SLACK_BOT_TOKEN is one that expires: switch token rotation off for the app"
    elif token and not _BOT_TOKEN.fullmatch(token):
        yield "SAKSGANG_SLACK_BOT_TOKEN is no bot token: it begins with xoxb-"
    if settings.slack_signing_secret and not _SIGNING_SECRET.fullmatch(settings.slack_signing_secret):
        yield "SAKSGANG_SLACK_SIGNING_SECRET is no signing secret: 32 letters and digits"
    if settings.slack_app_token and not _APP_TOKEN.fullmatch(settings.slack_app_token):
        yield "SAKSGANG_SLACK_APP_TOKEN is no app-level token: it begins with xapp-"


def _wrong_address(settings: Settings, *, local: bool) -> Iterator[str]:
    """The bot's token goes to this address: over TLS, or to this machine."""
    url = _split(settings.slack_api_url)
    if local:
        if url is None or url.hostname not in LOOPBACK:
            yield (
                "--local speaks to a Slack on loopback alone: set SAKSGANG_SLACK_API_URL to it, "
                "or unset SAKSGANG_SLACK_TEAM and its secrets"
            )
    elif url is None or url.scheme != "https" or not url.hostname:
        yield "SAKSGANG_SLACK_API_URL must begin with https:// and a host: the bot's token is sent there"
    if url is not None and (url.username or url.query or url.fragment):
        yield "SAKSGANG_SLACK_API_URL is an address alone: no user, no question mark, no #"


def _split(url: str) -> SplitResult | None:
    """None where it cannot be read, as with a bracket or a port that is none."""
    try:
        found = urlsplit(url)
        _ = found.port
    except ValueError:
        return None
    return found if found.scheme in {"http", "https"} else None
