"""How a loader option for a relationship is written, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm.eager import RowRead, loaders, path_names
from codemods.orm.preconditions import proven, unknown
from codemods.orm.query import Loader
from codemods.orm.values import Step
from codemods.patch import AddArguments, Chain, Code, Copied, Import, Patch, Remove
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.index import ProjectIndex

# Calls after which an option at the root would not do what it does here.
_CHANGES_ENTITIES = ("add_entity", "add_columns", "add_column", "from_statement")


def patches(read: RowRead) -> tuple[Patch, ...]:
    """The option on the query, the imports that it needs, and reads that it makes needless."""
    return (*_option(read), *_needless(read))


def _option(read: RowRead) -> Iterator[Patch]:
    scope, query = read.scope, read.query
    if (shorter := _shorter(read)) is not None:
        loader, length = shorter
        place = scope.place(loader.node)
        for step in read.path[length:]:
            argument, imports = _attribute(read, step)
            yield Chain(place, _strategy(read, step), (argument,))
            yield from imports
        return
    options, imports = _loader(read)
    yield from imports
    exclusive = all(not shared(read, root) for root in query.roots)
    calls = [call for call in query.calls if call.method == "options" and call.sure]
    if exclusive and calls and query.option_calls and not query.opaque:
        yield AddArguments(scope.place(query.option_calls[-1]), options)
        return
    for node in _anchors(read, exclusive):
        yield Chain(scope.place(node), "options", options)


def _needless(read: RowRead) -> Iterator[Patch]:
    """`session.refresh(row, ["relationship"])` has nothing left to load."""
    for item in read.reads:
        if item.reload:
            yield Remove(read.scope.place(item.statement))


# Where the option goes -----------------------------------------------------------------------


def _anchors(read: RowRead, exclusive: bool) -> tuple[ast.expr, ...]:
    """The expressions to call `options()` on."""
    query = read.query
    if not exclusive or (len(query.roots) > 1 and not query.opaque):
        return (receiver(read),)
    if query.opaque or query.has(*_CHANGES_ENTITIES):
        return (query.node,)
    return query.roots


def receiver(read: RowRead) -> ast.expr:
    """The expression that stands for the whole query where it is sent."""
    node = read.run.node
    if read.query.style == "select" and isinstance(node, ast.Call) and node.args:
        return node.args[0]
    if read.run.terminal == "iterate":
        return read.run.expression
    match node:
        case ast.Call(func=ast.Attribute(value=value)) | ast.Subscript(value=value):
            return value
    assert isinstance(node, ast.expr)
    return node


def shared(read: RowRead, root: ast.expr) -> bool:
    """True if the query that begins at `root` is used for something else too."""
    scope = read.scope
    if any(run is not read.run and root in run.query.roots for run in scope.runs):
        return True
    inside = scope.source.span(receiver(read)).contains(scope.source.span(root))
    if inside:
        return False
    holders = _holders(scope, root)
    if not holders:
        return True
    ends = [receiver(read), *_values(scope, holders)]
    rebound = {target for target, value in _assignments(scope, read.run.statement)} & holders
    end = scope.source.span(read.run.statement).end
    return any(
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id in holders
        and not (node.id in rebound and scope.source.span(node).start > end)
        and not any(scope.source.span(end).contains(scope.source.span(node)) for end in ends)
        for node in ast.walk(scope.node)
    )


def _holders(scope: Scope, root: ast.expr) -> set[str]:
    """The variables that a query is kept in while it is built."""
    found: set[str] = set()
    size = -1
    while len(found) != size:
        size = len(found)
        for target, value in _assignments(scope):
            if any(
                part is root or (isinstance(part, ast.Name) and part.id in found)
                for part in _chain(value)
            ):
                found.add(target)
    return found


def _values(scope: Scope, holders: set[str]) -> list[ast.expr]:
    return [value for target, value in _assignments(scope) if target in holders]


def _assignments(scope: Scope, within: ast.AST | None = None) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(within or scope.node):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _chain(node: ast.expr) -> Iterator[ast.expr]:
    """A chain of method calls, from its last call to what it begins with."""
    while True:
        yield node
        match node:
            case ast.Call(func=ast.Attribute(value=value)):
                node = value
            case ast.IfExp(body=body, orelse=orelse):
                yield from _chain(body)
                node = orelse
            case _:
                return


# What it says --------------------------------------------------------------------------------


def _shorter(read: RowRead) -> tuple[Loader, int] | None:
    """The option that loads the longest part of the path already, and how long that is."""
    wanted = path_names(read.path)
    spans = [read.scope.source.span(call) for call in read.query.option_calls]
    best: tuple[Loader, int] | None = None
    for loader, whole in loaders(read.query):
        size = len(whole)
        if not loader.strategies or not 0 < size < len(wanted) or whole != wanted[:size]:
            continue
        node = read.scope.source.span(loader.node)
        if (best is None or size > best[1]) and any(span.contains(node) for span in spans):
            best = (loader, size)
    return best


def _loader(read: RowRead) -> tuple[tuple[Code, ...], list[Patch]]:
    """`selectinload(Order.lines).selectinload(Line.product)`, and what it needs."""
    entity = read.query.entities[read.entity]
    place = read.scope.place(entity.node)
    selected: Copied | str = Copied(place)
    imports: list[Patch] = []
    options: list[Code] = []
    if read.subclass is not None:
        name, more = class_name(read.scope, read.subclass.full_name, place)
        imports += [Import(place, "sqlalchemy.orm", "selectin_polymorphic"), *more]
        options.append(
            Code.of("selectin_polymorphic({base}, [{child}])", base=selected, child=name)
        )
        selected = name
    function = _strategy(read, read.path[0])
    imports.append(Import(place, "sqlalchemy.orm", function))
    first = read.path[0].relationship.name
    code = Code.of(f"{function}({{entity}}.{first})", entity=selected)
    for step in read.path[1:]:
        argument, more = _attribute(read, step)
        code = Code.of(
            f"{{before}}.{_strategy(read, step)}({{argument}})", before=code, argument=argument
        )
        imports += more
    return (*options, code), imports


def _strategy(read: RowRead, step: Step) -> str:
    if step.relationship.lazy not in ("select", None):
        return "defaultload"
    return "joinedload" if read.joined else "selectinload"


def _attribute(read: RowRead, step: Step) -> tuple[Code, list[Patch]]:
    """`Line.product`, with the import of `Line` if this file has none."""
    place = read.scope.place(read.query.entities[read.entity].node)
    name, imports = class_name(read.scope, step.model.full_name, place)
    return Code.of(f"{{model}}.{step.relationship.name}", model=name), imports


# Names of classes ------------------------------------------------------------------------------


def class_name(scope: Scope, full_name: str, place: Place) -> tuple[str, list[Patch]]:
    """What a class is called in this file; an import where it has no name yet."""
    canonical = scope.index.canonical(full_name)
    short = canonical.rpartition(".")[2]
    module = scope.module
    imported = [name for name in module.imports if name not in typing_only(scope)]
    for name in (short, *imported):
        if name in typing_only(scope):
            continue
        resolved = scope.index.resolve(module, name)
        if resolved and scope.index.canonical(resolved) == canonical:
            return name, []
    for name in imported:
        target = module.imports[name]
        if (
            target in scope.index.modules
            and scope.index.canonical(f"{target}.{short}") == canonical
        ):
            return f"{name}.{short}", []
    return short, [Import(place, import_source(scope, canonical), short)]


def import_source(scope: Scope, canonical: str) -> str:
    """The module to import a class from: a package that this file has its models from, if it can.

    Other modules that happen to import the class are none of its homes.
    """
    home, _, short = canonical.rpartition(".")
    for name, origin in scope.module.origins.items():
        if name not in typing_only(scope) and origin in scope.index.modules:
            exported = scope.index.modules[origin].exported or ()
            within = home.startswith(f"{origin}.") or short in exported
            if within and scope.index.canonical(f"{origin}.{short}") == canonical:
                return origin
    return home


@cache
def _typing_names(tree: ast.Module) -> frozenset[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for item in node.body:
                if isinstance(item, ast.Import | ast.ImportFrom):
                    found |= {(a.asname or a.name).partition(".")[0] for a in item.names}
    return frozenset(found)


def typing_only(scope: Scope) -> frozenset[str]:
    """Names that only type checkers import."""
    return _typing_names(scope.tree)


def import_condition(read: RowRead) -> Precondition:
    """An import that the option needs closes no circle."""
    name, scope = "imports-possible", read.scope
    needed = [read.subclass] if read.subclass is not None else []
    needed += [step.model for step in read.path[1:]]
    for model in needed:
        _, imports = class_name(scope, model.full_name, read.place)
        for patch in imports:
            if not isinstance(patch, Import) or _imports(scope, patch.module):
                continue
            if scope.module.module in reachable(scope.index, patch.module):
                return unknown(
                    scope, name, f"{patch.module} imports this file, so that importing {patch.name} "
                    "from it may close a circle", read.run,
                )  # fmt: skip
    return proven(name, "every class that the option names can be imported")


def _imports(scope: Scope, module: str) -> bool:
    known = scope.module
    return (
        any(
            origin == module
            for name, origin in known.origins.items()
            if name not in typing_only(scope)
        )
        or module in known.star_imports
    )


def reachable(index: ProjectIndex, start: str) -> set[str]:
    """The modules of the project that are imported when `start` is."""
    found: set[str] = set()
    stack = [start]
    while stack:
        name = stack.pop()
        facts = index.modules.get(name)
        if name in found or facts is None:
            continue
        found.add(name)
        for target in (*facts.origins.values(), *facts.imports.values(), *facts.star_imports):
            parts = target.split(".")
            stack += [".".join(parts[:size]) for size in range(1, len(parts) + 1)]
    return found
