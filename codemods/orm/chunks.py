"""The keys of a fetch, collected and cut into chunks, and the private functions that it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.annotated import evaluated, has_annotations
from codemods.orm.naming import free, plural
from codemods.orm.query_code import Unwritable
from codemods.patch import Code, Copied, Define, Hole, Import, Patch

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

_LIMIT = re.compile(r"SQLITE_LIMIT_VARIABLE_NUMBER\s*,\s*(\d+)")
_CHUNKS = '''def {name}({keys}, {size}){returns}:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]
'''
_ONE = '''def {name}({rows}){returns}:
    """The only one of these rows."""
    if not rows:
        raise NoResultFound("No row was found when one was required")
    if len(rows) > 1:
        raise MultipleResultsFound("Multiple rows were found when exactly one was required")
    return rows[0]
'''
_REQUIRED = '''def {name}({row}){returns}:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row
'''
_OR_404 = '''def {name}({row}{described}){returns}:
    """This row, or the answer that there is none."""
    if row is None:
        abort(404, description=description)
    return row
'''
_ONE_OR_NONE = '''def {name}({rows}){returns}:
    """The only one of these rows, or None if there is none."""
    if len(rows) > 1:
        raise MultipleResultsFound("Multiple rows were found when one or none was required")
    return rows[0] if rows else None
'''
# The text of each function, and the exceptions of SQLAlchemy that it raises.
_PICKERS = {
    "one": (_ONE, ("MultipleResultsFound", "NoResultFound")),
    "one_or_none": (_ONE_OR_NONE, ("MultipleResultsFound",)),
    "required": (_REQUIRED, ("NoResultFound",)),
    "or_404": (_OR_404, ()),
}


@dataclass(frozen=True)
class Collected:
    """The keys as the text of an argument with its holes, and what comes before that."""

    text: str
    holes: dict[str, Hole]
    statements: tuple[Code, ...] = ()


def collected(
    lookup: Lookup,
    iterable: Code | Copied | str,
    taken: set[str],
    key: Callable[[list[Code | Copied]], Code | Copied],
) -> Collected:
    """All keys of a loop."""
    collection = lookup.collection
    assert collection is not None
    made = key(collection.keys)
    if collection.stops:
        return _by_loop(lookup, iterable, made, taken)
    text = ["{key}"]
    holes: dict[str, Hole] = {"key": made}
    nones = _unneeded_nones(lookup)
    for number, level in enumerate(collection.levels):
        source: Hole = iterable if not number else level.iterable
        holes[f"i{number}"] = source
        text.append(f"for {level.target} in {{i{number}}}")
        conditions = []
        for position, guard in enumerate(level.guards):
            name = f"g{number}_{position}"
            holes[name] = guard.code
            conditions.append(f"{{{name}}}" if guard.holds else f"not {{{name}}}")
        if level is collection.levels[-1]:
            holes |= {f"n{none}": collection.keys[none] for none in nones}
            conditions += [f"{{n{none}}} is not None" for none in nones]
        if conditions:
            text.append(f"if {' and '.join(conditions)}")
    first = collection.levels[0]
    plain = len(collection.levels) == 1 and not first.guards and not nones
    if plain and len(lookup.parts) == 1 and not lookup.parts[0].attribute:
        operand = lookup.parts[0].operand
        if isinstance(operand, ast.Name) and made == Copied(lookup.scope.place(operand)):
            if operand.id == first.target:
                return Collected("{i0}", {"i0": iterable})
            if mapping := _keys_of_dict(lookup, operand, iterable):
                return Collected("{i0}", {"i0": mapping})
    return Collected(" ".join(text), holes)


def _keys_of_dict(
    lookup: Lookup, operand: ast.Name, iterable: Code | Copied | str
) -> Copied | None:
    """The dict whose keys are the lookup's, where the loop goes over its `items()`."""
    loop, scope = lookup.loop, lookup.scope
    match loop.iterable, getattr(loop.node, "target", None):
        case (
            ast.Call(func=ast.Attribute(value=mapping, attr="items"), args=[], keywords=[]),
            ast.Tuple(elts=[ast.Name(id=name), _]),
        ) if operand.id == name and iterable == Copied(scope.place(loop.iterable)):
            return Copied(scope.place(mapping))
    return None


def _unneeded_nones(lookup: Lookup) -> list[int]:
    """The key parts that are often None, where a None finds nothing."""
    from codemods.orm.values import Cell

    collection = lookup.collection
    assert collection is not None
    present = {guard.present for level in collection.levels for guard in level.guards}
    return [
        number
        for number, part in enumerate(lookup.parts)
        if part.may_be_none
        and not part.finds_null
        and isinstance(part.value, Cell)
        and not part.attribute
        and ast.dump(part.operand) not in present
    ]


