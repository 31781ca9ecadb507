"""Parts of collections that one query for all rows can fetch, before the loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Fix, Note, Precondition, Role, Status
from codemods.formula import sum_of
from codemods.orm import eager, rounds
from codemods.orm.eager_options import class_name
from codemods.orm.events import Act
from codemods.orm.key_loops import NotCollectable
from codemods.orm.loaded_parts import LoadedParts, loaded_parts
from codemods.orm.loading_given_up import given_up, within
from codemods.orm.lookup_checks import Checks
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.part_lookups import PartFetch, PartLookup, part_lookup
from codemods.orm.part_values import column_of, number_doubt
from codemods.orm.partial_reads import NUMBERS, PartialRead, described, given_none, listed
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query_code import Unwritable
from codemods.orm.sql_names import SqlNames
from codemods.orm.window_tests import WindowTest
from codemods.patch import Code, DropImport, Patch, Remove

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.events import Loop, Read
    from codemods.orm.headers import Header
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

IN_SQL = "window-in-sql"
BEFORE = "asked-before"
SOME = "some-row"
WHOLE = "whole-not-needed"
# More than so many queries are no better than to load it all.
_FETCHES = 3
_CHANGES = (Act.SET, Act.ADD, Act.APPEND, Act.DELETE)


@dataclass(frozen=True, eq=False)
class LoadWindow:
    """A collection that is loaded whole, and what of it one query for all rows has to bring."""

    loaded: LoadedParts
    target: Model
    table: Code
    imports: tuple[Patch, ...]
    tests: dict[PartialRead, WindowTest] = field(repr=False)
    words: SqlNames = field(repr=False)

    @property
    def scope(self) -> Scope:
        return self.loaded.scope

    @property
    def shown(self) -> ast.expr:
        """The first read of a part."""
        return next(part.collection for part in self.parts if part.wanted != "there")

    @property
    def parts(self) -> list[PartialRead]:
        return [part for _, part in self.loaded.reads]

    @cached_property
    def bounded(self) -> bool:
        """True if rows are wanted, and no more than a bounded number of them."""
        rows = [part for part in self.parts if part.wanted not in NUMBERS]
        return bool(rows) and all(self._is_bounded(part) for part in rows)

    def _is_bounded(self, part: PartialRead) -> bool:
        return part.wanted != "rows" or self.tests[part].bounded

    # Words --------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        return f"{self.loaded.step.model.name}.{self.loaded.step.relationship.name}"

    @property
    def owners(self) -> str:
        return plural(snake(self.loaded.step.model.name))

    @property
    def message(self) -> str:
        wanted = listed(dict.fromkeys(map(described, self.parts)))
        each = words(singular(self.owners))
        return f"{self.label} is loaded whole for each {each}, where the loop needs only {wanted}"

    @property
    def title(self) -> str:
        return f"Fetch only what is used of {self.label}, before the loop"

    @property
    def cost(self) -> Cost:
        rows, items = self.owners, plural(self.loaded.step.relationship.name)
        chunks = f"⌈{rows}/{eager.CHUNK}⌉"
        how = self.loaded.step.relationship.lazy if self.loaded.how == "declared" else "select"
        if self.loaded.option is not None:
            how = self.loaded.option.loader.strategies[0].removesuffix("load")
        lazy = f"1 + {rows}"
        before = {"joined": "1", "subquery": "2", "selectin": f"1 + {chunks}"}.get(how or "", lazy)
        items = items if items != rows else f"other {items}"
        after = sum_of("1", *[chunks] * len(self.groups))
        if outer := rounds.times(self.loaded.run.loops):
            before, after = f"{outer}·({before})", f"{outer}·({after})"
        wanted = "rows" if self.bounded else rows
        return Cost(Amount(before, f"{rows} + {items}"), Amount(after, sum_of(rows, wanted)))

    @property
    def related(self) -> Iterator[Note]:
        scope, loaded = self.scope, self.loaded
        root = loaded.run.query.roots[0]
        yield scope.note(Role.QUERY, root, f"{words(self.owners)} come from this query")
        if scope.placed(loaded.loop.iterable) and not scope.contains(loaded.loop.iterable, root):
            yield scope.note(
                Role.LOOP, loaded.loop.iterable, f"{words(self.owners)} are gone through here"
            )
        if loaded.option is not None:
            yield scope.note(Role.CALL, loaded.option.option, f"this loads all of {self.label}")
        elif loaded.how == "declared":
            place = loaded.step.relationship.place
            yield Note(Role.MODEL, place, f"the class loads all of {self.label} with every row")

    # What a fix needs ---------------------------------------------------------------------

    @cached_property
    def groups(self) -> list[list[tuple[Read, PartialRead]]]:
        """The reads that one fetch answers, that first which says what is fetched."""
        found: dict[object, list[tuple[Read, PartialRead]]] = {}
        for read, part in self.loaded.reads:
            if part.wanted != "there":
                found.setdefault((part.signature, read.loops), []).append((read, part))
        whole: dict[tuple[Loop, ...], list[tuple[Read, PartialRead]]] = {}
        for group in found.values():
            if _says_all(group[0][1]):
                whole.setdefault(group[0][0].loops, group)
        given = [given_none(self.scope, part) for part in self.parts]
        tests = {around.test for around in given if around is not None}
        for read, part in self.loaded.reads:
            if part.wanted == "there" and part.node not in tests:
                if read.loops not in whole:
                    whole[read.loops] = found.setdefault(("there", read.loops), [])
                whole[read.loops].append((read, part))
        return list(found.values())

    @cached_property
    def lookups(self) -> list[list[PartLookup]] | tuple[str, ast.AST]:
        """The same as lookups, or why there are none."""
        try:
            return [[self._lookup(*pair) for pair in group] for group in self.groups]
        except (NotCollectable, Unwritable) as error:
            return error.reason, error.node

    def _lookup(self, read: Read, part: PartialRead) -> PartLookup:
        run, test = self.loaded.run, self.tests[part]
        return part_lookup(self.scope, read, run, self.target, part, test)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        found = (self._in_sql(), self._asked_before(), self._some_row(), self._not_needed())
        if all(p.status is not Status.REFUTED for p in found):
            try:
                self.patches()
            except Unwritable as error:
                return found[0], self._stopped(error.reason, error.node), *found[2:]
        return found

    @property
    def possible(self) -> bool:
        return all(p.status is not Status.REFUTED for p in self.preconditions)

    @property
    def fix(self) -> Fix:
        return Fix(self.title, self.preconditions, self.patches)

    def _stopped(self, reason: str, node: ast.AST) -> Precondition:
        place = self.scope.place(node) if isinstance(node, ast.expr | ast.stmt) else None
        return Precondition(BEFORE, Status.REFUTED, reason, place)

    def _in_sql(self) -> Precondition:
        """The database finds the rows, and computes the numbers, that Python does."""
        doubt: Precondition | None = None
        for part in self.parts:
            test, place = self.tests[part], self.scope.place(part.node)
            if part.wanted not in ("rows", "there") and test.kept:
                text = f"`{ast.unparse(test.kept[0])}` is not translated to SQL"
                return Precondition(IN_SQL, Status.REFUTED, text, place)
            status, text = number_doubt(self.scope, self.target, part)
            if status is Status.REFUTED:
                return Precondition(IN_SQL, status, text, place)
            if status is Status.UNKNOWN:
                doubt = doubt or Precondition(IN_SQL, status, text, place)
            for reason, node in test.doubts[:1]:
                shown = self.scope.place(node)
                doubt = doubt or Precondition(IN_SQL, Status.UNKNOWN, reason, shown)
        return doubt or proven(IN_SQL, "the database finds the rows that Python keeps")

    def _asked_before(self) -> Precondition:
        """What holds for a lookup, as one condition."""
        if isinstance(self.lookups, tuple):
            return self._stopped(*self.lookups)
        checked = [(lookup, Checks(lookup)) for group in self.lookups for lookup in group]
        found = [condition for _, checks in checked for condition in checks.all()]
        family = {self.target.full_name, *self.target.parents, *self.target.children}
        for effect in (effect for _, checks in checked for effect in checks.writes):
            if effect.model is None or effect.model.full_name in family:
                text = f"the loop may write what a later window of {self.label} has"
                found.append(refuted(self.scope, BEFORE, text, effect))
        found += self._unwritten(family)
        for status in (Status.REFUTED, Status.UNKNOWN):
            for condition in found:
                if condition.status is status:
                    return replace(condition, name=BEFORE)
        return proven(BEFORE, "the rows are the same before the loop")

    def _unwritten(self, family: set[str]) -> Iterator[Precondition]:
        """Changes that the collections have before the loop, and the database may not have yet."""
        scope, run = self.scope, self.loaded.run
        session = run.session
        flushes = None if session is None else session.autoflush
        if flushes is True and not run.no_autoflush:
            return
        judge = unknown if flushes is None and not run.no_autoflush else refuted
        for effect in effects(scope.between(run.index, self.loaded.loop.first), *_CHANGES):
            if effect.model is not None and effect.model.full_name in family:
                text = f"{self.label} may have changes here that are not written before the query"
                yield judge(scope, BEFORE, text, effect)

    def _some_row(self) -> Precondition:
        """Where there is no row, what Python raises is raised no more (it is a KeyError then)."""
        for read, part in self.loaded.reads:
            if part.raises is None or self._guarded(read, part):
                continue
            each = words(singular(self.owners))
            text = f"for a {each} without any, {part.raises} would become KeyError"
            if read.tries:
                return refuted(self.scope, SOME, f"{text}, and errors are handled here", read)
            return unknown(self.scope, SOME, text, read)
        return proven(SOME, "what comes for no rows is the same")

    def _guarded(self, read: Read, part: PartialRead) -> bool:
        """True if the collection is tested before."""
        if part.tests:
            return False
        asked = ast.unparse(part.of)
        tests = [branch.test for branch in read.branches if branch.test is not None]
        if any(ast.unparse(test) == asked for test in tests):
            return True
        for other in self.parts:
            guard = self.scope.parents.get(other.node)
            if other.wanted == "there" and isinstance(guard, ast.If) and other.node is not other.of:
                left = isinstance(guard.body[-1], ast.Continue) and guard.test is other.node
                if left and guard.lineno < part.node.lineno and ast.unparse(other.of) == asked:
                    return True
        return False

    def _not_needed(self) -> Precondition:
        first = self.loaded.reads[0][0]
        if self.loaded.how != "lazy":
            text = f"whoever finds these rows in the session later would load {self.label} itself"
            return unknown(self.scope, WHOLE, text, self.loaded.run)
        if self.loaded.returned:
            text = (
                f"the rows leave the function, and whoever gets them may read all of {self.label}"
            )
            return unknown(self.scope, WHOLE, text, first)
        if not self.bounded:
            text = f"whoever reads {self.label} later would load it"
            return unknown(self.scope, WHOLE, text, first)
        return proven(WHOLE, "nobody else reads the collection")

    # The code -----------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        assert not isinstance(self.lookups, tuple)
        taken = set(self.scope.taken_names)
        made: dict[Loop, Header] = {}
        found: list[Patch] = []
        for first, *others in self.lookups:
            fetch = PartFetch(first, taken, tuple(others), made)
            found += fetch.patches()
        dropped = (DropImport(self.scope.place(p.of), "attrgetter") for p in self.parts if p.by)
        spent = dict.fromkeys(part.kept for part in self.parts if part.kept is not None)
        found += [Remove(self.scope.place(statement)) for statement in spent]
        found += [*self.imports, *self.words.imports.values(), *dropped]
        return tuple(dict.fromkeys(within(found, *given_up(self.loaded))))


def _says_all(part: PartialRead) -> bool:
    """True if what is fetched for a part tells of each row whether its collection is empty."""
    return not part.tests and part.wanted not in ("there", "any", "rows")


def load_windows(scope: Scope) -> Iterator[LoadWindow]:
    """Every collection that is loaded whole where a part of it is used."""
    for loaded in loaded_parts(scope):
        target = scope.index.model(loaded.step.relationship.target or "")
        if target is None or any(column_of(target, part) is False for _, part in loaded.reads):
            continue
        place = scope.place(loaded.reads[0][1].of)
        name, imports = class_name(scope, target.full_name, place)
        sql, table = SqlNames(scope, place), Code.of(name)
        tests = {}
        for read, part in loaded.reads:
            changing = frozenset().union(*(loop.names | loop.assigned for loop in read.loops))
            test = WindowTest(scope, target, table, part.row, sql, changing - {part.row})
            test.translate(part.tests)
            tests[part] = test
        found = LoadWindow(loaded, target, table, tuple(imports), tests, sql)
        numbers = all(part.wanted in NUMBERS for part in found.parts)
        if (numbers or found.bounded) and len(found.groups) <= _FETCHES:
            yield found


def windows_of(reads: Sequence[RowRead]) -> tuple[LoadWindow, ...]:
    """What is to be fetched in the place of collections that are loaded for each row."""
    if not any(len(r.path) == 1 and r.step.relationship.uselist for r in reads):
        return ()
    found = (window for window in load_windows(reads[0].scope) if window.loaded.how == "lazy")
    return tuple(window for window in found if window.possible)


def by_window(read: RowRead, windows: Sequence[LoadWindow]) -> LoadWindow | None:
    """That of them which is about the collection of a read."""
    if len(read.path) != 1:
        return None
    return next(
        (w for w in windows if w.loaded.run is read.run and w.loaded.step == read.step), None
    )
