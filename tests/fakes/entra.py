"""Entra ID and the Bot Framework's key server on 127.0.0.1: keys with endorsements, rotation, tokens, also forged.

In a test: ``async with FakeEntra() as entra``. As a program: ``python -m tests.fakes.entra --port N``, with
``POST /_mint`` (``{"claims": {…}}``) and ``POST /_rotate``.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import ssl
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.fakes.serving import Served, run_as_program

APP_ID = "11111111-2222-4333-8444-555555555555"
TENANT = "99999999-8888-4777-8666-555555555555"
ISSUER = "https://api.botframework.com"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"


@dataclass(frozen=True)
class Key:
    """A signing key as the platform has it: private here, public in the key document."""

    kid: str
    private: rsa.RSAPrivateKey
    endorsements: tuple[str, ...] = ("msteams",)

    def as_jwk(self) -> dict[str, Any]:
        """The public half, with its endorsements."""
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": _base64(numbers.n),
            "e": _base64(numbers.e),
            "endorsements": list(self.endorsements),
        }


def new_key(kid: str, endorsements: tuple[str, ...] = ("msteams",), bits: int = 2048) -> Key:
    """A fresh key pair."""
    return Key(kid, rsa.generate_private_key(public_exponent=65537, key_size=bits), endorsements)


def claims(**changes: Any) -> dict[str, Any]:
    """The claims of a good token, changed; a claim set to None is left out."""
    now = int(time.time())
    good: dict[str, Any] = {
        "iss": ISSUER,
        "aud": APP_ID,
        "nbf": now - 10,
        "exp": now + 3600,
        "serviceurl": SERVICE_URL,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


@dataclass
class FakeEntra:
    """The server. ``broken`` makes every answer a 503, ``refusal`` is the error its token endpoint gives.

    ``lifetime`` is that of tokens it issues, in seconds.
    """

    keys: list[Key] = field(default_factory=lambda: [new_key("key-1")])
    broken: bool = False
    refusal: str = ""
    lifetime: int = 3600
    tls: ssl.SSLContext | None = None
    key_fetches: int = 0
    token_requests: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._served = Served(self.build_app(), self.tls)

    async def __aenter__(self) -> FakeEntra:
        await self._served.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._served.stop()

    @property
    def url(self) -> str:
        return self._served.url

    @property
    def port(self) -> int:
        return self._served.port

    @property
    def metadata_url(self) -> str:
        """Where the Bot Framework's OpenID document is."""
        return f"{self.url}/v1/.well-known/openidconfiguration"

    def rotate(self) -> Key:
        """A new key signs from now on; the old ones are gone from the document."""
        key = new_key(f"key-{next(self._ids) + 1}", self.keys[0].endorsements)
        self.keys = [key]
        return key

    def mint(self, key: Key | None = None, headers: dict[str, Any] | None = None, **changes: Any) -> str:
        """A token signed by a key of the server, or by any other one, with claims changed."""
        signer = key or self.keys[0]
        named = {"kid": signer.kid} | (headers or {})
        return jwt.encode(claims(**changes), signer.private, algorithm="RS256", headers=named)

    def build_app(self) -> web.Application:
        """The documents, the token endpoint and the remote control."""
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._authority)
        app.router.add_get("/common/discovery/instance", self._instances)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/_mint", self._mint)
        app.router.add_post("/_rotate", self._rotate)
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{_origin(request)}/v1/.well-known/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_fetches += 1
        if self.broken:
            return web.Response(status=503)
        return web.json_response({"keys": [key.as_jwk() for key in self.keys]})

    async def _authority(self, request: web.Request) -> web.Response:
        base = f"https://login.microsoftonline.com/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _instances(self, _: web.Request) -> web.Response:
        host = "login.microsoftonline.com"
        entry = {"preferred_network": host, "preferred_cache": "login.windows.net", "aliases": [host]}
        return web.json_response({"tenant_discovery_endpoint": "", "metadata": [entry]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.token_requests.append({name: str(value) for name, value in form.items()})
        if self.broken:
            return web.json_response({"error": "temporarily_unavailable"}, status=503)
        if self.refusal:
            return web.json_response({"error": self.refusal, "error_description": "refused"}, status=401)
        token = f"token-{len(self.token_requests)}"
        return web.json_response({"token_type": "Bearer", "access_token": token, "expires_in": self.lifetime})

    async def _mint(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        return web.json_response({"token": self.mint(**wanted.get("claims", {}))})

    async def _rotate(self, _: web.Request) -> web.Response:
        return web.json_response({"kid": self.rotate().kid})


def _origin(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"


def _base64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _build(_: argparse.Namespace) -> web.Application:
    return FakeEntra().build_app()


if __name__ == "__main__":
    run_as_program(__doc__ or "", _build)
