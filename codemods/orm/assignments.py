"""Which attributes objects get where, told from the text of methods and files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow

# What runs before other code has the object: a unit of work makes its session and its
# repositories where it is entered.
MAKING = ("__init__", "__enter__", "__aenter__")
_ASSIGNED = re.compile(r"\bself\.(\w+)\s*(?::[^=\n]*)?[-+*/|&]?=(?!=)")
_NAMED = re.compile(r"\bsetattr\(self,\s*[\"'](\w+)[\"']")
_BY_NAME = re.compile(r"\bsetattr\(self,\s*[^\"'\s]|\bself\.__dict__\b|\bvars\(self\)|__setattr__")


def later(flow: Flow, full_name: str, held: Iterable[str]) -> set[str]:
    """Those of the attributes `held`, and others, that other methods than those in `MAKING`
    assign as well."""
    classes = [flow.index.class_(name) for name in (full_name, *flow.index.bases(full_name))]
    methods = [each for item in classes if item is not None for each in item.methods.values()]
    return _in(flow, [each for each in methods if each.name not in MAKING], held)


def ever(flow: Flow, full_name: str, held: Iterable[str] = ()) -> set[str]:
    """Those of the attributes `held`, and others, that methods assign after an object is made, or
    in a class below."""
    classes = (flow.index.class_(name) for name in flow.index.below(full_name))
    methods = (each for item in classes if item is not None for each in item.methods.values())
    return later(flow, full_name, held) | _in(flow, methods, held)


def _in(flow: Flow, methods: Iterable[FunctionFacts], held: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for method in methods:
        text = flow.program.source(method.place.path).slice(method.place.span)
        named, by_name = _assigned(text)
        found |= named
        if by_name:
            found.update(held)
    return found


@lru_cache(maxsize=16384)
def _assigned(text: str) -> tuple[frozenset[str], bool]:
    """The attributes of `self` that code assigns, and whether it assigns some by a name that only
    the running code has."""
    named = frozenset((*_ASSIGNED.findall(text), *_NAMED.findall(text)))
    return named, bool(_BY_NAME.search(text))


def outside(flow: Flow, name: str) -> bool:
    """True if some file assigns an attribute of this name to what is not `self`."""
    known = flow.program.assigned
    if name not in known:
        written = re.compile(rf"\b(?!self\b)\w+\.{name}\s*(?::[^=\n]*)?=(?!=)".encode())
        by_name = re.compile(rf"\bsetattr\((?!self\b)\w+,\s*[\"']{name}[\"']".encode())
        known[name] = any(
            written.search(source.data) or by_name.search(source.data)
            for source in flow.program.files()
            if name.encode() in source.data
        )
    return known[name]
