"""The Slack manifest: valid by the published rules, with this installation's address, asking for what is used alone."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.channels.slack.interactions import COMMAND, REPORT
from manifest.package import _package
from manifest.slack.build import TEMPLATE, SlackApp, slack_app_from, slack_manifest
from tests.manifest.slack_scopes import for_events, for_methods

SCHEMA = Path(__file__).resolve().parents[1] / "schemas" / "slack-manifest.json"
SITE = "saksgang.sykehus.example"
URL = {"SAKSGANG_PUBLIC_URL": f"https://{SITE}/"}
TEAMS = {"SAKSGANG_APP_ID": "3f2a4b6c-1d2e-4f5a-8b9c-0d1e2f3a4b5c"}
ROUTE = "/slack/events"
BESIDES = {"commands", "files:read", "users:read.email"}
"""For ``/sak`` and the shortcut, a file's address, the address in a profile: no event or method names these."""
EDGE = Path(__file__).resolve().parents[2] / "bot" / "channels" / "slack"


def problems(manifest: Any) -> list[str]:
    rules = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message}" for error in Draft7Validator(rules).iter_errors(manifest)]


def made(app: SlackApp) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(slack_manifest(app))
    return content


@pytest.fixture
def manifest() -> dict[str, Any]:
    return made(SlackApp(SITE))


@pytest.mark.parametrize("app", [SlackApp(SITE), SlackApp("a.example:8443/bot"), SlackApp(None)])
def test_it_is_valid(app: SlackApp) -> None:
    assert problems(made(app)) == []


def test_the_template_itself_is_yaml_that_slack_would_take_but_for_the_address() -> None:
    assert problems(yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))) == []


def _command(manifest: dict[str, Any]) -> dict[str, Any]:
    command: dict[str, Any] = manifest["features"]["slash_commands"][0]
    return command


BREAKS: list[Callable[[dict[str, Any]], object]] = [
    lambda m: m["display_information"].update(name="S" * 36),
    lambda m: m["display_information"].update(description="S" * 141),
    lambda m: m["display_information"].update(long_description="for kort"),
    lambda m: m["display_information"].update(long_description="S" * 4001),
    lambda m: m["display_information"].update(background_color="grønn"),
    lambda m: m["features"]["bot_user"].pop("display_name"),
    lambda m: m["features"]["shortcuts"][0].update(name="Meld denne meldingen som sak"),
    lambda m: m["features"]["shortcuts"][0].update(type="melding"),
    lambda m: m["features"]["shortcuts"][0].pop("description"),
    lambda m: _command(m).update(command="sak"),
    lambda m: _command(m).update(command="/" + "s" * 32),
    lambda m: _command(m).update(url="http://saksgang.sykehus.example/slack/events"),
    lambda m: _command(m).pop("url"),
    lambda m: _command(m).update(usage_hint=""),
    lambda m: m["settings"]["event_subscriptions"].pop("request_url"),
    lambda m: m["settings"]["event_subscriptions"]["bot_events"].append("message.im"),
    lambda m: m["settings"]["interactivity"].pop("request_url"),
    lambda m: m["settings"].update(socket_mode_enabled="nei"),
    lambda m: m["oauth_config"]["scopes"]["bot"].append("chat:write"),
    lambda m: m.update(icons={}),
]


@pytest.mark.parametrize("break_", BREAKS)
def test_the_rules_catch_what_slack_refuses(
    manifest: dict[str, Any], break_: Callable[[dict[str, Any]], object]
) -> None:
    broken = copy.deepcopy(manifest)
    break_(broken)
    assert len(problems(broken)) == 1


