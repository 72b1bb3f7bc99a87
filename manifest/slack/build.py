"""``dist/slack-manifest.yaml`` from the template beside this file. Written line by line: the product reads no YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("manifest.yaml")
_SITE = re.compile(r"[0-9A-Za-z.-]+(:[0-9]+)?(/[0-9A-Za-z._~/-]*)?")
"""A host with, if need be, a port and a path: nothing that YAML or Slack would read as something else."""
_YES = frozenset({"1", "true", "yes", "ja"})
_OFF, _ON = "socket_mode_enabled: false", "socket_mode_enabled: true"


@dataclass(frozen=True, slots=True)
class SlackApp:
    """``site``: what follows ``https://``, without a slash at its end. None: Socket Mode, which has no address."""

    site: str | None


def slack_app_from(settings: Mapping[str, str]) -> SlackApp | None:
    """None where the address is missing or wrong and Socket Mode is not asked for.

    It is asked for by ``SAKSGANG_SLACK_SOCKET_MODE``, as its token can be made only when the app is there already,
    and later by that token without a signing secret.
    """
    if settings.get("SAKSGANG_SLACK_SOCKET_MODE", "").lower() in _YES:
        return SlackApp(None)
    if settings.get("SAKSGANG_SLACK_APP_TOKEN") and not settings.get("SAKSGANG_SLACK_SIGNING_SECRET"):
        return SlackApp(None)
    scheme, _, site = settings.get("SAKSGANG_PUBLIC_URL", "").rstrip("/").partition("://")
    return SlackApp(site) if scheme == "https" and _SITE.fullmatch(site) else None


def slack_manifest(app: SlackApp) -> str:
    """The manifest as text. The same app gives the same text."""
    template = TEMPLATE.read_text(encoding="utf-8")
    if app.site is not None:
        return Template(template).substitute(site=app.site)
    lines = [line for line in template.splitlines(keepends=True) if "${site}" not in line]
    return "".join(lines).replace(_OFF, _ON)
