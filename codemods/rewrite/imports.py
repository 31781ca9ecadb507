"""Import, DropImport and Define: what the top of a file needs, and what it needs no longer."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import libcst as cst

from codemods.patch import Import
from codemods.rewrite.comments import lost_comments
from codemods.rewrite.import_names import AddingNames, DroppingNames
from codemods.rewrite.import_order import Spot, new_import_spot
from codemods.rewrite.parsing import changed, parse_copied, parse_template, statements_code
from codemods.rewrite.scopes import FoundImport, Scopes, is_type_checking, is_used
from codemods.rewrite.statements import Inserted, Plan
from codemods.rewrite.trees import parsed
from codemods.rewrite.view import Block, View
from codemods.source import Span

# Packages that have the names of another one, too: as annotations those of `typing` are the same.
_AGAIN = {"sqlalchemy": ("sqlmodel",), "collections.abc": ("typing", "typing_extensions")}

_LATE = re.compile(r"# *noqa: *E402", re.IGNORECASE)

PlanOf = Callable[[Block, int], Plan]


@dataclass
class Imports:
    """The imports of a file as the patches want them.

    `names` says what stands for a name of a template where that is not the name itself.
    """

    view: View
    scopes: Scopes
    names: dict[str, str] = field(default_factory=dict)
    _wanted: dict[tuple[str, bool], dict[str, str]] = field(default_factory=dict)

    def require(self, patches: Iterable[Import], uses: Collection[Span]) -> None:
        """Settle under which name each import is in reach of all `uses`."""
        for patch in dict.fromkeys(patches):
            local = self._in_reach(patch, uses)
            if local is None:
                local = self._free_name(patch)
                key = patch.module, patch.type_checking and self._checking_block() is not None
                self._wanted.setdefault(key, {})[patch.name] = local
            if local != patch.name:
                self.names[patch.name] = local

    def _in_reach(self, patch: Import, uses: Collection[Span]) -> str | None:
        """The name under which the file has the import already."""
        for found in self.scopes.imports:
            if found.type_checking and not patch.type_checking:
                continue
            if not isinstance(found.node, ast.ImportFrom) or found.alias.name != patch.name:
                continue
            modules = (patch.module, *_AGAIN.get(patch.module, ()))
            known = any(self.scopes.is_module(found.node, module) for module in modules)
            if known and self._reaches(found, uses):
                return found.local
        if self.scopes.is_this_file(patch.module) and self.scopes.in_module(patch.name):
            return patch.name
        return None

    def _reaches(self, found: FoundImport, uses: Collection[Span]) -> bool:
        if found.function is None:
            return not self.scopes.is_shadowed(found.local, uses)
        around = self.view.node_span(found.function)
        start = self.view.node_span(found.node).end
        nested = isinstance(found.function, ast.ClassDef)
        return (
            not nested
            and bool(uses)
            and all(around.contains(use) and start < use.start for use in uses)
        )

    def _free_name(self, patch: Import) -> str:
        name, number = patch.name, 1
        while self.scopes.is_bound(name, patch.module) or name in self._taken(patch):
            name = f"_{patch.name}" if number == 1 else f"_{patch.name}_{number}"
            number += 1
        return name

    def _taken(self, patch: Import) -> set[str]:
        """The names that other imports of these patches get."""
        return {
            local
            for (module, _), names in self._wanted.items()
            for name, local in names.items()
            if (module, name) != (patch.module, patch.name)
        }

    def _checking_block(self) -> Block | None:
        for node in self.view.tree.body:
            if isinstance(node, ast.If) and is_type_checking(node):
                return self.view.block(node, node.body)
        return None

    def plan(self, plan_of: PlanOf, drop: Collection[str], width: int) -> None:
        """Enter what is to be added, and the names that are to go, in the plans of blocks."""
        extended: dict[ast.stmt, list[tuple[str, str]]] = {}
        new: dict[bool, list[tuple[str, list[tuple[str, str]]]]] = {}
        for (module, checking), names in sorted(self._wanted.items()):
            added = sorted(names.items())
            index = self._to_extend(self._block(checking), module)
            if index is None:
                new.setdefault(checking, []).append((module, added))
            else:
                node = self._block(checking).statements[index]
                extended.setdefault(node, []).extend(added)
        for checking, modules in new.items():
            self._insert(plan_of, self._block(checking), modules, width)
        dropped = [found.node for found in self.scopes.imports if found.local in drop]
        for node in dict.fromkeys([*extended, *dropped]):
            assert isinstance(node, ast.Import | ast.ImportFrom)
            self._change(plan_of, node, extended.get(node, []), drop, width)

    def _block(self, checking: bool) -> Block:
        block = self._checking_block() if checking else None
        return block or self.view.block(self.view.tree, self.view.tree.body)

    def _to_extend(self, block: Block, module: str) -> int | None:
        """The last import from `module` above the first definition of the block."""
        best = None
        for index, node in enumerate(block.statements):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                break
            if (
                isinstance(node, ast.ImportFrom)
                and self.scopes.is_module(node, module)
                and node.names[0].name != "*"
            ):
                best = index
        return best

    def _insert(
        self,
        plan_of: PlanOf,
        block: Block,
        modules: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        width: int,
    ) -> None:
        """Add statements, of which those that go to one spot are one insertion."""
        spots: dict[tuple[int, bool], list[tuple[Spot, cst.SimpleStatementLine]]] = {}
        for module, names in modules:
            spot = new_import_spot(self.view, block, module)
            line = _statement(module, names, self.view.indent, width)
            if (late := self._late(block, spot.index)) is not None:
                line = line.with_changes(trailing_whitespace=late)
            spots.setdefault((spot.index, spot.after), []).append((spot, line))
        for (index, after), found in spots.items():
            found.sort(key=lambda item: item[0].category)
            lines = [found[0][1]]
            for (spot, _), (other, line) in pairwise(found):
                apart = [cst.EmptyLine(indent=False)] if spot.category < other.category else []
                lines.append(line.with_changes(leading_lines=apart))
            inserted = Inserted(lines, found[0][0].blank_before, found[-1][0].blank_after)
            plan = plan_of(block, index)
            (plan.after if after else plan.before).insert(0, inserted)

    def _late(self, block: Block, index: int) -> cst.TrailingWhitespace | None:
        """What stands behind an import that may come after other code, as its neighbour does."""
        end = block.spans[index].end
        comment = self.view.text[end : self.view.line_end(end)].strip()
        if not _LATE.fullmatch(comment):
            return None
        return cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(comment))

    def _change(
        self,
        plan_of: PlanOf,
        node: ast.Import | ast.ImportFrom,
        added: Sequence[tuple[str, str]],
        drop: Collection[str],
        width: int,
    ) -> None:
        """Add names to a statement and drop some, or remove it if none remains."""
        block, index = self.view.block_at(node)
        text, indent = self.view.slice(block.spans[index]), block.indent
        line = cst.ensure_type(parse_copied(indent + text, indent)[0], cst.SimpleStatementLine)
        small: cst.CSTNode = line.body[0]
        if added:
            small = changed(small, AddingNames(added, width, self.view.indent))
        remaining = {alias.asname or alias.name.partition(".")[0] for alias in node.names} - {*drop}
        if remaining or added:
            small = changed(small, DroppingNames(drop))
        plan = plan_of(block, index)
        plan.keeps_trailing_comment = True
        plan.replacement = [line.with_changes(body=[small])] if remaining or added else []
        code = statements_code(plan.replacement, "", self.view.indent) if plan.replacement else ""
        plan.comments += lost_comments(text, code)


def _statement(
    module: str, names: Sequence[tuple[str, str]], step: str, width: int
) -> cst.SimpleStatementLine:
    """`from module import names`."""
    (first, local), *rest = names
    renamed = f" as {local}" if local != first else ""
    (line,) = parse_template(f"from {module} import {first}{renamed}")
    line = cst.ensure_type(line, cst.SimpleStatementLine)
    whole = line.body[0].visit(AddingNames(rest, width, step))
    return line.with_changes(body=[whole])


def droppable(view: View, scopes: Scopes, names: Collection[str], after: str) -> set[str]:
    """Those of `names` whose only import nothing needs in the text `after` all other changes."""
    if view.source.path.name == "__init__.py":
        return set()
    tree = parsed(after, view.source, view.parse)
    return {
        name
        for name in names
        if len(found := [one for one in scopes.imports if one.local == name]) == 1
        and found[0].alias.asname != found[0].alias.name
        and "noqa" not in _lines_of(view, found[0])
        and not is_used(tree, after, name)
    }


def _lines_of(view: View, found: FoundImport) -> str:
    span = view.node_span(found.node)
    return view.text[span.start : view.line_end(span.end)]
