"""Methods that classes above only declare, for one class below to say what they do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.orm.frames import Code, Program
    from codemods.project.index import ProjectIndex

# Known classes of packages, which have no methods for those of a project to override.
_BARE = frozenset({"builtins.object", "typing.Generic", "abc.ABC"})
_ABSTRACT = frozenset({"abstractmethod", "abc.abstractmethod"})


def promises(program: Program, code: Code) -> tuple[Code, ...] | None:
    """Where classes above declare a method, from the nearest one up; None where one of them is not
    known or does something itself, or where another class does what it declares as well."""
    index, owner, facts = program.index, code.owner, code.facts
    found: list[Code] = []
    for base in index.bases(owner) if owner is not None else ():
        above = index.class_(base)
        if above is None and base not in _BARE:
            return None
        if above is None or facts is None or facts.name not in above.methods:
            continue
        declared = program.code(above.methods[facts.name])
        if declared is None or not _says_nothing(declared):
            return None
        if any(_defines(index, name, facts.name) for name in index.below(base) if name != owner):
            return None
        found.append(declared)
    return tuple(found)


def _defines(index: ProjectIndex, full_name: str, method: str) -> bool:
    item = index.class_(full_name)
    return item is None or method in item.methods or method in item.attributes


def _says_nothing(code: Code) -> bool:
    """True for a function that does nothing, or only raises."""
    if isinstance(code.node, ast.Module) or set(code.decorators) - _ABSTRACT:
        return False
    return all(
        isinstance(item, ast.Pass | ast.Raise)
        or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))
        for item in code.node.body
    )
