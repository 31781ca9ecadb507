"""Whether a call runs the function that is written, and nothing around it."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import Call, Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program
    from codemods.project.index import ProjectIndex
    from codemods.source import Place

_TRANSPARENT = frozenset({
    "staticmethod", "classmethod", "property", "contextmanager", "asynccontextmanager",
    "abstractmethod", "override", "final", "overload", "wraps", "hybrid_property",
    "hybrid_method", "validates", "deprecated", "inject",
    "field_validator", "model_validator", "validator", "root_validator", "pre_dump", "post_dump",
    "field_serializer", "model_serializer", "computed_field",
})  # fmt: skip
_ROUTES = frozenset({
    "route", "get", "post", "put", "patch", "delete", "head", "options", "websocket",
    "middleware", "exception_handler", "on_event", "command", "errorhandler", "before_request",
    "template_filter", "template_test", "template_global", "app_template_filter",
    "app_template_test", "app_template_global", "context_processor", "app_context_processor",
})  # fmt: skip
# Functions that tell of a class.
_LOOKING = frozenset({"hasattr", "getattr", "issubclass", "get_original_bases", "get_type_hints"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_GLOBAL = re.compile(r"^[ \t]*global[ \t]+([\w, \t]+)", re.MULTILINE)


def wrapped(index: ProjectIndex, facts: FunctionFacts) -> bool:
    """True where a decorator of which nothing is known may do anything around the call."""
    module = index.by_path.get(facts.place.path)
    return any(not _transparent(index, module, name) for name in facts.decorators)


def _transparent(index: ProjectIndex, module: ModuleFacts | None, name: str) -> bool:
    owner, _, last = name.rpartition(".")
    if last in ("setter", "deleter", "getter"):
        return True
    if last not in _TRANSPARENT and not (last in _ROUTES and owner):
        return False
    full = index.resolve(module, name) if module is not None else None
    return full is None or (index.function(full) is None and index.class_(full) is None)


def reworked(program: Program, full_name: str) -> bool:
    """True for a class whose methods may be others than those that are written: a decorator of
    the project does more with it, or with a class above it, than to keep it somewhere, or one of
    them says itself what its objects, or the classes below it, have."""
    known = program.one(_no_class_known)
    if full_name not in known:
        classes = (full_name, *program.index.bases(full_name))
        known[full_name] = any(_is_reworked(program, each) for each in classes)
    return known[full_name]


def _no_class_known(program: Program) -> dict[str, bool]:
    return {}


def _is_reworked(program: Program, full_name: str) -> bool:
    item = program.index.class_(full_name)
    module = program.index.by_path.get(item.place.path) if item is not None else None
    if item is None or module is None:
        return False
    if "__getattribute__" in item.methods:
        return True
    if (hook := item.methods.get("__init_subclass__")) is not None:
        code = program.code(hook)
        if code is None or isinstance(code.node, ast.Module):
            return True
        if not _keeps(code.node, False, _declared_only(program.index, full_name)):
            return True
    for written in item.decorators:
        callee = written.callee if isinstance(written, Call) else written
        full = program.index.resolve(module, callee.dotted) if isinstance(callee, Name) else None
        if full is None:
            continue
        facts = program.index.function(full)
        code = program.code(facts) if facts is not None else None
        if code is not None and not isinstance(code.node, ast.Module):
            if not _keeps(code.node, isinstance(written, Call)):
                return True
        elif program.index.class_(full) is not None:
            return True
    return False


def _declared_only(index: ProjectIndex, full_name: str) -> Callable[[str], bool]:
    """Tells the names that no class which shares attributes with this one gives a value in its
    body. `__init_subclass__` may give them one: `cls.model = get_args(cls.__orig_bases__[0])[0]`.
    """
    names = index.relatives(full_name)
    classes = [item for name in names if (item := index.class_(name)) is not None]

    def is_free(name: str) -> bool:
        return not name.startswith("__") and not any(
            name in item.methods
            or ((own := item.attributes.get(name)) is not None and own.value is not None)
            for item in classes
        )

    return is_free


def _no_name(name: str) -> bool:
    return False


def _keeps(
    decorator: ast.FunctionDef | ast.AsyncFunctionDef,
    called: bool,
    is_free: Callable[[str], bool] = _no_name,
) -> bool:
    """True for `registry[name] = cls; return cls`: the class is read, stored and given back, and
    has at most those of its attributes set that `is_free` allows."""
    inner = [node for node in walk(decorator) if isinstance(node, _FUNCTIONS)]
    takers = [node for node in inner if node is not decorator] if called else inner
    classes = {each.arg for node in takers for each in (*node.args.posonlyargs, *node.args.args)}
    kept: set[ast.AST] = set()
    for node in walk(decorator):
        match node:
            case ast.Return(value=ast.Name() as given):
                kept.add(given)
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name() as given):
                kept.add(given)
            case ast.Attribute(value=ast.Name() as given, ctx=ast.Load()):
                kept.add(given)
            case ast.Attribute(value=ast.Name() as given, ctx=ast.Store()) if is_free(node.attr):
                kept.add(given)
            case ast.Call(func=ast.Name(id=name), args=[ast.Name() as given, *_]) if (
                name in _LOOKING
            ):
                kept.add(given)
            case ast.Call(func=ast.Attribute(attr="append" | "add"), args=[ast.Name() as given]):
                kept.add(given)
            case ast.Return(value=given) if given is not None:
                return False
    used = (node for node in walk(decorator) if isinstance(node, ast.Name))
    return bool(takers) and all(node in kept for node in used if node.id in classes)


def plainly_decorated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True if nothing stands around a function that is defined in a function."""
    return all(
        isinstance(item, ast.Name | ast.Attribute | ast.Call)
        and ast.unparse(item.func if isinstance(item, ast.Call) else item).rpartition(".")[2]
        in _TRANSPARENT
        for item in node.decorator_list
    )


