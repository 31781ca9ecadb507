"""Newer syntax into older syntax of the same width, so that positions stay what they are.

Only a file that the running Python refuses comes here. Widths are UTF-8 bytes, as `ast` counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

Version = tuple[int, int]

_LEXER = re.compile(
    r"""(?P<space>[ \t\f]+|\\(?:\r\n|\r|\n))
      | (?P<comment>\#[^\r\n]*)
      | (?P<newline>\r\n|\r|\n)
      | (?P<string>(?:[bBfFrRtTuU]{0,2})(?:\"\"\"|'''|"|'))
      | (?P<name>[^\W\d]\w*)
      | (?P<number>\.?\d[\w.]*)
      | (?P<operator>->|:=|[!=<>]=|.)""",
    re.VERBOSE,
)
# Characters of a string that neither end it nor begin anything in it.
_QUIET = re.compile(r"[^\\\"'{\r\n]*")
_SWAP = {'"': "'", "'": '"'}


class Feature(NamedTuple):
    """Syntax that `version` brought, and the rows it stands on."""

    version: Version
    first_row: int
    last_row: int


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Downgrade:
    """The older text, what was found in it, and the (row, UTF-8 column) of each `except` whose
    types are joined by `|` now."""

    text: str
    features: tuple[Feature, ...]
    handlers: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Writer:
    text: str
    host: Version
    changes: dict[int, str] = field(default_factory=dict)
    features: list[Feature] = field(default_factory=list)
    handlers: list[tuple[int, int]] = field(default_factory=list)

    def row(self, offset: int) -> int:
        return len(re.findall(r"\r\n|\r|\n", self.text[:offset])) + 1

    def found(self, version: Version, start: int, end: int) -> bool:
        """Note a feature; True if the running Python lacks it."""
        if version <= self.host:
            return False
        self.features.append(Feature(version, self.row(start), self.row(end)))
        return True

    def blank(self, start: int, end: int) -> None:
        """Spaces for all but newlines, which are continued: no bracket is around them now."""
        for offset in range(start, end):
            char = self.text[offset]
            if char not in "\r\n":
                width = len(char.encode("utf-8", "replace"))
                continued = self.text[offset + 1 : offset + 2] in ("\r", "\n")
                self.changes[offset] = " " * (width - continued) + "\\" * continued

    def put(self, offset: int, new: str) -> None:
        for index, char in enumerate(new):
            self.changes[offset + index] = char

    def result(self) -> str:
        parts: list[str] = []
        position = 0
        for offset in sorted(self.changes):
            parts += (self.text[position:offset], self.changes[offset])
            position = offset + 1
        return "".join((*parts, self.text[position:]))


def downgrade(text: str, host: Version) -> Downgrade:
    """`text` with what is newer than `host` replaced; equal text where nothing is."""
    writer = _Writer(text, host)
    line: list[Token] = []
    for token in _tokens(writer):
        if token.kind == "end":
            _logical_line(writer, line)
            line = []
        else:
            line.append(token)
    _logical_line(writer, line)
    return Downgrade(writer.result(), tuple(writer.features), tuple(writer.handlers))


def _tokens(writer: _Writer) -> list[Token]:
    """The tokens without white space and comments; `end` closes a logical line."""
    text, position, depth = writer.text, 0, 0
    tokens: list[Token] = []
    while match := _LEXER.match(text, position):
        kind, found, start = match.lastgroup or "", match.group(), position
        position = match.end()
        if kind == "string":
            position = _string(writer, start, position, ())
            tokens.append(Token(kind, found, start, position, depth))
        elif kind == "newline":
            if not depth:
                tokens.append(Token("end", found, start, position, 0))
        elif kind in ("name", "number", "operator"):
            if found in ")]}":
                depth = max(depth - 1, 0)
            tokens.append(Token(kind, found, start, position, depth))
            if found in "([{":
                depth += 1
    return tokens


def _string(writer: _Writer, start: int, inside: int, outer: tuple[str, ...]) -> int:
    """Pass over a string whose contents begin at `inside`; the offset after its end."""
    text = writer.text
    opening = text[start:inside]
    prefix = opening.rstrip("\"'")
    quote = opening[len(prefix) :]
    formatted = set(prefix.lower()) & {"f", "t"}
    template = re.search("[tT]", prefix)
    position = inside
    while position < len(text):
        char = text[position]
        if char == "\\":
            position += 2
        elif text.startswith(quote, position):
            position += len(quote)
            break
        elif char in "\r\n" and len(quote) == 1:
            break
        elif char == "{" and formatted:
            if text.startswith("{{", position):
                position += 2
            else:
                position = _field(writer, position + 1, (*outer, quote))
        else:
            quiet = _QUIET.match(text, position + 1)
            assert quiet is not None
            position = quiet.end()
    if template and writer.found((3, 14), start, position):
        at = start + template.start()
        writer.put(at, "f" if text[at] == "t" else "F")
    if quote in outer and writer.found((3, 12), start, position):
        _requote(writer, start + len(prefix), position, quote, outer)
    return position


def _field(writer: _Writer, position: int, outer: tuple[str, ...]) -> int:
    """Pass over a replacement field from after its `{`; the offset after its `}`."""
    text, depth, specification = writer.text, 0, False
    while position < len(text):
        char = text[position]
        if specification and char not in "{}":
            if text.startswith(outer[-1], position):
                return position
            position += 1
            continue
        match = _LEXER.match(text, position)
        if match is None:
            return position
        if match.lastgroup == "string" and not specification:
            position = _string(writer, position, match.end(), outer)
            continue
        if match.lastgroup in ("comment", "newline") and len(outer[-1]) == 1:
            writer.found((3, 12), position, match.end())
        if match.group().startswith("\\"):
            writer.found((3, 12), position, match.end())
        if specification and char == "{":
            position = _field(writer, position + 1, outer)
            continue
        if char in "([{":
            depth += 1
        elif char == "}" and not depth:
            return position + 1
        elif char in ")]}":
            depth -= 1
        elif char == ":" and not depth and match.group() == ":":
            specification = True
        position = match.end()
    return position


def _requote(writer: _Writer, start: int, end: int, quote: str, outer: tuple[str, ...]) -> None:
    """Give a string inside an f-string the other quotes, if these are free."""
    other = _SWAP[quote[0]]
    inside = writer.text[start + len(quote) : end - len(quote)]
    if other in inside or any(other in enclosing for enclosing in outer):
        return
    writer.put(start, other * len(quote))
    writer.put(end - len(quote), other * len(quote))


def _logical_line(writer: _Writer, line: list[Token]) -> None:
    if not line:
        return
    words = [token.text for token in line[:3]]
    if words[0] == "except":
        _except(writer, line)
    elif words[0] == "type" and len(line) > 3 and line[1].kind == "name":
        _type_alias(writer, line)
    elif words[0] == "lazy" and len(line) > 1 and words[1] in ("import", "from"):
        if writer.found((3, 15), line[0].start, line[-1].end):
            writer.blank(line[0].start, line[1].end)
            writer.put(line[0].start, words[1])
    else:
        _type_parameters(writer, line)


def _except(writer: _Writer, line: list[Token]) -> None:
    clause = []
    for token in line:
        if token.depth == 0 and token.text == ":":
            break
        clause.append(token)
    commas = [token for token in clause if token.depth == 0 and token.text == ","]
    if not commas or any(token.text == "as" and token.depth == 0 for token in clause):
        return
    if writer.found((3, 14), line[0].start, clause[-1].end):
        for comma in commas:
            writer.put(comma.start, " " if comma is clause[-1] else "|")
        start = line[0].start
        row_start = max(writer.text.rfind("\n", 0, start), writer.text.rfind("\r", 0, start)) + 1
        column = len(writer.text[row_start:start].encode("utf-8", "replace"))
        writer.handlers.append((writer.row(start), column))


def _type_alias(writer: _Writer, line: list[Token]) -> None:
    equals = next((token for token in line if token.text == "=" and token.depth == 0), None)
    if equals is None or line[2].text not in ("=", "["):
        return
    if writer.found((3, 12), line[0].start, line[-1].end):
        name = line[1].text
        writer.blank(line[0].start, equals.start)
        writer.changes[line[0].start] = name
        padding = len(name.encode("utf-8", "replace")) - 1
        for offset in range(line[0].start + 1, equals.start):
            if padding and writer.changes.get(offset) == " ":
                writer.changes[offset] = ""
                padding -= 1


def _type_parameters(writer: _Writer, line: list[Token]) -> None:
    for index in range(len(line) - 2):
        keyword, name, bracket = line[index : index + 3]
        if keyword.text not in ("def", "class") or keyword.depth:
            continue
        if name.kind == "name" and bracket.text == "[":
            inside = []
            for token in line[index + 3 :]:
                inside.append(token)
                if token.depth == 0:
                    break
            if not inside:
                return
            defaults = any(token.text == "=" and token.depth == 1 for token in inside)
            version = (3, 13) if defaults else (3, 12)
            if writer.found(version, bracket.start, inside[-1].end):
                writer.blank(bracket.start, inside[-1].end)
        return
