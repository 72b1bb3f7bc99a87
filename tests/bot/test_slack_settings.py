"""When Slack is on, what it needs, and that a board may be in either chat alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.config import PUBLIC_API
from bot.settings import Settings, missing_credentials
from bot.slack_settings import slack_config, slack_problems

TEAM = "T0HSO4711"
BOT = "xoxb-2404-2404-hemmeligBotToken"
SECRET = "8f742231b10e8888abcd99eee85a5c1d"
APP = "xapp-1-A0HSO-2404-hemmeligAppToken"
FAKE = "http://127.0.0.1:4545/api"
HTTP = {"slack_team": TEAM, "slack_bot_token": BOT, "slack_signing_secret": SECRET}
SOCKET = {"slack_team": TEAM, "slack_bot_token": BOT, "slack_app_token": APP}
TEAMS = {"app_id": "a", "tenant_id": "t", "app_secret": "hemmelig", "allowed_tenants": "t"}
SECRETS = (BOT, SECRET, APP)


def given(**values: Any) -> Settings:
    return Settings(**values, _env_file=None)


@pytest.mark.parametrize("values", [{}, TEAMS, HTTP, SOCKET, HTTP | SOCKET, HTTP | TEAMS])
def test_what_is_whole_has_no_problem(values: dict[str, Any]) -> None:
    assert slack_problems(given(**values), local=False) == ()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"slack_team": TEAM}, ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")),
        ({"slack_bot_token": BOT}, ("SLACK_TEAM", "SLACK_SIGNING_SECRET")),
        ({"slack_signing_secret": SECRET}, ("SLACK_TEAM", "SLACK_BOT_TOKEN")),
        ({"slack_app_token": APP}, ("SLACK_TEAM", "SLACK_BOT_TOKEN")),
        (HTTP | {"slack_team": "hso"}, ("SLACK_TEAM",)),
        (HTTP | {"slack_team": "E0HSO4711"}, ("SLACK_TEAM",)),
        (HTTP | {"slack_bot_token": "xoxp-1-2-abc"}, ("SLACK_BOT_TOKEN",)),
        (HTTP | {"slack_bot_token": f"{BOT} "}, ("SLACK_BOT_TOKEN",)),
        (HTTP | {"slack_bot_token": "xoxe.xoxb-1-abc"}, ("switch token rotation off",)),
        (HTTP | {"slack_signing_secret": BOT}, ("SLACK_SIGNING_SECRET",)),
        (HTTP | {"slack_signing_secret": "kort"}, ("SLACK_SIGNING_SECRET",)),
        (SOCKET | {"slack_app_token": BOT}, ("SLACK_APP_TOKEN",)),
        (HTTP | {"slack_api_url": "http://slack.com/api/"}, ("SLACK_API_URL",)),
        (HTTP | {"slack_api_url": FAKE}, ("SLACK_API_URL",)),
        (HTTP | {"slack_api_url": "https://[slack.com/api/"}, ("SLACK_API_URL",)),
        (HTTP | {"slack_api_url": "https://a:b@slack.com/api/"}, ("SLACK_API_URL",)),
        (HTTP | {"slack_api_url": "https://slack.com/api/?to=elsewhere"}, ("SLACK_API_URL",)),
        (
            {"slack_team": "hso", "slack_signing_secret": APP, "slack_api_url": "slack.com"},
            ("SLACK_BOT_TOKEN", "SLACK_TEAM", "SLACK_SIGNING_SECRET", "SLACK_API_URL"),
        ),
    ],
)
def test_every_problem_is_named_at_once_and_no_secret_with_it(values: dict[str, Any], named: tuple[str, ...]) -> None:
    problems = slack_problems(given(**values), local=False)
    assert len(problems) == len(named)
    for problem, name in zip(problems, named, strict=True):
        assert name in problem
    said = " ".join(problems)
    assert not [value for name, value in values.items() if name != "slack_team" and value in said]


@pytest.mark.parametrize("url", [FAKE, "http://localhost:1/api/", "https://[::1]:4545/api/"])
def test_local_mode_takes_a_slack_on_this_machine(url: str) -> None:
    assert slack_problems(given(**HTTP, slack_api_url=url), local=True) == ()


@pytest.mark.parametrize("url", [PUBLIC_API, "http://10.0.0.7/api/", "http://127.0.0.1.example.org/api/", "nowhere"])
def test_local_mode_never_speaks_to_another(url: str) -> None:
    (problem,) = slack_problems(given(**HTTP, slack_api_url=url), local=True)
    assert "--local" in problem


def test_nothing_set_is_no_slack() -> None:
    assert slack_config(given(), local=False) is None
    assert slack_config(given(**TEAMS), local=True) is None


def test_the_edge_is_told_what_is_set() -> None:
    settings = given(**HTTP, **TEAMS, slack_app_token=APP, slack_api_url=FAKE, acts_per_minute=7, replicas=3)
    config = slack_config(settings, local=False)
    assert config is not None
    assert (config.team, config.bot_token, config.signing_secret, config.app_token) == (TEAM, BOT, SECRET, APP)
    assert config.api_url == f"{FAKE}/"
    assert (config.acts_per_minute, config.rate_share, config.replicas, config.local) == (7, 0.75, 3, False)


def test_local_mode_keeps_no_pace_unless_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    config = slack_config(given(**HTTP, slack_api_url=FAKE), local=True)
    assert config is not None
    assert (config.rate_share, config.local) == (0.0, True)
    monkeypatch.setenv("SAKSGANG_OUTGOING_SHARE", "0.5")
    asked = slack_config(given(**HTTP, slack_api_url=FAKE), local=True)
    assert asked is not None
    assert asked.rate_share == 0.5


def test_no_secret_is_in_any_words_of_them() -> None:
    settings = given(**HTTP, slack_app_token=APP)
    config = slack_config(settings, local=False)
    assert TEAM in repr(config), "it is the real one's words that are looked at"
    for secret in SECRETS:
        assert secret not in repr(settings)
        assert secret not in repr(config)


def test_a_board_in_slack_alone_needs_nothing_of_teams() -> None:
    assert missing_credentials(given(**HTTP)) == ()
    assert missing_credentials(given(**SOCKET)) == ()


@pytest.mark.parametrize(
    "of_teams",
    [
        {"app_id": "a"},
        {"tenant_id": "t"},
        {"app_secret": "s"},
        {"app_certificate": "a.pem"},
        {"app_certificate_thumbprint": "AB"},
        {"managed_identity": True},
        {"allowed_tenants": "t"},
    ],
)
def test_with_anything_of_teams_teams_must_be_whole(of_teams: dict[str, Any]) -> None:
    missing = " ".join(missing_credentials(given(**HTTP, **of_teams)))
    names = {"SAKSGANG_APP_ID": "app_id", "SAKSGANG_TENANT_ID": "tenant_id", "SAKSGANG_ALLOWED_TENANTS": "tenants"}
    still = {name for name, field in names.items() if not getattr(given(**of_teams), field)}
    assert still
    assert {name for name in names if f"{name} is missing" in missing} == still


def test_with_nothing_at_all_both_ways_are_told() -> None:
    missing = missing_credentials(given())
    assert len(missing) == 4
    assert "SAKSGANG_SLACK_TEAM" in missing[0]
    assert "SAKSGANG_SLACK_TEAM" not in " ".join(missing_credentials(given(tenant_id="t")))
