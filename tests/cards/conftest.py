"""The catalogues of the source tree as they are now, compiled beside it: drawing does not wait for translators."""

from __future__ import annotations

import gettext
import shutil
from pathlib import Path

import pytest

from cards import catalogues, i18n


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locales")
    shutil.copytree(catalogues.LOCALES, folder, dirs_exist_ok=True)
    catalogues.compile_all(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def texts(locales: Path) -> None:
    compiled = {}
    for language in catalogues.TRANSLATED:
        with catalogues.mo_file(locales, language).open("rb") as file:
            compiled[language] = gettext.GNUTranslations(file)
    i18n.install(compiled)
