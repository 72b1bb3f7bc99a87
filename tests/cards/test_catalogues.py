from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cards import catalogues, i18n
from cards.catalogues import IncompleteCatalogues, check, compile_all, extract, mo_file, po_file
from cards.i18n import _, current, load, ngettext_, noop, use

ROOT = Path(catalogues.__file__).parent.parent

CODE = """
from cards.i18n import _, ngettext_, noop
KIND = noop("Sak")
def words(n, who):
    # i18n: on a button
    return _("Bekreft"), _("Fra {who}", who=who), ngettext_("{n} sak", "{n} saker", n)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in catalogues.SOURCES:
        (tmp_path / folder).mkdir()
    (tmp_path / "cards" / "kinds.py").write_text(CODE, encoding="utf-8")
    extract(tmp_path, tmp_path / "locales")
    return tmp_path / "locales"


def translate(locales: Path, language: str, **texts: str) -> None:
    catalogue = catalogues.read(po_file(locales, language), language)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(texts.get("plural", "{n} x").split("|")) * (1 if "plural" in texts else 2)
        elif isinstance(message.id, str) and message.id:
            message.string = texts.get(message.id.partition(" ")[0], message.id)
    catalogues._write(po_file(locales, language), catalogue, language)


def translate_all(locales: Path) -> None:
    for language in catalogues.TRANSLATED:
        translate(locales, language, Bekreft=f"Bekreft-{language}")


def problems(locales: Path) -> str:
    with pytest.raises(IncompleteCatalogues) as caught:
        check(locales)
    return str(caught.value)


def test_every_text_is_translated_and_every_text_is_extracted(tmp_path: Path) -> None:
    check()
    shutil.copytree(catalogues.LOCALES, tmp_path, dirs_exist_ok=True)
    extract(ROOT, tmp_path)
    for kept in catalogues.LOCALES.rglob("*.po*"):
        assert (tmp_path / kept.relative_to(catalogues.LOCALES)).read_text() == kept.read_text(), "run extract"


def test_each_missing_text_is_named(tree: Path) -> None:
    named = problems(tree)
    for language in catalogues.TRANSLATED:
        for text in ("Sak", "Bekreft", "Fra {who}", "{n} sak"):
            assert f"{language}: not translated: {text!r}" in named


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("From {whom}", "fills in ['whom'], not ['who']"),
        ("From", "fills in [], not ['who']"),
        ("From {who", "braces do not match"),
        ("  ", "not translated"),
    ],
)
def test_a_translation_fills_in_the_same(tree: Path, text: str, problem: str) -> None:
    translate_all(tree)
    translate(tree, "en", Fra=text)
    assert problem in problems(tree)


def test_one_plural_form_may_say_the_number_in_words(tree: Path) -> None:
    translate_all(tree)
    translate(tree, "en", plural="one case|{n} cases")
    check(tree)
    translate(tree, "en", plural="one case|cases")
    assert "fills in []" in problems(tree)


def test_an_uncertain_translation_does_not_count(tree: Path) -> None:
    translate_all(tree)
    po = po_file(tree, "nn")
    po.write_text(po.read_text().replace('msgid "Sak"', '#, fuzzy\nmsgid "Sak"'))
    assert "nn: marked as uncertain (fuzzy): 'Sak'" in problems(tree)


def test_extracting_again_changes_nothing_and_keeps_translations(tree: Path) -> None:
    translate_all(tree)
    before = po_file(tree, "nn").read_bytes()
    extract(tree.parent, tree)
    assert po_file(tree, "nn").read_bytes() == before
    assert "on a button" in before.decode()


def test_a_text_that_comes_back_keeps_its_translation(tree: Path) -> None:
    translate_all(tree)
    code = tree.parent / "cards" / "kinds.py"
    code.write_text("")
    extract(tree.parent, tree)
    assert '#~ msgid "Bekreft"' in po_file(tree, "nn").read_text()
    code.write_text(CODE)
    extract(tree.parent, tree)
    check(tree)


def test_start_is_refused_until_the_texts_are_compiled(tree: Path) -> None:
    translate_all(tree)
    with pytest.raises(IncompleteCatalogues, match="make setup"):
        load(tree)
    compile_all(tree)
    texts = load(tree)
    assert texts["en"].gettext("Bekreft") == "Bekreft-en"
    assert texts["nb"].gettext("Bekreft") == "Bekreft"


def test_start_is_refused_when_the_texts_changed_since(tree: Path) -> None:
    translate_all(tree)
    compile_all(tree)
    translate(tree, "nn", Bekreft="Stadfest")
    with pytest.raises(IncompleteCatalogues, match="nn: the compiled texts are missing or out of date"):
        load(tree)


@pytest.mark.parametrize("garbage", [b"", b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_broken_file_is_refused(tree: Path, garbage: bytes) -> None:
    translate_all(tree)
    compile_all(tree)
    mo_file(tree, "en").write_bytes(garbage)
    with pytest.raises(IncompleteCatalogues, match="en: the compiled texts"):
        load(tree)


def test_a_missing_po_file_is_named(tree: Path) -> None:
    po_file(tree, "en").unlink()
    assert "en: saksgang.po is missing" in problems(tree)


def test_the_language_is_the_readers() -> None:
    assert (current(), _("vis mer")) == ("nb", "vis mer")
    with use("en"):
        assert (current(), _("vis mer")) == ("en", "show more")
        with use("nn"):
            assert _("vis mer") == "vis meir"
        assert current() == "en"
    assert current() == "nb"


def test_parameters_are_shown_as_they_are() -> None:
    assert _("{amount} kr", amount="{0} {x}") == "{0} {x} kr"
    assert noop("{amount} kr") == "{amount} kr"


def test_plurals_of_the_source_language() -> None:
    assert [ngettext_("{n} sak", "{n} saker", n) for n in (0, 1, 2)] == ["0 saker", "1 sak", "2 saker"]


def test_a_language_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_installed", {})
    with pytest.raises(LookupError, match="install"), use("en"):
        pass
