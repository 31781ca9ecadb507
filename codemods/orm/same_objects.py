"""Other names of what an object keeps to itself: `self.orders._session` is `self.session`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name
from codemods.orm import assignments
from codemods.orm.bindings import assigned_names
from codemods.orm.definitions import reworked
from codemods.orm.instances import Instance
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Code as Function
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope
    from codemods.orm.values import Value


@dataclass(frozen=True)
class OtherName:
    """How a function names what an object keeps: `code`, which reads the attributes `read`."""

    code: Code
    read: frozenset[str]


def other_name(scope: Scope, owner: ast.expr, name: str) -> OtherName | None:
    """What else the object is called that `owner` keeps under `name`, where it is made of it.

    Args:
        owner: an expression of the function, `self.orders` or `orders`.
        name: the attribute.
    """
    match owner:
        case ast.Name(id=variable):
            return _given_to_variable(scope, variable, name)
        case ast.Attribute(value=holder, attr=attribute):
            return _given_to_attribute(scope, holder, attribute, name)
    return None


def _given_to_variable(scope: Scope, variable: str, name: str) -> OtherName | None:
    """`session`, of `orders = Orders(session)`."""
    stores = [n for n in walk(scope.node) if _is_store(n, variable)]
    made = [
        each.value
        for each in walk(scope.node)
        if isinstance(each, ast.Assign) and each.targets == stores
    ]
    if len(stores) != 1 or not made or not isinstance(made[0], ast.Call):
        return None
    given = kept_as(scope, scope.code, made[0], name)
    node, attributes = given, set()
    while isinstance(node, ast.Attribute):
        attributes.add(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or given is None or isinstance(scope.node, ast.Module):
        return None
    if node.id in assigned_names(scope.node) or node.id not in scope.local_names:
        return None
    if any(isinstance(n, ast.Attribute) and n.attr in attributes and _stored(n)
           for n in walk(scope.node)):  # fmt: skip
        return None
    if any(assignments.outside(scope.flow, each) for each in attributes):
        return None
    code = Code.of("{given}", given=Copied(scope.place(given)))
    return OtherName(code, frozenset(attributes))


def _given_to_attribute(
    scope: Scope, holder: ast.expr, attribute: str, name: str
) -> OtherName | None:
    """`self.session`, where the same method assigns that and `self.orders = Orders(self.session)`,
    or one argument to both."""
    owner = _value(scope, holder)
    if not isinstance(owner, Instance):
        return None
    found = [*_assigned(scope, owner.full_name, attribute)]
    if len(found) != 1 or not isinstance(found[0][1].value, ast.Call):
        return None
    method, statement = found[0]
    call = statement.value
    assert isinstance(call, ast.Call) and not isinstance(method.node, ast.Module)
    given = kept_as(scope, method, call, name)
    own = isinstance(holder, ast.Name) and holder.id == "self"
    for known in _names_of(method, given, statement):
        if known.startswith("_") and not own:
            continue
        if len([*_assigned(scope, owner.full_name, known)]) != 1:
            continue
        later = assignments.ever(scope.flow, owner.full_name, (attribute, known))
        if {attribute, known} & later or any(
            assignments.outside(scope.flow, each, owner.full_name) for each in (attribute, known)
        ):
            continue
        place: Hole = Copied(scope.place(holder))
        return OtherName(Code.of(f"{{holder}}.{known}", holder=place), frozenset({known}))
    return None


def _names_of(
    method: Function, given: ast.expr | None, statement: ast.Assign | ast.AnnAssign
) -> Iterator[str]:
    """The attributes of its object to which a method assigns an argument, before a statement or
    after it; `self.session` itself is one that it has assigned before."""
    match given:
        case ast.Attribute(value=ast.Name(id="self"), attr=known):
            before = method.node.body[: method.node.body.index(statement)]
            if any(known == name for each in before for name in _own_target(each)):
                yield known
        case ast.Name(id=parameter) if not isinstance(method.node, ast.Module):
            taken = {each.arg for each in parameters(method.node)}
            if parameter not in taken - set(assigned_names(method.node)):
                return
            for each in method.node.body:
                match each:
                    case ast.Assign(value=ast.Name(id=value)) | ast.AnnAssign(
                        value=ast.Name(id=value)
                    ) if (value == parameter):
                        yield from _own_target(each)


def _own_target(statement: ast.stmt) -> Iterator[str]:
    """The attribute of `self` that is assigned."""
    match statement:
        case ast.Assign(
            targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)]
        ) | ast.AnnAssign(
            target=ast.Attribute(value=ast.Name(id="self"), attr=name), value=ast.expr()
        ):
            yield name


def _assigned(
    scope: Scope, full_name: str, name: str
) -> Iterator[tuple[Function, ast.Assign | ast.AnnAssign]]:
    """The statements of the methods that make an object which assign an attribute, if each of them
    always runs."""
    for owner in (full_name, *scope.index.bases(full_name)):
        item = scope.index.class_(owner)
        for making in assignments.MAKING if item is not None else ():
            facts = item.methods.get(making) if item is not None else None
            code = scope.program.code(facts) if facts is not None else None
            if code is None:
                continue
            for node in walk(code.node):
                if not isinstance(node, ast.Assign | ast.AnnAssign):
                    continue
                if name in _own_target(node) and node in code.node.body:
                    yield code, node


def kept_as(scope: Scope, method: Function, call: ast.Call, name: str) -> ast.expr | None:
    """The argument of a call of a class that the new object keeps under `name`, and nothing else."""
    full = scope.index.resolve(method.module, dotted_name(call.func) or "")
    made = scope.index.canonical(full) if full is not None else ""
    if scope.index.class_(made) is None or scope.index.model(made) is not None:
        return None
    if assignments.outside(scope.flow, name, made):
        return None
    if name in assignments.ever(scope.flow, made, (name,)):
        return None
    if len([*_assigned(scope, made, name)]) != 1:
        return None
    position = _parameter(scope, f"{made}.__init__", name)
    if position is None:
        return None
    number, word = position
    if any(isinstance(each, ast.Starred) for each in call.args):
        return None
    if number < len(call.args):
        return call.args[number]
    return next((each.value for each in call.keywords if each.arg == word), None)


def only_keeps(scope: Scope, module: ModuleFacts, call: ast.Call) -> bool:
    """True for `Orders(session)`, which makes an object that keeps what it is given, and does no
    more than that."""
    full = scope.index.resolve_local(module, dotted_name(call.func) or "")
    made = scope.index.canonical(full) if full is not None else ""
    if scope.index.class_(made) is None or scope.index.model(made) is not None:
        return False
    if any(not is_own_name(each) for each in (*call.args, *(k.value for k in call.keywords))):
        return False
    return not reworked(scope.program, made) and all(
        _keeps(scope, each) for each in (made, *scope.index.bases(made))
    )


def own_of_new(scope: Scope, frame: Frame) -> frozenset[ast.AST]:
    """The attributes that an `__init__` assigns on the object that a call has just made."""
    facts, call, caller = frame.code.facts, frame.call, frame.caller
    if facts is None or facts.name != "__init__" or caller is None:
        return frozenset()
    if not isinstance(call, ast.Call) or not only_keeps(scope, caller.code.module, call):
        # what a class above does for it is seen from there
        above = frame.caller
        inner = isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__"
        if not inner or above is None or not own_of_new(scope, above):
            return frozenset()
    return frozenset(
        node
        for node in walk(frame.code.node)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name) and node.value.id == "self"
    )


def is_own_name(node: ast.expr) -> bool:
    """True for `session` and `self.session`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _keeps(scope: Scope, full_name: str) -> bool:
    """True if the making of an object of this class only assigns what it is given."""
    item = scope.index.class_(full_name)
    if item is None:
        return full_name.rpartition(".")[2] in ("Generic", "Protocol", "ABC", "object")
    if _SPECIAL & set(item.methods) or _SPECIAL & set(item.attributes):
        return False
    if item.keywords or item.decorators:
        return False
    init = item.methods.get("__init__")
    code = scope.program.code(init) if init is not None else None
    if init is None:
        return True
    if code is None or isinstance(code.node, ast.Module):
        return False
    for statement in code.node.body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"),
                    args=given,
                    keywords=[],
                )
            ) if all(isinstance(each, ast.Name) for each in given):
                continue
            case ast.Assign(value=ast.Name()) | ast.AnnAssign(value=ast.Name()):
                names = [*_own_target(statement)]
                if not names or any(_is_made_of(scope, full_name, name) for name in names):
                    return False
            case _:
                return False
    return True