def test_everything_comes_to_one_address(manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    named = {
        _command(manifest)["url"],
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
    }
    assert named == {f"https://{SITE}{ROUTE}"}
    assert settings["socket_mode_enabled"] is False


def test_socket_mode_names_no_address_and_is_the_same_otherwise(manifest: dict[str, Any]) -> None:
    text = slack_manifest(SlackApp(None))
    assert "https://" not in text
    socket = yaml.safe_load(text)
    assert socket["settings"].pop("socket_mode_enabled") is True
    manifest["settings"].pop("socket_mode_enabled")
    del _command(manifest)["url"], manifest["settings"]["event_subscriptions"]["request_url"]
    del manifest["settings"]["interactivity"]["request_url"]
    assert socket == manifest


def test_the_command_and_the_shortcut_are_those_that_are_read(manifest: dict[str, Any]) -> None:
    assert _command(manifest)["command"] == COMMAND
    assert _command(manifest)["should_escape"] is True, "a name typed comes as an id, never as text to be guessed at"
    assert [one["callback_id"] for one in manifest["features"]["shortcuts"]] == [REPORT]


def test_people_can_write_to_the_bot_and_have_a_home(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_every_event_is_read_and_every_one_read_is_asked_for(manifest: dict[str, Any]) -> None:
    asked = {event.partition(".")[0] for event in manifest["settings"]["event_subscriptions"]["bot_events"]}
    source = (EDGE / "events.py").read_text(encoding="utf-8")
    known = {name.partition(".")[0] for name in for_events()}
    read = {name for name in known if f'"{name}"' in source}
    assert asked == read - {"member_left_channel"}, "the bot's own leaving comes as channel_left and group_left"


def test_scopes_are_exactly_what_events_and_calls_need(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in EDGE.glob("*.py"))
    called = set(re.findall(r'\bcall\(\s*"([a-zA-Z.]+)"', source))
    assert "chat.postMessage" in called, "the calls are found"
    needed = {scope for event in events for scope in for_events()[event]}
    needed |= {scope for method in called for scope in for_methods()[method]}
    assert scopes == needed | BESIDES


@pytest.mark.parametrize(
    ("settings", "site"),
    [
        (URL, SITE),
        ({"SAKSGANG_PUBLIC_URL": f"https://{SITE}:8443/bot/"}, f"{SITE}:8443/bot"),
        ({"SAKSGANG_SLACK_SOCKET_MODE": "true"}, None),
        (URL | {"SAKSGANG_SLACK_SOCKET_MODE": "ja"}, None),
        (URL | {"SAKSGANG_SLACK_SOCKET_MODE": "false"}, SITE),
        ({"SAKSGANG_SLACK_APP_TOKEN": "xapp-1"}, None),
        (URL | {"SAKSGANG_SLACK_APP_TOKEN": "xapp-1", "SAKSGANG_SLACK_SIGNING_SECRET": "s"}, SITE),
    ],
)
def test_the_settings_choose_the_way_in(settings: dict[str, str], site: str | None) -> None:
    assert slack_app_from(settings) == SlackApp(site)


@pytest.mark.parametrize(
    "url",
    ["", "http://a.example", "https://", "https://a.example?x", 'https://a"b', "https://a b", "https://a\nb: c", "a.b"],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert slack_app_from({"SAKSGANG_PUBLIC_URL": url}) is None


def test_the_same_settings_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _package(URL | TEAMS, tmp_path / name / "t.zip", tmp_path / name / "s.yaml") == 0
    assert (tmp_path / "one" / "s.yaml").read_bytes() == (tmp_path / "two" / "s.yaml").read_bytes()
    assert (tmp_path / "one" / "t.zip").read_bytes() == (tmp_path / "two" / "t.zip").read_bytes()


def test_a_board_in_slack_alone_gets_no_teams_app(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _package(URL, tmp_path / "t.zip", tmp_path / "s.yaml") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["s.yaml"]
    assert "ingen Teams-pakke" in capsys.readouterr().out


def test_what_is_wrong_with_teams_does_not_keep_slack_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _package(URL | {"SAKSGANG_APP_ID": "saksgang"}, tmp_path / "t.zip", tmp_path / "s.yaml") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["s.yaml"]
    assert "SAKSGANG_APP_ID" in capsys.readouterr().err


def test_with_nothing_set_all_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _package({}, tmp_path / "t.zip", tmp_path / "s.yaml") == 1
    assert list(tmp_path.iterdir()) == []
    said = capsys.readouterr().err
    for name in ("SAKSGANG_APP_ID", "SAKSGANG_PUBLIC_URL", "SAKSGANG_SLACK_SOCKET_MODE"):
        assert name in said
