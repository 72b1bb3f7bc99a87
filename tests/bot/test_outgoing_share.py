"""How the settings reach the pacing of outgoing calls."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.teams_settings import teams_config


def test_local_mode_is_not_paced_unless_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def share(*, local: bool) -> tuple[float, int]:
        given = Settings(app_id="a", tenant_id="t", app_secret="" if local else "s", _env_file=None)
        config = teams_config(given, local=local)
        return config.rate_share, config.replicas

    assert share(local=True) == (0.0, 1)
    assert share(local=False) == (0.75, 1)
    monkeypatch.setenv("SAKSGANG_OUTGOING_SHARE", "0.5")
    monkeypatch.setenv("SAKSGANG_REPLICAS", "3")
    assert share(local=True) == (0.5, 3)
    assert share(local=False) == (0.5, 3)
