"""Where a new import goes: beside its relatives, in the order that the others are in."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from codemods.rewrite.view import Block, View


@dataclass(frozen=True, slots=True)
class Spot:
    """Before or after the statement `index` of a block, with so many blank lines around.

    `category` is that of the import: those of different ones are kept apart.
    """

    index: int
    after: bool
    category: int
    blank_before: int = 0
    blank_after: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    index: int
    module: str
    is_from: bool
    level: int
    category: int

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def header_length(block: Block) -> int:
    """How many statements are the docstring and the imports that a block begins with."""
    length = 0
    for index, node in enumerate(block.statements):
        if isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.If | ast.Try) and _imports_only(node)
        ):
            length = index + 1
        elif index == 0 and _is_docstring(node):
            length = 1
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            break
    return length


def _imports_only(node: ast.If | ast.Try) -> bool:
    return all(isinstance(part, ast.Import | ast.ImportFrom | ast.Pass) for part in node.body)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def new_import_spot(view: View, block: Block, module: str) -> Spot:
    """The place of a new `from module import …` in a block."""
    known = _known(view, block)
    own = _category(view, module, 0)
    if not known:
        return _first_spot(block, own)
    relatives = [other for other in known if other.top == module.partition(".")[0]]
    relatives = [other for other in relatives if other.category == own]
    group = relatives or [other for other in known if other.category == own]
    if group:
        return _within(group, module, own)
    lower = [other for other in known if other.category < own]
    if lower:
        return Spot(lower[-1].index, True, own, blank_before=1)
    return Spot(known[0].index, False, own, blank_after=1)


def _within(group: Sequence[_Known], module: str, category: int) -> Spot:
    """In the order of the group: by module, `import x` before `from x` unless they are mixed."""
    kinds = [other.is_from for other in group]
    mixed = kinds != sorted(kinds)
    comparable = group if mixed else [other for other in group if other.is_from]
    if not comparable:
        return Spot(group[-1].index, True, category)
    before = [other for other in comparable if other.module.casefold() <= module.casefold()]
    if before:
        return Spot(before[-1].index, True, category)
    return Spot(comparable[0].index, False, category)


def _first_spot(block: Block, category: int) -> Spot:
    if not isinstance(block.owner, ast.Module):
        return Spot(0, False, category)
    if _is_docstring(block.statements[0]):
        return Spot(0, True, category, blank_before=1, blank_after=1)
    blank = 2 if isinstance(block.statements[0], ast.FunctionDef | ast.ClassDef) else 1
    return Spot(0, False, category, blank_after=blank)


def _known(view: View, block: Block) -> list[_Known]:
    known = []
    for index, node in enumerate(block.statements[: header_length(block)]):
        if isinstance(node, ast.ImportFrom):
            category = _category(view, node.module or "", node.level)
            known.append(_Known(index, node.module or "", True, node.level, category))
        elif isinstance(node, ast.Import):
            module = node.names[0].name
            known.append(_Known(index, module, False, 0, _category(view, module, 0)))
    return known


def _category(view: View, module: str, level: int) -> int:
    """0: `__future__`, 1: the standard library, 2: installed, 3: the project's, 4: relative."""
    top = module.partition(".")[0]
    if level:
        return 4
    if top == "__future__":
        return 0
    if top in sys.stdlib_module_names:
        return 1
    path = view.source.path
    siblings = (path.parent / f"{top}.py", path.parent / top / "__init__.py")
    if top in path.parent.parts or any(sibling.is_file() for sibling in siblings):
        return 3
    return 2
