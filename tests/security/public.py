"""Microsoft's names on this machine: Entra and a Connector under TLS, reached through a proxy, trusted by one file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.certificates import tls_for
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import APP_ID, TENANT, FakeEntra, Key, new_key
from tests.fakes.proxy import FakeProxy

ENTRA, CONNECTOR = "login.microsoftonline.com", "smba.trafficmanager.net"
SECRET = "kanari-hemmelighet-7f3a"  # the canary greps for it


@dataclass(frozen=True)
class Public:
    """``entra`` signs what comes in and gives the bot its token; ``keys`` are those of the token table."""

    entra: FakeEntra
    keys: dict[str, Key]
    platform: FakeConnector
    proxy: FakeProxy
    settings: dict[str, str]


@asynccontextmanager
async def microsoft(folder: Path) -> AsyncIterator[Public]:
    """What the bot needs to believe that it is on the internet, and the settings of a real installation."""
    contexts = {}
    bundle = b""
    for host in (ENTRA, CONNECTOR):
        place = folder / host
        place.mkdir()
        contexts[host], _client = tls_for(host, place)
        pem = (place / "server.pem").read_bytes()
        bundle += pem[pem.index(b"-----BEGIN CERTIFICATE") :]
    trusted = folder / "trusted.pem"
    trusted.write_bytes(bundle)
    keys = _keys()
    signing = [keys["good"], keys["slack"], keys["unendorsed"]]
    async with (
        FakeEntra(keys=signing) as public_keys,
        FakeEntra(keys=signing, tls=contexts[ENTRA]) as entra,
        FakeConnector(tls=contexts[CONNECTOR]) as platform,
        FakeProxy({ENTRA: entra.port, CONNECTOR: platform.port}) as proxy,
    ):
        settings = {
            "SAKSGANG_APP_ID": APP_ID,
            "SAKSGANG_TENANT_ID": TENANT,
            "SAKSGANG_APP_SECRET": SECRET,
            "SAKSGANG_ALLOWED_TENANTS": TENANT,
            "SAKSGANG_OPENID_METADATA_URL": public_keys.metadata_url,
            "SAKSGANG_ACTS_PER_MINUTE": "0",
            "HTTPS_PROXY": proxy.url,
            "https_proxy": proxy.url,
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "SSL_CERT_FILE": str(trusted),
            "REQUESTS_CA_BUNDLE": str(trusted),
        }
        yield Public(entra, keys, platform, proxy, settings)


def _keys() -> dict[str, Key]:
    return {
        "good": new_key("key-1"),
        "stranger": new_key("key-1"),
        "slack": new_key("key-slack", endorsements=("slack",)),
        "unendorsed": new_key("key-bare", endorsements=()),
    }