def replaceable(program: Program, facts: FunctionFacts) -> bool:
    """True where another function may be called by the name of this one: its definition stands
    under a condition, or its name is assigned as well."""
    known = program.one(_none_known)
    if facts.place not in known:
        known[facts.place] = _replaceable(program, facts)
    return known[facts.place]


def _none_known(program: Program) -> dict[Place, bool]:
    return {}


def _replaceable(program: Program, facts: FunctionFacts) -> bool:
    module = program.index.by_path.get(facts.place.path)
    if module is None or "<locals>" in facts.qualname:
        return False
    if program.index.canonical(facts.full_name) in program.replaced:
        return True
    column = _column(program, facts)
    if facts.owner is None:
        other = module.values.get(facts.qualname)
        return column > 1 or (other is not None and other.place > facts.place)
    owner = module.classes.get(facts.owner)
    methods = owner.methods.values() if owner is not None else ()
    return column > min((_column(program, method) for method in methods), default=column)


def _column(program: Program, facts: FunctionFacts) -> int:
    return program.source(facts.place.path).location(facts.place.span.start).column


def replaced(program: Program) -> frozenset[str]:
    """The full names of attributes that the project's code assigns, its tests aside:
    `helpers.send = fake`, `setattr(helpers, "send", fake)`."""
    from codemods.orm.mentions import is_test

    index, found = program.index, set()
    for module in index.modules.values():
        for name in module.values:
            if "." in name and (full := index.resolve(module, name)) is not None:
                found.add(index.canonical(full))
        if is_test(module, index.root):
            continue
        for match in _ASSIGNED.finditer(program.source(module.path).text):
            owner, name = match.group("owner", "name")
            if owner is None:
                owner, name = match.group("object", "attribute")
            if (full := index.resolve_local(module, owner)) is not None:
                found.add(f"{index.canonical(full)}.{name}")
    return frozenset(found)


# A statement in a function.
_ASSIGNED = re.compile(
    r"""^[ \t]+(?P<owner>(?!self\b|cls\b)[A-Za-z_][\w.]*)\.(?P<name>\w+)[ \t]*=(?!=)"""
    r"""|\bsetattr\([ \t]*(?P<object>[\w.]+),[ \t]*["'](?P<attribute>\w+)["']""",
    re.MULTILINE,
)


@lru_cache(maxsize=1024)
def rebound(text: str) -> frozenset[str]:
    """The names that a function of a module assigns with `global`."""
    if "global" not in text:
        return frozenset()
    return frozenset(name.strip() for found in _GLOBAL.findall(text) for name in found.split(","))
