"""Relationships that are read row by row: which they are, and what they cost."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Role
from codemods.orm import sharing as shared
from codemods.orm.events import Act, Effect, Loop, Read, Run
from codemods.orm.growth import SINGLE, likely_key, one_target
from codemods.orm.naming import plural, singular, snake, targets, words
from codemods.orm.option_places import Spot, spot
from codemods.orm.preconditions import effects
from codemods.orm.query import Loader, Query
from codemods.orm.values import Items, ModelClass, Origin, Row, Step
from codemods.project.model import Model
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.orm.sharing import Sharing

Names = tuple[str, ...]
# What SQLAlchemy loads at once, whatever an IN can hold.
CHUNK = 500
# With these, a join is not the same as an option of its own.
_NOT_JOINED = (
    "distinct", "group_by", "having", "with_for_update", "union", "union_all", "intersect",
    "intersect_all", "except_", "except_all", "from_statement", "from_self", "select_from",
    "select_entity_from", "with_hint", "prefix_with", "yield_per", "execution_options",
)  # fmt: skip


@dataclass(frozen=True)
class RowRead:
    """A relationship that is loaded once per row of a query.

    `path` leads from the query's entity to the relationship, `reads` are the places that read it
    and `loop` is the loop whose every iteration may load it. `others` has all reads on the rows
    of this query and entity, by the names of their paths.
    """

    scope: Scope = field(repr=False)
    run: Run
    entity: int
    path: tuple[Step, ...]
    reads: tuple[Read, ...]
    loop: Loop
    origin: Origin
    others: Mapping[Names, tuple[Read, ...]] = field(repr=False)

    @property
    def step(self) -> Step:
        return self.path[-1]

    @property
    def query(self) -> Query:
        return self.run.query

    @property
    def model(self) -> Model:
        """The class that the query selects."""
        value = self.query.entities[self.entity].value
        assert isinstance(value, ModelClass)
        return value.model

    @property
    def subclass(self) -> Model | None:
        """The mapped subclass that the relationship belongs to, if the query selects its parent."""
        first = self.path[0]
        if first.relationship.name in self.model.relationships:
            return None
        return first.model

    @cached_property
    def first(self) -> Read:
        """The read in the loop that shows best: an unconditional one if there is any."""
        inside = [read for read in self.reads if self.loop in read.loops] or self.reads
        return next((read for read in inside if not read.conditional_in(self.loop)), inside[0])

    @property
    def place(self) -> Place:
        return self.scope.place(self.first.node)

    @cached_property
    def given(self) -> int:
        """How many steps of the path the query's options load already."""
        names = path_names(self.path)
        lengths = range(1, len(names))
        return next((n - 1 for n in lengths if not strategy(self.query, names[:n])), len(names) - 1)

    @cached_property
    def spot(self) -> Spot | str:
        """Where the option is written, or why it cannot be written anywhere."""
        return spot(self)

    @property
    def handing(self) -> list[ast.expr]:
        """The calls that may hand options to the query."""
        calls = (frame.call for frame in self.run.frame.chain)
        return [call for call in calls if isinstance(call, ast.Call)]

    @cached_property
    def sharing(self) -> Sharing | None:
        """How the option is handed to the query, where not all who get its rows need it."""
        return shared.sharing(self)

    @property
    def new_steps(self) -> tuple[tuple[int, Step], ...]:
        """The steps, with their positions, that only the option makes eager."""
        steps = list(enumerate(self.path))[self.given :]
        return tuple((i, step) for i, step in steps if step.relationship.lazy in ("select", None))

    @property
    def joined(self) -> bool:
        """True if the project wants joins, and this query and path take them."""
        settings, query = self.scope.settings, self.query
        if settings.to_one != "joined" or self.subclass is not None:
            return False
        if any(step.relationship.direction != "many-to-one" for step in self.path):
            return False
        if any(step.relationship.innerjoin for _, step in self.new_steps):
            return False  # it would leave out rows that have no such partner
        joins = sum(loader.strategies.count("joinedload") for loader, _ in loaders(query))
        if joins + len(self.new_steps) > settings.max_joins or query.has(*_NOT_JOINED):
            return False
        known = all(p.column or p.relationship for p in query.predicates)
        return known and all(o.column for o in query.orderings) and query.understood

    def reads_of(self, length: int) -> tuple[Read, ...]:
        """The reads of the first `length` steps of the path."""
        return self.others.get(path_names(self.path[:length]), ())

    # Words --------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        return f"{self.step.model.name}.{self.step.relationship.name}"

    @property
    def root_name(self) -> str:
        """What one calls the rows of the query."""
        return plural(snake((self.subclass or self.model).name))

    @property
    def rows_name(self) -> str:
        """What one calls the rows that the relationship is read on."""
        if len(self.path) > 1:
            return plural(self.path[-2].relationship.name)
        return self.root_name

    @property
    def keys_name(self) -> str:
        """What one calls the things that a statement is sent for."""
        if not self.step.relationship.found_by_key and likely_key(self.step) is None:
            return self.rows_name
        name = targets(self.step.relationship.name, self.step.relationship.target)
        return f"distinct {name}" if name == self.rows_name else name

    @property
    def fails(self) -> bool:
        """True in async code, where nothing is loaded by being read."""
        session, waits = self.run.session, self.first.awaited or self.first.reload
        return session is not None and bool(session.asynchronous) and not waits

    @cached_property
    def closing(self) -> Effect | None:
        """The `with` that closes the session before any of these reads, so that they load nothing."""
        run, scope = self.run, self.scope
        until = min(read.index for read in self.reads)
        found = []
        for effect in effects(scope.between(run.index, until), Act.CLOSE):
            sent = effect.frame.reached_by(run.frame, run.node)
            opened = isinstance(effect.node, ast.With | ast.AsyncWith)
            if opened and sent is not None and scope.contains(effect.node, sent):
                found.append(effect)
        if len(found) != 1 or found[0].target != run.session or run.session is None:
            return None
        [effect] = found
        always = effect.branches == run.branches and effect.loops == run.loops
        again = effects(scope.between(effect.index, until), Act.ADD)
        return effect if always and not again else None

    @property
    def message(self) -> str:
        if self.fails:
            return f"{self.label} is loaded lazily, which raises MissingGreenlet in async code"
        if self.closing is not None:
            return f"{self.label} is read after its session is closed, where nothing can load it"
        each = singular(self.keys_name.removeprefix("distinct "))
        return f"{self.label} is loaded with a query for each {words(each)}"

    @property
    def title(self) -> str:
        names = ".".join(path_names(self.path))
        return f"Load {names} with the query of {self.root_name}"

    @property
    def cost(self) -> Cost | None:
        """What the reads cost; None where they cannot be had at all."""
        return None if self.closing is not None else self.lazy_cost

    @property
    def lazy_cost(self) -> Cost:
        """What lazy loads of all the rows cost, and the option."""
        once = 1
        for length in range(1 + self.given, len(self.path)):
            once += not any(in_loop(read, self.run, self.entity) for read in self.reads_of(length))
        keys, chunks = self.keys_name, f"⌈{self.keys_name}/{CHUNK}⌉"
        # a refresh() reads the row's key before it loads
        each = "2·" if any(read.reload for read in self.reads) else ""
        after = f"{once} + {chunks} + {chunks}" if self.subclass else f"{once} + {chunks}"
        name = targets(self.step.relationship.name, self.step.relationship.target)
        rows = self.rows_name if name == self.rows_name else f"{self.rows_name} + {name}"
        return Cost(
            Amount(f"{once} + {each}{keys}", rows), Amount("1" if self.joined else after, rows)
        )

    @property
    def related(self) -> Iterator[Note]:
        scope = self.scope
        root = self.query.roots[0]
        single = self.run.terminal in SINGLE
        rows = f"the {singular(self.root_name)} comes" if single else f"{self.root_name} come"
        yield scope.note(Role.QUERY, root, f"{words(rows)} from this query")
        outer = self.loop.iterable
        if scope.placed(outer) and not scope.contains(outer, root):
            visited = self._visited or (self.rows_name if single else self.root_name)
            yield scope.note(Role.LOOP, outer, f"{words(visited)} are gone through here")
        yield from self._calls()
        relationship = self.step.relationship
        made = "is made by this backref, and" if relationship.from_backref else "is"
        yield Note(
            Role.MODEL,
            relationship.place,
            f"{self.label} {made} loaded when it is first read",
        )

    @property
    def _visited(self) -> str | None:
        """What one calls the rows of the loop if they are not those of the query."""
        items = self.loop.items
        row = items.element if isinstance(items, Items) else None
        if not isinstance(row, Row) or row.model in (self.model, self.subclass):
            return None
        for step in reversed(self.path[:-1]):
            if step.relationship.target == row.model.full_name:
                return plural(step.relationship.name)
        return None

    def _calls(self) -> Iterator[Note]:
        """The calls that lead from the function that is looked at to the query and the read."""
        seen: set[ast.AST] = {self.loop.iterable}
        for frame, what in (
            (self.first.frame, f"{self.step.relationship.name} is read by"),
            (self.run.frame, "the query is sent by"),
        ):
            for step in frame.chain[1:]:
                call = step.call
                if call is None or call in seen or not self.scope.placed(call):
                    continue
                seen.add(call)
                text = what if step is frame else "this goes through"
                again = ", which calls itself" if step.again else ""
                yield self.scope.note(Role.CALL, call, f"{text} {step.code.title}{again}")


