"""How a loader option for a relationship is written, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm import bindings, sharing
from codemods.orm.eager import RowRead, loaders, path_names
from codemods.orm.option_places import Spot, names_model, option_calls
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query import Loader
from codemods.orm.row_reads import row_reads
from codemods.orm.values import Step
from codemods.patch import (
    AddArguments,
    AddKeyword,
    Chain,
    Code,
    Copied,
    Hole,
    Import,
    Patch,
    Remove,
    Replace,
)
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.frames import Program
    from codemods.orm.scope import Scope
    from codemods.project.index import ProjectIndex


def patches(read: RowRead) -> tuple[Patch, ...]:
    """The option on the query, the imports that it needs, and reads that it makes needless."""
    return (*_option(read), *needless(read))


def _option(read: RowRead) -> Iterator[Patch]:
    scope = read.scope
    if (longest := shorter(read)) is not None:
        given, length = longest
        place = scope.place(given.node)
        for step in read.path[length:]:
            argument, imports = _attribute(read, step)
            yield Chain(place, strategy_of(read, step), (argument,))
            yield from imports
        return
    options, imports = loader(read)
    yield from (*imports, *written(read, options))


def written(read: RowRead, options: tuple[Code, ...]) -> Iterator[Patch]:
    """The options, put where the query of `read` takes them."""
    scope = read.scope
    if read.sharing is not None:
        yield from sharing.patches(read, read.sharing, options)
        return
    assert isinstance(read.spot, Spot)
    if read.spot.call is not None:
        yield AddArguments(scope.place(read.spot.call), options)
    if (getter := read.spot.getter) is not None:
        yield _in_list(scope, getter, options)
    for node in read.spot.nodes:
        yield Chain(scope.place(node), "options", options)


def _in_list(scope: Scope, getter: ast.Call, options: tuple[Code, ...]) -> Patch:
    """`session.get(Order, key, options=[…])`, with those that the call has already."""
    given = next((k.value for k in getter.keywords if k.arg == "options"), None)
    listed: list[Hole] = list(options)
    if isinstance(given, ast.List):
        listed = [*(Copied(scope.place(item)) for item in given.elts), *options]
    holes = {f"o{number}": option for number, option in enumerate(listed)}
    code = Code.of("[" + ", ".join(f"{{{name}}}" for name in holes) + "]", **holes)
    if given is not None:
        return Replace(scope.place(given), code)
    return AddKeyword(scope.place(getter), "options", code)


def needless(read: RowRead) -> Iterator[Patch]:
    """`session.refresh(row, ["relationship"])` has nothing left to load, or one less."""
    for item in read.reads:
        if not item.reload:
            continue
        listed = [n for n in walk(item.node) if isinstance(n, ast.List | ast.Tuple)]
        rest = [
            Copied(read.scope.place(name))
            for name in (listed[0].elts if listed else ())
            if isinstance(name, ast.Constant) and name.value != item.step.relationship.name
        ]
        if not rest:
            yield Remove(read.scope.place(item.statement))
            continue
        holes: dict[str, Hole] = {f"n{number}": name for number, name in enumerate(rest)}
        text = ", ".join(f"{{{name}}}" for name in holes)
        yield Replace(read.scope.place(listed[0]), Code.of(f"[{text}]", **holes))


# What it says --------------------------------------------------------------------------------


def shorter(read: RowRead) -> tuple[Loader, int] | None:
    """The option that loads the longest part of the path already, and how long that is."""
    wanted = path_names(read.path)
    scope, calls = read.scope, option_calls(read)
    best: tuple[Loader, int] | None = None
    for loader, whole in loaders(read.query):
        size = len(whole)
        if not loader.strategies or not 0 < size < len(wanted) or whole != wanted[:size]:
            continue
        inside = any(scope.contains(call, loader.node) for call in calls)
        if (best is None or size > best[1]) and inside:
            best = (loader, size)
    return best


def loader(read: RowRead) -> tuple[tuple[Code, ...], list[Patch]]:
    """`selectinload(Order.lines).selectinload(Line.product)`, and what it needs."""
    selected, options, imports = start(read)
    code: Code | None = None
    for position, step in enumerate(read.path):
        code, more = option(read, position, step, selected, code)
        imports += more
    assert code is not None
    return (*options, code), imports


def option(
    read: RowRead, position: int, step: Step, selected: Copied | str, before: Code | None
) -> tuple[Code, list[Patch]]:
    """`selectinload(Line.product)`, chained to `before` where there is something, and what it
    needs."""
    function, name = strategy_of(read, step), step.relationship.name
    chained = "" if before is None else "{before}."
    holes = {} if before is None else {"before": before}
    imports: list[Patch] = []
    if before is None:
        imports.append(Import(_place(read), "sqlalchemy.orm", function))
    if position == 0:
        return Code.of(f"{chained}{function}({{entity}}.{name})", entity=selected, **holes), imports
    argument, more = _attribute(read, step)
    code = Code.of(f"{chained}{function}({{argument}})", argument=argument, **holes)
    return code, [*imports, *more]


def start(read: RowRead) -> tuple[Copied | str, list[Code], list[Patch]]:
    """What the query selects as an option names it, options that have to come first, and what
    they need."""
    entity = read.query.entities[read.entity]
    place = _place(read)
    selected: Copied | str = Copied(read.scope.place(entity.node))
    imports: list[Patch] = []
    if read.sharing is not None or not names_model(read, _spot(read)):
        selected, imports = class_name(_home(read), read.model.full_name, place)
    options: list[Code] = []
    if read.subclass is not None:
        imports.append(Import(place, "sqlalchemy.orm", "selectin_polymorphic"))
        children: dict[str, Copied | str] = {}
        for child in _subclasses(read):
            children[child], more = class_name(_home(read), child, place)
            imports += more
        holes = {f"c{number}": name for number, name in enumerate(children.values())}
        listed = ", ".join(f"{{{hole}}}" for hole in holes)
        text = f"selectin_polymorphic({{base}}, [{listed}])"
        options.append(Code.of(text, base=selected, **holes))
        selected = children[read.subclass.full_name]
    return selected, options, imports


def _subclasses(read: RowRead) -> list[str]:
    """The subclasses of which relationships are read on the rows; options that name other ones
    than another option does are an error."""
    found = {read.subclass} | {
        other.subclass
        for other in row_reads(read.scope)
        if other.run is read.run and other.entity == read.entity
    }
    return sorted(model.full_name for model in found if model is not None)


def strategy_of(read: RowRead, step: Step) -> str:
    """The function that loads a step of the path."""
    if step.relationship.lazy not in ("select", None):
        return "defaultload"
    return "joinedload" if read.joined else "selectinload"


def _attribute(read: RowRead, step: Step) -> tuple[Code, list[Patch]]:
    """`Line.product`, with the import of `Line` if this file has none."""
    place = _place(read)
    name, imports = class_name(_home(read), step.model.full_name, place)
    return Code.of(f"{{model}}.{step.relationship.name}", model=name), imports


def _spot(read: RowRead) -> Spot:
    assert isinstance(read.spot, Spot)
    return read.spot


def _home(read: RowRead) -> Scope:
    """The function that the option is written in."""
    if (longest := shorter(read)) is not None:
        return read.scope.around(longest[0].node)
    if read.sharing is not None:
        return read.scope.program.scope(read.sharing.giver.code)
    return _spot(read).scope


def _place(read: RowRead) -> Place:
    """A place in the file that the option is written in."""
    if (longest := shorter(read)) is not None:
        return read.scope.place(longest[0].node)
    if read.sharing is not None:
        call = read.sharing.takers[0].call
        assert call is not None
        return read.scope.place(call)
    return read.scope.place(_spot(read).node)


# Names of classes ------------------------------------------------------------------------------


def class_name(scope: Scope, full_name: str, place: Place) -> tuple[str, list[Patch]]:
    """What a class is called in this file; an import where it has no name yet."""
    canonical = scope.index.canonical(full_name)
    short = canonical.rpartition(".")[2]
    module = scope.module
    for name, target in _imported_inside(scope, place):
        if scope.index.canonical(target) == canonical:
            return name, []
    hidden = typing_only(scope)
    if canonical.rpartition(".")[0] != module.module:
        # a class of another module can be imported by one more name
        hidden |= scope.local_names
    imported = [name for name in module.imports if name not in hidden]
    for name in (short, *imported):
        if name in hidden:
            continue
        resolved = scope.index.resolve(module, name)
        if resolved and scope.index.canonical(resolved) == canonical:
            return name, []
    for name in imported:
        target = module.imports[name]
        known = scope.index.modules.get(target)
        if (
            known is not None
            and (known.is_package or short in known.classes)
            and scope.index.canonical(f"{target}.{short}") == canonical
        ):
            return f"{name}.{short}", []
    return short, [Import(place, import_source(scope, canonical), short)]


def _imported_inside(scope: Scope, place: Place) -> Iterator[tuple[str, str]]:
    """The names that the function itself has imported when it comes to a place."""
    for statement in scope.node.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            at = scope.place(statement)
            if at.path == place.path and at.span.end <= place.span.start:
                yield from bindings.imported(scope.module, statement)


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


def typing_only(scope: Scope) -> frozenset[str]:
    """Names that only type checkers import."""
    return scope.code.trees.typing_only


def import_condition(read: RowRead) -> Precondition:
    """An import that the option needs closes no circle."""
    name = "imports-possible"
    if isinstance(read.spot, str):
        return proven(name, "there is no place for an option")
    scope = _home(read)
    needed = [read.subclass] if read.subclass is not None else []
    needed += [step.model for step in read.path[1:]]
    apart = read.sharing is not None or not names_model(read, read.spot)
    needed += [read.model] if apart else []
    for model in needed:
        if _hidden(scope, model.full_name, _place(read)):
            text = f"{model.name} means something else in this function"
            return refuted(scope, name, text, read.run)
        if (patch := circular(scope, model.full_name, _place(read))) is not None:
            return unknown(
                scope, name, f"{patch.module} imports this file, so that importing {patch.name} "
                "from it may close a circle", read.run,
            )  # fmt: skip
    return proven(name, "every class that the option names can be imported")


def _hidden(scope: Scope, full_name: str, place: Place) -> bool:
    """True if a class of this file has no name where the function binds its own."""
    name, imports = class_name(scope, full_name, place)
    inside = {bound for bound, _ in _imported_inside(scope, place)}
    return not imports and name in scope.local_names - inside


def circular(scope: Scope, full_name: str, place: Place) -> Import | None:
    """The import that naming a class takes, if its module imports this file."""
    for patch in class_name(scope, full_name, place)[1]:
        if not isinstance(patch, Import) or _imports(scope, patch.module):
            continue
        if scope.module.module in reachable(scope.program, patch.module):
            return patch
    return None


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


def reachable(program: Program, start: str) -> Set[str]:
    """The modules of the project that are imported when `start` is."""
    if start not in program.imported:
        program.imported[start] = _imported(program.index, start)
    return program.imported[start]


def _imported(index: ProjectIndex, start: str) -> set[str]:
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
