"""What a Jinja template says by itself: which templates it names, which attributes it mentions.

Nothing is rendered. The template is parsed by jinja2, which is imported when there is one to parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codemods.source import Place, SourceFile, UndecodableError

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

_EXTENSIONS = ("jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(\w+)'")
_MOST_UNKNOWN_TAGS = 20
# One of these is unknown only where it closes what was never opened.
_TAGS = frozenset({
    "autoescape", "block", "break", "call", "continue", "do", "elif", "else", "extends", "filter",
    "for", "from", "if", "import", "include", "macro", "pluralize", "print", "raw", "set", "trans",
    "with",
})  # fmt: skip
# `_` is the name of a function in every template with translations, and never passed to one.
UNKNOWN_CONDITION = "if _"
_REFERRING = frozenset({"Extends", "Include", "Import", "FromImport"})


@dataclass(frozen=True, slots=True)
class Syntax:
    """The delimiters of an environment, named as in jinja2's `Environment`."""

    block_start_string: str = "{%"
    block_end_string: str = "%}"
    variable_start_string: str = "{{"
    variable_end_string: str = "}}"
    comment_start_string: str = "{#"
    comment_end_string: str = "#}"
    line_statement_prefix: str | None = None
    line_comment_prefix: str | None = None


SYNTAX_OPTIONS = frozenset(option.name for option in fields(Syntax))
STANDARD = Syntax()


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Why a template cannot be read, and the line (from 1) where that shows."""

    row: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class ParsedTemplate:
    """A template's text and its tree.

    Args:
        unknown_tags: those that were read over.
        place: of the literal, for a text that stands in Python code.
        offset: where the text begins in that file; None if the file has it in other characters.
    """

    source: SourceFile
    tree: nodes.Template
    unknown_tags: tuple[str, ...] = ()
    place: Place | None = None
    offset: int | None = None


@dataclass(frozen=True)
class TemplateFacts:
    """One template, as plain data.

    Args:
        path: of the file.
        references: the constant names that it includes, extends and imports, in order.
        computed: True if it also includes, extends or imports by a name that is worked out.
        attributes: every name that is read on something, also by the attribute of a filter.
        unknown_tags: those that were read over.
        problem: why it cannot be read; everything else is empty then.
    """

    path: Path
    references: tuple[str, ...] = ()
    computed: bool = False
    attributes: frozenset[str] = field(default=frozenset(), repr=False)
    unknown_tags: tuple[str, ...] = ()
    problem: TemplateProblem | None = None


def read_template(source: SourceFile, syntax: Syntax = STANDARD) -> TemplateFacts:
    """The facts of a template; a text that jinja2 refuses is a `problem`, never an exception."""
    parsed = parse_template(source, syntax)
    if isinstance(parsed, TemplateProblem):
        return TemplateFacts(source.path, problem=parsed)
    references: dict[str, None] = {}
    computed = False
    attributes: set[str] = set()
    for node in walk(parsed.tree):
        kind = type(node).__name__
        if kind in _REFERRING:
            names = template_names(node.template)
            computed = computed or names is None
            references.update(dict.fromkeys(names or ()))
        attributes.update(_attributes(node, kind))
    return TemplateFacts(
        source.path, tuple(references), computed, frozenset(attributes), parsed.unknown_tags
    )


def parse_template(
    source: SourceFile, syntax: Syntax = STANDARD
) -> ParsedTemplate | TemplateProblem:
    """The tree of a template, or what is wrong with it.

    Tags of extensions that are not known are read over: the tag is lost, what it encloses happens
    under a condition of which nothing is known.
    """
    try:
        text = source.text
    except UndecodableError as error:
        return TemplateProblem(1, str(error))
    problem = _tolerant(source, text, syntax, paired=True)
    if isinstance(problem, TemplateProblem):
        # Tags may close in another order than a condition can.
        again = _tolerant(source, text, syntax, paired=False)
        return again if isinstance(again, ParsedTemplate) else problem
    return problem


def _tolerant(
    source: SourceFile, text: str, syntax: Syntax, *, paired: bool
) -> ParsedTemplate | TemplateProblem:
    from jinja2 import TemplateSyntaxError

    unknown: list[str] = []
    while True:
        try:
            tree = _with_rows(_environment(syntax).parse(text))
            return ParsedTemplate(source, tree, tuple(unknown))
        except TemplateSyntaxError as error:
            problem = TemplateProblem(_row(source, error.lineno), error.message or "syntax error")
        except RecursionError:
            return TemplateProblem(1, "the template is nested too deeply")
        except Exception as error:
            # jinja2 lets errors of int(), of its lexer's tables and the like through.
            return TemplateProblem(1, f"{type(error).__name__}: {error}")
        found = _UNKNOWN_TAG.match(problem.message)
        tag = found.group(1).removeprefix("end") if found else ""
        if found is None or tag in _TAGS or len(unknown) >= _MOST_UNKNOWN_TAGS:
            return problem
        shorter = _without_tag(text, tag, syntax, paired=paired)
        if shorter == text:
            return problem
        text = shorter
        unknown.append(tag)


def parse_text(
    text: str, code: SourceFile, place: Place, syntax: Syntax = STANDARD
) -> ParsedTemplate | None:
    """The tree of a template that is written in Python code, None where it is none.

    Args:
        code: the file of the code.
        place: where the text is written, with whatever stands around it.
    """
    source = SourceFile(place.path, text.encode("utf-8", "surrogatepass"))
    parsed = parse_template(source, syntax)
    if not isinstance(parsed, ParsedTemplate):
        return None
    start = code.slice(place.span).find(text)
    return replace(parsed, place=place, offset=None if start < 0 else place.span.start + start)


def template_names(node: Any) -> tuple[str, ...] | None:
    """The names that `{% include … %}` and its like can mean, None where one is worked out."""
    match type(node).__name__:
        case "Const" if isinstance(node.value, str):
            return (node.value,)
        case "Const" if isinstance(node.value, (tuple, list)):
            values = tuple(node.value)
            return values if all(isinstance(value, str) for value in values) else None
        case "List" | "Tuple":
            parts = [template_names(item) for item in node.items]
        case "CondExpr":
            first, second = node.expr1, node.expr2
            parts = [template_names(first), () if second is None else template_names(second)]
        case _:
            return None
    if any(part is None for part in parts):
        return None
    return tuple(name for part in parts if part for name in part)


def walk(node: nodes.Node) -> Iterator[Any]:
    """A node and all below it, in the order of the text; without recursion."""
    stack = [node]
    while stack:
        item = stack.pop()
        yield item
        stack.extend(reversed(list(item.iter_child_nodes())))


def attribute_path(text: str) -> tuple[str | int, ...]:
    """`author.name` of `map(attribute="author.name")` as steps; whole numbers are positions."""
    return tuple(int(part) if part.isdecimal() else part for part in text.split("."))


@lru_cache(maxsize=16)
def _environment(syntax: Syntax) -> Environment:
    from jinja2 import Environment

    options = {name: getattr(syntax, name) for name in SYNTAX_OPTIONS}
    return Environment(extensions=_EXTENSIONS, cache_size=0, **options)


def _with_rows(tree: nodes.Template) -> nodes.Template:
    """The same tree; nodes that extensions make without a line get that of the next one."""
    row = tree.lineno or 1
    for node in reversed(list(walk(tree))):
        if node.lineno is None:
            node.lineno = row
        row = node.lineno
    return tree


def _row(source: SourceFile, row: int) -> int:
    return min(max(row, 1), source.rows)


def _without_tag(text: str, tag: str, syntax: Syntax, *, paired: bool) -> str:
    """The text without `{% tag … %}` and `{% endtag %}`; every line and column stays.

    What a tag encloses may be left out when the template runs: it is put under a condition. Where
    that cannot be, the tag is blank.
    """
    start, end = re.escape(syntax.block_start_string), re.escape(syntax.block_end_string)
    written = rf"(?P<open>{start}[-+]?)(?P<inner>\s*(?P<end>end)?{tag}\b.*?)(?P<close>[-+]?{end})"
    if syntax.line_statement_prefix:
        prefix = re.escape(syntax.line_statement_prefix)
        written += rf"|^[ \t]*{prefix}[ \t]*(?:end)?{tag}\b[^\r\n]*"
    pattern = re.compile(written, re.DOTALL | re.MULTILINE)
    ends = [bool(match["end"]) for match in pattern.finditer(text) if match["inner"]]
    conditional = paired and ends.count(True) * 2 == len(ends) > 0

    def replaced(match: re.Match[str]) -> str:
        if conditional and match["inner"]:
            inner = _written_over(match["inner"], "endif" if match["end"] else UNKNOWN_CONDITION)
            if inner is not None:
                return match["open"] + inner + match["close"]
        return _blank(match.group())

    return pattern.sub(replaced, text)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _written_over(text: str, word: str) -> str | None:
    """`text` blank but for `word`, None if it has no room for that in a line."""
    room = re.search(rf"[^\r\n]{{{len(word)}}}", text)
    if room is None:
        return None
    return _blank(text[: room.start()]) + word + _blank(text[room.end() :])


def _attributes(node: Any, kind: str) -> Iterator[str]:
    if kind == "Getattr":
        yield node.attr
    elif kind == "Getitem" and isinstance(getattr(node.arg, "value", None), str):
        yield node.arg.value
    elif kind == "Filter":
        arguments = [*node.args, *(item.value for item in node.kwargs)]
        for argument in arguments:
            value = getattr(argument, "value", None)
            if isinstance(value, str):
                for path in value.split(","):
                    yield from (step for step in path.strip().split(".") if step.isidentifier())
