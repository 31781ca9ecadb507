"""A file's text without the bodies of functions in which there is nothing to see.

To parse a project's functions is most of what it costs to read it, and in most of them no query is
sent and nothing is said that matters to linking. Those are told by their words alone, and their
bodies are replaced by a name that ends where they end, so that every other place stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from codemods.facts.walk import (
    ITERATING,
    LINKED,
    OF_CLASSES,
    OF_SESSIONS,
    QUERY_FUNCTIONS,
    QUERY_METHODS,
    SESSION_FLAGS,
)

_SMALLEST = 100  # Below that, to look at a body takes as long as to parse it.

_MAPPED = ("Column", "mapped_column", "relationship")
_LOOPS = ("for", "while", *sorted(f"{name}(" for name in ITERATING))
_LOOP = re.compile(
    r"(?<!\w)(?:for(?!\w)[^:=#\"']*?(?<!\w)in(?!\w)|while(?!\w)"
    rf"|(?<!\.)(?:{'|'.join(sorted(ITERATING))})\()"
)


def _statement(*words: str) -> re.Pattern[str]:
    return re.compile(rf"[\n;:][ \t\\]*(?:{'|'.join(words)})\b")


@lru_cache(maxsize=256)
def _call(name: str) -> re.Pattern[str]:
    return re.compile(rf"{name}[\s\\]*\(")


@lru_cache(maxsize=64)
def _alias(name: str) -> re.Pattern[str]:
    return re.compile(rf"{name}[\s\\]+as[\s\\]+(\w+)")


# A body with one of these may hold more than the facts of a function without a body tell: names
# that it defines, whether it is a generator, calls that are kept for linking. The word is looked
# for first, since that takes a fraction of the time.
_KEPT = {
    "import": _statement("import", "from"),
    "class ": _statement("class"),
    "def ": _statement("def", "async"),
    "yield": re.compile(r"\byield\b"),
    **{name: _call(name) for name in sorted(LINKED)},
    **{flag: re.compile(rf"\b{flag}[\s\\]*=") for flag in sorted(SESSION_FLAGS)},
}

_INDENTED_BY_TABS = re.compile(r"\n *\t")
_DEFINITION = re.compile(r"\n( *)(?:async +)?def +\w+ *(?=\()")
_TRIPLE = re.compile(r"\"\"\"|'''")
_TOKEN = re.compile(r"#|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\"']")
_STRING = re.compile(r"\"[^\"\\\n]*\"|'[^'\\\n]*'")
_SPACE = re.compile(r"(?:[\s\\]|#[^\n]*\n)*")
_OPENING = re.compile(r"[rRuUbBfF]{0,2}[\"']")
_CALLED = re.compile(r"[\s\\]*[.(]")
_WORD = re.compile(r"\w+")
_STEMS = sorted(
    f".{name}"
    for name in QUERY_METHODS
    if not any(name != other and name.startswith(other) for other in QUERY_METHODS)
)
_BROKEN = re.compile(rf"\.[ \\]*\n\s*(?:{'|'.join(sorted(QUERY_METHODS))})\b")
_ARGUMENT = re.compile(r"[\s\\]*\([\s\\]*(?:\w+\.)*(\w*)(.?)", re.DOTALL)


class Hint(NamedTuple):
    """What the words of a body allow, which is never less than what the body does."""

    has_loop: bool


class Misread(Exception):
    """The lines of a text are not what they were taken for."""


class Skeleton(NamedTuple):
    """The text that is left, and the hints of what is not, by the rows of the `def`s."""

    text: str
    hints: dict[int, Hint]


class _Function(NamedTuple):
    """Offsets: the newline before `def`, the first line of the body, the newline before what
    follows; and how far `def` is indented."""

    start: int
    body: int
    end: int
    indent: int


def skeleton(text: str) -> Skeleton:
    """The text without the bodies of outermost functions and methods that need not be parsed.

    A body stays where it is hard to tell how far it goes. A result that does not parse although
    the text does, or in which a `def` of the hints is not found, has been misread.
    """
    hints: dict[int, Hint] = {}
    if (
        "def " not in text
        or "\r" in text
        or "\f" in text
        or ("\t" in text and _INDENTED_BY_TABS.search(text))
        or (strings := _long_strings(text)) is None
    ):
        return Skeleton(text, hints)
    words = _Words(text, strings)
    parts: list[str] = []
    done = rows = counted = 0
    for function in _functions(text, strings):
        hint = words.hint(function)
        filler = None if hint is None else _filler(text, function, strings)
        if hint is None or filler is None:
            continue
        rows += text.count("\n", counted, function.start + 1)
        counted = function.start + 1
        hints[rows + 1] = hint
        parts += (text[done : function.body], filler)
        done = function.end
    parts.append(text[done:])
    return Skeleton("".join(parts), hints)


class _Strings(NamedTuple):
    """The strings in triple quotes: where they start and where they end."""

    starts: list[int]
    ends: list[int]

    def end_around(self, offset: int) -> int:
        """The end of the string that an offset lies in, 0 if it lies in none."""
        index = bisect_left(self.starts, offset) - 1
        return self.ends[index] if index >= 0 and offset < self.ends[index] else 0

    def end_of(self, start: int) -> int:
        """The end of the string that starts at an offset, 0 if none does."""
        index = bisect_left(self.starts, start)
        return self.ends[index] if index < len(self.starts) and self.starts[index] == start else 0


def _long_strings(text: str) -> _Strings | None:
    """None where it cannot be told which quotes open a string."""
    found = _Strings([], [])
    end = 0
    for match in _TRIPLE.finditer(text):
        start = match.start()
        if start < end:
            continue
        before = text[max(text.rfind("\n", 0, start) + 1, end) : start]
        if "'" in before or '"' in before or "#" in before:
            opens = _opens(before)
            if opens is None:
                return None
            if not opens:
                continue
        quotes = match.group()
        end = text.find(quotes, start + 3)
        while end > 0 and text[end - 1] == "\\" and _escaped(text, end):
            end = text.find(quotes, end + 1)
        if end < 0:
            return None
        end += 3
        found.starts.append(start)
        found.ends.append(end)
    return found


def _opens(before: str) -> bool | None:
    """True if quotes after this part of a line open a string, False if they are in a comment."""
    for token in _TOKEN.findall(before):
        if token == "#":
            return False
        if len(token) == 1:
            return None
    return True


def _escaped(text: str, offset: int) -> bool:
    """True if an odd number of backslashes stands before an offset."""
    first = offset
    while text[first - 1] == "\\":
        first -= 1
    return (offset - first) % 2 == 1


def _functions(text: str, strings: _Strings) -> Iterator[_Function]:
    """Functions and methods in order, without those inside of the ones before."""
    position = 0
    while (match := _DEFINITION.search(text, position)) is not None:
        start = match.start()
        position = strings.end_around(start)
        if position:
            continue
        position = match.end()
        body = _head_end(text, position)
        if body is None or text[start - 1] == "\\":
            continue
        indent = len(match.group(1))
        position = _body_end(text, body - 1, indent, strings)
        yield _Function(start, body, position, indent)


def _head_end(text: str, position: int) -> int | None:
    """Where the line after a function's head begins, from the parenthesis after its name.

    None where it is hard to tell, or where the body follows on the same line.
    """
    depth = 0
    for _ in range(100):
        end = text.find("\n", position) + 1
        if not end:
            return None
        line = text[position:end]
        if "#" in line or "'" in line or '"' in line:
            line = _STRING.sub("", line).partition("#")[0]
            if "'" in line or '"' in line:
                return None
        depth += line.count("(") + line.count("[") + line.count("{")
        depth -= line.count(")") + line.count("]") + line.count("}")
        if depth <= 0:
            return end if line.rstrip().endswith(":") else None
        position = end
    return None


def _body_end(text: str, position: int, indent: int, strings: _Strings) -> int:
    """The newline before the next statement that is not indented more than `indent`."""
    outdented = _outdented(indent)
    while (match := outdented.search(text, position)) is not None:
        end = match.start()
        position = strings.end_around(end)
        if position:
            continue
        position = match.end() - 1
        if text[end - 1] != "\\":
            return end
    return len(text)


@lru_cache(maxsize=32)
def _outdented(indent: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{0,{indent}}}+[^\s#]")


def _filler(text: str, function: _Function, strings: _Strings) -> str | None:
    """What stands for a body: lines without anything, and a name that ends where it ends."""
    stop = function.end
    while True:
        first = text.rfind("\n", function.body - 1, stop) + 1
        line = text[first:stop].rstrip()
        code = line.lstrip()
        if code and not code.startswith("#"):
            break
        stop = first - 1
        if stop < function.body:
            return None
    end = first + len(line)
    margin = len(line) - len(code)
    if (
        margin <= function.indent
        or line[-1] == "\\"
        or "#" in line
        or not line.isascii()
        or strings.end_around(end)
    ):
        return None
    above = text.count("\n", function.body, first)
    below = text.count("\n", end, function.end)
    return "\n" * above + " " * margin + "_" * len(code) + "\n" * below


class _Words:
    """Tells from a text's words which of its functions are to be parsed."""

    def __init__(self, text: str, strings: _Strings) -> None:
        self.text = text
        self.strings = strings
        found = [word for word in _KEPT if word in text]
        linked = [name for name in found if name in LINKED]
        aliases = {alias for name in linked for alias in _alias(name).findall(text)}
        self.kept = [(word, _KEPT[word]) for word in found]
        self.kept += [(alias, _call(alias)) for alias in sorted(aliases)]
        self.mapped = any(word in text for word in _MAPPED)
        self.queries = _queries(text)

    def hint(self, function: _Function) -> Hint | None:
        """The hint of a function that need not be parsed, None for others."""
        _, body, end, indent = function
        if end - body < _SMALLEST:
            return None
        text = self.text[body - 1 : end]
        for word, pattern in self.kept:
            if word in text and pattern.search(text):
                return None
        if bisect_left(self.queries, body) < bisect_right(self.queries, end):
            return None
        if self.mapped and "return" in text and any(word in text for word in _MAPPED):
            return None
        if indent and "return" in text and self._returns(body):
            return None
        return Hint(any(word in text for word in _LOOPS) and _LOOP.search(text) is not None)

    def _returns(self, body: int) -> bool:
        """True if the first statement but for a docstring may be a `return`."""
        text = self.text
        first = _SPACE.match(text, body)
        position = first.end() if first else body
        opening = _OPENING.match(text, position)
        if opening is not None:
            position = self.strings.end_of(opening.end() - 1)
            after = _SPACE.match(text, position)
            position = after.end() if after and position else 0
        return not position or text.startswith("return", position)


