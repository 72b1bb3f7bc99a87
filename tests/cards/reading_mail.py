"""The HTML of a mail as a browser's parser sees it, and what mail readers would make a link of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br"}
BARE_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://\S|\bwww\.\w|\b[\w-]+\.[^\W\d_]{2,}|[\w.+-]@[\w-]|\\\\\w|\b(?:mailto|tel|file):[^\s\u2060]",
    re.IGNORECASE,
)
"""Wider than any reader's own: a word, a dot and two letters are a link already."""


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]


@dataclass
class Page(HTMLParser):
    """``problems`` names each tag that was closed wrongly or never."""

    tags: list[Tag] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"an attribute twice in <{tag}>")
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> where it does not belong")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"a comment: {data}")

    def close(self) -> None:
        super().close()
        self.problems.extend(f"<{tag}> never closed" for tag in self._open)

    def all(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())


def read_page(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page
