"""The reader's language. Texts in the code are bokmål; ``_`` gives them in the language of :func:`use`.

At start: ``install(load())``. Until then only bokmål can be used.
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, Literal, TypeAlias

from cards.catalogues import LOCALES, STAMP, TRANSLATED, IncompleteCatalogues, check, digest, mo_file, po_file

Language: TypeAlias = Literal["nb", "nn", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nb", "nn", "en")
SOURCE: Final[Language] = "nb"

Catalogues: TypeAlias = Mapping[str, gettext.NullTranslations]

__all__ = [
    "LANGUAGES",
    "Catalogues",
    "IncompleteCatalogues",
    "Language",
    "_",
    "check",
    "current",
    "install",
    "load",
    "ngettext_",
    "noop",
    "use",
]

_language: ContextVar[Language] = ContextVar("language", default=SOURCE)
_installed: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}


def load(locales: Path = LOCALES) -> Catalogues:
    """The compiled texts of every language.

    Errors: :class:`IncompleteCatalogues`, naming each text that is missing and each file that is not built
    from today's ``.po``.
    """
    check(locales)
    catalogues: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}
    stale = []
    for language in TRANSLATED:
        catalogue = _compiled(locales, language)
        if catalogue is None:
            stale.append(f"{language}: the compiled texts are missing or out of date: run `make setup`")
        else:
            catalogues[language] = catalogue
    if stale:
        raise IncompleteCatalogues(stale)
    return catalogues


def _compiled(locales: Path, language: str) -> gettext.GNUTranslations | None:
    try:
        with mo_file(locales, language).open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):  # gettext unpacks without looking
        return None
    return catalogue if catalogue.gettext(STAMP) == digest(po_file(locales, language)) else None


def install(catalogues: Catalogues) -> None:
    """Use these texts from now on, in every task and thread."""
    _installed.update(catalogues)


@contextmanager
def use(language: Language) -> Iterator[None]:
    """Everything inside is written in ``language``. Errors: ``LookupError`` before :func:`install`."""
    if language not in _installed:
        raise LookupError(f"no texts for {language!r}: call install(load()) at start")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def current() -> Language:
    return _language.get()


def _(text: str, /, **parameters: object) -> str:
    """``text`` in the reader's language, with ``{name}`` filled in where parameters are given."""
    translated = _installed[_language.get()].gettext(text)
    return translated.format(**parameters) if parameters else translated


def ngettext_(singular: str, plural: str, n: int, /, **parameters: object) -> str:
    """The form for ``n``, which the text may fill in as ``{n}``."""
    return _installed[_language.get()].ngettext(singular, plural, n).format(n=n, **parameters)


def noop(text: str, /) -> str:
    """Mark a text for translation where it is defined; ``_`` translates it where it is shown."""
    return text
