"""The slice of a loop that makes a lookup's keys: what to evaluate to have them all beforehand."""

from __future__ import annotations

import ast
from functools import cached_property, partial
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.computing import only_computes
from codemods.orm.dict_answers import dict_calls
from codemods.orm.events import Effect, Loop, Read, Run
from codemods.orm.instances import Instance
from codemods.orm.key_loops import Collection, Guard, Level, NotCollectable, mutated_names
from codemods.orm.keys import KeyPart, is_harmless, is_total, loaded_names, numbers_in
from codemods.orm.moments import Moments
from codemods.orm.outside import fills, gives_another
from codemods.orm.rounds import counts_attempts
from codemods.orm.slice_parts import attribute_owners, binds, needed, opposite, present
from codemods.orm.steady import Changes
from codemods.orm.taken_rows import TakenRows
from codemods.orm.values import DATA
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_OTHER = "the key comes from another query of the loop: mend that first"
_EXITS = (ast.Continue, ast.Break, ast.Return, ast.Raise)


def collect(scope: Scope, run: Run, parts: tuple[KeyPart, ...]) -> Collection:
    """The keys of `run`, collected before the outermost loop for which that is possible.

    A loop that tries again asks for what may have changed since, so that they are collected in it.

    Raises:
        NotCollectable: where that is not possible for any loop.
    """
    problem: NotCollectable | None = None
    for first, loop in enumerate(run.loops):
        if counts_attempts(loop):
            problem = NotCollectable("this loop tries again, and asks afresh", loop.iterable)
            continue
        if first and not run.loops[first - 1].is_statement:
            break
        try:
            return Slice(scope, run, parts, run.loops[first:]).collection()
        except NotCollectable as error:
            problem = problem or error
    assert problem is not None
    raise problem


class Slice(TakenRows):
    def __init__(
        self, scope: Scope, run: Run, parts: tuple[KeyPart, ...], nest: tuple[Loop, ...]
    ) -> None:
        super().__init__(scope)
        self.run = run
        self.parts = parts
        self.nest = nest
        self.partial: str | None = None
        self.mutated = mutated_names(scope, nest[0].owner)
        self.changes = Changes(scope, nest[0], dict_calls(scope, nest[0].owner))
        self.counted = False
        self.raising = False

    def names_read(self) -> set[str]:
        """The names that the keys, and all before the lookup, may need."""
        found: set[str] = set()
        for node in walk(self.nest[0].owner):
            if isinstance(node, ast.If | ast.Assign | ast.comprehension | ast.AnnAssign):
                value = getattr(node, "test", None) or getattr(node, "value", None)
                found |= loaded_names(value) if value is not None else set()
        for part in self.parts:
            found |= loaded_names(part.operand)
        return found

    def collection(self) -> Collection:
        if changed := loaded_names(self.nest[0].iterable) & self.mutated:
            raise NotCollectable(
                f"the loop changes {min(changed)} while it goes over it", self.nest[0].iterable
            )
        if (refilled := self.changes.refilled(self.nest[0].iterable)) is not None:
            raise NotCollectable(
                f"a function that the loop calls may change {refilled.id} while it goes over it",
                refilled,
            )
        levels = []
        for number, loop in enumerate(self.nest):
            levels.append(
                self.level(loop, self.nest[number + 1] if number + 1 < len(self.nest) else None)
            )
        raising = not all(
            is_total(p.operand, p.value) or self.is_field(p.operand) or self.is_taken(p.operand)
            for p in self.parts
        )
        keys = []
        for part in self.parts:
            if not only_computes(self.scope, part.operand) and not part.attribute:
                raise NotCollectable("the key calls a function that may do anything", part.operand)
            self.evaluable(part.operand, reads=True)
            code = self.code(part.operand, len(self.before))
            keys.append(Code.of(f"{{row}}.{part.attribute}", row=code) if part.attribute else code)
        levels = needed(levels, self.parts, self.nest[0].owner)
        bound = set().union(*(loop.names for loop in self.nest))
        if not any(loaded_names(p.operand) & (bound | self.assigned) for p in self.parts):
            raise NotCollectable("the key does not depend on this loop", self.parts[0].operand)
        raising = (
            raising
            or self.raising
            or not all(is_harmless(g.test, self.numbers) for x in levels for g in x.guards)
        )
        if raising and self.partial:
            raise NotCollectable(
                f"the key may not be evaluated {self.partial}", self.parts[0].operand
            )
        # a dict is asked where the loop asks it, too
        raising = raising or not all(answer.is_hashed(self.scope) for answer in self.taken.values())
        return Collection(levels, keys, self.partial, raising, self.counted)

    @cached_property
    def owners(self) -> set[str]:
        """The variables that a key cannot be made of where they are None: `order` of `order.id`."""
        found, tree = set[str](), self.nest[0].owner
        for part in self.parts:
            match part.operand:
                case ast.Attribute(value=ast.Name(id=name)):
                    found.add(name)
                case ast.Name(id=name):
                    found |= attribute_owners(tree, name)
        return found

    @cached_property
    def numbers(self) -> frozenset[str]:
        return numbers_in(self.scope)

    def is_there(self, value: ast.expr) -> bool:
        """True for what can be evaluated for every item."""
        return is_harmless(value, self.numbers) or is_total(value, DATA)

    def is_field(self, node: ast.expr) -> bool:
        """True for `line.serial`, where each item of the loop is an object that has it."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                loop = next((loop for loop in self.nest if name in loop.names), None)
                if loop is None or not isinstance(loop.element, Instance):
                    return False
                named = [n for n in walk(loop.owner) if isinstance(n, ast.Name) and n.id == name]
                once = sum(isinstance(n.ctx, ast.Store) for n in named) == 1
                return once and self.scope.flow.index.has_field(loop.element.full_name, attribute)
        return False

    @property
    def assigned(self) -> set[str]:
        return set().union(*(loop.assigned for loop in self.nest))

    def level(self, loop: Loop, inner: Loop | None) -> Level:
        node = loop.node
        if isinstance(node, ast.While | ast.AsyncFor) or not loop.names:
            raise NotCollectable("this loop goes over nothing that is known before", loop.iterable)
        target = ast.unparse(node.target)
        if not all(
            isinstance(n, ast.Name | ast.Tuple | ast.List | ast.expr_context)
            for n in walk(node.target)
        ):
            raise NotCollectable("this loop assigns to more than variables", loop.iterable)
        if isinstance(node.target, ast.Tuple) and target.startswith("("):
            target = target[1:-1]
        if loop is self.nest[0]:
            iterable: Code | Copied = Copied(self.scope.place(loop.iterable))
            match loop.iterable, node.target:
                case ast.Call(func=ast.Name(id="enumerate"), args=[ast.Name() as listed, *_]), (
                    ast.Tuple(elts=[ast.Name(id=number), counted])
                ) if (number not in self.names_read()):
                    iterable = Copied(self.scope.place(listed))
                    target = ast.unparse(counted)
                    self.counted = True
        else:
            self.evaluable(loop.iterable, reads=True)
            iterable = self.code(loop.iterable, len(self.before))
        level = Level(loop, target, iterable)
        goal: ast.AST = inner.owner if inner else self.run.written
        if isinstance(node, ast.For):
            self.walk_statements(node.body, goal, level)
        else:
            self.walk_comprehension(node, goal, level)
        return level

    def walk_comprehension(self, node: ast.comprehension, goal: ast.AST, level: Level) -> None:
        for test in node.ifs:
            if any(part is goal for part in walk(test)):
                self.tested(level, test, goal)
                return
            self.guard(level, test, True, test)
        self.inside(level, level.loop.owner, goal)

    def tested(self, level: Level, test: ast.expr, goal: ast.AST) -> None:
        """Conditions before a lookup in one test: `if a and lookup`."""
        if not any(part is goal for part in walk(test)):
            return
        test = test.operand if isinstance(test, ast.UnaryOp) else test
        if isinstance(test, ast.BoolOp):
            for value in test.values:
                if any(part is goal for part in walk(value)):
                    self.tested(level, value, goal)
                    return
                self.guard(level, value, isinstance(test.op, ast.And), value)
        self.inside(level, test, goal)

    def walk_statements(self, block: list[ast.stmt], goal: ast.AST, level: Level) -> None:
        for statement in block:
            if not any(part is goal for part in walk(statement)):
                self.passed(statement, level)
                continue
            match statement:
                case ast.If(test=test, body=body, orelse=orelse):
                    for arm, holds in ((body, True), (orelse, False)):
                        if any(part is goal for inner in arm for part in walk(inner)):
                            self.guard(level, test, holds, test)
                            self.walk_statements(arm, goal, level)
                    self.tested(level, test, goal)
                case ast.With(body=body) | ast.AsyncWith(body=body) | ast.Try(body=body) if any(
                    part is goal for inner in body for part in walk(inner)
                ):
                    caught = any(each.node is statement for each in self.run.tries)
                    if caught and Moments(self.scope).fails_before(body, goal):
                        self.skipped("after what may fail, which is handled in the loop")
                    self.walk_statements(body, goal, level)
                case ast.For() | ast.AsyncFor() | ast.While() if statement is not goal:
                    header = statement.test if isinstance(statement, ast.While) else statement.iter
                    if not any(part is goal for part in walk(header)):
                        raise NotCollectable("the lookup stands in another loop", statement)
                    self.tested(level, header, goal)
                case ast.Try():
                    raise NotCollectable("the lookup stands in a handler", statement)
                case ast.Match() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    raise NotCollectable("the lookup stands in a case of its own", statement)
                case _:
                    self.inside(level, statement, goal)
            return

    def inside(self, level: Level, node: ast.AST, goal: ast.AST) -> None:
        """Conditions inside one expression: `a and lookup`, `lookup if a else b`."""
        for branch in self.run.branches:
            inside = any(part is branch.node for part in walk(node))
            if inside and isinstance(branch.node, ast.IfExp):
                test, holds = branch.node.test, any(n is goal for n in walk(branch.node.body))
                self.guard(level, test, holds, test)
            elif inside and isinstance(branch.node, ast.BoolOp | ast.Compare):
                self.skipped("where a condition may skip it")
        if isinstance(node, ast.Lambda):
            raise NotCollectable("the lookup stands in a lambda", node)

    def passed(self, statement: ast.stmt, level: Level) -> None:
        """A statement that comes before the lookup."""
        self.check_taken(statement)
        match statement:
            case ast.If(test=test, body=body, orelse=[]) if isinstance(body[-1], _EXITS):
                inner = [n for s in body[:-1] for n in walk(s) if isinstance(n, _EXITS)]
                stops = not isinstance(body[-1], ast.Continue)
                if not inner:
                    self.guard(level, test, False, test, stops)
                    self.before.append(statement)
                    return
        for node in walk(statement):
            if isinstance(node, _EXITS):
                own = isinstance(node, ast.Continue | ast.Break) and isinstance(
                    statement, ast.For | ast.While
                )
                if not own:
                    self.skipped("after an exit that may come before it")
        self.before.append(statement)
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in self.owners:
                self.take(name, value, level)

    def guard(
        self, level: Level, test: ast.expr, holds: bool, node: ast.AST, stops: bool = False
    ) -> None:
        rest = self.beside_presence(level, test, holds, stops)
        if rest is not None:
            for each in rest:
                self.guard(level, each, holds, node, stops)
            return
        try:
            self.evaluable(test)
            if loaded_names(test) & self.mutated:
                raise NotCollectable("the loop changes what this condition reads", test)
            code = self.code(test, len(self.before))
        except NotCollectable:
            self.skipped("under a condition that is known in the loop only")
            return
        written: Code | Copied = code
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, holds = test.operand, not holds
            written = self.code(test, len(self.before))
        if (
            not holds
            and not stops
            and (turned := opposite(test, partial(self.code, position=len(self.before))))
        ):
            written, shown = turned, True
        else:
            shown = holds
        level.guards.append(Guard(test, shown, written, stops, present(test, holds)))

    def skipped(self, reason: str) -> None:
        self.partial = self.partial or reason

    def evaluable(self, node: ast.expr, reads: bool = False) -> None:
        """Check that an expression may be evaluated before the loop."""
        nodes = set(walk(node))
        events = [event for event in self.scope.events if event.site in nodes]
        if any(isinstance(event, Run) for event in events):
            raise NotCollectable(_OTHER, node)
        if not only_computes(self.scope, node):
            raise NotCollectable("this calls a function that may do anything", node)
        for item in nodes:
            if (call := gives_another(self.scope, item)) is not None:
                raise NotCollectable(f"{ast.unparse(call)} may give something else each time", call)
        if (filled := fills(self.scope, node)) is not None:
            text = f"{ast.unparse(filled)} adds to the dict, and the function tells what it has"
            raise NotCollectable(text, filled)
        if any(isinstance(event, Effect if reads else Effect | Read) for event in events):
            raise NotCollectable("evaluating this touches the session", node)

    def code(self, node: ast.expr, position: int) -> Code | Copied:
        """The expression, as it is before the loop: assignments up to `position` put in."""
        substitutes = []
        if (changed := self.changes.of(node)) is not None:
            text = ast.unparse(changed)
            raise NotCollectable(f"a function that the loop calls may change {text}", changed)
        for item in walk(node):
            if isinstance(item, ast.Subscript) and ast.unparse(item) in self.mutated:
                raise NotCollectable("the loop changes what the key is read from", item)
        for name in [n for n in walk(node) if isinstance(n, ast.Name)]:
            inner = self.definition(name, position)
            if inner is None:
                continue
            if any(isinstance(n, ast.JoinedStr) for n in walk(node)):
                raise NotCollectable("the key is made of a text with other names in it", node)
            substitutes.append((self.scope.place(name), Code.of("{value}", value=inner)))
        return Copied(self.scope.place(node), substitute=tuple(substitutes))

    def definition(self, name: ast.Name, position: int) -> Code | Copied | None:
        """The expression that a name of the loop's body stands for, as it is before the loop; None
        for a name from outside.

        Raises:
            NotCollectable: where that depends on what the loop did before.
        """
        for at in range(position - 1, -1, -1):
            statement = self.before[at]
            if not binds(statement, name.id):
                continue
            match statement:
                case ast.Assign(targets=[ast.Name(id=bound)], value=value) | ast.AnnAssign(
                    target=ast.Name(id=bound), value=ast.expr() as value
                ) if (bound == name.id):
                    pass
                case _:
                    raise NotCollectable(f"{name.id} is made in more than one step", statement)
            if name.id in self.taken:
                return self.answered(name.id)
            self.evaluable(value)
            self.raising = self.raising or not self.is_there(value)
            return self.code(value, at)
        if name.id in self.mutated:
            raise NotCollectable(f"the loop changes {name.id}, which the keys come from", name)
        if any(name.id in loop.names for loop in self.nest):
            return None
        if name.id in self.assigned:
            raise NotCollectable(f"{name.id} depends on what the loop did before", name)
        return None
