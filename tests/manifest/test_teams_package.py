"""The Teams package: valid against Microsoft's schema, the right pictures, the ids of the settings."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from manifest.package import LANGUAGES, CannotPackage, app_from, build
from manifest.teams.icons import OUTLINE_ICON, draw

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
SETTINGS = {
    "SAKSGANG_APP_ID": "3f2a4b6c-1d2e-4f5a-8b9c-0d1e2f3a4b5c",
    "SAKSGANG_PUBLIC_URL": "https://saksgang.sykehus.example/",
    "SAKSGANG_ORGANISATION": 'Helse "Sør-Øst"',
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("dist") / "saksgang-teams.zip"
    build(app_from(SETTINGS), target)
    return zipfile.ZipFile(target)


@pytest.fixture(scope="module")
def manifest(package: zipfile.ZipFile) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(package.read("manifest.json"))
    return content


def schema_errors(schema: str, content: Any) -> list[str]:
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message}" for error in Draft4Validator(rules).iter_errors(content)]


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def test_the_manifest_is_valid(manifest: dict[str, Any]) -> None:
    assert schema_errors("teams-manifest-1.30.json", manifest) == []


def test_the_schema_would_refuse_a_thirteenth_command(manifest: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(manifest))
    commands = broken["bots"][0]["commandLists"][0]["commands"]
    commands.extend({"title": f"nummer {number}"} for number in range(13 - len(commands)))
    assert len(schema_errors("teams-manifest-1.30.json", broken)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_valid_and_says_all(
    package: zipfile.ZipFile, manifest: dict[str, Any], language: str
) -> None:
    content = json.loads(package.read(language))
    assert schema_errors("teams-localization-1.30.json", content) == []
    wanted = {"$schema", "name.short", "name.full", "description.short", "description.full"}
    for number, group in enumerate(manifest["bots"][0]["commandLists"]):
        for place, command in enumerate(group["commands"]):
            wanted |= {f"bots[0].commandLists[{number}].commands[{place}].{key}" for key in command}
    assert set(content) == wanted


def test_the_package_holds_what_the_manifest_names(package: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    named = {language["file"] for language in manifest["localizationInfo"]["additionalLanguages"]}
    named |= set(manifest["icons"].values()) | {"manifest.json"}
    assert set(package.namelist()) == named


def test_ids_and_addresses_come_from_the_settings(manifest: dict[str, Any]) -> None:
    assert manifest["id"] == manifest["bots"][0]["botId"] == SETTINGS["SAKSGANG_APP_ID"]
    assert manifest["validDomains"] == ["saksgang.sykehus.example"]
    assert manifest["developer"]["name"] == SETTINGS["SAKSGANG_ORGANISATION"]
    assert manifest["developer"]["privacyUrl"] == "https://saksgang.sykehus.example"


def test_files_can_be_sent_to_the_bot(manifest: dict[str, Any]) -> None:
    assert manifest["bots"][0]["supportsFiles"] is True


@pytest.mark.parametrize(("name", "side"), [("color.png", 192), ("outline.png", 32)])
def test_icons_have_the_sizes_teams_wants(package: zipfile.ZipFile, name: str, side: int) -> None:
    assert png_size(package.read(name)) == (side, side)


def test_the_outline_is_white_on_nothing() -> None:
    pixels = draw(OUTLINE_ICON, 32)
    seen = {pixels[start : start + 4] for start in range(0, len(pixels), 4)}
    assert {pixel[:3] for pixel in seen if pixel[3]} == {b"\xff\xff\xff"}
    assert b"\0\0\0\0" in seen


def test_the_colour_icon_fills_its_square(package: zipfile.ZipFile) -> None:
    raw = package.read("color.png")
    length = struct.unpack(">I", raw[33:37])[0]
    rows = zlib.decompress(raw[41 : 41 + length])
    assert {rows[start + 3] for row in range(192) for start in range(row * 769 + 1, row * 769 + 769, 4)} == {255}


def test_the_same_settings_give_the_same_bytes(package: zipfile.ZipFile, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    build(app_from(SETTINGS), again)
    assert package.filename is not None
    assert again.read_bytes() == Path(package.filename).read_bytes()


def test_everything_missing_is_named_at_once() -> None:
    with pytest.raises(CannotPackage) as refused:
        app_from({})
    assert "SAKSGANG_APP_ID" in str(refused.value)
    assert "SAKSGANG_PUBLIC_URL" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAKSGANG_APP_ID", "saksgang"),
        ("SAKSGANG_PUBLIC_URL", "http://saksgang.sykehus.example"),
        ("SAKSGANG_PRIVACY_URL", "http://sykehus.example/personvern"),
        ("SAKSGANG_ORGANISATION", "x" * 33),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(CannotPackage, match=name):
        app_from({**SETTINGS, name: value})
