"""The language server, from outside: the installed command, spoken to as editors do."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from sample import (
    CLEAN,
    MODELS,
    PYPROJECT,
    VIEWS,
    applied_by_command,
    apply_edit,
    write_project,
)

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]


def none(found: list[types.Diagnostic]) -> bool:
    return not found


def some(found: list[types.Diagnostic]) -> bool:
    return bool(found)


def everything(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n") + 1, 0))


async def test_a_finding_is_a_diagnostic(editor):
    path = editor.package / "views.py"
    editor.open(path)
    [found] = await editor.diagnostics(path)
    # What stands before the place has other lengths in other units.
    column = {"utf-8": 23, "utf-16": 20, "utf-32": 19}[editor.encoding]
    length = len("book.author")
    assert found.range == types.Range(types.Position(8, column), types.Position(8, column + length))
    assert (found.source, found.code) == ("minusn", "eager-load")
    assert found.severity == types.DiagnosticSeverity.Warning
    assert "statements" in found.message
    publishing = editor.client.capabilities.text_document.publish_diagnostics
    if not publishing.related_information:
        assert found.related_information is None
        return
    related = {(r.location.uri, r.location.range.start.line) for r in found.related_information}
    assert (editor.uri(path), 7) in related
    assert (editor.uri(editor.package / "models.py"), 21) in related


async def test_nothing_found_is_published_too(editor):
    path = editor.package / "clean.py"
    editor.open(path)
    assert await editor.diagnostics(path) == []


async def test_a_quick_fix_writes_what_apply_writes(editor):
    path = editor.package / "views.py"
    editor.open(path)
    [found] = await editor.diagnostics(path)
    actions = await editor.actions(path, found.range, "quickfix", echo=[found])
    fix = actions[0]
    assert fix.is_preferred and fix.kind == types.CodeActionKind.QuickFix
    assert list(fix.diagnostics) == [found]
    changed = apply_edit(await editor.edit(fix), editor.texts, editor.encoding)
    [(changed_path, (version, text))] = changed.items()
    assert changed_path == path
    if editor.client.capabilities.workspace.workspace_edit.document_changes:
        assert version == 1
    assert text.encode() == applied_by_command(editor.folder)["library/views.py"]
    editor.change(path, text)
    assert await editor.diagnostics(path) == []


async def test_every_client_gets_the_edit_of_every_action(editor):
    path = editor.package / "views.py"
    editor.open(path)
    [found] = await editor.diagnostics(path)
    titles = [action.title for action in await editor.actions(path, found.range)]
    assert len(titles) == len(set(titles)) >= 3
    for action in await editor.actions(path, found.range):
        assert apply_edit(await editor.edit(action), editor.texts, editor.encoding)


async def test_the_edit_of_a_stale_action_is_refused(code):
    path = code.package / "views.py"
    code.open(path)
    [found] = await code.diagnostics(path)
    [fix, *_] = await code.actions(path, found.range, "quickfix")
    code.change(path, f"# one line more\n{code.texts[path]}")
    with pytest.raises(JsonRpcException) as caught:
        await code.client.code_action_resolve_async(fix)
    assert caught.value.code == types.LSPErrorCodes.ContentModified


async def test_unsaved_buffers_are_what_counts(code):
    views, models = code.package / "views.py", code.package / "models.py"
    code.open(views, VIEWS.replace("book.author.name", "book.title"))
    assert await code.diagnostics(views) == []
    code.change(views, VIEWS)
    assert len(await code.diagnostics(views)) == 1
    # The relationship in the other buffer is loaded eagerly, which is not on disk.
    code.open(models, MODELS.replace("relationship()", 'relationship(lazy="selectin")'))
    assert await code.diagnostics(views, none) == []
    # Closed without saving, the file counts as it is on disk.
    code.close(models)
    assert len(await code.diagnostics(views, some)) == 1


async def test_a_file_that_was_never_saved(code):
    path = code.package / "new.py"
    code.open(path, VIEWS)
    [found] = await code.diagnostics(path)
    [fix, *_] = await code.actions(path, found.range, "quickfix")
    [(_, text)] = apply_edit(await code.edit(fix), code.texts, code.encoding).values()
    assert "selectinload(Book.author)" in text
    assert not path.exists()


async def test_fix_all_changes_this_file_alone(editor):
    path = editor.package / "views.py"
    text = VIEWS + VIEWS[VIEWS.index("\n\ndef shelf") :].replace("shelf", "second_shelf")
    path.write_bytes(text.encode())
    editor.open(path)
    assert len(await editor.diagnostics(path)) == 2
    [action] = await editor.actions(path, everything(text), "source.fixAll")
    assert action.kind == "source.fixAll.minusn"
    changed = apply_edit(await editor.edit(action), editor.texts, editor.encoding)
    [(changed_path, (_, after))] = changed.items()
    applied = applied_by_command(editor.folder, "--within", "library/views.py")
    assert changed_path == path
    assert after.encode() == applied["library/views.py"]
    assert after.count("selectinload(Book.author)") == 2
    # The server itself still has what is in the buffer.
    assert len(await editor.actions(path, everything(text), "quickfix")) == 4


async def test_no_action_where_nothing_is_found(code):
    path = code.package / "views.py"
    code.open(path)
    await code.diagnostics(path)
    first_line = types.Range(types.Position(0, 0), types.Position(0, 3))
    assert await code.actions(path, first_line) == []
    assert await code.actions(path, everything(VIEWS), "refactor") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for book in books]", "for book in books]  # minusn: ignore[eager-load]"),
        (
            "for book in books]  # why not",
            "for book in books]  # why not  # minusn: ignore[eager-load]",
        ),
        (
            "for book in books]  # minusn: ignore[merge-counts]",
            "for book in books]  # minusn: ignore[merge-counts, eager-load]",
        ),
        (
            'for book in books][: len("""\n""")]',
            'for book in books][: len("""\n""")]  # minusn: ignore[eager-load]',
        ),
    ],
)
async def test_a_finding_can_be_suppressed_where_it_is(code, before, after):
    path = code.package / "views.py"
    code.open(path, VIEWS.replace("for book in books]", before))
    [found] = await code.diagnostics(path)
    [*_, action] = await code.actions(path, found.range, "quickfix")
    assert action.title == "Ignore eager-load here" and not action.is_preferred
    [(_, text)] = apply_edit(await code.edit(action), code.texts, code.encoding).values()
    assert text == VIEWS.replace("for book in books]", after)
    code.change(path, text)
    assert await code.diagnostics(path) == []


async def test_hover_shows_the_page_of_the_rule(code):
    path = code.package / "views.py"
    code.open(path)
    [found] = await code.diagnostics(path)

    async def hover(position):
        return await code.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(code.uri(path)), position)
        )

    shown = await hover(found.range.start)
    assert shown.range == found.range
    assert shown.contents.kind == types.MarkupKind.Markdown
    assert "# eager-load (MN101)" in shown.contents.value
    assert await hover(types.Position(0, 0)) is None


async def test_configuration_is_read_again(code):
    path, pyproject = code.package / "views.py", code.folder / "pyproject.toml"
    code.open(path)
    assert len(await code.diagnostics(path)) == 1
    pyproject.write_text(f'{PYPROJECT}ignore = ["eager-load"]\n')
    code.touched_on_disk(pyproject)
    assert await code.diagnostics(path, none) == []
    pyproject.write_text(PYPROJECT)
    code.touched_on_disk(pyproject)
    assert len(await code.diagnostics(path, some)) == 1
    patterns = [
        watcher["globPattern"] if isinstance(watcher, dict) else watcher.glob_pattern
        for registration in code.client.registered
        for watcher in _watchers(registration)
    ]
    assert {"**/*.py", "**/pyproject.toml"} <= set(patterns)


def _watchers(registration: types.Registration) -> list:
    options = registration.register_options
    return options["watchers"] if isinstance(options, dict) else options.watchers


async def test_bad_configuration_is_told_once_and_changes_nothing(code):
    path, pyproject = code.package / "views.py", code.folder / "pyproject.toml"
    code.open(path)
    assert len(await code.diagnostics(path)) == 1
    pyproject.write_text(f"{PYPROJECT}selct = []\n")
    code.touched_on_disk(pyproject)
    code.change(path, f"{VIEWS}\n")
    assert len(await code.diagnostics(path)) == 1
    code.save(path)
    code.change(path, f"{VIEWS}\n\n")
    assert len(await code.diagnostics(path)) == 1
    [message] = code.client.messages
    assert "did you mean `select`" in message.message


async def test_files_that_change_on_disk(code):
    path, models = code.package / "views.py", code.package / "models.py"
    code.open(path)
    assert len(await code.diagnostics(path)) == 1
    models.write_text(MODELS.replace("relationship()", 'relationship(lazy="selectin")'))
    code.touched_on_disk(models)
    assert await code.diagnostics(path, none) == []
    # Not every client tells of such changes: a save is a reason to look, too.
    models.write_text(MODELS)
    code.save(path)
    assert len(await code.diagnostics(path, some)) == 1


async def test_a_file_that_does_not_parse(code):
    path = code.package / "views.py"
    code.open(path)
    assert len(await code.diagnostics(path)) == 1
    code.change(path, f"{VIEWS}\ndef (\n")
    assert await code.diagnostics(path) == []
    assert await code.actions(path, everything(VIEWS)) == []
    code.change(path, VIEWS)
    assert len(await code.diagnostics(path)) == 1


@pytest.mark.parametrize("separator", ["\x0c", "\u2028", "\x85", "\x0b", "\x1c"])
async def test_characters_that_end_no_line(code, separator):
    path = code.package / "views.py"
    text = VIEWS.replace("\n\n\ndef", f"\n\n# {separator} \n\ndef")
    code.open(path, CLEAN)
    code.change(path, text)
    [found] = await code.diagnostics(path)
    [fix, *_] = await code.actions(path, found.range, "quickfix")
    [(_, after)] = apply_edit(await code.edit(fix), code.texts, code.encoding).values()
    path.write_bytes(text.encode())
    assert after.encode() == applied_by_command(code.folder)["library/views.py"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
async def test_newlines_are_kept(code, newline):
    path = code.package / "views.py"
    path.write_bytes(VIEWS.replace("\n", newline).encode())
    code.open(path)
    [found] = await code.diagnostics(path)
    [fix, *_] = await code.actions(path, found.range, "quickfix")
    [(_, after)] = apply_edit(await code.edit(fix), code.texts, code.encoding).values()
    assert after.encode() == applied_by_command(code.folder)["library/views.py"]


async def test_a_file_that_declares_its_encoding(code):
    path = code.package / "views.py"
    text = f"# coding: latin-1\n{VIEWS.replace('🐍', 'ü')}"
    path.write_bytes(text.encode("latin-1"))
    code.open(path, text)
    [found] = await code.diagnostics(path)
    [fix, *_] = await code.actions(path, found.range, "quickfix")
    [(_, after)] = apply_edit(await code.edit(fix), code.texts, code.encoding).values()
    assert after.encode("latin-1") == applied_by_command(code.folder)["library/views.py"]


async def test_typing_fast_is_analysed_once(code):
    path = code.package / "views.py"
    code.open(path)
    await code.diagnostics(path)
    before = len(code.publications)
    for number in range(20):
        code.change(path, f"{VIEWS}# {'x' * number}\n")
        await asyncio.sleep(0.01)
    assert len(await code.diagnostics(path)) == 1
    assert len(code.publications) - before <= 3


async def test_the_server_answers_while_it_analyses(code):
    path = code.package / "views.py"
    more = VIEWS[VIEWS.index("\n\ndef shelf") :]
    count = 300
    code.open(path, VIEWS + "".join(more.replace("shelf", f"shelf{n}") for n in range(count)))
    nowhere = types.HoverParams(
        types.TextDocumentIdentifier("untitled:Untitled-1"), types.Position(0, 0)
    )
    answers = 0
    while code.uri(path) not in code.published:
        assert await code.client.text_document_hover_async(nowhere) is None
        answers += 1
        await asyncio.sleep(0.02)
    assert len(await code.diagnostics(path)) == count + 1
    # a server that analyses first answers once, or twice
    assert answers > 3


async def test_a_closed_file_has_no_diagnostics(code):
    path = code.package / "views.py"
    code.open(path)
    assert len(await code.diagnostics(path)) == 1
    code.close(path)
    clean = code.package / "clean.py"
    code.open(clean)
    await code.diagnostics(clean)
    assert not code.published[code.uri(path)].diagnostics


async def test_a_project_in_a_project(code):
    inner = code.folder / "services" / "inner"
    write_project(inner)
    (inner / "pyproject.toml").write_text(f'{PYPROJECT}ignore = ["eager-load"]\n')
    silent, loud = inner / "library" / "views.py", code.package / "views.py"
    code.open(silent)
    code.open(loud)
    assert len(await code.diagnostics(loud)) == 1
    assert await code.diagnostics(silent) == []
    code.change(loud, f"{VIEWS}\n")
    assert len(await code.diagnostics(loud)) == 1
    assert all(not p.diagnostics for p in code.publications if p.uri == code.uri(silent))


async def test_files_that_are_not_the_projects(code):
    (code.folder / ".gitignore").write_text("scratch.py\n")
    ignored, clean = code.package / "scratch.py", code.package / "clean.py"
    ignored.write_text(VIEWS)
    code.open(ignored)
    code.open(clean)
    await code.diagnostics(clean)
    assert await code.diagnostics(ignored) == []


async def test_a_client_that_asks_for_diagnostics(pulling):
    path, models = pulling.package / "views.py", pulling.package / "models.py"

    async def pulled():
        report = await pulling.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(pulling.uri(path)))
        )
        return report.items

    pulling.open(path)
    [found] = await pulled()
    assert found.code == "eager-load"
    # It is told to ask again when another file has made its diagnostics wrong.
    pulling.open(models, MODELS.replace("relationship()", 'relationship(lazy="selectin")'))
    for _ in range(300):
        if pulling.client.diagnostic_refresh_count:
            break
        await asyncio.sleep(0.05)
    assert pulling.client.diagnostic_refresh_count
    assert not await pulled()
    assert pulling.publications == []


SHELF = """\
from sqlalchemy import select
from sqlalchemy.orm import Session