def _queries(text: str) -> list[int]:
    """Where something may be a query, as `walk` counts them."""
    found: list[int] = []
    for stem in _STEMS:
        position = text.find(stem)
        while position >= 0:
            word = _WORD.match(text, position + 1)
            end = word.end() if word else position + 1
            name = text[position + 1 : end]
            if (
                name in QUERY_METHODS
                and (called := _CALLED.match(text, end)) is not None
                and (name == "query" or called.group().endswith("("))
                and (name != "get" or _gets_row(text, position, end))
            ):
                found.append(position)
            position = text.find(stem, end)
    for name in QUERY_FUNCTIONS:
        if name in text:
            found += [match.start() for match in _call(name).finditer(text)]
    if ".\n" in text or ".\\" in text:
        found += [match.start() for match in _BROKEN.finditer(text)]
    found.sort()
    return found


def _gets_row(text: str, dot: int, end: int) -> bool:
    """True for a `get` that may be a session's or query's, not a dict's."""
    before = text[max(dot - 40, 0) : dot].rstrip(" \n\\")
    if not before or before.endswith((")", "query")):
        return True
    argument = _ARGUMENT.match(text, end)
    if argument is None:
        return False
    name, after = argument.groups()
    told = bool(name) and (before.endswith(OF_SESSIONS) or name.endswith(OF_CLASSES))
    return (told and after in (",", "[")) or name[:1].isupper() or after in ("#", "(", "\\")
