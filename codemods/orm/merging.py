"""The one statement that answers several tallies, and the patches that put it there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.orm.moments import position
from codemods.orm.tallies import Tally, is_exec, or_zero, target_name
from codemods.orm.tally_groups import TallyGroup
from codemods.orm.tally_names import number_names
from codemods.orm.terms import Term
from codemods.orm.wording import Wording
from codemods.patch import Code, Copied, DropImport, InsertBefore, Patch, Remove, Replace

Part = Code | Copied


class Merged:
    """Writes a `TallyGroup` as one SELECT."""

    def __init__(self, group: TallyGroup) -> None:
        self.group = group
        self.scope = group.scope
        self.say = Wording(group)

    def copied(self, node: ast.expr) -> Copied:
        return Copied(self.scope.place(node))

    # Names ----------------------------------------------------------------------------------

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each number is called: the variable it is assigned to, or a new name."""
        direct = [target_name(t) if self.is_direct(t) else None for t in self.group.tallies]
        return number_names(self.group, direct)

    @cached_property
    def asked(self) -> tuple[tuple[str, Tally], ...]:
        """Each number that is asked for, by its name; one that has several uses comes once."""
        found: dict[str, Tally] = {}
        for name, tally in zip(self.names, self.group.tallies, strict=True):
            found.setdefault(name, tally)
        return tuple(found.items())

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
            for node in walk(self.scope.node)
        )

    # Columns --------------------------------------------------------------------------------

    def condition(self, term: Term) -> Part:
        if term.keyword is None:
            return self.copied(term.node)
        text = f"{{model}}.{term.keyword}"
        match term.node:
            case ast.Constant(value=bool() as value) if term.is_boolean:
                return Code.of(text if value else f"~{text}", model=self.say.model)
            case ast.Constant(value=None) if term.predicate.column is not None:
                return Code.of(f"{text}.is_(None)", model=self.say.model)
        return Code.of(f"{text} == {{value}}", model=self.say.model, value=self.copied(term.node))

    def column(self, tally: Tally) -> Part:
        """`func.count(case((condition, 1)))`."""
        own, aggregate = self.group.own(tally), tally.aggregate
        if aggregate is None or (own and tally.counts_rows):
            inner = self.case(own, Code.of("1")) if own else None
            return (
                Code.of("{func}.count({inner})", func=self.say.func, inner=inner)
                if inner
                else Code.of("{func}.count()", func=self.say.func)
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
            condition = Code.of(f"{{and_}}({listed})", and_=self.say.sql("and_"), **conditions)
        holes: dict[str, str | Part] = {
            "case": self.say.sql("case"),
            "c": condition,
            "value": value,
        }
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
        columns = {f"n{i}": self.column(tally) for i, (_, tally) in enumerate(self.asked)}
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
            statement = Code.of("{b}.select_from({model})", b=statement, model=self.say.model)
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
        if self.stands_in_a_line or width + len(", ".join(self.names)) < 80:
            return ", ".join(holes)
        inner = f"\n{self.indent}"
        return inner + f",{inner}".join(holes) + ",\n"

    @property
    def stands_in_a_line(self) -> bool:
        """True where something else stands before the statement in its line: `if x: a = …`."""
        statement, source = self.group.first.statement, self.scope.source
        start = source.span(statement).start
        return bool(source.text[source.line_start(statement.lineno) : start].strip())

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
        return self.say.sql("select")

    @property
    def needs_from(self) -> bool:
        """True where the columns do not say which table is meant, or not to every version."""
        group = self.group
        if group.base is not None and group.base.uses("select_from"):
            return False
        if group.model.parents:
            # a column of the class above means that class's table alone
            return True
        if any(self.names_table(tally) for tally in group.tallies):
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
            return (*self.say.imported.values(), *self.dropped(), Replace(place(whole), query))
        targets = ", ".join(name for name, _ in self.asked)
        statement = Code.of(f"{targets} = {{query}}", query=query)
        patches: list[Patch] = [*self.say.imported.values(), *self.dropped()]
        direct = [tally for tally in self.group.tallies if self.is_direct(tally)]
        if first in direct:
            patches.append(Replace(place(first.statement), statement))
        else:
            patches.append(InsertBefore(place(first.statement), (statement,)))
        for tally, name in zip(self.group.tallies, self.names, strict=True):
            if tally not in direct:
                patches.append(self.used(tally, name))
            elif tally is not first:
                patches.append(Remove(place(tally.statement), into=place(first.statement)))
        return tuple(patches)

    def dropped(self) -> Iterator[DropImport]:
        """The imports that the old queries used, and maybe nothing else."""
        imports = self.scope.module.imports
        nodes = [node for tally in self.group.tallies for node in walk(tally.expression)]
        for name in sorted({node.id for node in nodes if isinstance(node, ast.Name)}):
            if imports.get(name, "").startswith("sqlalchemy.") and name not in self.say.imported:
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
