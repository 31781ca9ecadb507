"""Changes to code as plain data: what to change, at which place, into what.

Rules answer with patches and `codemods.rewrite` turns them into edits. The new code is a `Code`
template: Python text with named holes, parsed by LibCST and never concatenated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codemods.source import Place


@dataclass(frozen=True, slots=True)
class Copied:
    """Existing code that fills a hole: the expression or statement at `place`, as it is written.

    `rename` replaces names in the copy (whole `Name` nodes that are loaded), and `substitute`
    replaces the expressions at other places inside it.
    """

    place: Place
    rename: tuple[tuple[str, str], ...] = ()
    substitute: tuple[tuple[Place, Code], ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A template: Python text with `{name}` holes.

    As an expression (`Code("{query}.all()", query=...)`) or as one statement, which may be a
    compound one. A hole is a name or dotted name (`str`), code that is in the file (`Copied`), or
    another template. Braces of dicts, sets and f-strings are doubled (`{{{key}: {value}}}`). A
    name may also fill a hole inside a string, a comment or where an identifier stands, and a
    statement one that is a whole line. Parentheses, quotes and indentation are the place's.
    """

    text: str
    holes: tuple[tuple[str, Hole], ...] = ()

    @classmethod
    def of(cls, text: str, /, **holes: Hole) -> Code:
        return cls(text, tuple(sorted(holes.items(), key=lambda item: item[0])))

    @property
    def values(self) -> Mapping[str, Hole]:
        return dict(self.holes)


Hole: TypeAlias = str | Copied | Code


@dataclass(frozen=True, slots=True)
class Replace:
    """Put `code` where the expression or the statement at `place` is.

    A replaced statement keeps the comments and blank lines above it.
    """

    place: Place
    code: Code


@dataclass(frozen=True, slots=True)
class Chain:
    """Call `.method(*arguments)` on the expression at `place`.

    Several chains of one method at one place become one call; an argument that another one
    extends (`selectinload(A.b)` and `selectinload(A.b).selectinload(B.c)`) is dropped.
    """

    place: Place
    method: str
    arguments: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class AddArguments:
    """Append arguments to the call at `place`, under the same merging as `Chain`."""

    place: Place
    arguments: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class AddKeyword:
    """Append `name=value` to the call at `place`, before `**others`."""

    place: Place
    name: str
    value: Code


@dataclass(frozen=True, slots=True)
class AddParameter:
    """Append the keyword-only parameter `name`, with a default, to the function at `place`.

    It stands last, before `**others`; `annotation` is the text of its annotation, of which the
    names fill holes. A docstring that lists parameters gets the line `name: about`.
    """

    place: Place
    name: str
    annotation: Code | None = None
    about: str = ""
    default: str = "None"


@dataclass(frozen=True, slots=True)
class InsertBefore:
    """Put statements before the statement at `place`, above its own comments' first line.

    Comments directly above the statement stay with it.
    """

    place: Place
    statements: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class InsertAfter:
    """Put statements after the statement at `place`, in the same block."""

    place: Place
    statements: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete the statement at `place`; comments above it and in it move to the statement that
    follows, but for those that the new code has `taken` with it. If the statement `into` does its
    work from now on, they go there."""

    place: Place
    taken: tuple[str, ...] = ()
    into: Place | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """Make `module.name` available as `name` in the file of `place`.

    `place` may be any place in the file. An import that is there (also under another name, which
    then is what the new code uses) is not repeated; an import from the same module is extended.
    With `type_checking` it goes into an `if TYPE_CHECKING:` block if the file has one.
    """

    place: Place
    module: str
    name: str
    type_checking: bool = False


@dataclass(frozen=True, slots=True)
class DropImport:
    """Remove the import of `name` from the file of `place` if nothing uses it any more."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class Define:
    """A private module-level function, written once per module, after the imports.

    If the module has a function of that name already, nothing is added.
    """

    place: Place
    name: str
    code: Code


Patch: TypeAlias = (
    Replace
    | Chain
    | AddArguments
    | AddKeyword
    | AddParameter
    | InsertBefore
    | InsertAfter
    | Remove
    | Import
    | DropImport
    | Define
)
