"""Nobody in who does not belong: every forgery is refused, reaches nobody and sends nothing."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.routes import Messages
from tests.bot.channels.teams.support import Edge, edge_for, guarded_config
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import APP_ID, SERVICE_URL, TENANT, FakeEntra, Key, claims
from tests.fakes.teams import Persona

Keys = dict[str, Key]
LONG_AGO = int(time.time()) - 7200


@dataclass(frozen=True)
class Forgery:
    """How the header is made, what differs in the activity, and the status it deserves."""

    name: str
    header: Callable[[FakeEntra, Keys], str | None]
    status: int = 401
    activity: dict[str, Any] = field(default_factory=dict)


def minted(key: str = "good", headers: dict[str, Any] | None = None, **changes: Any) -> Callable[..., str]:
    return lambda entra, keys: "Bearer " + entra.mint(keys[key], headers, **changes)


def unsigned(*_: object) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"Bearer {part({'alg': 'none', 'typ': 'JWT', 'kid': 'key-1'})}.{part(claims())}."


def confused(_: FakeEntra, keys: Keys) -> str:
    """HS256 with the public key as the secret."""
    pem = (
        keys["good"]
        .private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    import hashlib
    import hmac

    head, body, _unused = jwt.encode(claims(), "x" * 32, algorithm="HS256", headers={"kid": "key-1"}).split(".")
    signature = hmac.new(pem, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"Bearer {head}.{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def other_algorithm(_: FakeEntra, keys: Keys) -> str:
    return "Bearer " + jwt.encode(claims(), keys["good"].private, algorithm="RS512", headers={"kid": "key-1"})


def tampered(entra: FakeEntra, _: Keys) -> str:
    head, _unused, signature = entra.mint().split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims(extra="1")).encode()).rstrip(b"=").decode()
    return f"Bearer {head}.{body}.{signature}"


def good(entra: FakeEntra, _: Keys) -> str:
    return "Bearer " + entra.mint()


FORGERIES = [
    Forgery("none", lambda *_: None),
    Forgery("empty", lambda *_: ""),
    Forgery("garbage", lambda *_: "Bearer garbage"),
    Forgery("dots", lambda *_: "Bearer ..."),
    Forgery("bytes", lambda *_: "Bearer \u00e6\u00f8\u00e5.\u00e6.\u00f8"),
    Forgery("basic", lambda *_: "Basic dXNlcjpwYXNz"),
    Forgery("bearer alone", lambda *_: "Bearer"),
    Forgery("expired", minted(exp=LONG_AGO)),
    Forgery("no expiry", minted(exp=None)),
    Forgery("expiry as a word", minted(exp="tomorrow")),
    Forgery("endless expiry", minted(exp=10**30)),
    Forgery("not yet", minted(nbf=int(time.time()) + 7200)),
    Forgery("wrong audience", minted(aud="another-app")),
    Forgery("audience as a list", minted(aud=[APP_ID, "another-app"])),
    Forgery("no audience", minted(aud=None)),
    Forgery("wrong issuer", minted(iss="https://sts.windows.net/x/")),
    Forgery("emulator issuer", minted(iss="https://login.microsoftonline.com/botframework.com/v2.0")),
    Forgery("no issuer", minted(iss=None)),
    Forgery("another key under a known kid", minted("stranger")),
    Forgery("unknown kid", minted(headers={"kid": "key-unknown"})),
    Forgery("empty kid", minted(headers={"kid": ""})),
    Forgery("alg none", unsigned),
    Forgery("HS256 with the public key", confused),
    Forgery("RS512", other_algorithm),
    Forgery("changed claims under an old signature", tampered),
    Forgery("unknown critical header", minted(headers={"crit": ["x"], "x": 1})),
    Forgery("oversize header", lambda *_: "Bearer " + "x" * 20_000),
    Forgery("no serviceurl claim", minted(serviceurl=None), 403),
    Forgery("another serviceurl claim", minted(serviceurl="https://smba.trafficmanager.net/amer/"), 403),
    Forgery("serviceurl claim as a list", minted(serviceurl=[SERVICE_URL]), 403),
    Forgery("activity without serviceUrl", good, 403, {"serviceUrl": None}),
    Forgery("http", minted(serviceurl="http://smba.trafficmanager.net/emea/"), 403,
            {"serviceUrl": "http://smba.trafficmanager.net/emea/"}),
    Forgery("foreign host", minted(serviceurl="https://evil.example/"), 403, {"serviceUrl": "https://evil.example/"}),
    Forgery("host that ends alike", minted(serviceurl="https://evilbotframework.com/"), 403,
            {"serviceUrl": "https://evilbotframework.com/"}),
    Forgery("host in the user part", minted(serviceurl="https://smba.trafficmanager.net@evil.example/"), 403,
            {"serviceUrl": "https://smba.trafficmanager.net@evil.example/"}),
    Forgery("loopback", minted(serviceurl="https://127.0.0.1/"), 403, {"serviceUrl": "https://127.0.0.1/"}),
    Forgery("wrong tenant", good, 403, {"channelData": {"tenant": {"id": "another-tenant"}}}),
    Forgery("no tenant", good, 403, {"channelData": None, "conversation": {"id": "a:1"}}),
    Forgery("empty channel", good, 403, {"channelId": ""}),
    Forgery("channel the key is not endorsed for", good, 403, {"channelId": "slack"}),
    Forgery("key endorsed for another channel", minted("slack"), 403),
    Forgery("key without endorsements", minted("unendorsed"), 403),
]  # fmt: skip


@pytest.fixture
async def guarded(platform: FakeConnector, entra: FakeEntra) -> AsyncIterator[Edge]:
    async with edge_for(guarded_config(entra.metadata_url), platform) as running:
        yield running


def activity(**changes: Any) -> dict[str, Any]:
    payload = Persona(1, service_url=SERVICE_URL).presses("case.save", {"id": "x"}) | changes
    return {name: value for name, value in payload.items() if value is not None}


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
async def test_a_forgery_is_refused(forgery: Forgery, guarded: Edge, entra: FakeEntra, keys: Keys) -> None:
    header = forgery.header(entra, keys)
    headers = {} if header is None else {"Authorization": header}
    status, body = await guarded.post(activity(**forgery.activity), **headers)
    assert (status, body) == (forgery.status, None)
    assert guarded.receiver.turns == []
    assert guarded.platform.ledger.calls == []


async def test_the_same_activity_with_a_good_token_is_taken(guarded: Edge, entra: FakeEntra) -> None:
    for _ in range(2):  # the second time from the memory of verified tokens
        status, body = await guarded.post(activity(), Authorization=good(entra, {}))
        assert status == 200
        assert body["statusCode"] == 200
    assert len(guarded.receiver.turns) == 2


async def test_two_authorization_headers_are_refused(guarded: Edge, entra: FakeEntra) -> None:
    headers = [("Authorization", good(entra, {})), ("Authorization", good(entra, {}))]
    async with guarded.session.post(f"{guarded.url}/api/messages", json=activity(), headers=headers) as response:
        assert response.status == 401


async def test_a_remembered_token_ends_with_its_time(guarded: Edge, entra: FakeEntra) -> None:
    header = good(entra, {})
    assert (await guarded.post(activity(), Authorization=header))[0] == 200
    guarded.clock.forward(seconds=3600 + 299)
    assert (await guarded.post(activity(), Authorization=header))[0] == 200
    guarded.clock.forward(seconds=3)
    assert (await guarded.post(activity(), Authorization=header))[0] == 401


async def test_a_remembered_token_carries_no_other_activity(guarded: Edge, entra: FakeEntra) -> None:
    header = good(entra, {})
    assert (await guarded.post(activity(), Authorization=header))[0] == 200
    elsewhere = activity(serviceUrl="https://smba.trafficmanager.net/amer/")
    assert (await guarded.post(elsewhere, Authorization=header))[0] == 403


async def test_key_rotation_is_followed_once_a_minute(guarded: Edge, entra: FakeEntra, keys: Keys) -> None:
    assert (await guarded.post(activity(), Authorization=good(entra, keys)))[0] == 200
    old = good(entra, keys)
    entra.keys = [keys["next"]]
    for _ in range(3):
        assert (await guarded.post(activity(), Authorization=good(entra, keys)))[0] == 401
    assert entra.key_fetches == 1
    guarded.clock.forward(seconds=61)
    assert (await guarded.post(activity(), Authorization=good(entra, keys)))[0] == 200
    assert (await guarded.post(activity(), Authorization=old))[0] == 401
    assert entra.key_fetches == 2


async def test_without_keys_it_says_so_and_recovers(guarded: Edge, entra: FakeEntra, keys: Keys) -> None:
    entra.broken = True
    assert (await guarded.post(activity(), Authorization=good(entra, keys)))[0] == 503
    assert guarded.receiver.turns == []
    entra.broken = False
    guarded.clock.forward(seconds=6)
    assert (await guarded.post(activity(), Authorization=good(entra, keys)))[0] == 200


async def test_old_keys_serve_five_days(guarded: Edge, entra: FakeEntra) -> None:
    at = int(guarded.clock.now().timestamp())

    def lasting() -> str:
        return "Bearer " + entra.mint(exp=at + 30 * 86_400)

    assert (await guarded.post(activity(), Authorization=lasting()))[0] == 200
    entra.broken = True
    guarded.clock.forward(days=4, hours=23)
    assert (await guarded.post(activity(), Authorization=lasting()))[0] == 200
    guarded.clock.forward(hours=2)
    assert (await guarded.post(activity(), Authorization=lasting()))[0] == 503


@pytest.mark.parametrize("missing", ["app_id", "tenant_id", "credential"])
def test_no_configuration_without_credentials(missing: str) -> None:
    whole = {"app_id": APP_ID, "tenant_id": TENANT, "credential": None, missing: ""}
    with pytest.raises(ValueError, match=missing):
        TeamsConfig(**whole)  # type: ignore[arg-type]  # one value at a time is taken away


async def test_no_route_without_a_token_check(guarded: Edge) -> None:
    whole = guarded.inbound.messages
    with pytest.raises(ValueError, match="token check"):
        Messages(whole.config, None, whole.adapter, whole.handler, whole.flights)