# What the making of an object, or its end, may run.
_SPECIAL = frozenset({"__new__", "__post_init__", "__getattr__", "__setattr__", "__del__"})


def _is_made_of(scope: Scope, full_name: str, name: str) -> bool:
    """True if the class, or one above it, has a property or something else of this name, which
    may do more with what is assigned than to keep it."""
    for each in (full_name, *scope.index.bases(full_name)):
        item = scope.index.class_(each)
        held = item.attributes.get(name) if item is not None else None
        if (held is not None and held.value is not None) or (
            item is not None and name in item.methods
        ):
            return True
    return False


def _parameter(scope: Scope, init: str, name: str) -> tuple[int, str] | None:
    """The parameter that an `__init__` keeps under `name`, itself or through `super()`: its number
    behind `self`, and its own name."""
    facts = scope.index.function(init)
    code = scope.program.code(facts) if facts is not None else None
    if code is None or isinstance(code.node, ast.Module):
        return None
    taken = [each.arg for each in (*code.node.args.posonlyargs, *code.node.args.args)][1:]
    for statement in code.node.body:
        match statement:
            case ast.Assign(value=ast.Name(id=given)) | ast.AnnAssign(value=ast.Name(id=given)):
                if name not in _own_target(statement):
                    continue
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__")
                ) as above
            ):
                if (found := _through(scope, code, above, name)) is None:
                    continue
                given = found
            case _:
                continue
        if given in taken and given not in assigned_names(code.node):
            return taken.index(given), given
    return None


def _through(scope: Scope, code: Function, above: ast.Call, name: str) -> str | None:
    """The variable that `super().__init__()` is given, which keeps it under `name`."""
    bases = scope.index.bases(code.owner or "")
    found = _parameter(scope, f"{bases[0]}.__init__", name) if bases else None
    if found is None:
        return None
    number, word = found
    given = above.args[number] if number < len(above.args) else None
    if given is None:
        given = next((each.value for each in above.keywords if each.arg == word), None)
    return given.id if isinstance(given, ast.Name) else None


def _value(scope: Scope, node: ast.expr) -> Value | None:
    """What a variable holds, or an attribute of it."""
    match node:
        case ast.Name(id=name):
            return scope.flow.root.env.get(name)
        case ast.Attribute(value=value, attr=name):
            owner = _value(scope, value)
            return owner.fields.get(name) if isinstance(owner, Instance) else None
    return None


def _is_store(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and _stored(node)


def _stored(node: ast.Name | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)
