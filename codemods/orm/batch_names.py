"""What a batch function, its parameter and the class of what it finds are called."""

from __future__ import annotations

import re
from functools import cached_property

from codemods.orm.batch_helpers import Helper
from codemods.orm.naming import free

_PREFIX = re.compile(r"^(get|calculate|compute|build|find|fetch|load|make)_(?=\w)")


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
        name = self.helper.name.lstrip("_")
        return _PREFIX.sub("", name)

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
        if self.several or self.calls:
            wanted = f"{self.private}load_{self.what}_data"
            return free(wanted, taken=taken)
        lookup, found = self.moved[0].lookup, self.moved[0].fetch.found
        found = found.removeprefix("prefetched_")
        by = "_and_".join(part.column.name for part in lookup.parts)
        name = found if found.endswith(f"_by_{by}") else f"{found}_by_{by}"
        return free(f"{self.private}{name}", f"{self.private}load_{name}", taken=taken)

    @property
    def _siblings(self) -> set[str]:
        """The names of the class that a method belongs to."""
        owner = self.helper.code.owner
        facts = self.scope.index.class_(owner) if owner else None
        return {*facts.methods, *facts.attributes} if facts else set()

    @cached_property
    def record(self) -> str:
        """The class of what several queries find."""
        title = "".join(word.capitalize() for word in self.what.split("_"))
        name = f"{self.private}{title}Data"
        return free(name, taken={*self.scope.module_names})
