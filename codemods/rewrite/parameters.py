"""AddKeyword and AddParameter: one more name between the parentheses of a call or a definition."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.patch import AddParameter
from codemods.rewrite.arguments import lone_generator
from codemods.rewrite.error import RewriteError
from codemods.rewrite.splices import Splice
from codemods.rewrite.view import View
from codemods.source import Span

_BLANK = frozenset({tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT})
_SPHINX = re.compile(r"^(?P<indent>[ \t]*):param\b", re.MULTILINE)
_GOOGLE = re.compile(r"^(?P<indent>[ \t]*)(Args|Arguments|Parameters):[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True)
class _Inside:
    """What stands between two parentheses: `start` is behind the opening one, `end` before the
    closing one. `last` is the end of the last token, without the comma behind it; `comma` the end
    of that; `comment` the end of the comments after it."""

    start: int
    end: int
    last: int
    comma: int | None
    comment: int
    stars: int | None


def keyword_splices(view: View, span: Span, name: str, value: str) -> Iterator[Splice]:
    """Append `name=value` to the call at `span`.

    Raises:
        RewriteError: if there is no call.
    """
    call = view.expression_at(span)
    if not isinstance(call, ast.Call):
        raise RewriteError("arguments are added to what is not a call")
    inside = _inside(view, view.node_span(call.func).end, span.end)
    if lone_generator(call) and view.node_span(call.args[0]).end == span.end:
        yield Splice(inside.start, inside.start, "(")
        yield Splice(inside.end, inside.end, f"), {name}={value}")
        return
    others = [k for k in call.keywords if k.arg is None]
    before = inside.stars if others else None
    yield from _appended(view, inside, [f"{name}={value}"], before)


def parameter_splices(
    view: View, span: Span, patch: AddParameter, annotation: str | None, width: int
) -> Iterator[Splice]:
    """Append a keyword-only parameter to the definition at `span`.

    Args:
        annotation: the code of its annotation.
        width: how wide a line may be.

    Raises:
        RewriteError: if there is no definition, or one that has the parameter.
    """
    node, name = _definition(view, span), patch.name
    arguments = node.args
    everything = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    if any(item.arg == name for item in everything):
        raise RewriteError(f"the function has a parameter {name} already")
    written = f"{name}={patch.default}"
    if annotation:
        written = f"{name}: {annotation} = {patch.default}"
    start = view.node_span(node).start
    if node.decorator_list:
        start = view.node_span(node.decorator_list[-1]).end
    header = re.compile(r"\bdef\b").search(view.text, start)
    assert header is not None
    inside = _inside(view, header.end(), span.end)
    marked = arguments.vararg is not None or bool(arguments.kwonlyargs)
    before = inside.stars if arguments.kwarg is not None else None
    parts = [written] if marked else ["*", written]
    line = view.text[view.line_start(inside.last) : view.line_end(inside.last)]
    if (
        len(line) + sum(len(part) + 2 for part in parts) > width
        and "\n" not in view.text[inside.start : inside.end]
    ):
        # in a line of its own, below the first parameter
        space = "\n" + " " * (inside.start - view.line_start(inside.start))
        yield from _appended(view, inside, [", ".join(parts)], before, space)
    else:
        yield from _appended(view, inside, parts, before)
    yield from _documented(view, node, name, patch.about)


def _definition(view: View, span: Span) -> ast.FunctionDef | ast.AsyncFunctionDef:
    for node in reversed(view.path_to(span)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return node
    raise RewriteError("a parameter is added to what is not a function")


def _inside(view: View, start: int, end: int) -> _Inside:
    """The parentheses that open first behind `start`."""
    text = view.text[start:end]
    lines = [0]
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    depth, opened = 0, -1
    last = comment = 0
    comma: int | None = None
    stars: int | None = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        first = lines[token.start[0] - 1] + token.start[1]
        behind = lines[token.end[0] - 1] + token.end[1]
        if opened < 0:
            if token.string == "(":
                opened, last, comment, depth = behind, behind, behind, 1
            continue
        if token.string in ("(", "[", "{"):
            depth += 1
        elif token.string in (")", "]", "}"):
            depth -= 1
            if not depth:
                return _Inside(
                    start + opened,
                    start + first,
                    start + last,
                    None if comma is None else start + comma,
                    start + comment,
                    None if stars is None else start + stars,
                )
        if token.type == tokenize.COMMENT:
            comment = behind
        if token.type in _BLANK:
            continue
        if token.string == "," and depth == 1:
            comma = comment = behind
            continue
        if token.string == "**" and depth == 1 and (comma is not None or last == opened):
            stars = first
        last, comma, comment = behind, None, behind
    raise RewriteError("the parentheses are not understood")


def _appended(
    view: View, inside: _Inside, parts: list[str], before: int | None, space: str = " "
) -> Iterator[Splice]:
    if before is not None:
        between = _space_before(view, before) or " "
        text = "".join(f"{part},{between}" for part in parts)
        yield Splice(before, before, text)
        return
    if inside.last == inside.start:
        yield Splice(inside.start, inside.start, ", ".join(parts))
        return
    if "\n" in view.text[inside.comment : inside.end]:
        line = "\n" + view.indent_of_line(inside.last)
        if inside.comma is None:
            yield Splice(inside.last, inside.last, ",")
        yield Splice(inside.comment, inside.comment, "".join(f"{line}{part}," for part in parts))
        return
    at = inside.last
    yield Splice(at, at, "".join(f",{space}{part}" for part in parts))


def _space_before(view: View, offset: int) -> str:
    """The whitespace before an offset, with its line's end."""
    start = offset
    while start and view.text[start - 1] in " \t\n":
        start -= 1
    return view.text[start:offset]


def _documented(
    view: View, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, about: str
) -> Iterator[Splice]:
    """A line for the parameter where the docstring has such lines."""
    first = node.body[0]
    if not about or not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return
    span = view.node_span(first.value)
    text = view.slice(span)
    if not isinstance(first.value.value, str) or "\n" not in text:
        return
    if listed := list(_SPHINX.finditer(text)):
        last = listed[-1]
        at = _entry_end(text, last.end(), len(last["indent"]))
        line = f"{last['indent']}:param {name}: {about}\n"
    elif section := _GOOGLE.search(text):
        entries = re.compile(rf"{section['indent']}([ \t]+)\S")
        found = entries.match(text, section.end())
        if found is None:
            return
        indent = section["indent"] + found[1]
        at = _entry_end(text, section.end(), len(section["indent"]))
        line = f"{indent}{name}: {about}\n"
    else:
        return
    yield Splice(span.start + at, span.start + at, line)


def _entry_end(text: str, start: int, indent: int) -> int:
    """Where the first line begins that is indented no deeper than `indent`, or is blank."""
    at = text.find("\n", start - 1) + 1 if text[start - 1] != "\n" else start
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if not line.strip() or len(line) - len(line.lstrip()) <= indent or end < 0:
            return at
        at = end + 1
    return at
