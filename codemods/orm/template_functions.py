"""A Jinja template as one function of the names of its context.

Included, extended and imported templates are part of it. The function makes the same reads in the
same order as rendering does; what cannot be told (a computed name, a filter of the project) is a
call of something unknown, or left out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from codemods.facts.templates import ParsedTemplate
from codemods.orm.renderer import Renderer
from codemods.orm.template_draft import Draft, unconsumed
from codemods.orm.template_names import Scope, settle
from codemods.orm.template_pages import page


def template_function(
    name: str,
    template: ParsedTemplate,
    find: Callable[[str], ParsedTemplate | None],
    *,
    given: frozenset[str] = frozenset(),
    symbols: Mapping[str, str] | None = None,
) -> Renderer | None:
    """What rendering a template reads.

    Args:
        name: as a user knows it: `templates/boats.html`.
        find: gives the template of a name that is included, extended or imported; None where it
            is not known.
        given: the names that are passed to the template, as far as they are known. It matters for
            those that every template has otherwise: `request`, `url_for`.
        symbols: the full names of the project's own `filter money`, `test late`, `global today`.

    Returns:
        None for a template that is nested too deeply to be followed.
    """
    draft = Draft(find, given, dict(symbols or {}))
    scope = Scope(context=True)
    try:
        body = page(draft, template, scope)
    except RecursionError:
        return None
    for local, assigned in draft.lazy:
        if not local.loaded:
            assigned.value = unconsumed(assigned.value)
    parameters = [ast.arg(key) for key in sorted(draft.parameters)]
    taken = ast.arguments([], parameters, None, [], [], None, [])
    function = ast.FunctionDef("render", taken, [*draft.preamble, *body] or [ast.Pass()], [])
    with_places(function, draft)
    taken_names = settle(draft.locals, frozenset(draft.symbols))
    for builtin in draft.builtins:
        if builtin.id in taken_names:
            name_of = f"builtin {builtin.id}"
            draft.symbols[name_of] = f"builtins.{builtin.id}"
            builtin.id = name_of
    ast.fix_missing_locations(function)
    return Renderer(name, function, draft.places, draft.symbols)


_UNPLACED = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop)


def with_places(function: ast.FunctionDef, draft: Draft) -> None:
    """Give a node without a place that of what it is a part of."""
    stack: list[tuple[ast.AST, ast.AST | None]] = [(function, None)]
    while stack:
        node, owner = stack.pop()
        place = draft.places.get(node) or (draft.places.get(owner) if owner else None)
        if place is not None and not isinstance(node, _UNPLACED):
            draft.places[node] = place
        stack.extend((child, node) for child in ast.iter_child_nodes(node))
