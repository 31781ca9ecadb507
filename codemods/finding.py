"""What a check answers with: findings, their costs, preconditions and fixes.

All of these are plain, frozen values; an interface turns them into text, JSON or diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from codemods.patch import Patch
from codemods.source import Place


class Applicability(StrEnum):
    """How far a fix can be trusted, computed from its preconditions."""

    SAFE = "safe"
    REVIEW = "review"
    DISPLAY = "display"


class Status(StrEnum):
    """What is known of a precondition."""

    PROVEN = "proven"
    UNKNOWN = "unknown"
    REFUTED = "refuted"


class Severity(StrEnum):
    """critical: a query per item; high: a lazy load per item, or any in async code; medium: a
    constant number of redundant queries; low: the rest."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Role(StrEnum):
    """What a related place is to a finding."""

    QUERY = "query"
    LOOP = "loop"
    USE = "use"
    CALL = "call"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Precondition:
    """One condition for a rewrite to keep behaviour, and what was found out about it.

    `name` is stable and kebab-case; `reason` is a sentence for the user, in the present tense,
    that says what was seen; `place` is where it was decided.
    """

    name: str
    status: Status
    reason: str
    place: Place | None = None


_WORST = (Status.REFUTED, Status.UNKNOWN, Status.PROVEN)


def worst(conditions: Iterable[Precondition]) -> tuple[Precondition, ...]:
    """Every condition once, by name, as it is fulfilled worst."""
    found: dict[str, Precondition] = {}
    for condition in conditions:
        known = found.get(condition.name)
        if known is None or _WORST.index(condition.status) < _WORST.index(known.status):
            found[condition.name] = condition
    return tuple(found.values())


def none_refuted(conditions: Iterable[Precondition]) -> bool:
    """True if nothing forbids the rewrite, so that there may be a fix."""
    return all(condition.status is not Status.REFUTED for condition in conditions)


@dataclass(frozen=True, slots=True)
class Note:
    """A related place: where the rows come from, the loop, a call in between, the model."""

    role: Role
    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Statements and rows as formulas such as `1 + 2·tests` and `⌈tests/500⌉`."""

    statements: str
    rows: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What is asked of the database today, and after the fix; None where there is none."""

    before: Amount
    after: Amount | None


@dataclass(frozen=True, slots=True)
class NewIndex:
    """An index that a fix adds to a table, for a migration.

    `conventional` marks a name that the metadata's naming convention makes, or its default.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    schema: str | None = None
    conventional: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """A rewrite.

    `title` completes "Quick fix: …". `patches` is called only when the edits are asked for.
    A fix whose preconditions hold one that is refuted must not be built (see `if_possible`): give
    the finding its preconditions without a fix. `display` marks a worked suggestion that is never applied. `index`
    is what a migration has to add to the database.
    """

    title: str
    preconditions: tuple[Precondition, ...]
    patches: Callable[[], tuple[Patch, ...]] = field(repr=False, compare=False)
    display: bool = False
    index: NewIndex | None = None

    @classmethod
    def if_possible(
        cls,
        title: str,
        preconditions: tuple[Precondition, ...],
        patches: Callable[[], tuple[Patch, ...]],
        index: NewIndex | None = None,
    ) -> Fix | None:
        """The fix, or None where one of its preconditions is refuted."""
        found = cls(title, preconditions, patches, index=index)
        return found if none_refuted(preconditions) else None

    @property
    def applicability(self) -> Applicability:
        if self.display:
            return Applicability.DISPLAY
        if all(p.status is Status.PROVEN for p in self.preconditions):
            return Applicability.SAFE
        return Applicability.REVIEW


@dataclass(frozen=True, slots=True)
class Term:
    """A summand of a cost: statements for each of some things, and what an option leaves of them.

    `{}` stands in `before` and `after` for the name of the things: `names`, or `longer` where
    another summand is called so too.
    """

    names: str
    longer: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one of several findings has to say that a text tells as one.

    A response model, a schema or a template that reads seven relationships of a query's rows is
    one story. `whole` is equal for its parts; `call` is the place that renders, and `note` what
    is said of it; `path` names this part (`lines.product`), `trouble` is how it is loaded, `rows`
    what the query selects; `once` has what one statement is sent for whatever the number of rows.
    """

    whole: tuple[Hashable, ...]
    call: Place
    note: str
    path: str
    trouble: str
    rows: str
    once: frozenset[str]
    term: Term


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the database is asked too often.

    `place` is the use: the relationship read or the lookup. `preconditions` are those of the
    first fix, or those that stand in the way of one. `part` is set where other findings may have
    the same call, and a text tells it with them. `tested` marks what only a test brings about in
    code that is not one of a test.
    """

    code: str
    name: str
    message: str
    severity: Severity
    place: Place
    function: str | None = None
    related: tuple[Note, ...] = ()
    cost: Cost | None = None
    fix: Fix | None = None
    alternatives: tuple[Fix, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    part: Part | None = field(default=None, repr=False, compare=False)
    tested: bool = field(default=False, repr=False, compare=False)

    @property
    def applicability(self) -> Applicability | None:
        return self.fix.applicability if self.fix else None

    @property
    def grows(self) -> bool:
        """True if it costs more statements the more rows there are."""
        if self.cost is None:
            return self.severity in (Severity.CRITICAL, Severity.HIGH)
        return any(character.isalpha() for character in self.cost.before.statements)

    @property
    def places(self) -> Iterator[Place]:
        """All places that it tells of."""
        yield self.place
        yield from (note.place for note in self.related)
        fixes = (self.fix, *self.alternatives)
        conditions = [*self.preconditions, *(p for f in fixes if f for p in f.preconditions)]
        yield from (condition.place for condition in conditions if condition.place)
