"""A Word file that was edited, taken in again: the texts of its fields, and all else that was found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, TypeAlias

from lxml import etree

from cards.documents.word_lists import W, lists, placeholder_styles
from cards.documents.word_names import BARE, DIGEST, NOTE, OBJECT, TEXT, TITLE, VERSION, fingerprint
from cards.documents.word_package import Package, Unfit, UnfitFile, opened
from cards.documents.word_walk import Walk
from cards.documents.word_zones import Comment, Problem, ReadBack, Zone

_MOST_PROBLEMS: Final = 200
_MOST_COMMENTS: Final = 500
_LONGEST_VERSION: Final = 9


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not taken in."""

    reason: Unfit


def from_docx(data: bytes) -> ReadBack | Unreadable:
    """Any bytes may come. A file that nobody edited gives the very texts that went into it.

    Takes the processor for some milliseconds, a second for the largest: not to be called in the event loop.
    """
    try:
        return _read(data)
    except UnfitFile as error:
        return Unreadable(error.reason)


def _read(data: bytes) -> ReadBack:
    package, main = opened(data)
    object_id, version, digest = _identity(package)
    parts = package.related(main)
    walk = _walked(package, main, parts)
    found = _found(walk.zones)
    return ReadBack(
        object_id=object_id,
        version=version,
        digest=digest,
        sections=found.sections,
        problems=_bounded([*walk.problems, *found.problems]),
        comments=tuple(_comments(_root(package, parts, "comments"), walk.commented)),
        title=found.title,
        headings=found.headings,
    )


def _identity(package: Package) -> tuple[str, int, str]:
    rows = _root(package, package.related(""), "custom-properties")
    told = {row.get("name", ""): "".join(map(str, row.itertext())) for row in (() if rows is None else rows)}
    version = told.get(VERSION, "")
    if OBJECT not in told or DIGEST not in told or not version.isdecimal() or len(version) > _LONGEST_VERSION:
        raise UnfitFile(Unfit.NOT_OURS)
    return told[OBJECT], int(version), told[DIGEST]


def _root(package: Package, parts: Mapping[str, str], name: str) -> etree._Element | None:
    return package.part(parts[name]) if name in parts else None


def _walked(package: Package, main: str, parts: Mapping[str, str]) -> Walk:
    document, styles = package.part(main), _root(package, parts, "styles")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise UnfitFile(Unfit.DAMAGED)
    notes = {
        (kind, one.get(f"{W}id", "")): _plain(one)
        for kind in ("footnote", "endnote")
        for one in _children(_root(package, parts, f"{kind}s"), kind)
    }
    walk = Walk(lists(_root(package, parts, "numbering"), styles), placeholder_styles(styles), notes)
    walk.whole(body)
    return walk


def _children(root: etree._Element | None, name: str) -> Iterable[etree._Element]:
    return () if root is None else root.iterchildren(f"{W}{name}")


def _plain(element: etree._Element) -> str:
    """The words of a comment or footnote, one paragraph a line."""
    parts = ("\n" if one.tag == f"{W}p" else one.text or "" for one in element.iter(f"{W}p", f"{W}t"))
    return "".join(parts).strip()


def _comments(root: etree._Element | None, places: Mapping[str, str]) -> Iterator[Comment]:
    for number, one in enumerate(_children(root, "comment")):
        if number < _MOST_COMMENTS:
            yield Comment(one.get(f"{W}author", ""), _plain(one), places.get(one.get(f"{W}id", ""), ""))


# ---------------------------------------------------------------- what the zones say together


@dataclass(slots=True)
class _Found:
    sections: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    title: str = ""
    problems: list[Problem] = field(default_factory=list)


_Grouped: TypeAlias = dict[tuple[str, str], dict[str, list[str]]]
"""The texts of every part: by kind and id, then by the number of the control."""


def _found(zones: Iterable[Zone]) -> _Found:
    found = _Found()
    grouped: _Grouped = {}
    for zone in zones:
        grouped.setdefault((zone.kind, zone.id), {}).setdefault(zone.control, []).append(zone.sink.text())
        if zone.authors:
            found.problems.append(Problem("tracked", zone.id, ", ".join(sorted(zone.authors - {""}))))
    for (kind, name), controls in grouped.items():
        _sort(found, kind, name, list(dict.fromkeys("\n".join(pieces) for pieces in controls.values())))
    return found


def _sort(found: _Found, kind: str, name: str, texts: list[str]) -> None:
    """``texts``: what the copies of a part say; one that says the same as another is none."""
    if kind == TEXT and len(texts) == 1:
        found.sections[name] = texts[0]
    elif kind == TEXT:
        found.problems += [Problem("duplicate", name, text) for text in texts]
    elif kind == TITLE:
        found.title = texts[0]
    elif kind == NOTE:
        found.problems += [Problem("outside", "", text) for text in texts if fingerprint(text) != name]
    else:
        _heading(found, kind, name, texts)


def _heading(found: _Found, kind: str, name: str, texts: list[str]) -> None:
    found.headings[name] = texts[0]
    if kind == BARE:
        found.sections.setdefault(name, "")
    found.problems += [Problem("duplicate", name, text) for text in texts[1:]]


def _bounded(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    rest = Problem("more", "", str(len(problems) - _MOST_PROBLEMS))
    return tuple(chain(problems[:_MOST_PROBLEMS], [rest]))
