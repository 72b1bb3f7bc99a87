"""How a Word file looks: A4, one typeface, real headings, the text's own language for spelling and screen readers."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from cards.documents.style import COLOURS
from cards.documents.word_names import MAIN
from cards.i18n import _
from cards.safe import cut, one_line

_LONGEST_FOOT: Final = 80


def _colour(name: str) -> str:
    return f'<w:color w:val="{COLOURS[name].removeprefix("#")}"/>'


def styles(language: str) -> str:
    """``word/styles.xml``. Sizes in half points, spacing in twentieths of a point."""
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        f'{_colour("text")}<w:sz w:val="23"/><w:szCs w:val="23"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:rPr><w:lang w:val="{language}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        + _style("Title", "Title", 40, after=160)
        + _style("Heading1", "heading 1", 30, before=360, outline=0)
        + _style("Heading2", "heading 2", 25, before=240, outline=1)
        + _plain("Note", "Saksgang Note", after=240)
        + _plain("LockedText", "Saksgang Locked Text", after=100)
        + _FOOTER
        + _PLACEHOLDER
        + "</w:styles>"
    )


def _style(style_id: str, name: str, size: int, *, before: int = 0, after: int = 80, outline: int | None = None) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        '<w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>{level}</w:pPr>'
        f'<w:rPr><w:b/><w:bCs/>{_colour("accent")}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _plain(style_id: str, name: str, *, after: int) -> str:
    """Text that is not for writing in: quieter, with a line beside it, so that colour does not tell it alone."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:pBdr>'
        f'<w:left w:val="single" w:sz="12" w:space="8" w:color="{COLOURS["quiet"].removeprefix("#")}"/></w:pBdr>'
        f'<w:spacing w:after="{after}"/></w:pPr><w:rPr>{_colour("quiet")}</w:rPr></w:style>'
    )


_FOOTER: Final = (
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs>'
    '<w:tab w:val="right" w:pos="9184"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    f'<w:rPr>{_colour("quiet")}<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
_PLACEHOLDER: Final = (
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{_colour("quiet")}</w:rPr></w:style>'
)


def footer(title: str) -> str:
    """``word/footer1.xml``: the title on the left, «Side 2 av 5» on the right."""
    before, _found, rest = _("Side {page} av {pages}", page="{page}", pages="{pages}").partition("{page}")
    between, _found, after = rest.partition("{pages}")
    return (
        f'<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{_words(cut(one_line(title), _LONGEST_FOOT))}<w:r><w:tab/></w:r>"
        f"{_words(before)}{_field('PAGE')}{_words(between)}{_field('NUMPAGES')}{_words(after)}</w:p></w:ftr>"
    )


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def settings(language: str) -> str:
    """``word/settings.xml``: the format of Word 2013 and later, so that no «compatibility mode» stands above it."""
    return (
        f'<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )
