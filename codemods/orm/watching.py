"""Where the rows of a query go in a function and in what it calls: whether all that is done with
them is seen."""

from __future__ import annotations

import ast
import copy
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codemods.orm.events import Read, Run
from codemods.orm.flow import Flow
from codemods.orm.values import Bound, Items, Result, Row, Session, Tuple, Value, holds

if TYPE_CHECKING:
    from codemods.orm.frames import Code, Frame, Program
    from codemods.orm.outcomes import Outcome
    from codemods.orm.reach import Reach

# These take rows and give them back, or say something about them that no attribute has part in.
_PASSING = frozenset({
    "list", "tuple", "set", "frozenset", "sorted", "reversed", "enumerate", "zip", "iter", "next",
    "min", "max", "dict", "filter", "map",
})  # fmt: skip
_MEASURING = frozenset({"len", "bool", "any", "all", "sum", "isinstance", "id", "type"})
_CONTAINERS = frozenset({
    "append", "add", "insert", "extend", "update", "pop", "get", "setdefault", "items", "values",
    "keys", "remove", "discard", "clear", "copy", "sort", "reverse", "index", "count",
})  # fmt: skip
_FILLING = frozenset({"append", "add", "insert", "extend", "update", "setdefault"})
_DISPLAYS = (
    ast.Tuple, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.GeneratorExp, ast.IfExp, ast.BoolOp, ast.Starred, ast.Await, ast.NamedExpr, ast.Subscript,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Held:
    """An expression that is a row of a query, or holds some, where a walk came to it."""

    node: ast.expr
    value: Value
    frame: Frame


class _Forgetful(dict[Hashable, "Outcome"]):
    """Outcomes of calls, of which none is kept."""

    def setdefault(self, key: Hashable, default: Any = None) -> Any:
        return default


class _Touching:
    """The program's `Reach`, for which each function that gets a row does something with it."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def touches(self, facts: object) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reach, name)


class Watch(Flow):
    """A walk through a function that remembers which expressions hold rows."""

    def __init__(self, program: Program, code: Code) -> None:
        # what another walk knows of a call would be taken for this one's
        own = copy.copy(program)
        own.outcomes = _Forgetful()
        own.__dict__["reach"] = _Touching(program.reach)
        super().__init__(own, code)
        self.held: list[Held] = []
        self.values: dict[ast.expr, list[Value]] = {}
        self.sessions: set[ast.expr] = set()
        self.entered: set[Frame] = set()

    def ev(self, node: ast.expr) -> Value:
        value = super().ev(node)
        self.entered.add(self.frame)
        if isinstance(value, Session):
            self.sessions.add(node)
        if isinstance(value, Row | Items | Tuple | Result | Bound):
            self.held.append(Held(node, value, self.frame))
            self.values.setdefault(node, []).append(value)
        return value

    @property
    def runs(self) -> Iterator[Run]:
        return (event for event in self.events if isinstance(event, Run))

    @property
    def reads(self) -> Iterator[Read]:
        return (event for event in self.events if isinstance(event, Read))

    def of(self, run: Run) -> list[Held]:
        """The expressions that hold rows of a query, or what is related to them."""
        return [held for held in self.held if _holds(held.value, run)]

    def used(self, run: Run) -> bool:
        """True if an attribute of a row is read: rows may be fetched for the session alone."""
        return any(isinstance(h.value, Row) and self.attribute_of(h) for h in self.of(run))

    def attribute_of(self, held: Held) -> str:
        """The attribute that is read on it, empty where none is."""
        parent = self._parents(held.frame).get(held.node)
        return parent.attr if isinstance(parent, ast.Attribute) else ""

    def _parents(self, frame: Frame) -> dict[ast.AST, ast.AST]:
        return self.program.scope(frame.code).parents

    def leaves(self, run: Run) -> ast.AST | None:
        """The first place where rows go that are not followed from there, though not those that
        the function returns; None if there is none."""
        lost = (held for held in self.of(run) if not self._followed(held, run))
        return next((held.node for held in lost), None)

    def _followed(self, held: Held, run: Run) -> bool:
        """True if what is done with the value of an expression is seen."""
        parents = self._parents(held.frame)
        node, parent = held.node, parents.get(held.node)
        if isinstance(parent, ast.keyword):
            parent = parents.get(parent)
        match parent:
            case None | ast.Expr() | ast.If() | ast.While() | ast.Assert() | ast.Compare():
                return parent is not None
            case ast.UnaryOp(op=ast.Not()):
                return True
            case ast.BoolOp(op=ast.And(), values=[*_, last]) if last is not node:
                # a row is true, and gives way to what follows
                return True
            case ast.Return():
                return True
            case ast.Assign(targets=targets):
                return all(self._bound(target, held, run) for target in targets)
            case ast.AnnAssign(target=target):
                return self._bound(target, held, run)
            case ast.For(iter=source) | ast.AsyncFor(iter=source) | ast.comprehension(iter=source):
                # a condition of a comprehension is one like any other
                return source is node or isinstance(parent, ast.comprehension)
            case ast.Attribute(attr=name):
                return self._attribute(held, parent, name, parents)
            case ast.Subscript(slice=key) if key is node:
                return False
            case ast.IfExp(test=test) if test is node:
                return True
            case ast.GeneratorExp():
                call = parents.get(parent)
                return isinstance(call, ast.Call) and self._called(call, parent, held.frame, run)
            case ast.Call(func=function):
                return function is not node and self._called(parent, node, held.frame, run)
        return isinstance(parent, _DISPLAYS) and self._still_holds(parent, run)

    def _still_holds(self, node: ast.expr, run: Run) -> bool:
        return any(_holds(value, run) for value in self.values.get(node, ()))

    def _bound(self, target: ast.expr, held: Held, run: Run) -> bool:
        """True if a value is given to variables of the function, or put into one of them."""
        match target:
            case ast.Name(id=name):
                return not self._shared(name, held.frame)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return all(self._bound(part, held, run) for part in parts)
            case ast.Starred(value=inner):
                return self._bound(inner, held, run)
            case ast.Subscript(value=ast.Name(id=name)):
                return self._in_variable(name, held.frame, run)
        return False

    def _shared(self, name: str, frame: Frame) -> bool:
        """True for a variable that others see: a module's, or one of a function around."""
        node = frame.code.node
        return isinstance(node, ast.Module) or any(
            isinstance(each, ast.Global | ast.Nonlocal) and name in each.names
            for each in ast.walk(node)
        )

    def _in_variable(self, name: str, frame: Frame, run: Run) -> bool:
        """True if the variable of the function that is looked at is known to hold the rows."""
        value = self.root.env.get(name)
        return (
            frame is self.root
            and not self._shared(name, frame)
            and value is not None
            and _holds(value, run)
        )

    def _attribute(
        self, held: Held, parent: ast.Attribute, name: str, parents: dict[ast.AST, ast.AST]
    ) -> bool:
        """True for a column or a relationship, and for a property or method that is walked."""
        if not isinstance(parent.ctx, ast.Load):
            # a column is assigned; what is related to a row may change with it
            return isinstance(held.value, Row) and name in held.value.model.columns
        match held.value:
            case Row(model=model):
                if name in model.columns or name in model.relationships:
                    return True
                return self._enters(parent) or self._enters(parents.get(parent))
            case Items() | Tuple():
                call = parents.get(parent)
                named = isinstance(held.value, Tuple) and held.value.named(name) is not None
                return named or (name in _CONTAINERS and isinstance(call, ast.Call))
        return isinstance(held.value, Result)

    def _called(self, call: ast.Call, given: ast.expr, frame: Frame, run: Run) -> bool:
        """True for a call that is handed rows, and does what is known."""
        match call.func:
            case ast.Name(id=name) if name in _MEASURING:
                return True
            case ast.Name(id=name) if name in _PASSING:
                return self._still_holds(call, run)
            case ast.Attribute(value=session, attr="add") if session in self.sessions:
                return True
            case ast.Attribute(value=ast.Name(id=owner), attr=method) if method in _FILLING:
                return self._in_variable(owner, frame, run)
        return self._enters(call) and all(
            _takes(frame, call, given) for frame in self.frames if frame.call is call
        )

    def _enters(self, call: ast.AST | None) -> bool:
        """True if a call leads to a function that has been walked with what it is given."""
        frames = [frame for frame in self.frames if frame.call is call]
        return bool(frames) and all(frame in self.entered for frame in frames)


def _takes(frame: Frame, call: ast.Call, given: ast.expr) -> bool:
    """True if a parameter of its own gets the argument, and not `*args` or `**kwargs`."""
    node = frame.code.node
    if isinstance(node, ast.Module):
        return False
    if given not in call.args:
        names = {n.arg for n in (*node.args.args, *node.args.kwonlyargs)}
        return any(k.value is given and k.arg in names for k in call.keywords)
    if any(isinstance(item, ast.Starred) for item in call.args):
        return False
    taken = len(node.args.posonlyargs) + len(node.args.args) - frame.bound
    return call.args.index(given) < taken


class Watches:
    """The walks of a program, each made once.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._made: dict[Code, Watch] = {}

    def of(self, code: Code) -> Watch:
        if code not in self._made:
            watch = self._made[code] = Watch(self.program, code)
            watch.run()
        return self._made[code]


def everywhere(program: Program, code: Code, run: Run) -> list[tuple[Watch, Run]] | None:
    """The walks that together see all that is done with the rows of a query.

    Args:
        code: the function that sends it.

    Returns:
        That of the function, or where it returns the rows those of its callers, each with the
        query as it has it; None where something is done that is not seen.
    """
    watch = program.one(Watches).of(code)
    own = next((each for each in watch.runs if each.node is run.node), None)
    if own is None or watch.leaves(own) is not None:
        return None
    if not any(_holds(value, own) for value in watch.root.returned):
        return [(watch, own)]
    if code.facts is None or code.decorators or not program.words.only_called(code.facts):
        return None
    found: list[tuple[Watch, Run]] = [(watch, own)]
    for facts in program.words.mentions(code.facts).functions:
        caller = program.code(facts)
        if caller is None or caller is code:
            return None
        above = everywhere(program, caller, run)
        if above is None:
            return None
        found += above
    return found if len(found) > 1 else None


def _holds(value: Value, run: Run) -> bool:
    return holds(value.receiver if isinstance(value, Bound) else value, run)
