"""Is a ZIP what it says: the checksums of its own list, nothing beside it, its XML valid where a schema is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from zipfile import ZipFile

from lxml import etree

from bot.archive.bundle import CHECKSUMS
from bot.archive.placing import fingerprint
from bot.archive.structure import FILE

SCHEMA: Final = "arkivstruktur.xsd"
"""As the National Archives (Arkivverket) publish it, beside ``metadatakatalog.xsd``, which it asks for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``what``: ``differs``, ``absent`` (named in the list), ``unlisted`` or ``invalid`` (``why`` says where)."""

    what: str
    path: str
    why: str = ""


def check_bundle(path: Path, schemas: Path | None = None) -> tuple[Fault, ...]:
    """What is wrong with it. ``schemas`` is a folder with :data:`SCHEMA` and what that imports.

    Errors: ``OSError`` where a file cannot be read, ``zipfile.BadZipFile`` for what is no ZIP,
    ``lxml.etree.LxmlError`` for a schema that is none.
    """
    with ZipFile(path) as archive:
        faults = list(_summed(archive))
        if schemas is not None and FILE in archive.namelist():
            with archive.open(FILE) as structure:
                faults += _invalid(structure, schemas / SCHEMA)
    return tuple(faults)


def _summed(archive: ZipFile) -> Iterator[Fault]:
    listed = _listed(archive)
    there = set(archive.namelist()) - {CHECKSUMS}
    for name, sha256 in listed.items():
        if name not in there:
            yield Fault("absent", name)
            continue
        with archive.open(name) as content:
            if fingerprint(content)[0] != sha256:
                yield Fault("differs", name)
    yield from (Fault("unlisted", name) for name in sorted(there - set(listed)))


def _listed(archive: ZipFile) -> dict[str, str]:
    lines = archive.read(CHECKSUMS).decode("utf-8").splitlines()
    return {name: sha256 for sha256, _gap, name in (line.partition("  ") for line in lines)}


def _invalid(structure: IO[bytes], schema: Path) -> Iterator[Fault]:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=False)
    rules = etree.XMLSchema(etree.parse(str(schema), parser))
    if not rules.validate(etree.parse(structure, parser)):
        yield from (Fault("invalid", FILE, line) for line in str(rules.error_log).splitlines())
