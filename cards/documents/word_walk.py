"""Reading the body of a Word file, element by element, as Word, LibreOffice and others write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree

from cards.documents.word_lists import VAL, Lists, W, value
from cards.documents.word_names import BARE, HEADING, LETTER, TEXT, letter_of, parse_tag, shown_letter
from cards.documents.word_package import Unfit, UnfitFile
from cards.documents.word_zones import Problem, ProblemKind, Sink, Zone

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE_WORDS: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOX: Final = f"{W}txbxContent"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_DEEPEST: Final = 150
"""Elements within elements. A table in a table in a text box has some thirty."""
_LONGEST_INVITATION: Final = 200
"""Elements: «Klikk her for å skrive» has ten."""

_NO_TEXT: Final = frozenset(
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr",
        "customXmlPr", "instrText", "delText", "delInstrText", "fldData", "rt",
    )
)  # fmt: skip
_SYMBOLS: Final = {
    "F0B7": "•", "F0A7": "▪", "F0E0": "→", "F0DF": "←", "F0E8": "→", "F0F3": "↔", "F0FC": "✓", "F0FE": "☑", "F0A8": "☐",
    "F04A": "☺", "F04B": "😐", "F04C": "☹", "F02D": "-", "F0D8": "➢",
}  # fmt: skip
"""Signs of Wingdings and Symbol that Word puts for «-->», «:)» and the like; other fonts have them elsewhere."""


@dataclass(slots=True)
class Walk:
    """``zone`` is where the text goes now, ``zones`` all that were opened, ``last`` the section passed last.

    ``cells``: those of the rows it is in. ``seen``: text boxes passed, and the words for pictures.
    """

    lists: Lists
    placeholders: frozenset[str]
    footnotes: Mapping[tuple[str, str], str]
    zones: list[Zone] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    commented: dict[str, str] = field(default_factory=dict)
    zone: Zone = field(default_factory=Zone)
    last: str = ""
    depth: int = 0
    spaces: str | None = None
    cells: list[list[str]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def whole(self, body: etree._Element) -> None:
        self.spaces = body.getroottree().getroot().get(_SPACE)
        self.inside(body)
        self._tell_outside()

    def inside(self, parent: etree._Element) -> None:
        """Errors: :class:`UnfitFile` for elements nested beyond all reason."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnfitFile(Unfit.HARMFUL)
        for element in parent:
            if element.tag not in _NO_TEXT:
                _HANDLERS.get(element.tag, Walk.inside)(self, element)
        self.depth -= 1

    def where(self) -> str:
        return self.zone.id if self.zone.kind in (TEXT, HEADING, BARE) else self.last

    def tell(self, kind: ProblemKind, text: str = "") -> None:
        self.problems.append(Problem(kind, self.where(), text))

    def aside(self, element: etree._Element) -> str:
        """The text inside an element, kept out of the line it stands in."""
        kept, self.zone.sink = self.zone.sink, Sink()
        zone = self.zone
        self.inside(element)
        text = zone.sink.text()
        zone.sink = kept
        return text

    # ------------------------------------------------------------ controls

    def control(self, element: etree._Element) -> None:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        kind, name = parse_tag(value(element, f"{W}sdtPr/{W}tag")) or ("", "")
        waiting = self._is_waiting(element, content)
        if kind == LETTER:
            self._letter(name, content)
        elif kind:
            self._zone(Zone(kind, name, value(element, f"{W}sdtPr/{W}id")), None if waiting else content)
        elif not waiting:
            self.inside(content)

    def _zone(self, zone: Zone, content: etree._Element | None) -> None:
        outer = self.zone
        if not outer.kind:
            self._tell_outside()
        if zone.kind in (TEXT, HEADING, BARE):
            self.last = zone.id
        self.zones.append(zone)
        self.zone = zone
        if content is not None:
            self.inside(content)
        self.zone = outer

    def _tell_outside(self) -> None:
        text = self.zone.sink.text().strip()
        if text:
            self.tell("outside", text)
        self.zone.sink = Sink()

    def _is_waiting(self, element: etree._Element, content: etree._Element) -> bool:
        """Whether all that stands there is «Skriv her.». The mark alone is not believed: some leave it on real text."""
        mark = element.find(f"{W}sdtPr/{W}showingPlcHdr")
        if mark is None or not _on(mark):
            return False
        elements = list(islice(content.iter(), _LONGEST_INVITATION))
        runs = (one for one in elements if one.tag == f"{W}r" and one.find(f"{W}t") is not None)
        said = all(value(run, f"{W}rPr/{W}rStyle") in self.placeholders for run in runs)
        return said and len(elements) < _LONGEST_INVITATION

    def _letter(self, name: str, content: etree._Element) -> None:
        letter = letter_of(name)
        text = "".join(one.text or "" for one in content.iter(f"{W}t"))
        if letter and text == shown_letter(letter):
            self.zone.sink.add(letter)
        else:
            self.inside(content)

    # ------------------------------------------------------------ paragraphs and tables

    def paragraph(self, element: etree._Element) -> None:
        self.zone.sink.begin(lambda: self.lists.sign(element))
        self.inside(element)
        mark = element.find(f"{W}pPr/{W}rPr")
        changes = () if mark is None else [one for one in mark if one.tag in _CHANGES]
        self.zone.authors.update(one.get(f"{W}author", "") for one in changes)
        if not any(one.tag in _REMOVED for one in changes):
            self.zone.sink.end()

    def table(self, element: etree._Element) -> None:
        if self.zone.kind:
            self.tell("table")
        self.inside(element)

    def row(self, element: etree._Element) -> None:
        """A line of its own, with « | » between the cells."""
        removed = element.find(f"{W}trPr/{W}del")
        if removed is not None:
            self.zone.authors.add(removed.get(f"{W}author", ""))
            return
        self.cells.append([])
        self.inside(element)
        self.zone.sink.add(" | ".join(" ".join(text.split()) for text in self.cells.pop() if text.strip()))
        self.zone.sink.end()

    def cell(self, element: etree._Element) -> None:
        text = self.aside(element)
        if self.cells:
            self.cells[-1].append(text)

    # ------------------------------------------------------------ inside a line

    def words(self, element: etree._Element) -> None:
        text = (element.text or "").replace("\n", " ").replace("\r", " ")
        kept = element.get(_SPACE) or self.spaces
        self.zone.sink.add(text if kept == "preserve" else text.strip(" \t"))

    def line_break(self, element: etree._Element) -> None:
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            self.zone.sink.add("\n")

    def symbol(self, element: etree._Element) -> None:
        code = element.get(f"{W}char", "").upper()
        if code not in _SYMBOLS:
            self.tell("symbol", code)
        self.zone.sink.add(_SYMBOLS.get(code, "\ufffd"))

    def changed(self, element: etree._Element) -> None:
        """What was inserted or moved here stands, what was deleted or moved away does not."""
        self.zone.authors.add(element.get(f"{W}author", ""))
        if element.tag not in _REMOVED:
            self.inside(element)

    def either(self, element: etree._Element) -> None:
        """The same thing for newer and for older programs: read once."""
        choice = element.find(f"{_MC}Choice")
        shown = element.find(f"{_MC}Fallback") if choice is None else choice
        if shown is not None:
            self.inside(shown)

    def commented_here(self, element: etree._Element) -> None:
        self.commented.setdefault(element.get(f"{W}id", ""), self.where())

    def footnote(self, element: etree._Element) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        self.tell("footnote", self.footnotes.get((kind, element.get(f"{W}id", "")), ""))

    def drawing(self, element: etree._Element) -> None:
        """A picture, unless there is a text box in it."""
        outer, self.seen = self.seen, []
        self.inside(element)
        seen, self.seen = self.seen, outer
        if _BOX not in seen:
            self.tell("picture", next(iter(seen), ""))

    def box(self, element: etree._Element) -> None:
        self.seen.append(_BOX)
        outer, self.seen = self.seen, []
        self.tell("textbox", self.aside(element))
        self.seen = outer

    def described(self, element: etree._Element) -> None:
        self.seen.append(element.get("descr") or element.get("title") or "")

    def thing(self, element: etree._Element) -> None:
        self.tell("object", "".join(one.text or "" for one in element.iter(f"{_MATHS}t")))


