"""One function in evaluation order: an abstract interpreter over its statements.

It keeps what every name can be (`codemods.orm.values`) and records what happens
(`codemods.orm.events`). Loop bodies are walked once; a name that the body assigns is forgotten at
its start, so that what is known holds in every iteration.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from codemods.orm import (
    attributes,
    bindings,
    callees,
    compound,
    containers,
    core_tables,
    definitions,
    expressions,
    hints,
    objects,
    protocols,
    rendered,
    rendered_templates,
)
from codemods.orm.events import Act, Branch, Effect, Event, Exit, Loop, Try
from codemods.orm.frames import Code, Frame, Program
from codemods.orm.leaving import leave
from codemods.orm.values import (
    ANYTHING,
    NONE,
    Items,
    ModelClass,
    Symbol,
    Unknown,
    Value,
    partly,
)

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts

E = TypeVar("E", bound=Event)


class Flow:
    """Walks one function, or the statements of a module, and the functions that it calls.

    Args:
        program: the code of the linked project.
        code: the function, or the module for its own statements.
    """

    def __init__(self, program: Program, code: Code) -> None:
        self.program = program
        self.index = program.index
        self.frame = self.root = Frame(code)
        self.frames = [self.frame]
        self.env = self.frame.env
        self.events: list[Event] = []
        self.loops: tuple[Loop, ...] = ()
        self.branches: tuple[Branch, ...] = ()
        self.tries: tuple[Try, ...] = ()
        self.all_loops: list[Loop] = []
        self.statement: ast.stmt = code.node.body[0]
        self.outer: ast.stmt | None = None
        self.no_autoflush = 0
        self.lambdas = 0
        self.walked = 0
        # How often a call was not followed because of what had been called before.
        self.cut = 0
        # The activations of functions that were called again from within, which is not followed.
        self.recursions: list[Frame] = []
        self.awaiting: ast.expr | None = None
        self.discarded: ast.expr | None = None
        # Arguments that are gone over before anything else is done.
        self.at_once: set[ast.expr] = set()
        self.dotted: dict[str, set[str]] = {}
        self.keywords: dict[ast.expr, Value] = {}
        self.shared_sessions = any(f.scoped and not f.test for f in self.index.factories.values())
        self.blocks: dict[ast.stmt, tuple[list[ast.stmt], int]] = {}
        # What names have been bound to, in the order of the walk.
        self.bound: list[bindings.Binding] = []

    @property
    def code(self) -> Code:
        """The function that is being walked."""
        return self.frame.code

    @property
    def module(self) -> ModuleFacts:
        return self.frame.code.module

    def run(self, data: frozenset[str] = frozenset()) -> Flow:
        """Walk it all.

        Args:
            data: parameters that get neither rows nor sessions, nor what leads to some.
        """
        node = self.code.node
        if not isinstance(node, ast.Module):
            hints.bind_parameters(self, node)
            for name in data:
                if self.env.get(name, ANYTHING).tainted:
                    self.env[name] = Unknown(plain=True)
        self.block(node.body)
        self.root.env, self.root.last = self.env, len(self.events) - 1
        return self

    # Events -------------------------------------------------------------------------------

    def emit(self, made: type[E], node: ast.expr | ast.stmt, **details: Any) -> E:
        """Record that something happens here and now."""
        event = made(
            index=len(self.events),
            node=node,
            statement=self.outer or self.statement,
            inner=self.statement,
            frame=self.frame,
            loops=self.loops,
            branches=self.branches,
            tries=self.tries,
            **details,
        )
        self.events.append(event)
        return event

    def effect(self, act: Act, node: ast.expr | ast.stmt, **details: Any) -> Effect:
        return self.emit(Effect, node, act=act, **details)

    @property
    def skipping(self) -> bool:
        """True if some iterations of the innermost loop may not come to this point."""
        if not self.loops:
            return False
        loop = self.loops[-1]
        return self.branches != loop.branches or any(
            isinstance(event, Exit) and loop in event.loops and event.skips(self.frame)
            for event in self.events[loop.first :]
        )

    # Names --------------------------------------------------------------------------------

    def named(self, full_name: str) -> Value:
        """What a full name stands for."""
        model = self.index.model(full_name)
        if model is not None:
            return ModelClass(model)
        canonical = self.index.canonical(full_name)
        table = core_tables.named(self.index, canonical)
        return table or objects.module_value(self, canonical) or Symbol(canonical)

    def lookup(self, dotted: str) -> Value:
        """What a name means here: a local one first, then the module's."""
        if dotted in self.env:
            return self.env[dotted]
        if dotted in definitions.rebound(self.code.source.text):
            return ANYTHING
        resolved = self.index.resolve(self.module, dotted)
        return self.named(resolved) if resolved else ANYTHING

    def remember(self, dotted: str, value: Value) -> None:
        """Keep what an attribute was assigned, until its owner's name means something else."""
        self.env[dotted] = value
        self.dotted.setdefault(dotted.partition(".")[0], set()).add(dotted)

    # Contexts -----------------------------------------------------------------------------

    @contextmanager
    def under(self, node: ast.AST, arm: int = 0, test: ast.expr | None = None) -> Iterator[None]:
        """What is evaluated inside happens only under a condition."""
        before = self.branches
        self.branches = (*before, Branch(node, arm, test))
        try:
            yield
        finally:
            self.branches = before

    @contextmanager
    def trying(self, node: ast.AST, handles: Iterable[str]) -> Iterator[None]:
        before = self.tries
        self.tries = (*before, Try(node, frozenset(handles)))
        try:
            yield
        finally:
            self.tries = before

    @contextmanager
    def looping(
        self,
        node: ast.For | ast.AsyncFor | ast.While | ast.comprehension,
        owner: ast.AST,
        iterable: ast.expr,
        items: Value,
        assigned: frozenset[str] = frozenset(),
    ) -> Iterator[Loop]:
        """A loop over `items`; `owner` is the statement or the comprehension that it belongs to."""
        loop = Loop(
            node=node,
            owner=owner,
            iterable=iterable,
            items=items,
            element=ANYTHING,
            parents=self.loops,
            index=len(self.all_loops),
            statement=self.outer or self.statement,
            frame=self.frame,
            branches=self.branches,
            tries=self.tries,
            first=len(self.events),
            assigned=assigned,
        )
        loop.element = bindings.element_of(items, loop)
        self.all_loops.append(loop)
        before = self.loops
        self.loops = (*before, loop)
        try:
            yield loop
        finally:
            self.loops = before
            loop.last = len(self.events) - 1

    @contextmanager
    def entering(self, frame: Frame) -> Iterator[None]:
        """Another function runs inside: its names are its own, what it does is this one's."""
        before = (self.frame, self.env, self.statement, self.outer, self.dotted, self.awaiting)
        self.frame.env = self.env
        frame.branches, frame.loops, frame.tries = self.branches, self.loops, self.tries
        frame.first = len(self.events)
        self.outer = self.outer or self.statement
        self.frame, self.env, self.dotted, self.awaiting = frame, frame.env, {}, None
        self.frames.append(frame)
        try:
            yield
        finally:
            frame.env, frame.last = self.env, len(self.events) - 1
            self.frame, self.env, self.statement, self.outer, self.dotted, self.awaiting = before

    def given_to(self, taker: Frame, node: ast.expr) -> Value:
        """What an argument is that the caller of an activation has given."""
        frame, env = self.frame, self.env
        assert taker.caller is not None
        self.frame, self.env = taker.caller, taker.caller.env
        try:
            return self.ev(node)
        finally:
            self.frame, self.env = frame, env

    def apart(self, code: Code) -> Flow:
        """Another walk, of which nothing that happens matters here."""
        return Flow(self.program, code)

    # Statements ---------------------------------------------------------------------------

    def block(self, statements: list[ast.stmt]) -> bool:
        """Walk statements; True if the end is not reached."""
        first = len(self.events)
        for position, statement in enumerate(statements):
            self.blocks[statement] = (statements, position)
            self.statement = statement
            self.walked += self.outer is not None
            if self.visit(statement):
                for rest in range(position + 1, len(statements)):
                    self.blocks[statements[rest]] = (statements, rest)
                leave(self, first, statements[: position + 1])
                return True
        return False

    def visit(self, node: ast.stmt) -> bool:
        """Walk one statement; True if what follows it in its block is not reached."""
        match node:
            case ast.Expr():
                return compound.expression(self, node)
            case ast.Assign(targets=targets, value=value):
                result = self.ev(value)
                for target in targets:
                    self.assign(target, result, value)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                declared = hints.value_of(self, annotation)
                result = self.ev(value) if value else declared
                if value is not None and isinstance(result, type(ANYTHING)):
                    result = declared
                self.assign(target, hints.refine(result, declared), value)
            case ast.AugAssign(target=target, value=value):
                read = bindings.loaded(target)
                if self.outer is not None:
                    self.program.adopt(self.code, read)
                owner = attributes.made(self, target)
                if owner is None or not isinstance(read, ast.Attribute):
                    old = self.ev(read)
                else:
                    old = attributes.attribute(self, read, owner, read.attr)
                result = self.ev(value)
                protocols.augmented(self, node, old, result)
                added = expressions.added(old, result)
                if owner is None or not isinstance(target, ast.Attribute):
                    self.assign(target, added, value)
                else:
                    attributes.set_attribute(self, target, added, value, owner)
            case ast.If():
                return compound.if_(self, node)
            case ast.For() | ast.AsyncFor():
                compound.for_(self, node)
            case ast.While():
                compound.while_(self, node)
            case ast.Try() | ast.TryStar():
                return compound.try_(self, node)
            case ast.With() | ast.AsyncWith():
                return compound.with_(self, node)
            case ast.Return(value=value):
                result = self.ev(value) if value else NONE
                self.frame.returned.append(result)
                rendered.at_return(self, node, result)
                rendered_templates.at_return(self, node)
                self.emit(Exit, node, kind="return", loop=None)
                return True
            case ast.Raise(exc=exc, cause=cause):
                for part in (exc, cause):
                    if part:
                        self.ev(part)
                self.emit(Exit, node, kind="raise", loop=None)
                return True
            case ast.Break() | ast.Continue():
                kind = "break" if isinstance(node, ast.Break) else "continue"
                inner = next(
                    (x for x in reversed(self.loops) if x.is_statement and x.frame is self.frame),
                    None,
                )
                self.emit(Exit, node, kind=kind, loop=inner)
                return True
            case ast.Assert(test=test):
                protocols.truth(self, test)
            case ast.Delete(targets=targets):
                for item in targets:
                    self.delete(item)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.frame.shared |= bindings.rebound_outside(node)
                self.forget(self.frame.shared)
                compound.defaults(self, node.args)
                self.env[node.name] = callees.nested(self, node)
            case ast.ClassDef():
                compound.class_(self, node)
            case ast.Import() | ast.ImportFrom():
                for name, full_name in bindings.imported(self.module, node):
                    self.env[name] = self.named(full_name)
            case ast.Match():
                compound.match_(self, node)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                self.forget(names)
        return False

    # Expressions and targets --------------------------------------------------------------

    def ev(self, node: ast.expr) -> Value:
        """What an expression is; records what its evaluation does."""
        handler = expressions.HANDLERS.get(node.__class__)
        return handler(self, node) if handler else ANYTHING

    def assign(self, target: ast.expr, value: Value, source: ast.expr | None) -> None:
        """Bind a target to a value."""
        match target:
            case ast.Name(id=name):
                for dotted in self.dotted.get(name, ()):
                    self.env.pop(dotted, None)
                held = ANYTHING if name in self.frame.shared else value
                self.bound.append(bindings.Binding(self.frame, name, self.env.get(name), held))
                self.env[name] = held
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                value = containers.unpacked(self, target, value)
                for position, item in enumerate(elts):
                    self.assign(item, bindings.part_of(value, position, len(elts)), None)
            case ast.Starred(value=inner):
                self.assign(inner, Items(partly(value)), None)
            case ast.Attribute():
                attributes.set_attribute(self, target, value, source)
            case ast.Subscript(value=container, slice=index):
                attributes.set_item(self, container, index, value, source)

    def delete(self, target: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self.env.pop(name, None)
            case ast.Attribute() | ast.Subscript():
                attributes.delete(self, target)

    def forget(self, names: Iterable[str]) -> None:
        """Drop what is known of names that a loop assigns, but of containers."""
        for name in names:
            old = self.env.get(name)
            if not isinstance(old, Items) or name in self.frame.shared:
                self.env[name] = ANYTHING
