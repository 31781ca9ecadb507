"""Functions that a function calls: where their code lies, and how they were reached."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from codemods.facts.nodes import walk
from codemods.facts.parse import ParseError
from codemods.orm.bindings import assigned_names
from codemods.orm.definitions import replaced
from codemods.orm.file_tree import FileTree, FunctionNode
from codemods.orm.values import Value

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.events import Branch, Event, Loop, Try
    from codemods.orm.mentions import Words
    from codemods.orm.outcomes import Outcome
    from codemods.orm.reach import Reach
    from codemods.orm.renderer import Renderer
    from codemods.orm.scope import Scope
    from codemods.project.index import ProjectIndex
    from codemods.source import Place, SourceFile

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Code:
    """A function as it is written, or the statements of a module.

    Args:
        facts: None for the statements of a module, and for a function in a function.
        renderer: the template or schema that a synthetic function stands for.
    """

    module: ModuleFacts
    trees: FileTree
    node: FunctionNode | ast.Module
    facts: FunctionFacts | None = None
    renderer: Renderer | None = None

    @property
    def source(self) -> SourceFile:
        return self.trees.source

    @property
    def name(self) -> str:
        """What a reader knows it by."""
        if self.renderer is not None:
            return self.renderer.name
        return self.facts.qualname if self.facts else getattr(self.node, "name", "")

    @property
    def title(self) -> str:
        """What a sentence calls it."""
        if self.renderer is not None or not self.name:
            return self.name or "the module"
        kinds = [decorator.rpartition(".")[2] for decorator in self.decorators]
        if "property" in kinds or "cached_property" in kinds or "hybrid_property" in kinds:
            return f"the property {self.name}"
        return f"{self.name}()"

    @cached_property
    def owner(self) -> str | None:
        """The full name of the class that a method belongs to."""
        facts = self.facts
        return f"{self.module.module}.{facts.owner}" if facts and facts.owner else None

    @property
    def decorators(self) -> tuple[str, ...]:
        return self.facts.decorators if self.facts else ()

    @property
    def gives_a_dict(self) -> bool:
        """True for a function that ends with a dict of names, which its caller may add to."""
        match self.node.body[-1:]:
            case [ast.Return(value=ast.Dict(keys=[_, *_] as keys))]:
                return all(isinstance(key, ast.Constant) for key in keys)
        return False

    @property
    def gives_itself(self) -> bool:
        """True for a method that ends with the object that it is called on."""
        match self.node:
            case ast.FunctionDef(body=[*_, ast.Return(value=ast.Name(id=name))], args=given):
                return [item.arg for item in (*given.posonlyargs, *given.args)][:1] == [name]
        return False


@dataclass(eq=False)
class Frame:
    """One activation of a function.

    Args:
        code: what runs.
        caller: the activation that called it; None for the function that is looked at.
        call: the node of `caller` that calls it.
        bound: True where it is called on an object or class, which is its first argument.
        shown: False where the call hands it on, as `map()` does, and so does not show what it gets.
        branches, loops, tries: what the call stands in.
        first, last: the indices of its first and last event.
        on_yield: what a context manager's `yield` runs: the body of the `with`.
        resumed, within: the index of the first event after that body, and the `with`.
        shared: variables that a function inside binds anew.
        data: where its body is not walked, the parameters that get what leads to no row.
        given: what it is called with, by position or name.
        again: the calls by which it calls itself with the like.
    """

    code: Code
    caller: Frame | None = None
    call: ast.expr | ast.stmt | None = None
    bound: bool = False
    shown: bool = True
    env: dict[str, Value] = field(default_factory=dict)
    returned: list[Value] = field(default_factory=list)
    yielded: list[Value] = field(default_factory=list)
    on_yield: Callable[[Value], None] | None = None
    resumed: int | None = None
    within: ast.stmt | None = None
    branches: tuple[Branch, ...] = ()
    loops: tuple[Loop, ...] = ()
    tries: tuple[Try, ...] = ()
    first: int = 0
    last: int | None = None
    shared: set[str] = field(default_factory=set)
    data: frozenset[str] = frozenset()
    given: Sequence[tuple[Hashable, Value]] = ()
    again: set[ast.AST] = field(default_factory=set)

    @cached_property
    def chain(self) -> tuple[Frame, ...]:
        """The activations from the function that is looked at to this one."""
        return (*self.caller.chain, self) if self.caller else (self,)

    def reached_by(self, frame: Frame, node: ast.expr | ast.stmt) -> ast.expr | ast.stmt | None:
        """What `node`, which `frame` has come to, is in this activation: itself, or the call that
        leads there; None where this activation has not led there."""
        if frame is self:
            return node
        chain = frame.chain
        if self in chain:
            return chain[chain.index(self) + 1].call
        return None

    def hands_on(self, name: str) -> bool:
        """True for a parameter that holds what the caller of this activation gave."""
        node = self.code.node
        if self.caller is None or isinstance(node, ast.Module):
            return False
        parameters = {n.arg for n in walk(node.args) if isinstance(n, ast.arg)}
        return name in parameters and name not in assigned_names(node)

    def rest(self, name: str) -> tuple[ast.expr, ...] | None:
        """The expressions that the caller of this activation gave for `*name`."""
        call, node = self.call, self.code.node
        if not isinstance(call, ast.Call) or isinstance(node, ast.Module) or not self.shown:
            return None
        if node.args.vararg is None or node.args.vararg.arg != name:
            return None
        if any(isinstance(item, ast.Starred) for item in call.args):
            return None
        taken = len(node.args.posonlyargs) + len(node.args.args) - self.bound
        return tuple(call.args[taken:])

    def argument(self, name: str) -> ast.expr | None:
        """The expression that the caller of this activation gave for a parameter."""
        call, node = self.call, self.code.node
        if not isinstance(call, ast.Call) or isinstance(node, ast.Module) or not self.shown:
            return None
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value
        names = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
        names = names[self.bound :]
        if name not in names or any(isinstance(item, ast.Starred) for item in call.args):
            return None
        position = names.index(name)
        return call.args[position] if position < len(call.args) else None

    @cached_property
    def site(self) -> ast.expr | ast.stmt | None:
        """The call in the function that is looked at which leads here; None for itself."""
        return self.chain[1].call if len(self.chain) > 1 else None


@dataclass(frozen=True, eq=False)
class Summary:
    """What a function does and returns for any caller."""

    events: tuple[Event, ...]
    value: Value


class Program:
    """The code of a project's functions, parsed once, and where each node was written.

    Args:
        index: the linked project.
        source: gives a file of the project; raises KeyError for one that is not.
        files: gives every Python file of the project, analysed or not.
        nodes: gives the functions of a file that have been parsed already.
    """

    def __init__(
        self,
        index: ProjectIndex,
        source: Callable[[Path], SourceFile],
        files: Callable[[], Iterable[SourceFile]],
        nodes: Callable[[Path], Mapping[str, FunctionNode]],
    ) -> None:
        self.index = index
        self.source = source
        self.files = files
        self._made: dict[Callable[[Program], Any], Any] = {}
        # Bytes that stand for what a file has on disk.
        self.overlay: Mapping[Path, bytes] = {}
        self._nodes = nodes
        self._trees: dict[Path, FileTree] = {}
        self._codes: dict[str, Code | None] = {}
        self._homes: dict[ast.AST, Code] = {}
        self._scopes: dict[Code, Scope] = {}
        # What is known of a class's objects and of a module's, by full name.
        self.fields: dict[str, dict[str, Value]] = {}
        self.values: dict[str, Value | None] = {}
        # The files that assign an attribute of this name on something else than `self`, and whether
        # they do with `setattr()`.
        self.assigned: dict[str, tuple[tuple[Path, bool], ...]] = {}
        # Who else gets the rows of a query and does not read what a path leads to.
        self.differing: dict[tuple[object, ...], str | None] = {}
        # The modules that are imported with another one.
        self.imported: dict[str, Set[str]] = {}
        # What functions do for any caller; None while that is being found out.
        self.summaries: dict[tuple[Code, frozenset[str]], Summary | None] = {}
        # What calls did that are like no more than one another.
        self.outcomes: dict[Hashable, Outcome] = {}

    def one(self, make: Callable[[Program], T]) -> T:
        """What is made of a program once; it is gone with the program."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    @cached_property
    def words(self) -> Words:
        """What the functions of the project name."""
        from codemods.orm.mentions import Words

        return Words(self)

    @cached_property
    def reach(self) -> Reach:
        from codemods.orm.reach import Reach

        return Reach(self)

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The full names of functions that some code assigns anew."""
        return replaced(self)

    def scope(self, code: Code) -> Scope:
        """The one scope of a function, whoever looks at it."""
        from codemods.orm.scope import Scope

        if code not in self._scopes:
            self._scopes[code] = Scope(self, code)
        return self._scopes[code]

    def trees(self, path: Path) -> FileTree:
        if path not in self._trees:
            self._trees[path] = FileTree(self.source(path), self._nodes(path))
        return self._trees[path]

    def code(self, facts: FunctionFacts) -> Code | None:
        """The code of a function that may be called; None where it cannot be had."""
        known = self._codes.get(facts.full_name)
        if known is not None and known.facts is facts:
            return known
        module = self.index.by_path.get(facts.place.path)
        found = None
        if module is not None:
            try:
                trees = self.trees(facts.place.path)
                node = trees.function(facts)
            except (KeyError, ParseError):
                node = None
            if node is not None:
                found = Code(module, trees, node, facts)
        self._codes[facts.full_name] = found
        return found

    def adopt(self, code: Code, node: ast.AST | None = None) -> None:
        """Remember where the nodes of a function were written."""
        if node is None and code.node in self._homes:
            return
        for item in walk(node or code.node):
            self._homes[item] = code

    def home(self, node: ast.AST) -> Code | None:
        """The function that a node was written in, if that has been called by another."""
        return self._homes.get(node)

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> Place | None:
        """Where a node of a function that has been called was written."""
        home = self._homes.get(node)
        if home is None:
            return None
        if home.renderer is not None:
            return home.renderer.place(node)
        return home.source.place(node)
