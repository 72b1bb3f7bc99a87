"""The translators' files: extracted from the code, checked, compiled.

``python -m cards.catalogues extract`` brings ``locales/saksgang.pot`` and each ``.po`` in line with the code
and keeps the translations; ``compile`` builds the ``.mo`` files; ``check`` names everything that is missing.
Bokmål is the language of the code, so it has no catalogue: its plural is «1, else many», as in the others.
"""

from __future__ import annotations

import hashlib
import io
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

DOMAIN: Final = "saksgang"
LOCALES: Final = Path(__file__).parent / "locales"
SOURCES: Final = ("cards", "dialogs")
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {"_": None, "noop": None, "ngettext_": (1, 2)}
TRANSLATED: Final = ("nn", "en")
STAMP: Final = "saksgang: sha256 of the .po file"
"""A message of every ``.mo`` file: which ``.po`` it was built from."""

_HEADER: Final = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class IncompleteCatalogues(Exception):
    """The texts are not whole in every language; ``problems`` has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("The texts are not complete:\n" + "\n".join(f"  {line}" for line in self.problems))


def po_file(locales: Path, language: str) -> Path:
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_file(locales: Path, language: str) -> Path:
    return po_file(locales, language).with_suffix(".mo")


def digest(po: Path) -> str:
    return hashlib.sha256(po.read_bytes()).hexdigest()


def read(po: Path, language: str | None) -> Catalog:
    """The catalogue in a ``.po`` file. Errors: ``OSError``, ``PoFileError`` where the file is broken."""
    with po.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def extract(root: Path, locales: Path = LOCALES) -> int:
    """Rewrite the ``.pot`` and every ``.po`` from the code under ``root``. Returns the number of texts."""
    template = _template(root)
    locales.mkdir(parents=True, exist_ok=True)
    _write(locales / f"{DOMAIN}.pot", template, "")
    for language in TRANSLATED:
        po = po_file(locales, language)
        catalogue = read(po, language) if po.exists() else Catalog(locale=language, domain=DOMAIN)
        _revive(catalogue)
        catalogue.update(template, no_fuzzy_matching=True)
        _write(po, catalogue, language)
    return len(template)


def _template(root: Path) -> Catalog:
    template = Catalog(domain=DOMAIN)
    for folder in SOURCES:
        found = extract_from_dir(root / folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("i18n:",))
        for _file, _line, text, comments, context in found:
            template.add(text, auto_comments=comments, context=context)
    return template


def _revive(catalogue: Catalog) -> None:
    """Texts that left the code keep their translation, should they come back."""
    for message in list(catalogue.obsolete.values()):
        catalogue[message.id] = message
    catalogue.obsolete.clear()


def _write(path: Path, catalogue: Catalog, language: str) -> None:
    for message in catalogue:
        message.flags.discard("python-format")  # «5 % av» is no format: texts are filled in with str.format
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEADER.format(language=language) + written.getvalue().decode().strip() + "\n", encoding="utf-8")


def compile_all(locales: Path = LOCALES) -> None:
    """Build every ``.mo``. What is not translated yet is left out; :func:`check` names it."""
    for language in TRANSLATED:
        po = po_file(locales, language)
        catalogue = read(po, language)
        catalogue.add(STAMP, digest(po))
        with mo_file(locales, language).open("wb") as file:
            write_mo(file, catalogue)


def check(locales: Path = LOCALES) -> None:
    """Raise :class:`IncompleteCatalogues` with each text that is missing, fuzzy, or fills in other names."""
    problems = [line for language in TRANSLATED for line in _problems_of(locales, language)]
    if problems:
        raise IncompleteCatalogues(problems)


def _problems_of(locales: Path, language: str) -> Iterator[str]:
    po = po_file(locales, language)
    if not po.exists():
        yield f"{language}: {po.name} is missing: run `python -m cards.catalogues extract`"
        return
    for message in read(po, language):
        problem = _problem(message) if message.id else ""
        if problem:
            yield f"{language}: {problem}: {_source(message)!r}"


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _problem(message: Message) -> str:
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    targets = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if len(targets) < len(sources) or not all(text and text.strip() for text in targets):
        return "not translated"
    if message.fuzzy:
        return "marked as uncertain (fuzzy)"
    try:
        wanted = {name for text in sources for name in placeholders(text)}
        given = [placeholders(text) for text in targets]
    except ValueError as error:
        return f"braces do not match ({error})"
    if not all(names <= wanted for names in given) or set().union(*given) != wanted:
        return f"fills in {sorted(set().union(*given))}, not {sorted(wanted)}"
    return ""


def placeholders(text: str) -> set[str]:
    """The parameters a text fills in. Errors: ``ValueError`` where the braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def main(arguments: list[str]) -> int:
    """The tool. Works on the source tree: the folder that holds ``cards/``."""
    match arguments:
        case ["extract"]:
            print(f"{extract(LOCALES.parent.parent)} texts")
        case ["compile"]:
            compile_all()
        case ["check"]:
            try:
                check()
            except IncompleteCatalogues as incomplete:
                print(incomplete, file=sys.stderr)
                return 1
        case _:
            print("usage: python -m cards.catalogues extract|compile|check", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