from library.helpers import shown
from library.models import Book


def shelf(session: Session) -> list[str]:
    books = session.scalars(select(Book).order_by(Book.id)).all()
    return [shown(book) for book in books]
"""
HELPERS = """\
from library.models import Book


def shown(book: Book) -> str:
    return book.author.name
"""


async def test_a_finding_shows_in_each_open_file_that_it_has_an_end_in(code):
    views, helpers = code.package / "views.py", code.package / "helpers.py"
    helpers.write_text(HELPERS)
    views.write_text(SHELF)
    code.open(helpers)
    [at_use] = await code.diagnostics(helpers)
    assert at_use.range.start == types.Position(4, HELPERS.splitlines()[4].index("book.author"))
    code.change(helpers, f"# one line more\n{HELPERS}")
    [moved] = await code.diagnostics(helpers)
    assert moved.range.start.line == 5
    assert {r.location.uri for r in moved.related_information} >= {code.uri(views)}
    [fix, *_] = await code.actions(helpers, moved.range, "quickfix", echo=[moved])
    edited = apply_edit(await code.edit(fix), code.texts, code.encoding)
    assert list(edited) == [views]
    code.close(helpers)
    code.open(views)
    [at_loop] = await code.diagnostics(views)
    assert at_loop.range.start.line == 9
    assert at_loop.message == at_use.message
    assert (code.uri(helpers), 4) in {
        (r.location.uri, r.location.range.start.line) for r in at_loop.related_information
    }
    [fix, *_] = await code.actions(views, at_loop.range, "quickfix", echo=[at_loop])
    assert list(fix.diagnostics) == [at_loop]
    [(path, (_, text))] = apply_edit(await code.edit(fix), code.texts, code.encoding).items()
    assert path == views
    assert "selectinload(Book.author)" in text
    code.change(views, text)
    assert await code.diagnostics(views) == []
