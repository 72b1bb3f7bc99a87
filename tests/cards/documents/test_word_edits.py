"""What people do to a draft in Word: they write, track changes, comment, and take the fields apart."""

from __future__ import annotations

from board.text_diff import changed_sections
from cards.documents.word_zones import Comment, Problem
from tests.cards.documents.word_files import (
    DECISION,
    DRAFT,
    TEXT,
    TEXTS,
    body_of,
    content,
    control,
    decision,
    edited,
    file_of,
    para,
    read,
    run,
    with_body,
)  # fmt: skip

ANNE = 'w:id="7" w:author="Anne" w:date="2026-04-19T09:00:00Z"'
KARI = 'w:id="8" w:author="Kari" w:date="2026-04-19T09:00:00Z"'


def inserted(*runs: str, who: str = ANNE) -> str:
    return f"<w:ins {who}>{''.join(runs)}</w:ins>"


def deleted(text: str, who: str = ANNE) -> str:
    return f"<w:del {who}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def mark(change: str) -> str:
    return f"<w:rPr><w:{change} {ANNE}/></w:rPr>"


def test_new_words_are_the_only_change() -> None:
    back = read(edited(DECISION, para(run("Styret utsetter saken."))))
    (change,) = changed_sections(DRAFT, back.sections)
    assert (change.id, change.after, change.kind) == (DECISION, "Styret utsetter saken.", "changed")
    assert (back.version, back.digest, back.problems) == (3, "ab" * 32, ())


# ---------------------------------------------------------------- tracked changes


def test_tracked_changes_count_as_accepted_and_are_told() -> None:
    line = para(run("Styret "), deleted("godkjenner", KARI), inserted(run("utsetter")), run(" saken."))
    back = read(edited(DECISION, line))
    assert back.sections[DECISION] == "Styret utsetter saken."
    assert back.problems == (Problem("tracked", DECISION, "Anne, Kari"),)


def test_a_deletion_within_an_insertion_is_gone() -> None:
    back = read(edited(DECISION, para(inserted(run("Ja"), deleted(" og nei", KARI)))))
    assert back.sections[DECISION] == "Ja"


def test_what_was_moved_stands_where_it_went() -> None:
    away = f'<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom {ANNE}>{run("Først. ")}</w:moveFrom>'
    here = f'<w:moveToRangeStart w:id="2" w:name="m"/><w:moveTo {ANNE}>{run(" Først.")}</w:moveTo>'
    back = read(edited(DECISION, para(away, run("Så."), here)))
    assert back.sections[DECISION] == "Så. Først."


def test_two_paragraphs_whose_border_was_deleted_are_one() -> None:
    back = read(edited(DECISION, para(run("En "), properties=mark("del")) + para(run("to.")) + para(run("Tre."))))
    assert back.sections[DECISION] == "En to.\nTre."


def test_a_paragraph_deleted_whole_leaves_no_line() -> None:
    back = read(edited(DECISION, para(run("En.")) + para(deleted("To."), properties=mark("del")) + para(run("Tre."))))
    assert back.sections[DECISION] == "En.\nTre."


def test_a_paragraph_moved_whole_leaves_no_line() -> None:
    moved = para(f"<w:moveFrom {ANNE}>{run('To.')}</w:moveFrom>", properties=mark("moveFrom"))
    again = para(f"<w:moveTo {ANNE}>{run('To.')}</w:moveTo>", properties=mark("moveTo"))
    assert read(edited(DECISION, moved + para(run("En.")) + again)).sections[DECISION] == "En.\nTo."


def test_a_paragraph_inserted_is_a_line() -> None:
    back = read(edited(DECISION, para(inserted(run("En.")), properties=mark("ins")) + para(run("To."))))
    assert back.sections[DECISION] == "En.\nTo."


def test_a_change_of_format_only_is_no_change() -> None:
    bold = f"<w:r><w:rPr><w:b/><w:rPrChange {ANNE}><w:rPr/></w:rPrChange></w:rPr><w:t>Ja</w:t></w:r>"
    assert decision(para(bold)) == "Ja"


