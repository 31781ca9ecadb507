"""Protocols and abstract classes: which class of the project stands behind one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.symbols import Name, Subscript
from codemods.orm.instances import Instance
from codemods.orm.mentions import is_test

if TYPE_CHECKING:
    from codemods.facts.values import ClassFacts, FunctionFacts
    from codemods.orm.frames import Frame, Program

_PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})


def behind(program: Program, full_name: str) -> str:
    """The class that does what a Protocol or an abstract class promises, where the project has
    one and no other; the class itself, where it is neither, or where nothing or several do."""
    return program.one(_Ports).behind(full_name)


def taken_for(frame: Frame) -> str | None:
    """The Protocol by which the object of a method is known that is called here; None where its
    own class says what it is."""
    function = frame.code.node
    if isinstance(function, ast.Module) or not frame.bound:
        return None
    first = [*function.args.posonlyargs, *function.args.args][:1]
    receiver = frame.env.get(first[0].arg) if first else None
    return receiver.port if isinstance(receiver, Instance) else None


class _Ports:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index
        self._classes = [
            item
            for module in self.index.modules.values()
            if not is_test(module, self.index.root)
            for item in module.classes.values()
        ]
        self._protocols = {
            item.full_name: item for item in self._classes if self._is_protocol(item)
        }
        self._known: dict[str, str] = {}

    def behind(self, full_name: str) -> str:
        if full_name not in self._known:
            self._known[full_name] = self._behind(full_name)
        return self._known[full_name]

    def _behind(self, full_name: str) -> str:
        item = self.index.class_(full_name)
        if item is None:
            return full_name
        if full_name in self._protocols:
            found = [other.full_name for other in self._classes if self._fits(other, item)]
        elif any(_is_abstract(method) for method in item.methods.values()):
            found = [
                other.full_name
                for other in self._classes
                if full_name in self.index.bases(other.full_name) and self._is_whole(other)
            ]
        else:
            return full_name
        first = [
            name for name in found
            if all(name == each or name in self.index.bases(each) for each in found)
        ]  # fmt: skip
        return first[0] if first else full_name

    def _is_protocol(self, item: ClassFacts) -> bool:
        module = self.index.by_path[item.place.path]
        for base in item.bases:
            written = base.value if isinstance(base, Subscript) else base
            if isinstance(written, Name):
                full = self.index.resolve_local(module, written.dotted)
                if full in _PROTOCOLS:
                    return True
        return False

    def _is_whole(self, item: ClassFacts) -> bool:
        """True for a class that has all methods which those above it leave open."""
        names = {name for each in self._order(item) for name in each.methods}
        found = (self.index.function(f"{item.full_name}.{name}") for name in names)
        return not any(method is not None and _is_abstract(method) for method in found)

    def _order(self, item: ClassFacts) -> Iterator[ClassFacts]:
        yield item
        for name in self.index.bases(item.full_name):
            above = self.index.class_(name)
            if above is not None:
                yield above

    def _fits(self, item: ClassFacts, protocol: ClassFacts) -> bool:
        """True for a class that has all of a Protocol: its methods, with the same parameters, and
        its attributes."""
        if item.full_name in self._protocols:
            return False
        promised = [each for each in self._order(protocol) if each.full_name in self._protocols]
        methods = {name: each for one in reversed(promised) for name, each in one.methods.items()}
        attributes = {name for one in promised for name in one.attributes}
        named = protocol.full_name in self.index.bases(item.full_name)
        # any class may have a method of some name without parameters
        telling = len(methods) + len(attributes) > 1 or any(
            len(method.parameters) > 1 for method in methods.values()
        )
        if not named and not telling:
            return False
        own = all(self._has_method(item, method) for method in methods.values())
        return own and all(self._has_attribute(item, name) for name in attributes)

    def _has_method(self, item: ClassFacts, promised: FunctionFacts) -> bool:
        own = self.index.function(f"{item.full_name}.{promised.name}")
        if own is None:
            return "property" in promised.decorators and self._has_attribute(item, promised.name)
        if own.place == promised.place:
            return False
        if own.is_async is not promised.is_async:
            return False
        return _names(own)[: len(_names(promised))] == _names(promised)

    def _has_attribute(self, item: ClassFacts, name: str) -> bool:
        assigned = re.compile(rf"\bself\.{name}\b[^=\n]*=(?!=)")
        for each in self._order(item):
            if each.full_name in self._protocols:
                continue
            if name in each.attributes or name in each.methods:
                return True
            source = self.program.source(each.place.path)
            if assigned.search(source.slice(each.place.span)):
                return True
        return False


def _is_abstract(method: FunctionFacts) -> bool:
    return any(name.rpartition(".")[2] == "abstractmethod" for name in method.decorators)


def _names(method: FunctionFacts) -> list[str]:
    return [parameter.name for parameter in method.parameters[1:]]
