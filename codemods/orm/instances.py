"""Objects of the project's own classes, as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from codemods.orm.values import Value, is_none


@dataclass(frozen=True, eq=False)
class Instance(Value):
    """An object of a class of the project that is not mapped.

    `fields` are the attributes that its methods have assigned so far; it grows while a function
    is walked. `exact` is False where the object may be one of a subclass. `argument` is what
    stands in the brackets of `Repository[Order]`, `port` the Protocol by which it is known.
    """

    full_name: str
    fields: dict[str, Value] = field(default_factory=dict, repr=False)
    exact: bool = True
    argument: Value | None = None
    port: str | None = None

    @property
    def tainted(self) -> bool:
        return True

    def joined(self, other: Value) -> Value | None:
        if isinstance(other, Instance) and other.full_name == self.full_name:
            same = (other.fields, other.argument) == (self.fields, self.argument)
            known = other if other.port is not None else self
            return known if same else None
        # what an object does, it does where the name holds one: None has no methods of its own
        return self if is_none(other) else None


@dataclass(frozen=True)
class Super(Value):
    """`super()` in a method of the class `owner`, of which `receiver` is the first argument."""

    owner: str
    receiver: Value

    @property
    def tainted(self) -> bool:
        return True