# ---------------------------------------------------------------- comments and footnotes


def test_a_comment_is_told_with_its_author_and_section() -> None:
    line = para(
        '<w:commentRangeStart w:id="0"/>', run("Styret."), '<w:commentRangeEnd w:id="0"/>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
    )  # fmt: skip
    written = f'<w:comment w:id="0" w:author="Kari Nordmann">{para(run("Stemmer"))}{para(run("dette?"))}</w:comment>'
    lost = f'<w:comment w:id="5" w:author="Ola">{para(run("Borte"))}</w:comment>'
    back = read(edited(DECISION, line, comments=written + lost))
    assert back.sections[DECISION] == "Styret."
    assert back.comments == (Comment("Kari Nordmann", "Stemmer\ndette?", DECISION), Comment("Ola", "Borte", ""))
    assert back.problems == ()


def test_a_footnote_is_told_with_its_words() -> None:
    line = para(run("Styret"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("."))
    note = f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>", run(" Jf. mandatet § 7"))}</w:footnote>'
    back = read(edited(DECISION, line, footnotes=note))
    assert back.sections[DECISION] == "Styret."
    assert back.problems == (Problem("footnote", DECISION, "Jf. mandatet § 7"),)


# ---------------------------------------------------------------- fields moved, copied, removed


def test_sections_in_another_order_are_found() -> None:
    body = body_of(file_of())
    first, second = control(DECISION), control(TEXT)
    back = read(with_body(body.replace(first, "@").replace(second, first).replace("@", second)))
    assert (back.sections, back.problems) == (TEXTS, ())


def test_a_field_taken_away_is_missing_and_its_text_is_told() -> None:
    back = read(with_body(body_of(file_of()).replace(control(DECISION), content(DECISION))))
    assert back.sections == {key: text for key, text in TEXTS.items() if key != DECISION}
    assert back.problems == (Problem("outside", DECISION, "Styret godkjenner rammen."),)
    assert [change.kind for change in changed_sections(DRAFT, back.sections)] == ["missing"]


def test_every_field_taken_away_changes_nothing_and_tells_all() -> None:
    body = body_of(file_of())
    for section in TEXTS:
        if section != "item:3f2a":
            body = body.replace(control(section), content(section))
    back = read(with_body(body))
    assert back.sections == {"item:3f2a": ""}
    assert [problem.text for problem in back.problems if problem.kind == "outside"] == [
        "Elleve medlemmer\nÉn vara", TEXTS[DECISION], TEXTS[TEXT], "Skriv her.",
    ]  # fmt: skip


def test_text_outside_the_fields_is_told_with_where_it_stood() -> None:
    body = body_of(file_of()).replace("<w:body>", "<w:body>" + para(run("Øverst")))
    body = body.replace(control(TEXT), control(TEXT) + para() + para(run("En")) + para(run("To")))
    back = read(with_body(body))
    assert back.sections == TEXTS
    assert back.problems == (Problem("outside", "", "Øverst"), Problem("outside", TEXT, "En\nTo"))


def test_empty_lines_outside_are_nothing() -> None:
    body = body_of(file_of()).replace(control(TEXT), para() + control(TEXT) + para(run("  ")))
    assert read(with_body(body)).problems == ()


def test_words_written_into_the_note_are_told() -> None:
    body = body_of(file_of()).replace("Utkast, versjon 3.", "Utkast, versjon 3. Husk kaken.")
    (problem,) = read(with_body(body)).problems
    assert (problem.kind, problem.section) == ("outside", "")
    assert "Husk kaken." in problem.text


def renumbered(whole: str) -> str:
    """As Word does with a copy."""
    start = whole.index('<w:id w:val="') + len('<w:id w:val="')
    return whole[:start] + "99" + whole[start:]


def test_a_field_copied_and_changed_is_taken_from_neither_place() -> None:
    copy = renumbered(control(DECISION)).replace("godkjenner", "forkaster")
    back = read(with_body(body_of(file_of()).replace(control(TEXT), control(TEXT) + copy)))
    assert DECISION not in back.sections
    assert back.problems == (
        Problem("duplicate", DECISION, "Styret godkjenner rammen."),
        Problem("duplicate", DECISION, "Styret forkaster rammen."),
    )


def test_a_copy_that_says_the_same_is_none() -> None:
    back = read(with_body(body_of(file_of()).replace(control(TEXT), control(TEXT) + renumbered(control(DECISION)))))
    assert (back.sections, back.problems) == (TEXTS, ())


def test_a_field_that_a_program_split_is_one() -> None:
    """One control for each paragraph, with the number of the whole."""
    whole, (first, second, third) = control(TEXT), content(TEXT).split("<w:p>")[1:]
    pieces = "".join(whole.replace(content(TEXT), f"<w:p>{line}") for line in (first, second, third))
    back = read(with_body(body_of(file_of()).replace(whole, pieces)))
    assert (back.sections, back.problems) == (TEXTS, ())


def test_a_field_within_a_line_is_found() -> None:
    """A control of one paragraph becomes one of the line in some programs."""
    whole = control(DECISION)
    inner = content(DECISION).removeprefix("<w:p>").removesuffix("</w:p>")
    line = para(run("Før. "), whole.replace(content(DECISION), inner), run(" Etter."))
    back = read(with_body(body_of(file_of()).replace(whole, line)))
    assert back.sections == TEXTS
    assert [(problem.kind, problem.text) for problem in back.problems] == [("outside", "Før."), ("outside", "Etter.")]


def test_a_field_dragged_into_another_keeps_its_own_text() -> None:
    body = body_of(file_of()).replace(control(DECISION), "")
    body = body.replace(content(TEXT), content(TEXT) + control(DECISION))
    back = read(with_body(body))
    assert (back.sections, back.problems) == (TEXTS, ())


def test_a_field_dragged_into_a_table_is_found() -> None:
    table = f"<w:tbl><w:tr><w:tc>{para(run('Celle'))}</w:tc><w:tc>{control(DECISION)}{para()}</w:tc></w:tr></w:tbl>"
    back = read(with_body(body_of(file_of()).replace(control(DECISION), table)))
    assert back.sections == TEXTS
    assert [(problem.kind, problem.text) for problem in back.problems] == [("outside", "Celle")]


def test_a_heading_worded_anew_is_there_to_be_compared() -> None:
    back = read(with_body(body_of(file_of()).replace(">Behandling<", ">Drøfting<")))
    assert back.headings[TEXT] == "Drøfting"
    assert back.sections == TEXTS


def test_locked_text_that_was_changed_all_the_same_is_refused() -> None:
    back = read(with_body(body_of(file_of()).replace("Elleve medlemmer", "Tolv medlemmer")))
    assert [(change.id, change.kind) for change in changed_sections(DRAFT, back.sections)] == [("attendance", "locked")]


# ---------------------------------------------------------------- empty fields


def test_a_field_emptied_in_word_is_empty() -> None:
    """Word then writes its own invitation into it, in its own language and under its own name for the style."""
    invitation = para("<w:r><w:rPr><w:rStyle w:val='Plassholdertekst'/></w:rPr><w:t>Klikk her.</w:t></w:r>")
    body = body_of(edited(DECISION, invitation))
    body = body.replace(
        f'<w:tag w:val="s:{DECISION}"/>', f'<w:tag w:val="s:{DECISION}"/><w:placeholder/><w:showingPlcHdr/>'
    )
    style = '<w:style w:type="character" w:styleId="Plassholdertekst"><w:name w:val="Placeholder Text"/></w:style>'
    assert read(with_body(body, styles=style)).sections[DECISION] == ""


def test_text_under_a_mark_that_was_left_behind_is_text() -> None:
    body = body_of(edited("closing", para(run("Møtet ble hevet."))))
    assert "<w:showingPlcHdr/>" in body
    assert read(with_body(body)).sections["closing"] == "Møtet ble hevet."
