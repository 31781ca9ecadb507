"""What a function of the project returns for one call of it: a column that it declares for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from codemods.facts.symbols import Binary, Call, Constant, Name, Other, Symbol, text_of
from codemods.facts.values import Parameter

_UNKNOWN = Other("Parameter")
Abroad = Callable[[str], Symbol]


class Given:
    """What the parameters of a function stand for in one call.

    `abroad` gives the form of a name of the caller's module in which others may write it.
    """

    def __init__(self, parameters: Sequence[Parameter], call: Call, abroad: Abroad) -> None:
        self.parameters = parameters
        self.given = call
        self.abroad = abroad

    @cached_property
    def _values(self) -> dict[str, Symbol]:
        """The value of each parameter; what `*args` or `**kwargs` may give is not known."""
        values: dict[str, Symbol] = {}
        for position, parameter in enumerate(self.parameters):
            given: Symbol | None = None
            if parameter.kind in ("positional-only", "positional"):
                given = self.given.argument(position, parameter.name)
            elif parameter.kind == "keyword-only":
                given = self.given.keyword(parameter.name)
            if given is not None:
                values[parameter.name] = self._told(given)
            elif self.given.open or parameter.default is None:
                values[parameter.name] = _UNKNOWN
            else:
                values[parameter.name] = parameter.default
        return values

    def _told(self, value: Symbol) -> Symbol:
        """What a caller has written, for the module of the function."""
        if isinstance(value, Constant):
            return value
        if isinstance(value, Name):
            return self.abroad(value.dotted)
        if isinstance(value, Call):
            callee = self._told(value.callee)
            return Call(
                callee if isinstance(callee, Name) else _UNKNOWN,
                tuple(map(self._told, value.arguments)),
                tuple((key, self._told(each)) for key, each in value.keywords),
            )
        return _UNKNOWN

    def _rest(self, mapping: Symbol) -> tuple[tuple[str | None, Symbol], ...] | None:
        """The keywords that `**kwargs` of the function hands on, None for another mapping."""
        if not any(
            mapping == Name(each.name) and each.kind == "var-keyword" for each in self.parameters
        ):
            return None
        taken = {each.name for each in self.parameters if each.kind != "positional-only"}
        return tuple(
            (key, self._told(value)) for key, value in self.given.keywords if key not in taken
        )

    def within(self, value: Symbol) -> Symbol:
        """`value`, with what was given for the parameters in their place."""
        if isinstance(value, Name):
            first, _, rest = value.dotted.partition(".")
            known = self._values.get(first)
            if known is None:
                return value
            return _UNKNOWN if rest else known
        if isinstance(value, Binary) and value.operator == "Joined":
            left, right = self.within(value.left), self.within(value.right)
            texts = text_of(left), text_of(right)
            if texts[0] is None or texts[1] is None:
                return _UNKNOWN
            return Constant(texts[0] + texts[1])
        if isinstance(value, Call):
            return self.call(value)
        return value

    def call(self, call: Call) -> Call:
        """As `within`, of a call."""
        keywords: list[tuple[str | None, Symbol]] = []
        for key, value in call.keywords:
            rest = self._rest(value) if key is None else None
            keywords += [(key, self.within(value))] if rest is None else rest
        return Call(
            self.within(call.callee), tuple(map(self.within, call.arguments)), tuple(keywords)
        )
