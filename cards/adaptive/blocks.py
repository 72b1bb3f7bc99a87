"""One drawing for each kind of block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from cards.adaptive.inputs import Ids, draw_field
from cards.adaptive.text import Element, plain, rich, run, shown, signed
from cards.i18n import _
from cards.message import Banner, Block, Facts, Inputs, LongText, Meter, Paragraph, Step, Steps
from cards.safe import cut, one_line
from cards.signs import MISSING, NOTHING, PRESENT, STEP_SIGNS, STEP_WORDS

EXCERPT: Final = 200
SEEN: Final = 2 * EXCERPT
"""Characters of a long text that the look of its drawing depends on: what comes after them is only written out."""
_NOT_WORTH_FOLDING: Final = EXCERPT + 60
_ONE_LINE: Final = 50


def draw_block(block: Block, ids: Ids) -> Iterable[Element]:
    return _DRAWINGS[type(block)](block, ids)


def _paragraph(block: Paragraph, _ids: Ids) -> list[Element]:
    style: dict[str, Any] = {}
    if block.strong:
        style["weight"] = "bolder"
    if block.small:
        style["size"] = "small"
    drawn = signed(block.text, block.tone, **style)
    return [drawn | {"spacing": "small"} if block.small else drawn]


def _banner(block: Banner, _ids: Ids) -> list[Element]:
    style = "emphasis" if block.tone == "default" else block.tone
    return [{"type": "Container", "style": style, "items": [signed(block.text, block.tone)]}]


def _facts(block: Facts, _ids: Ids) -> list[Element]:
    """Rows of columns: the schema's way to say that a ``Table`` has no header row is not the one clients read."""
    return [_row(label, value, "small" if number else "default") for number, (label, value) in enumerate(block.rows)]


def _row(label: str, value: str, spacing: str) -> Element:
    columns = [
        {"type": "Column", "width": 2, "items": [rich(run(label, weight="bolder"))]},
        {"type": "Column", "width": 3, "items": [plain(value or NOTHING)]},
    ]
    return {"type": "ColumnSet", "spacing": spacing, "columns": columns}


def _long_text(block: LongText, ids: Ids) -> list[Element]:
    name, text = shown(block.label), shown(block.text)
    label = rich({"type": "TextRun", "text": name, "weight": "bolder"})
    if block.folded:
        return _folded_text(name, text, ids)
    if len(text) <= _NOT_WORTH_FOLDING:
        return [label, rich(text or NOTHING, spacing="small")]
    short, full = ids.own(), ids.own()
    fold = {"type": "Action.ToggleVisibility", "targetElements": [short, full]}
    start = text[:SEEN]
    excerpt = cut(" ".join(start.split()) if "\n" in start else start, EXCERPT)
    more = _link(_("vis mer"), name, fold)
    less = _link(_("vis mindre"), name, fold)
    return [
        label,
        rich(excerpt + " ", more, id=short, spacing="small"),
        rich(text + " ", less, id=full, spacing="small", isVisible=False),
    ]


def _folded_text(name: str, text: str, ids: Ids) -> list[Element]:
    """One line: a short text itself, a longer one behind *vis*."""
    label = run(name, weight="bolder")
    if len(text) <= _ONE_LINE and "\n" not in text:
        return [rich(label, f": {text or NOTHING}", spacing="small")]
    inside = ids.own()
    show = {"type": "Action.ToggleVisibility", "targetElements": [inside]}
    return [
        rich(label, " · ", _link(_("vis"), name, show), spacing="small"),
        rich(text, id=inside, spacing="none", isVisible=False),
    ]


def _link(words: str, what: str, action: Element) -> Element:
    """Words that act. The action's title is what a screen reader says: which text is unfolded."""
    return {"type": "TextRun", "text": words, "selectAction": action | {"title": f"{words}: {what}"}}


def _steps(block: Steps, _ids: Ids) -> list[Element]:
    return [_step(step, "default" if number == 0 else "small") for number, step in enumerate(block.steps)]


def _step(step: Step, spacing: str) -> Element:
    label = f"{STEP_SIGNS[step.state]} {step.label}"
    rest = " · ".join([_(STEP_WORDS[step.state])] + [step.detail] * bool(step.detail))
    first = run(label, weight="bolder") if step.state == "current" else shown(label)
    return rich(first, run(f" · {rest}", isSubtle=True), spacing=spacing)


def _meter(block: Meter, _ids: Ids) -> list[Element]:
    count = _("{done} av {total} på plass", done=block.done, total=block.total)
    drawn = [rich(run(block.label, weight="bolder"), shown(f" · {count}"))]
    if block.items:
        drawn.append(rich(*_meter_lines(block), spacing="small"))
    return drawn


def _meter_lines(block: Meter) -> Iterable[Element | str]:
    missing = _("mangler")
    for number, item in enumerate(block.items):
        end = "" if number == len(block.items) - 1 else "\n"
        if item.present:
            yield shown(f"{PRESENT} {one_line(item.label)}") + end
        else:
            yield run(f"{MISSING} {one_line(item.label)} – {missing}{end}", weight="bolder")


def _inputs(block: Inputs, ids: Ids) -> list[Element]:
    drawn = [element for field in block.fields for element in draw_field(field, ids.of(field.id))]
    if not block.heading or not drawn:
        return drawn
    if not block.folded or any(field.error for field in block.fields):
        return [_section(run(block.heading, weight="bolder")), *drawn]
    inside = ids.own()
    show = {"type": "Action.ToggleVisibility", "targetElements": [inside]}
    heading = _section(run(f"{block.heading} · "), _link(_("vis"), block.heading, show))
    return [heading, {"type": "Container", "id": inside, "isVisible": False, "spacing": "none", "items": drawn}]


def _section(*words: Element) -> Element:
    return rich(*words, spacing="large", separator=True)


_DRAWINGS: Final[dict[type, Callable[[Any, Ids], list[Element]]]] = {
    Paragraph: _paragraph,
    Banner: _banner,
    Facts: _facts,
    LongText: _long_text,
    Steps: _steps,
    Meter: _meter,
    Inputs: _inputs,
}
