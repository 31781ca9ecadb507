"""How a file says `func`, `case` and the name of a model."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.values import ModelClass, Symbol
from codemods.patch import Copied, Import

if TYPE_CHECKING:
    from codemods.orm.tally_groups import TallyGroup


class Wording:
    """The words for the merged query of a group; `imported` are those that need an import."""

    def __init__(self, group: TallyGroup) -> None:
        self.group = group
        self.scope = group.scope
        self.imported: dict[str, Import] = {}

    @cached_property
    def library(self) -> str | None:
        """What stands before `func` in this file: `sa`, `db`, nothing."""
        for tally in self.group.tallies:
            match tally.aggregate.node if tally.aggregate else None:
                case ast.Call(func=ast.Attribute(value=ast.Attribute(value=owner, attr="func"))):
                    return dotted_name(owner)
                case ast.Call(func=ast.Attribute(value=ast.Name())):
                    return None
        imports = self.scope.module.imports
        if any(target.startswith("sqlalchemy.") for target in imports.values()):
            return None
        for name, target in imports.items():
            if target == "sqlalchemy" and self.is_module(name):
                return name
        return None

    def is_module(self, name: str) -> bool:
        match self.scope.flow.lookup(name):
            case Symbol(full_name="sqlalchemy"):
                return True
        return False

    def sql(self, name: str) -> str:
        """How this file says `case`, `and_`, `func`; notes the import that it needs."""
        if self.library is not None:
            return f"{self.library}.{name}"
        self.imported[name] = Import(self.group.place, "sqlalchemy", name)
        return name

    @cached_property
    def func(self) -> str | Copied:
        for tally in self.group.tallies:
            match tally.aggregate.node if tally.aggregate else None:
                case ast.Call(func=ast.Attribute(value=function)):
                    return Copied(self.scope.place(function))
        return self.sql("func")

    @cached_property
    def model(self) -> str | Copied:
        """How this file says the name of the model."""
        for tally in self.group.tallies:
            argument = tally.aggregate.argument_node if tally.aggregate else None
            nodes = [argument, *(e.node for e in tally.query.entities)]
            nodes += [term.node for term in tally.terms]
            for node in (item for part in nodes if part for item in walk(part)):
                if isinstance(node, ast.Name | ast.Attribute) and self.is_model(node):
                    return Copied(self.scope.place(node))
        return self.group.model.name

    def is_model(self, node: ast.expr) -> bool:
        dotted = dotted_name(node)
        value = self.scope.flow.lookup(dotted) if dotted else None
        return isinstance(value, ModelClass) and value.model is self.group.model