def _by_loop(
    lookup: Lookup, iterable: Code | Copied | str, made: Code | Copied, taken: set[str]
) -> Collected:
    """A loop of its own, for guards that end the loop."""
    collection = lookup.collection
    assert collection is not None
    if len(collection.levels) > 1 or not isinstance(collection.levels[0].loop.node, ast.For):
        raise Unwritable("an inner loop may be left before the lookup", lookup.expression)
    level = collection.levels[0]
    wanted = plural("_and_".join(part.column.name for part in lookup.parts))
    name = free(f"wanted_{wanted}", taken=taken)
    holes: dict[str, Hole] = {"items": iterable, "key": made}
    lines = [f"for {level.target} in {{items}}:"]
    for number, guard in enumerate(level.guards):
        holes[f"g{number}"] = guard.code
        condition = f"not {{g{number}}}" if guard.holds else f"{{g{number}}}"
        lines.append(f"    if {condition}:")
        lines.append("        break" if guard.stops else "        continue")
    lines.append(f"    {name}.append({{key}})")
    statements = (Code.of(f"{name} = []"), Code.of("\n".join(lines), **holes))
    return Collected(name, {}, statements)


def reusable(scope: Scope) -> set[str]:
    """Names that are bound by loops over chunks alone."""
    inside: dict[str, int] = {}
    everywhere: dict[str, int] = {}
    for node in walk(scope.node):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                everywhere[name] = everywhere.get(name, 0) + 1
            case ast.For(
                target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id=function))
            ) if function.startswith("_chunks"):
                count = sum(isinstance(n, ast.Name) and n.id == name for n in walk(node))
                inside[name] = inside.get(name, 0) + count
    return {name for name, count in inside.items() if count == everywhere.get(name)}


def chunks(scope: Scope, imports: list[Patch], statement: ast.stmt) -> str:
    """The name of the generator that cuts keys into chunks, which is written where it is missing."""
    size = batch_size(scope)
    if _typed(scope):
        holes = {
            "keys": f"keys: {evaluated(scope, 'Iterable[Any]')}", "size": f"size: int = {size}",
            "returns": f" -> {evaluated(scope, 'Iterator[list[Any]]')}",
        }  # fmt: skip
        needed = [
            ("collections.abc", "Iterable"),
            ("collections.abc", "Iterator"),
            ("typing", "Any"),
        ]
    else:
        holes, needed = {"keys": "keys", "size": f"size={size}", "returns": ""}, []
    return _defined(scope, "_chunks", _CHUNKS, holes, needed, imports)


def batch_size(scope: Scope) -> int:
    """How many keys go into one statement, fewer where the file itself lowers SQLite's limit."""
    size = scope.settings.batch_size
    for match in _LIMIT.finditer(scope.source.text):
        size = min(size, int(match.group(1)) * 9 // 10)
    return max(size, 1)


def picker(scope: Scope, amount: str, imports: list[Patch]) -> str:
    """The name of the function that does what `.one()` and the like did for a query.

    `one` and `one_or_none` take a list, `required` and `or_404` a row or None.
    """
    text, names = _PICKERS[amount]
    needed = [("sqlalchemy.exc", name) for name in names]
    described = ", description=None"
    if amount == "or_404":
        if scope.index.resolve(scope.module, "abort") not in (None, "flask.abort"):
            raise Unwritable("the file has another abort()", scope.tree.body[0])
        needed = [("flask", "abort")]
    if _typed(scope):
        rows = f"rows: {evaluated(scope, 'list[Any]')}"
        holes = {"rows": rows, "row": "row: Any", "returns": " -> Any"}
        described = ", description: Any = None"
        needed.append(("typing", "Any"))
    else:
        holes = {"rows": "rows", "row": "row", "returns": ""}
    holes["described"] = described
    return _defined(scope, f"_{amount}", text, holes, needed, imports)


def _typed(scope: Scope) -> bool:
    """True if any function of the file has annotations."""
    return any(
        isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and has_annotations(n)
        for n in walk(scope.tree)
    )


def _defined(
    scope: Scope,
    wanted: str,
    text: str,
    holes: dict[str, str],
    needed: list[tuple[str, str]],
    imports: list[Patch],
) -> str:
    existing = {n.name: n for n in scope.tree.body if isinstance(n, ast.FunctionDef)}
    for name in (wanted, f"{wanted}_of_keys"):
        code = text.replace("{name}", name)
        for hole, value in holes.items():
            code = code.replace(f"{{{hole}}}", value)
        if name in existing:
            if _same(existing[name], code):
                return name
            continue
        if name in scope.module_names:
            continue
        place = scope.place(scope.flow.statement)
        imports.extend(Import(place, module, what) for module, what in needed)
        imports.append(Define(place, name, Code.of(code)))
        return name
    raise Unwritable(f"the file has another {wanted}()", scope.tree.body[0])


def _same(existing: ast.FunctionDef, code: str) -> bool:
    """True if the file has this function already, annotated or not."""
    other = ast.parse(code).body[0]
    assert isinstance(other, ast.FunctionDef)
    return [ast.dump(s) for s in existing.body[1:]] == [ast.dump(s) for s in other.body[1:]] and (
        [ast.dump(d) for d in existing.args.defaults] == [ast.dump(d) for d in other.args.defaults]
    )