def _on(mark: etree._Element) -> bool:
    return mark.get(VAL, "1") not in ("0", "false", "off")


_REMOVED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_CHANGES: Final = _REMOVED | {f"{W}ins", f"{W}moveTo"}


def _adding(text: str) -> Callable[[Walk, etree._Element], None]:
    return lambda walk, _element: walk.zone.sink.add(text)


_HANDLERS: Final[Mapping[str, Callable[[Walk, etree._Element], None]]] = {
    **{f"{W}{name}": handler for name, handler in {
        "sdt": Walk.control, "p": Walk.paragraph, "tbl": Walk.table, "tr": Walk.row, "tc": Walk.cell, "t": Walk.words,
        "br": Walk.line_break, "cr": _adding("\n"), "tab": _adding("\t"), "ptab": _adding("\t"),
        "noBreakHyphen": _adding("\u2011"), "softHyphen": _adding("\u00ad"), "sym": Walk.symbol,
        "commentRangeStart": Walk.commented_here, "commentReference": Walk.commented_here,
        "footnoteReference": Walk.footnote, "endnoteReference": Walk.footnote,
        "drawing": Walk.drawing, "pict": Walk.drawing, "txbxContent": Walk.box,
        "object": Walk.thing, "altChunk": Walk.thing, "subDoc": Walk.thing, "contentPart": Walk.thing,
    }.items()},
    **dict.fromkeys(_CHANGES, Walk.changed),
    f"{_MC}AlternateContent": Walk.either,
    f"{_MATHS}oMath": Walk.thing,
    _PICTURE_WORDS: Walk.described,
}  # fmt: skip
