"""``make package``: the Teams app as a zip and the Slack app's manifest, with the ids of this installation.

Reads ``SAKSGANG_*`` from the environment, then from ``.env``. Everything that is wrong is said at once. A board in
Slack alone sets nothing of Teams, and gets no Teams app.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from dotenv import dotenv_values

from manifest.slack.build import slack_app_from, slack_manifest
from manifest.teams.icons import colour_icon, outline_icon

ROOT = Path(__file__).resolve().parents[1]
TEAMS = ROOT / "manifest" / "teams"
TARGET = ROOT / "dist" / "saksgang-teams.zip"
SLACK_TARGET = ROOT / "dist" / "slack-manifest.yaml"
LANGUAGES = ("nn-no.json", "en.json")
LONGEST_ORGANISATION = 32
_OF_TEAMS = tuple(
    f"SAKSGANG_{name}"
    for name in ("APP_ID", "TENANT_ID", "APP_SECRET", "APP_CERTIFICATE", "MANAGED_IDENTITY", "ALLOWED_TENANTS")
)
_NO_ADDRESS = (
    "  SAKSGANG_PUBLIC_URL må være adressen til boten, med https://: sett den. "
    "Bak en brannmur: sett SAKSGANG_SLACK_SOCKET_MODE=true."
)
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: the same content gives the same file."""


class CannotPackage(Exception):
    """Settings are missing or wrong; one line for each, saying what to set."""


@dataclass(frozen=True, slots=True)
class App:
    """What differs from one installation to another. Addresses are https."""

    app_id: str
    host: str
    organisation: str
    website_url: str
    privacy_url: str
    terms_url: str
    version: str


def app_from(settings: Mapping[str, str | None]) -> App:
    """Raises :class:`CannotPackage`, naming all that is wrong."""
    get = {name: (value or "").strip() for name, value in settings.items()}
    public = get.get("SAKSGANG_PUBLIC_URL", "").rstrip("/")
    website = get.get("SAKSGANG_WEBSITE_URL") or public
    app = App(
        app_id=get.get("SAKSGANG_APP_ID", ""),
        host=urlsplit(public).hostname or "",
        organisation=get.get("SAKSGANG_ORGANISATION") or "Saksgang",
        website_url=website,
        privacy_url=get.get("SAKSGANG_PRIVACY_URL") or website,
        terms_url=get.get("SAKSGANG_TERMS_URL") or website,
        version=_version(),
    )
    if wrong := _problems(app, public):
        raise CannotPackage("\n".join(wrong))
    return app


def manifest(app: App) -> str:
    """The manifest with this installation's values; they are JSON-escaped."""
    values = {one.name: json.dumps(getattr(app, one.name), ensure_ascii=False)[1:-1] for one in fields(app)}
    return Template((TEAMS / "manifest.json").read_text(encoding="utf-8")).substitute(values)


def build(app: App, target: Path) -> None:
    """Writes the zip. The same app gives the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as package:
        _add(package, "manifest.json", manifest(app).encode())
        for language in LANGUAGES:
            _add(package, language, (TEAMS / language).read_bytes())
        _add(package, "color.png", colour_icon())
        _add(package, "outline.png", outline_icon())


def main() -> int:
    settings = {**dotenv_values(ROOT / ".env"), **os.environ}
    return _package({name: (value or "").strip() for name, value in settings.items()}, TARGET, SLACK_TARGET)


def _package(settings: Mapping[str, str], teams: Path, slack: Path) -> int:
    """0 where all that is asked for was written; what was not is told, with what to set."""
    slack_app = slack_app_from(settings)
    wants_teams = slack_app is None or any(settings.get(name) for name in _OF_TEAMS)
    whole = _package_teams(settings, teams) if wants_teams else True
    if not wants_teams:
        print("Ingenting av Teams er satt (SAKSGANG_APP_ID): ingen Teams-pakke.")
    if slack_app is None:
        print(f"Kan ikke lage Slack-manifestet:\n{_NO_ADDRESS}\nSe docs/how-to/install-slack.md.", file=sys.stderr)
        return 1
    slack.parent.mkdir(parents=True, exist_ok=True)
    slack.write_text(slack_manifest(slack_app), encoding="utf-8", newline="\n")
    print(f"{_shown(slack)} er klar: {slack_app.site or 'Socket Mode'}")
    return 0 if whole else 1


def _package_teams(settings: Mapping[str, str], target: Path) -> bool:
    try:
        app = app_from(settings)
    except CannotPackage as problems:
        print(f"Kan ikke lage Teams-pakken:\n{problems}\nSe docs/how-to/install-in-teams.md.", file=sys.stderr)
        return False
    build(app, target)
    print(f"{_shown(target)} er klar: app {app.app_id}, versjon {app.version}, {app.host}")
    return True


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _problems(app: App, public: str) -> list[str]:
    wrong = []
    if not _GUID.fullmatch(app.app_id):
        wrong.append("  SAKSGANG_APP_ID må være appens id i Entra, for eksempel 3f2a…-…-…: sett den.")
    if not (public.startswith("https://") and app.host):
        wrong.append("  SAKSGANG_PUBLIC_URL må være adressen til boten, med https://: sett den.")
    if len(app.organisation) > LONGEST_ORGANISATION:
        wrong.append(f"  SAKSGANG_ORGANISATION kan ha høyst {LONGEST_ORGANISATION} tegn.")
    names = ("website_url", "privacy_url", "terms_url")
    wrong += [
        f"  SAKSGANG_{name.upper()} må begynne med https://."
        for name in names
        if public and not getattr(app, name).startswith("https://")
    ]
    return wrong


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    package.writestr(entry, content)


if __name__ == "__main__":
    sys.exit(main())
