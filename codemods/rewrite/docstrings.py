"""Docstrings that list parameters, and the line of one more."""

from __future__ import annotations

import re

import libcst as cst

from codemods.rewrite.parsing import OnRoot

_SPHINX = re.compile(
    r"^(?P<indent>[ \t]*):(?P<word>param|parameter|arg|argument|kwarg|keyword)\b[^:\n]*:",
    re.MULTILINE,
)
_ABOUT_IT = re.compile(r"[ \t]*:type\b")
_NUMPY = re.compile(
    r"^(?P<indent>[ \t]*)(Other )?Parameters[ \t]*\n(?P=indent)-{3,}[ \t]*\n", re.MULTILINE
)
_GOOGLE = re.compile(r"^(?P<indent>[ \t]*)(Args|Arguments|Parameters):[ \t]*\n", re.MULTILINE)


class Documenting(OnRoot):
    """Adds the line of a parameter to a docstring that has such lines.

    Args:
        name: the parameter.
        about: what is said about it.
    """

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self._name = name
        self._about = about

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        if not isinstance(node, cst.SimpleString) or "\n" not in node.value:
            return node
        text = node.value
        if listed := list(_SPHINX.finditer(text)):
            last = listed[-1]
            at = _entry_end(text, last.end(), len(last["indent"]))
            if _ABOUT_IT.match(text, at):
                at = _entry_end(text, text.index("\n", at), len(last["indent"]))
            line = f"{last['indent']}:{last['word']} {self._name}: {self._about}\n"
        elif section := _NUMPY.search(text):
            indent, at = section["indent"], section.end()
            step = re.compile(rf"{indent}\w[^\n]*\n{indent}([ \t]+)\S").match(text, at)
            if step is None:
                return node
            while (end := text.find("\n", at)) > 0 and text[at:end].strip():
                at = end + 1
            line = f"{indent}{self._name}\n{indent}{step[1]}{self._about}\n"
        elif section := _GOOGLE.search(text):
            found = re.compile(rf"{section['indent']}([ \t]+)\S").match(text, section.end())
            if found is None:
                return node
            at = _entry_end(text, section.end(), len(section["indent"]))
            line = f"{section['indent']}{found[1]}{self._name}: {self._about}\n"
        else:
            return node
        return node.with_changes(value=f"{text[:at]}{line}{text[at:]}")


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
