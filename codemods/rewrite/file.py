"""All patches of one file, in one go."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import libcst as cst

from codemods.edits import Edit
from codemods.patch import (
    AddArguments,
    AddKeyword,
    AddParameter,
    Chain,
    Define,
    DropImport,
    Import,
    InsertAfter,
    InsertBefore,
    Patch,
    Remove,
    Replace,
)
from codemods.rewrite.arguments import merged
from codemods.rewrite.builtin_names import builtins_used
from codemods.rewrite.comments import lost_comments
from codemods.rewrite.error import RewriteError
from codemods.rewrite.expressions import Expressions, chained, extended
from codemods.rewrite.import_order import header_length
from codemods.rewrite.imports import Imports, droppable
from codemods.rewrite.layout import Layout
from codemods.rewrite.parameters import keyword_splices, parameter_splices
from codemods.rewrite.parsing import statements_code
from codemods.rewrite.regions import replaced, touched
from codemods.rewrite.result import final_edits
from codemods.rewrite.scopes import Scopes
from codemods.rewrite.settled import comments_about, heads_more, without_carried
from codemods.rewrite.splices import Splice
from codemods.rewrite.statements import Inserted, Plan, block_splices
from codemods.rewrite.templates import Builder
from codemods.rewrite.trees import Parse
from codemods.rewrite.view import Block, View
from codemods.source import Place, SourceFile, Span

_OnExpression: TypeAlias = Replace | Chain | AddArguments
_OnStatement: TypeAlias = Replace | Remove | InsertBefore | InsertAfter


@dataclass(frozen=True)
class OpenFile:
    """A file, and what the patches of one fix after the other ask of it."""

    view: View
    layout: Layout
    scopes: Scopes


@lru_cache(maxsize=16)
def opened(source: SourceFile, parse: Parse | None) -> OpenFile:
    """What `source` looks like to the rewriter.

    Raises:
        RewriteError: if the file does not parse.
    """
    view = View(source, parse)
    return OpenFile(view, Layout(view), Scopes(view))


class FileRewriter:
    """The patches of one file on their way to edits."""

    def __init__(
        self, file: OpenFile, patches: Sequence[Patch], views: Callable[[Path], View]
    ) -> None:
        self._view = file.view
        self._patches = list(dict.fromkeys(patches))
        self._layout = file.layout
        self._scopes = file.scopes
        self._imports = Imports(self._view, self._scopes)
        self._expressions = Expressions(self._view)
        self._builder = Builder(views, self._imports.names, self._layout.quote)
        self._plans: dict[Span, tuple[Block, dict[int, Plan]]] = {}
        self._splices: list[Splice] = []
        self._gone: set[Span] = set()

    def edits(self) -> tuple[Edit, ...]:
        spans = {id(patch): self._view.span_of(patch.place) for patch in self._patches}
        on_expressions: dict[Span, list[_OnExpression]] = {}
        on_statements: list[tuple[Span, _OnStatement]] = []
        added: list[tuple[Span, AddKeyword | AddParameter]] = []
        for patch in self._patches:
            if isinstance(patch, Chain | AddArguments) or self._is_on_expression(patch):
                assert isinstance(patch, Chain | AddArguments | Replace)
                on_expressions.setdefault(spans[id(patch)], []).append(patch)
            elif isinstance(patch, Replace | Remove | InsertBefore | InsertAfter):
                on_statements.append((spans[id(patch)], patch))
            elif isinstance(patch, AddKeyword | AddParameter):
                added.append((spans[id(patch)], patch))
        self._require_imports(spans)
        staying = self._set_aside(on_expressions, on_statements)
        self._gone = {span for span, patch in on_statements if isinstance(patch, Remove)}
        for span, patch in on_statements:
            self._on_statement(span, patch)
        for span in staying:
            self._on_expression(span, on_expressions[span])
        for span, addition in added:
            self._add(span, addition)
        self._confirm_carried()
        self._define()
        without_carried([p for _, plans in self._plans.values() for p in plans.values()])
        drop = self._dropped()
        self._imports.plan(self._plan, drop, self._layout.width)
        regions = self._layout.formatted(touched(self._view, self._all_splices()))
        return final_edits(self._view, regions)

    def _is_on_expression(self, patch: Patch) -> bool:
        if not isinstance(patch, Replace) or not self._builder.is_expression(patch.code):
            return False
        return self._view.expression_at(self._view.span_of(patch.place)) is not None

    def _require_imports(self, spans: dict[int, Span]) -> None:
        uses = {
            spans[id(patch)]
            for patch in self._patches
            if not isinstance(patch, Import | DropImport | Define)
        }
        if any(isinstance(patch, Define) for patch in self._patches):
            uses.add(Span(0, 0))
        wanted = [patch for patch in self._patches if isinstance(patch, Import)]
        self._imports.require(wanted, uses)
        self._require_builtins(uses)

    def _require_builtins(self, uses: set[Span]) -> None:
        """Import the builtins that new code uses and that mean something else here."""
        used = [name for name in builtins_used(self._patches) if name not in self._imports.names]
        local = {name for name in used if self._scopes.is_shadowed(name, uses)}
        hidden = [name for name in used if name in local or self._scopes.in_module(name)]
        place = Place(self._view.source.path, Span(0, 0))
        self._imports.require([Import(place, "builtins", name) for name in hidden], uses)
        found = {name: self._imports.names.pop(name, name) for name in hidden}
        self._builder.called = {name: found[name] for name in found if name in local}
        self._builder.builtins = {name: found[name] for name in found if name not in local}

    def _set_aside(
        self,
        on_expressions: dict[Span, list[_OnExpression]],
        on_statements: Sequence[tuple[Span, _OnStatement]],
    ) -> list[Span]:
        """The spans that stay where they are; the others lie in code that goes, and go with
        the copies of it."""
        gone = [span for span, patch in on_statements if isinstance(patch, Replace | Remove)]
        replaced = [
            span
            for span, patches in on_expressions.items()
            if any(isinstance(patch, Replace) for patch in patches)
        ]
        for span, patch in on_statements:
            if any(outer.contains(span) and outer != span for outer in gone):
                raise RewriteError("a patch lies in code that another patch replaces", patch.place)
        path = self._view.source.path
        staying = []
        for span, patches in on_expressions.items():
            if any(outer.contains(span) for outer in gone) or any(
                outer.contains(span) and outer != span for outer in replaced
            ):
                self._builder.moved[Place(path, span)] = self._change(patches)
                continue
            staying.append(span)
            if span in replaced and len(patches) > 1:
                others = [patch for patch in patches if not isinstance(patch, Replace)]
                if len(others) < len(patches) - 1:
                    raise RewriteError("two patches replace the same place", patches[0].place)
                self._builder.moved[Place(path, span)] = self._change(others)
                on_expressions[span] = [p for p in patches if isinstance(p, Replace)]
        return staying

    def _change(
        self, patches: Sequence[_OnExpression]
    ) -> Callable[[cst.BaseExpression], cst.BaseExpression]:
        """What patches of one place do to a copy of it."""

        def change(node: cst.BaseExpression) -> cst.BaseExpression:
            for patch in _merged_chains(patches):
                if isinstance(patch, Replace):
                    node = self._builder.expression(patch.code)
                elif isinstance(patch, Chain):
                    node = chained(node, patch.method, self._arguments(patch))
                else:
                    node = extended(node, self._arguments(patch))
            return node

        return change

    def _arguments(self, patch: Chain | AddArguments) -> list[cst.BaseExpression]:
        return merged([self._builder.expression(code) for code in patch.arguments])

    def _on_expression(self, span: Span, patches: Sequence[_OnExpression]) -> None:
        if self._view.expression_at(span) is None:
            raise RewriteError("there is no expression at this place", patches[0].place)
        for patch in _merged_chains(patches):
            if isinstance(patch, Chain):
                self._splices += self._expressions.chain(span, patch.method, self._arguments(patch))
            elif isinstance(patch, AddArguments):
                self._splices += self._expressions.add_arguments(span, self._arguments(patch))
            else:
                splice = self._expressions.replace(span, self._builder.expression(patch.code))
                self._splices.append(splice)
                before = self._view.text[splice.start : splice.end]
                if lost := lost_comments(before, splice.text):
                    self._plan(*self._view.line_statement(span)).comments += lost

    def _add(self, span: Span, patch: AddKeyword | AddParameter) -> None:
        if isinstance(patch, AddKeyword):
            value = self._builder.expression(patch.value)
            self._splices += keyword_splices(self._view, span, patch.name, value)
            return
        annotation = None
        if patch.annotation is not None:
            # evaluated where the function is defined, outside of it
            outside = {**self._builder.called, **self._builder.builtins}
            annotation = replace(self._builder, builtins=outside).expression(patch.annotation)
        width = self._layout.width
        self._splices += parameter_splices(self._view, span, patch, annotation, width)

    def _on_statement(self, span: Span, patch: _OnStatement) -> None:
        block, index = self._view.statement(span, patch.place)
        plan = self._plan(block, index)
        if isinstance(patch, InsertBefore | InsertAfter):
            builder = replace(self._builder, flat=not self._layout.is_black)
            built = [node for code in patch.statements for node in builder.statements(code)]
            if built:
                defines = any(isinstance(node, cst.FunctionDef | cst.ClassDef) for node in built)
                blank = 0 if not defines else 1 if block.indent else 2
                (plan.before if isinstance(patch, InsertBefore) else plan.after).append(
                    Inserted(built, blank, blank)
                )
            return
        if plan.replacement is not None:
            raise RewriteError("two patches replace the same statement", patch.place)
        plan.replacement = []
        if isinstance(patch, Replace):
            plan.replacement = self._builder.statements(patch.code)
        code = statements_code(plan.replacement, "", "    ") if plan.replacement else ""
        if isinstance(patch, Remove):
            plan.taken = patch.taken
            if patch.into is not None:
                plan.taken += self._handed_on(block, index, patch.into)
            code = "\n".join(plan.taken)
        plan.comments += lost_comments(self._view.slice(block.spans[index]), code)

    def _handed_on(self, block: Block, index: int, into: Place) -> tuple[str, ...]:
        """The comments about a statement that goes, which those of the statement `into` end with."""
        above, rest = comments_about(self._view, block, index)
        if heads_more(self._view, block, index, self._gone):
            above = []
        target, at = self._view.statement(self._view.span_of(into), into)
        plan, (known, _) = self._plan(target, at), comments_about(self._view, target, at)
        plan.comments += (c for c in (*above, *rest) if c not in (*known, *plan.comments))
        return (*above, *rest)

    def _plan(self, block: Block, index: int) -> Plan:
        return self._plans.setdefault(block.span, (block, {}))[1].setdefault(index, Plan())

    def _confirm_carried(self) -> None:
        for place in self._builder.moved:
            if place not in self._builder.carried:
                raise RewriteError("a patch lies in code that another patch replaces", place)

    def _define(self) -> None:
        done: set[str] = set()
        for patch in self._patches:
            if isinstance(patch, Define) and patch.name not in done:
                done.add(patch.name)
                if not self._scopes.defines(patch.name):
                    statements = self._builder.statements(patch.code)
                    self._define_at_top(Inserted(statements, 2, 2))

    def _define_at_top(self, inserted: Inserted) -> None:
        """Above the first definition and the first statement that a patch is in, but below the
        imports of what it evaluates."""
        block = self._view.block(self._view.tree, self._view.tree.body)
        header = header_length(block)
        imported = self._imported_at(block, inserted)
        places = [self._view.span_of(patch.place) for patch in self._patches]
        for index in range(header, len(block.statements)):
            node, span = block.statements[index], block.spans[index]
            definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if definition and index < imported:
                continue
            if definition or any(span.contains(place) for place in places):
                self._plan(block, index).before.insert(0, inserted)
                return
        self._plan(block, len(block.statements) - 1).after.append(inserted)

    def _imported_at(self, block: Block, inserted: Inserted) -> int:
        """The statement of a module from which on the file has imported the names of a definition
        that it imports itself."""
        tree = ast.parse(statements_code(inserted.statements, "", self._view.indent))
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        first: dict[str, int] = {}
        for found in self._scopes.imports:
            if found.local in read and found.node in block.statements:
                first.setdefault(found.local, block.statements.index(found.node))
        return max(first.values(), default=0)

    def _dropped(self) -> set[str]:
        names = {patch.name for patch in self._patches if isinstance(patch, DropImport)}
        if not names:
            return set()
        after = replaced(self._view, touched(self._view, self._all_splices()))
        return droppable(self._view, self._scopes, names, after)

    def _all_splices(self) -> list[Splice]:
        splices = list(self._splices)
        for block, plans in self._plans.values():
            splices += block_splices(self._view, block, plans)
        return splices


def _merged_chains(patches: Sequence[_OnExpression]) -> list[_OnExpression]:
    """The patches of one place, with one chain for each method and one addition of arguments."""
    found: list[_OnExpression] = []
    for patch in patches:
        for index, other in enumerate(found):
            if isinstance(patch, Chain) and isinstance(other, Chain):
                if patch.method == other.method:
                    both = (*other.arguments, *patch.arguments)
                    found[index] = Chain(other.place, other.method, both)
                    break
            elif isinstance(patch, AddArguments) and isinstance(other, AddArguments):
                found[index] = AddArguments(other.place, (*other.arguments, *patch.arguments))
                break
        else:
            found.append(patch)
    return found
