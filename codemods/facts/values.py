"""What one file says by itself: frozen, plain values without `ast` in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from codemods.facts.symbols import Call, Symbol
from codemods.source import Place

ParameterKind = Literal[
    "positional-only", "positional", "var-positional", "keyword-only", "var-keyword"
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `annotation` is its text, without the quotes of a string annotation."""

    name: str
    kind: ParameterKind
    annotation: str | None = None
    default: Symbol | None = None

    @property
    def has_default(self) -> bool:
        return self.default is not None


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """A function, method or nested function.

    `qualname` is Python's (`Outer.method`, `outer.<locals>.inner`; the halves of a property after
    its first are `Outer.name.setter` and the like), `owner` the qualname of the class whose body
    it stands in. `place` starts at `def` or `async`, below the decorators.
    `decorators` are dotted names, without arguments, empty for other expressions. `has_loop`
    and `query_calls` count nested functions and lambdas in; `is_generator` does not.
    `returned` is the value of a last `return` of a method that is decorated or has no other
    statement, and of a function without decorators that makes a column or relationship.

    `parsed` is False where the body was told from its words alone to be of no interest. Then there
    is no query in it, and `has_loop` may be True without a loop.
    """

    qualname: str
    full_name: str
    place: Place
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    decorators: tuple[str, ...] = ()
    is_async: bool = False
    is_generator: bool = False
    has_loop: bool = False
    query_calls: int = 0
    owner: str | None = None
    decorations: tuple[Symbol, ...] = field(default=(), repr=False)
    returned: Symbol | None = field(default=None, repr=False)
    parsed: bool = True

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """An assignment in a module's or class's body: `db = SQLAlchemy()`.

    `place` is the statement. `name` is dotted where an attribute is assigned (`Base.query = …`).
    `value` is None for an annotation without a value; one that is bound in some other way
    (`for`, `with`, tuple targets) is `Other`.
    """

    name: str
    full_name: str
    place: Place
    value: Symbol | None = None
    annotation: Symbol | None = None
    annotation_text: str | None = None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call that matters to linking, wherever it stands: a session made, an event listened to.

    `function` is the qualname of the function it is in, None outside of functions.
    """

    place: Place
    function: str | None
    call: Call


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class, also a nested or local one. `name_place` is the `class` statement's first line.

    `attributes` are assigned or annotated in the body, `methods` are defined in it, by name.
    """

    qualname: str
    full_name: str
    place: Place
    name_place: Place
    bases: tuple[Symbol, ...]
    keywords: tuple[tuple[str | None, Symbol], ...]
    decorators: tuple[Symbol, ...]
    attributes: Mapping[str, ValueFacts] = field(repr=False)
    methods: Mapping[str, FunctionFacts] = field(repr=False)

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]


@dataclass(frozen=True)
class ModuleFacts:
    """Everything that one file says by itself.

    `imports` maps a local name to the absolute dotted name that it is bound to, `origins` to the
    module that the import statement names (`app.models` for `from app.models import Order`).
    Imports inside functions are `local_imports`: (name, target, origin). `classes` and
    `functions` are by qualname, `values` by name. `exported` is `__all__` where it is literal.
    `has_loop` and `query_calls` are those of the code outside functions. `relevant` is what the
    byte prefilter said. `tops` are the first names of modules that other parts of the project use
    for modules of their own, each with what is unique.
    """

    path: Path
    module: str
    is_package: bool
    imports: Mapping[str, str] = field(repr=False)
    origins: Mapping[str, str] = field(repr=False)
    star_imports: tuple[str, ...] = ()
    local_imports: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    exported: tuple[str, ...] | None = None
    classes: Mapping[str, ClassFacts] = field(default_factory=dict, repr=False)
    functions: Mapping[str, FunctionFacts] = field(default_factory=dict, repr=False)
    values: Mapping[str, ValueFacts] = field(default_factory=dict, repr=False)
    calls: tuple[CallFacts, ...] = field(default=(), repr=False)
    has_loop: bool = False
    query_calls: int = 0
    relevant: bool = True
    tops: Mapping[str, str] = field(default_factory=dict, repr=False)
