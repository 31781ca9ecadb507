"""How templates make up one page: `include`, `extends` with its blocks, `import`."""

from __future__ import annotations

import ast
from typing import Any

from codemods.facts.templates import ParsedTemplate, template_names
from codemods.orm import template_statements
from codemods.orm.template_draft import Draft, Version
from codemods.orm.template_expressions import expression
from codemods.orm.template_names import Binding, Lost, ModuleName, Scope


def page(draft: Draft, template: ParsedTemplate, scope: Scope) -> list[ast.stmt]:
    """All of a template, and of those that it extends, in a scope of its own."""
    before = draft.blocks, draft.inside, draft.top, draft.muted
    draft.blocks, draft.inside, draft.top, draft.muted = {}, [], scope, False
    try:
        made = _inherited(draft, template, scope)
    finally:
        draft.blocks, draft.inside, draft.top, draft.muted = before
    return [*scope.prelude, *made]


def _inherited(draft: Draft, template: ParsedTemplate, scope: Scope) -> list[ast.stmt]:
    from jinja2.nodes import Block, Extends

    made: list[ast.stmt] = []
    with draft.reading(template) as allowed:
        if not allowed:
            return []
        for own in template.tree.find_all(Block):
            draft.blocks.setdefault(own.name, []).append(Version(own, template))
        parent: Extends | None = None
        body = list(template.tree.body)
        template_statements.announce(draft, body, scope)
        for position, node in enumerate(body):
            if isinstance(node, Extends):
                parent, draft.muted = parent or node, True
                continue
            if node.find(Extends) is not None:
                # What follows is shown only where the condition does not hold.
                rest = template_statements.statements(draft, body[position:], scope)
                return [*made, *_perhaps(draft, node, "this template is shown by itself", rest)]
            made += template_statements.statements(draft, [node], scope)
        if parent is not None:
            draft.muted = False
            made += _parent(draft, parent, parent.template, scope)
    return made


def _parent(draft: Draft, node: Any, named: Any, scope: Scope) -> list[ast.stmt]:
    """What `{% extends named %}` shows."""
    if type(named).__name__ == "CondExpr" and named.expr2 is not None:
        test = expression(draft, named.test, scope)
        blocks = {name: list(versions) for name, versions in draft.blocks.items()}
        first = _parent(draft, node, named.expr1, scope)
        draft.blocks = blocks
        second = _parent(draft, node, named.expr2, scope)
        return [draft.line(ast.If(test, first or [ast.Pass()], second), node)]
    names = template_names(named)
    found = draft.find(names[0]) if names and len(names) == 1 else None
    if found is not None:
        return _inherited(draft, found, scope)
    # Nearly every parent shows every block, but nobody knows this one.
    inner = {
        inside.name
        for versions in draft.blocks.values()
        for inside in versions[0].node.find_all(type(versions[0].node))
    }
    outermost = [name for name in draft.blocks if name not in inner]
    shown = [made for name in outermost for made in _shown(draft, name, 0, scope, scope)]
    return _perhaps(draft, node, "the unknown parent shows the block", shown)


def _perhaps(draft: Draft, node: Any, condition: str, body: list[ast.stmt]) -> list[ast.stmt]:
    return [draft.line(ast.If(draft.unknown(condition), body, []), node)] if body else []


# Blocks ----------------------------------------------------------------------------------------


def block(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """A block where it stands: the form that the outermost child gives it."""
    if draft.muted and scope is draft.top:
        return []
    return _shown(draft, node.name, 0, scope if node.scoped else draft.top, scope)


def block_called(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`super()` and `self.name()`."""
    if type(node).__name__ != "Call":
        return []
    callee = node.node
    match type(callee).__name__:
        case "Name" if callee.name == "super" and draft.inside:
            name, number = draft.inside[-1]
            return _shown(draft, name, number + 1, scope, scope)
        case "Getattr" if getattr(callee.node, "name", None) == "self":
            return _shown(draft, callee.attr, 0, draft.top, scope)
    return []


def _shown(draft: Draft, name: str, number: int, outer: Scope, around: Scope) -> list[ast.stmt]:
    """The form `number` of a block, 0 being the outermost child's."""
    versions = draft.blocks.get(name, ())
    if number >= len(versions) or (name, number) in draft.inside:
        return []
    version = versions[number]
    muted, draft.muted = draft.muted, False
    draft.inside.append((name, number))
    with draft.reading(version.template):
        inner = outer.child(around=around)
        made = template_statements.framed(draft, version.node.body, inner)
    draft.inside.pop()
    draft.muted = muted
    return made


# Other files -----------------------------------------------------------------------------------


def include(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """The included file, which sees what is bound here and binds nothing."""
    return _included(draft, node, node.template, scope)


def _included(draft: Draft, node: Any, named: Any, scope: Scope) -> list[ast.stmt]:
    if type(named).__name__ == "CondExpr":
        test = expression(draft, named.test, scope)
        first = _included(draft, node, named.expr1, scope)
        second = [] if named.expr2 is None else _included(draft, node, named.expr2, scope)
        return [draft.line(ast.If(test, first or [ast.Pass()], second), node)]
    found = _first(draft, template_names(named))
    if found is None:
        return []
    inner = scope.child() if node.with_context else _apart(scope)
    return page(draft, found, inner)


def _first(draft: Draft, names: tuple[str, ...] | None) -> ParsedTemplate | None:
    return next((found for name in names or () if (found := draft.find(name))), None)


def _apart(scope: Scope) -> Scope:
    """A scope that sees nothing of the one that it is in."""
    return Scope(None, scope, scope.depth)


def import_(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% import "forms.html" as forms %}`."""
    made, inside, name = _module(draft, node, scope)
    scope.names[node.target] = ModuleName(inside, name)
    return made


def from_import(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% from "forms.html" import field as show %}`."""
    made, inside, template = _module(draft, node, scope)
    for item in node.names:
        name, alias = (item, item) if isinstance(item, str) else item
        found: Binding | None = inside.names.get(name) if inside else None
        scope.names[alias] = found or Lost(f"{name} of {template}")
    return made


def _module(draft: Draft, node: Any, scope: Scope) -> tuple[list[ast.stmt], Scope | None, str]:
    names = template_names(node.template)
    found = draft.find(names[0]) if names and len(names) == 1 else None
    label = names[0] if names else "a computed name"
    if found is None:
        return [], None, label
    if not node.with_context:
        return [], _shared(draft, found), label
    inside = scope.child()
    inside.unique = True
    return page(draft, found, inside), inside, label


def _shared(draft: Draft, template: ParsedTemplate) -> Scope:
    """A template that sees nothing of where it is imported: it is written once, at the start."""
    if template not in draft.modules:
        inside = draft.modules[template] = Scope(unique=True)
        draft.preamble.extend(page(draft, template, inside))
    return draft.modules[template]
