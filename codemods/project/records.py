"""Classes whose objects are made of their fields: dataclasses, named tuples, pydantic's models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codemods.facts.symbols import Call, Constant, Name
from codemods.facts.values import ValueFacts
from codemods.project.classes import Classes

_DATACLASS = "dataclasses.dataclass"
_RECORDS = frozenset({
    _DATACLASS, "pydantic.dataclasses.dataclass", "pydantic.BaseModel", "typing.NamedTuple",
    "attrs.define", "attrs.frozen", "attr.s", "attr.define", "attr.frozen",
})  # fmt: skip
_MADE_OTHERWISE = frozenset({"__init__", "__new__", "__getattribute__", "__getattr__"})


def has_field(classes: Classes, full_name: str, name: str) -> bool:
    """True for what each object of a class has from the beginning: a field of a dataclass, a
    named tuple or a pydantic model, made by the `__init__` that comes with it."""
    found = classes.attribute(full_name, name)
    if found is None or name.startswith("_") or "" in classes.order(full_name):
        return False
    owner, declared = found
    if not _is_field(declared) or _made_otherwise(classes, full_name):
        return False
    makers = (_decorators(classes, owner), classes.order(owner))
    return any(name in _RECORDS for names in makers for name in names)


def may_be_given(classes: Classes, full_name: str, name: str) -> bool:
    """True for an attribute that the `__init__` of a class, or of one above it, takes for a field,
    or may take: the value in the class is its default, and each object has its own."""
    for each in classes.order(full_name):
        item = classes.all.get(each)
        declared = item.attributes.get(name) if item is not None else None
        if item is None or declared is None or not _is_field(declared):
            continue
        if item.decorators or not _RECORDS.isdisjoint(classes.order(each)):
            return True
    return False


@dataclass(frozen=True)
class Parameters:
    """What the `__init__` of a dataclass takes: the fields that are given by position, in their
    order, and those that are given by name alone."""

    positional: tuple[ValueFacts, ...]
    named: tuple[ValueFacts, ...]


def parameters(classes: Classes, full_name: str) -> Parameters | None:
    """What the `__init__` takes that a dataclass makes; None for a class that is made otherwise,
    or whose parameters are not known."""
    order = classes.order(full_name)
    if "" in order or not _is_record(classes, full_name) or _made_otherwise(classes, full_name):
        return None
    found: dict[str, tuple[ValueFacts, bool]] = {}
    for name in reversed([name for name in order if name in classes.all]):
        named = _option(classes, name, "kw_only", False)
        if named is None:
            return None
        declared = classes.all[name].attributes if _is_record(classes, name) else {}
        for attribute, value in declared.items():
            text = value.annotation_text or ""
            if "InitVar" in text or (attribute in found and not _is_field(value)):
                return None
            if "KW_ONLY" in text:
                named = True
            elif _is_field(value):
                own = value.value.keyword("kw_only") if isinstance(value.value, Call) else None
                if not isinstance(own, Constant | None):
                    return None
                found[attribute] = (value, named if own is None else own.value is True)
    return Parameters(
        tuple(value for value, named in found.values() if not named),
        tuple(value for value, named in found.values() if named),
    )


def tuple_fields(classes: Classes, full_name: str) -> tuple[str, ...] | None:
    """The names of the fields of a `NamedTuple` that has no methods of its own; else None."""
    item = classes.all[full_name]
    if classes.order(full_name) != (full_name, "typing.NamedTuple") or item.decorators:
        return None
    declared = item.attributes.items()
    if item.methods or not all(_is_field(value) for _, value in declared):
        return None
    return tuple(name for name, _ in declared)


def _is_field(declared: ValueFacts) -> bool:
    made = declared.value
    text = declared.annotation_text
    if not text or "ClassVar" in text:
        return False
    return not (isinstance(made, Call) and made.keyword("init") is not None)


def _is_record(classes: Classes, full_name: str) -> bool:
    """True for a class whose own decorator makes an `__init__` of the fields."""
    made = _option(classes, full_name, "init", True)
    return made is True and _DATACLASS in _decorators(classes, full_name)


def _option(classes: Classes, full_name: str, name: str, default: bool) -> bool | None:
    """An option of a class's decorators; None where it is not written as a constant."""
    for written in classes.all[full_name].decorators:
        given = written.keyword(name) if isinstance(written, Call) else None
        if given is not None:
            return given.value is True if isinstance(given, Constant) else None
    return default


def _made_otherwise(classes: Classes, full_name: str) -> bool:
    own = (classes.all[each] for each in classes.order(full_name) if each in classes.all)
    return any(_MADE_OTHERWISE & item.methods.keys() for item in own)


def _decorators(classes: Classes, full_name: str) -> Iterator[str | None]:
    facts = classes.module_of[full_name]
    for decorator in classes.all[full_name].decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        if isinstance(callee, Name):
            yield classes.resolve(facts, callee.dotted)
