"""What a batch function, its parameter and the class of what it finds are called."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm.batch_helpers import Helper
from codemods.orm.naming import free

if TYPE_CHECKING:
    from codemods.orm.frames import Program

_PREFIX = re.compile(r"^(get|calculate|compute|build|find|fetch|load|make)_(?=\w)")
_WORD = re.compile(r"[^\W\d]\w*")


def what_of(name: str) -> str:
    """The name of a function, without what says that it gets something."""
    return _PREFIX.sub("", name.lstrip("_"))


class BatchNames:
    """The new names beside a helper."""

    def __init__(self, helper: Helper) -> None:
        self.helper = helper
        self.scope = helper.scope
        self.moved = helper.moved
        # calls that need data of their own
        self.calls = tuple(each for each in helper.handed if each.again is None)
        self.several = len(self.moved) + len(self.calls) > 1

    @cached_property
    def what(self) -> str:
        """The helper's name, without what says that it gets something."""
        return what_of(self.helper.name)

    @cached_property
    def private(self) -> str:
        return "_" if self.helper.name.startswith("_") else ""

    @cached_property
    def parameter(self) -> str:
        """The helper's new parameter."""
        if not self.several and self.moved:
            return self.moved[0].fetch.found
        if not self.several and not self.calls[0].inner.several:
            wanted = self.calls[0].inner.parameter
            return free(wanted, f"prefetched_{wanted}", taken={*self.scope.taken_names})
        return free("data", "prefetched_data", taken={*self.scope.taken_names})

    @cached_property
    def function(self) -> str:
        """The batch function."""
        taken = {*self.scope.taken_names, *self._siblings, self.parameter, self.helper.items}
        taken |= {moved.fetch.found for moved in self.moved}
        taken |= self._claimed
        if self.several or self.calls:
            full = self.helper.name.lstrip("_")
            names = (f"load_{self.what}_data", f"load_{full}_data", f"load_all_{self.what}_data")
            return self._claim(free(*(f"{self.private}{name}" for name in names), taken=taken))
        lookup, found = self.moved[0].lookup, self.moved[0].fetch.found
        found = found.removeprefix("prefetched_")
        by = "_and_".join(part.column.name for part in lookup.parts)
        name = found if found.endswith(f"_by_{by}") else f"{found}_by_{by}"
        if self.moved[0].fetch.as_set:
            name = f"load_{found}"
        others = f"load_{self.what}_data", f"load_{name}"
        alternatives = (f"{self.private}{other}" for other in others)
        return self._claim(free(f"{self.private}{name}", *alternatives, taken=taken))

    @cached_property
    def _siblings(self) -> frozenset[str]:
        """The names in the class that a method belongs to, and in its relatives."""
        scope = self.scope
        found: set[str] = set()
        for name in self._homes if self.helper.code.owner else ():
            if (facts := scope.index.class_(name)) is not None:
                text = scope.program.source(facts.place.path).slice(facts.place.span)
                found.update(_WORD.findall(text))
        return frozenset(found)

    @cached_property
    def record(self) -> str:
        """The class of what several queries find."""
        path = str(self.scope.module.path)
        title, full = _title(self.what), _title(self.helper.name.lstrip("_"))
        names = (f"{self.private}{each}Data" for each in (title, full, f"All{title}"))
        claimed = {name for home, name in self._known_names if home == path}
        name = free(*names, taken={*self.scope.module_names, *claimed})
        self._known_names.add((path, name))
        return name

    @property
    def _known_names(self) -> set[tuple[str, str]]:
        """What stands beside other helpers: the file, or the class, and the name."""
        return self.helper.program.one(_no_names)

    @cached_property
    def _homes(self) -> frozenset[str]:
        """Where no other function may have the name of the batch function."""
        owner = self.helper.code.owner
        if owner is None:
            return frozenset({str(self.scope.module.path)})
        return self.scope.index.relatives(owner)

    @property
    def _claimed(self) -> set[str]:
        return {name for home, name in self._known_names if home in self._homes}

    def _claim(self, name: str) -> str:
        self._known_names.update((home, name) for home in self._homes)
        return name


def _title(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _no_names(program: Program) -> set[tuple[str, str]]:
    return set()
