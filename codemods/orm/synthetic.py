"""Writes the functions that schemas and response models stand for, statement by statement."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from codemods.orm.renderer import Renderer
from codemods.source import Place

Key = str | int


class Writer:
    """A function of one parameter while it is being written.

    Names of the project and of libraries get into the function by their full names: `symbol`
    gives the node, and `Renderer.names` says what each such name stands for.
    """

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        self.places: dict[ast.AST, Place] = {}
        self.names: dict[str, str] = {}
        self.instances: dict[str, str] = {}
        self._taken = {parameter, *dir(builtins), *keyword.kwlist}
        self._symbols: dict[str, str] = {}
        self._block: list[ast.stmt] = []

    def renderer(self, name: str, shows_loaded: bool = False) -> Renderer:
        """The function with everything that was written."""
        arguments = ast.arguments([], [ast.arg(self.parameter)], None, [], [], None, [])
        node = ast.FunctionDef("render", arguments, self._block or [ast.Pass()], [])
        ast.fix_missing_locations(node)
        return Renderer(name, node, self.places, self.names, self.instances, shows_loaded)

    # -- names

    def fresh(self, base: str) -> str:
        """A name that the function does not have yet."""
        wanted = base if base.isidentifier() else "value"
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name

    def symbol(self, full_name: str, place: Place) -> ast.expr:
        """The node for something with a full name; a builtin goes by its own."""
        owner, _, last = full_name.rpartition(".")
        if owner == "builtins":
            return self.at(ast.Name(last, ast.Load()), place)
        name = self._symbols.get(full_name)
        if name is None:
            name = self._symbols[full_name] = self.fresh(last)
            self.names[name] = full_name
        return self.at(ast.Name(name, ast.Load()), place)

    def instance(self, full_name: str, base: str, place: Place) -> ast.expr:
        """The node for an object of a class."""
        key = f"{full_name}()"
        name = self._symbols.get(key)
        if name is None:
            name = self._symbols[key] = self.fresh(base)
            self.instances[name] = full_name
        return self.at(ast.Name(name, ast.Load()), place)

    # -- expressions

    def at(self, node: ast.expr, place: Place) -> ast.expr:
        self.places[node] = place
        return node

    def load(self, name: str, place: Place) -> ast.expr:
        return self.at(ast.Name(name, ast.Load()), place)

    def read(self, owner: ast.expr, path: Sequence[Key], place: Place) -> ast.expr:
        """`owner.author.name`, or `owner.pages[0]` for a number in the path."""
        for key in path:
            if isinstance(key, int):
                number: ast.expr = self.at(ast.Constant(key), place)
                owner = self.at(ast.Subscript(owner, number, ast.Load()), place)
            else:
                owner = self.at(ast.Attribute(owner, key, ast.Load()), place)
        return owner

    def call(
        self, function: ast.expr, arguments: Sequence[ast.expr], place: Place, **words: bool
    ) -> ast.expr:
        """A call, with flags by keyword."""
        keywords = [
            ast.keyword(name, self.at(ast.Constant(value), place)) for name, value in words.items()
        ]
        return self.at(ast.Call(function, list(arguments), keywords), place)

    # -- statements

    def do(self, value: ast.expr, place: Place) -> None:
        """Evaluate an expression and drop its value."""
        self._add(ast.Expr(value), place)

    def assign(self, base: str, value: ast.expr, place: Place) -> str:
        """Bind a value to a new name."""
        name = self.fresh(base)
        target: ast.expr = self.at(ast.Name(name, ast.Store()), place)
        self._add(ast.Assign([target], value), place)
        return name

    @contextmanager
    def loop(self, base: str, iterable: ast.expr, place: Place) -> Iterator[str]:
        """`for name in iterable:` around what is written inside."""
        name = self.fresh(base)
        target: ast.expr = self.at(ast.Name(name, ast.Store()), place)
        with self._inside() as body:
            yield name
        self._add(ast.For(target, iterable, body or [ast.Pass()], []), place)

    @contextmanager
    def perhaps(self, reason: str, place: Place) -> Iterator[None]:
        """What is written inside happens under a condition that nobody knows."""
        with self._inside() as body:
            yield
        if body:
            test = self.load(self.fresh(reason), place)
            self._add(ast.If(test, body, []), place)

    @contextmanager
    def captured(self) -> Iterator[list[ast.stmt]]:
        """What is written inside goes into the list, for `add` to place."""
        with self._inside() as body:
            yield body

    def add(self, statements: Sequence[ast.stmt]) -> None:
        self._block.extend(statements)

    @contextmanager
    def _inside(self) -> Iterator[list[ast.stmt]]:
        outer, self._block = self._block, []
        try:
            yield self._block
        finally:
            self._block = outer

    def _add(self, statement: ast.stmt, place: Place) -> None:
        self.places[statement] = place
        self._block.append(statement)