def path_names(path: tuple[Step, ...]) -> Names:
    return tuple(step.relationship.name for step in path)


def loaders(query: Query) -> Iterator[tuple[Loader, Names]]:
    """Every option of a query that is understood, nested ones too, with its whole path."""
    stack: list[tuple[Loader, Names]] = [(loader, ()) for loader in query.loaders if loader]
    found: list[tuple[Loader, Names]] = []
    while stack:
        loader, before = stack.pop()
        if loader.path is None:
            continue
        whole: Names = (*before, *path_names(loader.path))
        found.append((loader, whole))
        stack += [(branch, whole) for branch in loader.branches]
    return iter(found)


def unclear(query: Query, names: Names) -> list[Loader | None]:
    """The options that are not understood, and may say how what lies at this path is loaded."""
    found = [item for item in query.loaders if item is None or item.path is None]
    for loader, whole in loaders(query):
        if len(whole) < len(names) and whole == names[: len(whole)]:
            found += [branch for branch in loader.branches if branch.path is None]
    return found


def strategy(query: Query, names: Names) -> str | None:
    """How an option of the query loads what lies at this path: `selectinload` …"""
    for loader, whole in loaders(query):
        if loader.everything and whole == names[:-1]:
            return loader.strategies[-1]
        at = len(names) - 1 - (len(whole) - len(loader.path or ()))
        given = loader.strategies[at] if 0 <= at < len(loader.strategies) else "defaultload"
        if whole[: len(names)] == names and given != "defaultload":
            return given
    return None


