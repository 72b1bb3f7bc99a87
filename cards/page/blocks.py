"""The blocks of a message as HTML, with the classes of ``cards.page.style``. Inputs are ``cards.page.fields``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cards.i18n import _
from cards.message import Banner, Block, Facts, Inputs, LongText, Message, Meter, Open, Paragraph, Steps
from cards.page.document import line, lines
from cards.plain import field_answer
from cards.safe import may_be_opened, one_line
from cards.signs import MISSING, NOTHING, PRESENT, STEP_SIGNS, STEP_WORDS, TONE_SIGNS


@dataclass(frozen=True, slots=True)
class Rank:
    """Of the headings inside: 2 below the page's own."""

    number: int = 2

    def heading(self, text: str) -> str:
        return f"<h{self.number}>{line(text)}</h{self.number}>"


def drawn(block: Block, rank: Rank) -> str:
    """One block; inputs as what stands in them."""
    return _DRAWINGS[type(block)](block, rank)


def signed(title: str, message: Message) -> str:
    """A title with the sign of the message's tone, which no colour says here."""
    return f"{TONE_SIGNS[message.tone]} {title}" if message.tone != "default" else title


def links(message: Message) -> Iterable[str]:
    """What the message opens."""
    for button in message.buttons:
        if isinstance(button, Open) and may_be_opened(button.url):
            url = escape(one_line(button.url).replace(" ", "%20"))
            yield f'<p><a href="{url}" rel="noopener noreferrer">{line(button.label)}</a></p>'


def rows(pairs: Iterable[tuple[str, str]]) -> str:
    """Labels and values; the values are harmless HTML already."""
    body = "\n".join(f"<div><dt>{line(label)}</dt><dd>{value}</dd></div>" for label, value in pairs)
    return f"<dl>\n{body}\n</dl>" if body else ""


def said(text: str) -> str:
    return f'<span class="text">{lines(text)}</span>' if text.strip() else NOTHING


def _paragraph(block: Paragraph, _rank: Rank) -> str:
    sign = f"{TONE_SIGNS[block.tone]} " if block.tone != "default" else ""
    text = f"{sign}{lines(block.text)}"
    classes = "text small" if block.small else "text"
    return f'<p class="{classes}">{f"<strong>{text}</strong>" if block.strong else text}</p>'


def _banner(block: Banner, _rank: Rank) -> str:
    sign = f"{TONE_SIGNS[block.tone]} " if block.tone != "default" else ""
    return f'<p class="note {block.tone} text"><strong>{sign}{lines(block.text)}</strong></p>'


def _facts(block: Facts, _rank: Rank) -> str:
    return rows((label, said(value)) for label, value in block.rows)


def _long_text(block: LongText, rank: Rank) -> str:
    text = f'<p class="text">{lines(block.text) or NOTHING}</p>'
    if block.folded:
        return f"<details><summary>{line(block.label)}</summary>\n{text}</details>"
    return f"{rank.heading(block.label)}\n{text}"


def _list(items: Iterable[str]) -> str:
    """Signs stand for bullets. The role is said as one reader forgets it where there are no bullets."""
    body = "\n".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="plain" role="list">\n{body}\n</ul>' if body else ""


def _steps(block: Steps, _rank: Rank) -> str:
    items = []
    for step in block.steps:
        label = f"{STEP_SIGNS[step.state]} {line(step.label)}"
        rest = " · ".join(filter(None, (escape(_(STEP_WORDS[step.state])), line(step.detail))))
        items.append(f"<strong>{label}</strong> · {rest}" if step.state == "current" else f"{label} · {rest}")
    return _list(items)


def _meter(block: Meter, rank: Rank) -> str:
    count = _("{done} av {total} på plass", done=block.done, total=block.total)
    items = (
        f"{PRESENT} {line(item.label)}"
        if item.present
        else f"{MISSING} <strong>{line(item.label)}</strong> – {escape(_('mangler'))}"
        for item in block.items
    )
    return f"{rank.heading(f'{block.label} · {count}')}\n{_list(items)}".rstrip()


def _inputs(block: Inputs, rank: Rank) -> str:
    body = rows((field.label, said(field_answer(field))) for field in block.fields)
    return f"{rank.heading(block.heading)}\n{body}" if block.heading and body else body


_DRAWINGS: Final[dict[type[Block], Callable[[Any, Rank], str]]] = {
    Paragraph: _paragraph,
    Banner: _banner,
    Facts: _facts,
    LongText: _long_text,
    Steps: _steps,
    Meter: _meter,
    Inputs: _inputs,
}
