"""What the Slack edge must be told. Values only: the settings read the environment, this never does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

PUBLIC_API: Final = "https://slack.com/api/"
NAME: Final = "slack"
"""The channel's name in addresses and accounts."""


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """One app in one workspace, ``team``; who writes from another is a stranger.

    ``app_token`` (``xapp-…``) switches Socket Mode on, for those behind a firewall; without ``signing_secret`` it is
    the only way in: nothing listens over HTTP then. ``api_url`` ends in a slash.
    ``rate_share``: how much of Slack's published rates deliveries use, divided by ``replicas``; 0 switches the pacing
    off. ``local``: the Web API is a server on this machine; signatures are judged all the same.
    """

    team: str
    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = PUBLIC_API
    local: bool = False
    acts_per_minute: int = 60
    rate_share: float = 0.75
    replicas: int = 1
    timeout: float = 10.0