def in_loop(read: Read, run: Run, entity: int) -> bool:
    """True if the rows of the query that are read here are gone through in a loop around."""
    return any(
        origin.run is run and origin.entity == entity and any(map(read.repeated_in, origin.via))
        for origin in read.row.origins
    )


def shortened(path: tuple[Step, ...]) -> tuple[Step, ...]:
    """The path without detours: `order.lines[i].order` is the order again."""
    kept: list[Step] = []
    for step in path:
        if kept and is_way_back(kept[-1], step):
            kept.pop()
        else:
            kept.append(step)
    return tuple(kept)


def is_way_back(there: Step, back: Step) -> bool:
    one, two = there.relationship, back.relationship
    if two.direction != "many-to-one" or one.direction != "one-to-many":
        return False
    if one.target != back.model.full_name or two.target != there.model.full_name:
        return False
    return (
        two.back_populates == one.name
        or one.back_populates == two.name
        or (bool(two.keys) and set(two.keys) == set(one.remote_keys))
    )


def is_lazy(candidate: RowRead) -> bool:
    """True if reading it sends statements: not eager, not an object that is at hand."""
    relationship = candidate.step.relationship
    known = relationship.uselist is not None and relationship.direction is not None
    if relationship.lazy not in ("select", None) or not (known or relationship.target is None):
        return False
    return not (
        candidate.run.terminal in ("count", "exists", "delete", "update")
        or strategy(candidate.query, path_names(candidate.path)) is not None
        or loaded_by_filter(candidate)
        or selected_too(candidate)
    )


def loaded_by_filter(candidate: RowRead) -> bool:
    """True if the query asks for the rows of one target, which is at hand."""
    return len(candidate.path) == 1 and one_target(candidate.query, candidate.step)


def selected_too(candidate: RowRead) -> bool:
    """True if the query brings the targets itself: as another entity, or as the whole table."""
    relationship, query = candidate.step.relationship, candidate.query
    if not relationship.found_by_key:
        return False
    others = (e.model for i, e in enumerate(query.entities) if i != candidate.entity)
    if any(model is not None and model.full_name == relationship.target for model in others):
        return True
    whole = not query.predicates and not query.joins and query.limit is None
    return (
        len(candidate.path) == 1
        and relationship.target == candidate.model.full_name
        and whole
        and query.understood
        and candidate.run.terminal in ("all", "iterate", "scalars")
        and query.has("limit", "offset", "slice", "distinct", "yield_per", "from_statement") is None
    )
