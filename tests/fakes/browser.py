"""A browser without scripts: opens a page, fills in its forms by their labels, presses a button, follows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import aiohttp

_EMPTY: Final = frozenset({"meta", "input", "br", "link", "img"})


@dataclass
class Control:
    """An input, or a button with what it says."""

    kind: str
    name: str
    value: str = ""
    id: str = ""
    checked: bool = True
    words: str = ""
    group: str = ""
    """The legend it stands under."""


@dataclass
class Form:
    method: str
    controls: list[Control] = field(default_factory=list)

    def pairs(self) -> list[tuple[str, str]]:
        """What would be sent without any button."""
        return [(c.name, c.value) for c in self.controls if c.kind != "button" and c.checked]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.text: list[str] = []
        self.lang = ""
        self.headings: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._select: Control | None = None
        self._legend = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _EMPTY:
            self._open.append((tag, given))
        match tag:
            case "html":
                self.lang = given.get("lang", "")
            case "form":
                self.forms.append(Form(given.get("method", "get")))
            case "input":
                ticks = given.get("type") in ("radio", "checkbox")
                self._add(Control(given["type"], given["name"], given.get("value", ""), given.get("id", ""),
                                  "checked" in given if ticks else True))  # fmt: skip
            case "textarea" | "button":
                self._add(Control(tag, given.get("name", ""), given.get("value", ""), given.get("id", "")))
            case "select":
                self._select = Control(tag, given["name"], "", given.get("id", ""))
                self._add(self._select)
            case "option" if self._select is not None and "selected" in given:
                self._select.value = given["value"]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        tag, given = self._open[-1] if self._open else ("", {})
        inside = {name for name, _given in self._open}
        if tag == "style":
            return
        if tag == "textarea":
            self.forms[-1].controls[-1].value += data.removeprefix("\n")
        if "button" in inside:
            self.forms[-1].controls[-1].words += data
        if tag == "label":
            self.labels[given["for"]] = self.labels.get(given["for"], "") + data
        if tag == "a":
            self.links[data] = given.get("href", "")
        if tag == "legend":
            self._legend = data.strip()
        if tag == "h1":
            self.headings.append(data)
        self.text.append(data)

    def _add(self, control: Control) -> None:
        if self.forms:
            control.group = self._legend
            self.forms[-1].controls.append(control)


@dataclass
class Page:
    """What a person sees. ``fill`` by labels; ``press`` sends the form that has the button."""

    http: aiohttp.ClientSession
    url: str
    status: int
    html: str
    headers: Mapping[str, str]

    def __post_init__(self) -> None:
        self._read = _Reader()
        self._read.feed(self.html)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._read.text).split())

    @property
    def heading(self) -> str:
        (one,) = self._read.headings
        return one

    @property
    def language(self) -> str:
        return self._read.lang

    @property
    def links(self) -> Mapping[str, str]:
        return self._read.links

    @property
    def controls(self) -> list[Control]:
        return [control for form in self._read.forms for control in form.controls]

    @property
    def buttons(self) -> list[str]:
        return [c.words.strip() for form in self._read.forms for c in form.controls if c.kind == "button"]

    def value(self, label: str) -> str:
        return self._control(label).value

    def fill(self, label: str, value: str) -> Page:
        self._control(label).value = value
        return self

    def tick(self, label: str) -> Page:
        """A round button takes the mark from the others of its name."""
        chosen = self._control(label)
        for form in self._read.forms:
            for one in form.controls:
                if chosen.kind == "radio" and one.name == chosen.name:
                    one.checked = False
        chosen.checked = True
        return self

    def choose(self, legend: str, option: str) -> Page:
        """One of the round buttons under a legend, or of a list that unfolds."""
        ids = [where for where, words in self._read.labels.items() if words.strip() == option]
        found = [c for form in self._read.forms for c in form.controls if c.group == legend and c.id in ids]
        assert found, f"no «{option}» under «{legend}»: {self.words}"
        found[0].checked = True
        return self

    def sent_by(self, button: str) -> list[tuple[str, str]]:
        """What pressing the button would send."""
        form, pressed = self._button(button)
        return [*form.pairs(), *([(pressed.name, pressed.value)] if pressed.name else [])]

    async def press(self, button: str) -> Page:
        form, _pressed = self._button(button)
        pairs = self.sent_by(button)
        return await send(self.http, self.url, pairs) if form.method == "post" else await visit(self.http, self.url)

    def _button(self, words: str) -> tuple[Form, Control]:
        found = [
            (form, c)
            for form in self._read.forms
            for c in form.controls
            if c.kind == "button" and c.words.strip() == words
        ]
        assert found, f"no button «{words}»; there are {self.buttons}: {self.words}"
        return found[0]

    def _control(self, label: str) -> Control:
        ids = [where for where, words in self._read.labels.items() if words.strip() == label]
        found = [c for form in self._read.forms for c in form.controls if c.id in ids]
        assert found, f"no field «{label}»; there are {list(self._read.labels.values())}"
        return found[0]


async def visit(http: aiohttp.ClientSession, url: str, **options: str) -> Page:
    async with http.get(url, allow_redirects=False, headers=options) as answer:
        return Page(http, url, answer.status, await answer.text(), dict(answer.headers))


async def send(http: aiohttp.ClientSession, url: str, pairs: list[tuple[str, str]]) -> Page:
    async with http.post(url, data=pairs, allow_redirects=False) as answer:
        return Page(http, url, answer.status, await answer.text(), dict(answer.headers))
