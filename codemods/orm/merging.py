"""The one statement that answers several tallies, and the patches that put it there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from codemods.facts.symbols import dotted_name
from codemods.orm.moments import position
from codemods.orm.tallies import Tally, is_exec, or_zero, target_name
from codemods.orm.tally_groups import TallyGroup
from codemods.orm.tally_names import number_names
from codemods.orm.terms import Term
from codemods.orm.values import ModelClass, Symbol
from codemods.patch import Code, Copied, DropImport, Import, InsertBefore, Patch, Remove, Replace

Part = Code | Copied


class Merged:
    """Writes a `TallyGroup` as one SELECT."""

    def __init__(self, group: TallyGroup) -> None:
        self.group = group
        self.scope = group.scope
        self.imported: dict[str, Import] = {}

    def copied(self, node: ast.expr) -> Copied:
        return Copied(self.scope.place(node))

    # Names ----------------------------------------------------------------------------------

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each number is called: the variable it is assigned to, or a new name."""
        direct = [target_name(t) if self.is_direct(t) else None for t in self.group.tallies]
        return number_names(self.group, direct)

    def is_direct(self, tally: Tally) -> bool:
        """True if the statement of a tally only assigns it, and could stand at the first one."""
        first, statement = self.group.first, tally.statement
        name, block = target_name(tally), self.scope.flow.blocks
        if name is None or tally.flag or not plainly_annotated(tally):
            return False
        if statement not in block or block[statement][0] is not block[first.statement][0]:
            return False
        start, end = position(first.statement), position(statement)
        return start == end or not any(
            isinstance(node, ast.Name) and node.id == name and start <= position(node) < end
            for node in ast.walk(self.scope.node)
        )

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
                    return self.copied(function)
        return self.sql("func")

    @cached_property
    def model(self) -> str | Copied:
        """How this file says the name of the model."""
        for tally in self.group.tallies:
            argument = tally.aggregate.argument_node if tally.aggregate else None
            nodes = [argument, *(e.node for e in tally.query.entities)]
            nodes += [term.node for term in tally.terms]
            for node in (item for part in nodes if part for item in ast.walk(part)):
                if isinstance(node, ast.Name | ast.Attribute) and self.is_model(node):
                    return self.copied(node)
        return self.group.model.name

    def is_model(self, node: ast.expr) -> bool:
        dotted = dotted_name(node)
        value = self.scope.flow.lookup(dotted) if dotted else None
        return isinstance(value, ModelClass) and value.model is self.group.model

    # Columns --------------------------------------------------------------------------------

    def condition(self, term: Term) -> Part:
        if term.keyword is None:
            return self.copied(term.node)
        text = f"{{model}}.{term.keyword}"
        match term.node:
            case ast.Constant(value=bool() as value) if term.is_boolean:
                return Code.of(text if value else f"~{text}", model=self.model)
            case ast.Constant(value=None) if term.predicate.column is not None:
                return Code.of(f"{text}.is_(None)", model=self.model)
        return Code.of(f"{text} == {{value}}", model=self.model, value=self.copied(term.node))

    def column(self, tally: Tally) -> Part:
        """`func.count(case((condition, 1)))`."""
        own, aggregate = self.group.own(tally), tally.aggregate
        if aggregate is None or (own and tally.counts_rows):
            inner = self.case(own, Code.of("1")) if own else None
            return (
                Code.of("{func}.count({inner})", func=self.func, inner=inner)
                if inner
                else Code.of("{func}.count()", func=self.func)
            )
        place = self.scope.place(aggregate.node)
        if not own or aggregate.argument_node is None:
            return Copied(place)
        argument = aggregate.argument_node
        inner = self.case(own, self.copied(argument))
        return Copied(place, substitute=((self.scope.place(argument), inner),))

    def case(self, own: Sequence[Term], value: Part) -> Code:
        conditions = {f"c{number}": self.condition(term) for number, term in enumerate(own)}
        condition: Part = conditions["c0"]
        if len(own) > 1:
            listed = ", ".join(f"{{{name}}}" for name in conditions)
            condition = Code.of(f"{{and_}}({listed})", and_=self.sql("and_"), **conditions)
        holes: dict[str, str | Part] = {"case": self.sql("case"), "c": condition, "value": value}
        return Code.of("{case}(({c}, {value}))", **holes)

    # The statement ----------------------------------------------------------------------------

    @cached_property
    def rest(self) -> tuple[Term, ...]:
        """The common conditions that are not in the base already."""
        base = self.group.base
        return tuple(t for t in self.group.common if base is None or not base.has(t))

    def query(self) -> Code:
        """The whole expression, up to the row."""
        group, run = self.group, self.group.first.run
        columns = {f"n{i}": self.column(tally) for i, tally in enumerate(group.tallies)}
        listed = self.listed(tuple(columns))
        legacy = group.query.style == "legacy"
        if group.base is not None:
            method = "with_entities" if legacy else "with_only_columns"
            base = self.copied(group.base.name)
            statement = Code.of(f"{{base}}.{method}({listed})", base=base, **columns)
            if group.base.uses("order_by"):
                statement = Code.of("{before}.order_by(None)", before=statement)
        elif legacy:
            statement = self.legacy(columns, listed)
        else:
            select = self.select_function()
            statement = Code.of(f"{{select}}({listed})", select=select, **columns)
        if self.needs_from:
            statement = Code.of("{b}.select_from({model})", b=statement, model=self.model)
        if self.rest:
            holes = {f"c{i}": self.condition(term) for i, term in enumerate(self.rest)}
            method = "filter" if legacy else "where"
            conditions = ", ".join(f"{{{name}}}" for name in holes)
            statement = Code.of(f"{{b}}.{method}({conditions})", b=statement, **holes)
        if not legacy:
            assert run.session_node is not None
            session = self.copied(run.session_node)
            text = f"{{session}}.{'exec' if is_exec(run) else 'execute'}({{statement}})"
            statement = Code.of(text, session=session, statement=statement)
            if run.awaited:
                statement = Code.of("(await {b})", b=statement)
        return Code.of("{b}.one()", b=statement)

    def listed(self, columns: Sequence[str]) -> str:
        """The columns, one on a line where they are long."""
        holes = [f"{{{name}}}" for name in columns]
        width = sum(len(term.text) + 25 for t in self.group.tallies for term in self.group.own(t))
        if width + len(", ".join(self.names)) < 80:
            return ", ".join(holes)
        inner = f"\n{self.indent}"
        return inner + f",{inner}".join(holes) + ",\n"

    @property
    def indent(self) -> str:
        """One step of indentation in this function."""
        node = self.scope.node
        step = node.body[0].col_offset - getattr(node, "col_offset", 0) or 4
        line = self.scope.source.line(node.body[0].lineno)
        return "\t" * step if line.startswith("\t") else " " * step

    def legacy(self, columns: dict[str, Part], listed: str) -> Code:
        session = self.group.first.run.session_node
        if session is not None:
            return Code.of(f"{{s}}.query({listed})", s=self.copied(session), **columns)
        root = self.copied(self.group.query.roots[0])
        return Code.of(f"{{root}}.with_entities({listed})", root=root, **columns)

    def select_function(self) -> str | Copied:
        for tally in self.group.tallies:
            root = tally.query.roots[0]
            if isinstance(root, ast.Call) and not isinstance(root.func, ast.Call):
                return self.copied(root.func)
        return self.sql("select")

    @property
    def needs_from(self) -> bool:
        """True where the columns do not say which table is meant, or not to every version."""
        group = self.group
        if any(self.names_table(tally) for tally in group.tallies):
            return False
        if group.base is not None and group.base.uses("select_from"):
            return False
        always = not any(tally.query.conditional for tally in group.tallies)
        return group.query.style != "legacy" or not (
            (always and any(term.names_table for term in group.common))
            or any(t.names_table for tally in group.tallies for t in group.own(tally))
        )

    def names_table(self, tally: Tally) -> bool:
        own = self.group.own(tally)
        if own:
            return own[0].names_table and len(own) == 1
        return tally.names_table and tally.aggregate is not None

    # The patches --------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        place, first = self.scope.place, self.group.first
        query = self.query()
        if (whole := self.whole_tuple()) is not None:
            return (*self.imported.values(), *self.dropped(), Replace(place(whole), query))
        statement = Code.of(f"{', '.join(self.names)} = {{query}}", query=query)
        patches: list[Patch] = [*self.imported.values(), *self.dropped()]
        direct = [tally for tally in self.group.tallies if self.is_direct(tally)]
        if first in direct:
            patches.append(Replace(place(first.statement), statement))
        else:
            patches.append(InsertBefore(place(first.statement), (statement,)))
        for tally, name in zip(self.group.tallies, self.names, strict=True):
            if tally not in direct:
                patches.append(self.used(tally, name))
            elif tally is not first:
                patches.append(Remove(place(tally.statement)))
        return tuple(patches)

    def dropped(self) -> Iterator[DropImport]:
        """The imports that the old queries used, and maybe nothing else."""
        imports = self.scope.module.imports
        nodes = [node for tally in self.group.tallies for node in ast.walk(tally.expression)]
        for name in sorted({node.id for node in nodes if isinstance(node, ast.Name)}):
            if imports.get(name, "").startswith("sqlalchemy.") and name not in self.imported:
                yield DropImport(self.group.place, name)

    def used(self, tally: Tally, name: str) -> Replace:
        """The number's name in the place of its query."""
        parent = self.scope.parents.get(tally.expression)
        node = or_zero(parent, tally) or tally.expression
        text = "{name}"
        if tally.flag:
            text = "{name} == 0" if tally.negated else "{name} > 0"
        return Replace(self.scope.place(node), Code.of(text, name=name))

    def whole_tuple(self) -> ast.expr | None:
        """The right side of `a, b = first, second`, which the row can replace."""
        match self.group.first.statement:
            case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple(elts=elts) as value):
                if elts == [tally.expression for tally in self.group.tallies]:
                    return None if any(t.flag for t in self.group.tallies) else value
        return None


def plainly_annotated(tally: Tally) -> bool:
    """True for no annotation, and for one that says no more than that a count is a number."""
    match tally.statement:
        case ast.AnnAssign(annotation=ast.Name(id="int")):
            return tally.is_count
        case ast.AnnAssign():
            return False
    return True
