"""One drawing for each kind of block. Slack itself folds what is long («See more»), so nothing is folded here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from cards.blockkit.text import FIELD, HEADER, Element, Run, context, linkless, plain, section, sections, signed, words
from cards.i18n import _
from cards.message import Banner, Block, Facts, Field, Inputs, LongText, Message, Meter, Paragraph, Step, Steps
from cards.plain import field_answer, field_label
from cards.safe import clean, cut, one_line
from cards.signs import MISSING, NOTHING, PRESENT, STEP_SIGNS, STEP_WORDS, TONE_SIGNS

ROWS: Final = 5
"""Rows of a table in one section: it holds ten fields."""
ANSWER: Final = 150
"""Characters of an answer that are shown in a message: it is read whole where it is filled in."""
_TABLE: Final = 300
"""Characters of a value that still stands beside its label; a longer one stands under it."""


def draw_title(message: Message) -> list[Element]:
    """A header, and the whole of a title that it has no room for."""
    title = signed(one_line(message.title), message.tone)
    if not title:
        return []
    header = {"type": "header", "text": plain(title, HEADER)}
    return [header, section((title, True))] if len(linkless(title)) > HEADER else [header]


def draw_block(block: Block, *, asked: bool = False) -> Iterable[Element]:
    """``asked``: the message's inputs are filled in somewhere, so that only what was answered is shown."""
    if isinstance(block, Inputs):
        return _answers(block) if asked else _to_copy(block)
    return _DRAWINGS[type(block)](block)


def _paragraph(block: Paragraph) -> Iterable[Element]:
    text = signed(block.text, block.tone)
    if not text.strip():
        return ()
    if block.small:
        return (context(text),)
    return (section((text, True)),) if block.strong else sections(text)


def _banner(block: Banner) -> Iterable[Element]:
    return (section((signed(block.text, block.tone), True)),) if block.text.strip() else ()


def _facts(block: Facts) -> Iterator[Element]:
    for is_long, rows in groupby(block.rows, lambda row: len(row[1]) > _TABLE):
        if is_long:
            for label, value in rows:
                yield from under(label, value)
        else:
            yield from table([(label, plain(value, FIELD)) for label, value in rows])


def table(rows: list[tuple[str, Element]]) -> Iterator[Element]:
    """Labels to the left, values to the right."""
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        fields = [text for label, value in part for text in (words((one_line(label), True), most=FIELD), value)]
        yield {"type": "section", "fields": fields}


def under(label: str, text: str) -> Iterator[Element]:
    """A text below its label, in one section where Slack's markup cannot be found in either."""
    text = clean(text).strip() or NOTHING
    whole = words((one_line(label), True), (f"\n{text}", False))
    if whole["type"] == "mrkdwn":
        yield {"type": "section", "text": whole}
    else:
        yield section((one_line(label), True))
        yield from sections(text)


def _long_text(block: LongText) -> Iterator[Element]:
    return under(block.label, block.text)


def _steps(block: Steps) -> Iterator[Element]:
    if block.steps:
        yield from lines(_step(step) for step in block.steps)


def _step(step: Step) -> list[Run]:
    rest = " · ".join(filter(None, (_(STEP_WORDS[step.state]), one_line(step.detail))))
    return [(f"{STEP_SIGNS[step.state]} {one_line(step.label)}", step.state == "current"), (f" · {rest}", False)]


def _meter(block: Meter) -> Iterator[Element]:
    count = _("{done} av {total} på plass", done=block.done, total=block.total)
    missing = _("mangler")
    items = (
        [(f"{PRESENT} {one_line(item.label)}", False)]
        if item.present
        else [(f"{MISSING} {one_line(item.label)} – {missing}", True)]
        for item in block.items
    )
    return lines(([(one_line(block.label), True), (f" · {count}", False)], *items))


def lines(runs: Iterable[list[Run]]) -> Iterator[Element]:
    """Lines in as few sections as hold them."""
    for part in _portions(list(runs)):
        yield section(*(run for number, line in enumerate(part) for run in _new_line(line, number)))


def _new_line(line: list[Run], number: int) -> list[Run]:
    return [("\n", False), *line] if number else line


_LINES: Final = 2_400
"""Characters, without the signs of bold."""


def _portions(runs: list[list[Run]]) -> Iterator[list[list[Run]]]:
    part: list[list[Run]] = []
    used = 0
    for line in runs:
        size = sum(len(text) + 2 for text, _bold in line)
        if part and used + size > _LINES:
            yield part
            part, used = [], 0
        part.append(line)
        used += size
    if part:
        yield part


def _answers(block: Inputs) -> Iterator[Element]:
    """What is filled in and what is wrong, in a table; what is not, in a line or two."""
    shown = [field for field in block.fields if _is_shown(field)]
    if block.heading and (shown or not block.folded):
        yield section((one_line(block.heading), True))
    yield from table([(field.label, _answer(field)) for field in shown])
    left = [field for field in block.fields if not _is_shown(field)]
    yield from _left_open(left, nothing=not shown)


def _left_open(fields: list[Field], *, nothing: bool) -> Iterator[Element]:
    toggles = [field for field in fields if field.kind == "toggle"]
    must = [field for field in fields if field.required and field not in toggles]
    may = [field for field in fields if field not in (*toggles, *must)]
    if must:
        yield context(_("Må fylles ut: {names}", names=_names(must)))
    if may and (must or not nothing):
        yield context(_("Ikke fylt ut: {names}", names=_names(may)))
    if toggles and nothing and not (must or may):
        yield context(_("Ingen er krysset av."))


def _names(fields: list[Field]) -> str:
    return ", ".join(one_line(field.label) for field in fields)


def _is_shown(field: Field) -> bool:
    return bool(field.error or (field_answer(field).strip() and (field.kind != "toggle" or field.value == "true")))


def _answer(field: Field) -> Element:
    answer = cut(one_line(field_answer(field)), ANSWER) or NOTHING
    return plain(f"{answer}\n{TONE_SIGNS['attention']} {field.error}" if field.error else answer, FIELD)


def _to_copy(block: Inputs) -> Iterator[Element]:
    """What no button takes along is there to be copied: letter by letter, in a kind of text that nothing parses."""
    if block.heading and block.fields:
        yield section((one_line(block.heading), True))
    for field in block.fields:
        yield section((one_line(field_label(field)), True))
        text = {"type": "text", "text": clean(field_answer(field)) or NOTHING}
        yield {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text]}]}


_DRAWINGS: Final[dict[type, Callable[[Any], Iterable[Element]]]] = {
    Paragraph: _paragraph,
    Banner: _banner,
    Facts: _facts,
    LongText: _long_text,
    Steps: _steps,
    Meter: _meter,
}
