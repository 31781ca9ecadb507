"""Queries that a loop builds in several statements, some of them under conditions."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.batch_changes import bound_anew
from codemods.orm.events import Act, Effect
from codemods.orm.handed_queries import passage
from codemods.orm.key_loops import mutated_names
from codemods.orm.keys import is_harmless, loaded_names
from codemods.orm.preconditions import effects
from codemods.orm.query_code import Unwritable, as_code
from codemods.orm.steady import Changes, filled_attributes
from codemods.orm.values import Items, ModelClass, Plain
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.handed_queries import Passage
    from codemods.orm.requery import Requery
    from codemods.orm.scope import Scope

# Kinds of data that are what they are.
_UNCHANGING = frozenset(
    {"int", "str", "bool", "float", "bytes", "Decimal", "date", "datetime", "UUID"}
)
Binding = ast.Assign | ast.AnnAssign


class Steps:
    """The statements that build a query, to stand again where many keys are asked for.

    `lines` and `holes` are what `built` adds; `names` are the variables that they assign, and
    `comments` what has come along out of the statements under conditions.
    """

    def __init__(self, requery: Requery) -> None:
        self.requery = requery
        self.scope = requery.scope
        self.lines: list[str] = []
        self.holes: dict[str, Hole] = {}
        self.names: set[str] = set()
        self.comments: dict[ast.stmt, tuple[str, ...]] = {}

    def built(self, node: ast.Name, found: list[Binding]) -> Code | None:
        """The variable that `node` reads, after the statements that build it; None where those
        do not all come in every iteration, or depend on it."""
        scope, loop = self.scope, self.requery.lookup.loop
        block, first = scope.flow.blocks.get(found[0], ([], 0)) if found else ([], 0)
        last = next(
            (n for n, s in enumerate(block) if any(inner is node for inner in walk(s))), None
        )
        if last is None or not all(is_single(step) for step in found):
            return None
        steps = [s for s in block[first:last] if _binds(s, node.id)]
        changed = set(loop.assigned) | set(loop.names) | mutated_names(scope, loop.owner)
        inside = {id(n) for step in steps for n in walk(step)}
        if not all(id(step) in inside for step in found) or not isinstance(steps[0], Binding):
            return None
        everywhere = [
            n
            for n in walk(scope.node)
            if (isinstance(n, ast.Name) and n.id == node.id)
            or (isinstance(n, ast.arg) and n.arg == node.id)
        ]
        if any(id(n) not in inside and n is not node for n in everywhere):
            return None
        if not all(self._fits(step, node.id, changed) for step in steps):
            return None
        self.names.add(node.id)
        for step in steps:
            self._taken: list[str] = []
            self._write(step, "")
            self.comments[step] = tuple(self._taken)
        self.requery.spent += steps
        return Code.of(node.id)

    def are_handed_on(self, found: list[Binding]) -> bool:
        """True if some of these statements hand the query on, to read better as they are."""
        values = (step.value for step in found)
        return any(v is not None and passage(self.scope, v) is not None for v in values)

    def handed_on(self, through: Passage) -> Code | Copied:
        """The call of a function that adds conditions, for the query as it is here."""
        scope, lookup = self.scope, self.requery.lookup
        asked = {part.predicate.node for part in lookup.parts if part.predicate is not None}
        if any(asked.intersection(walk(frame.code.node)) for frame in through.frames):
            raise Unwritable("the key stands in another function's condition", through.call)
        self._check_same(through)
        place, before = scope.place(through.given), self.requery.chain(through.given)
        if before == Copied(place):
            return Copied(scope.place(through.call))
        return Copied(scope.place(through.call), substitute=((place, as_code(before)),))

    def _check_same(self, through: Passage) -> None:
        """Raises Unwritable where such a function may get something else for the next item."""
        loop, scope = self.requery.lookup.loop, self.scope
        inside = [x for x in self.requery.lookup.run.loops if x.index >= loop.index]
        changed = set().union(*(x.names | x.assigned for x in inside))
        changed |= mutated_names(scope, loop.owner)
        read = through.attributes(scope)
        name = getattr(through.frame.code.node, "name", "it")
        for node in through.others:
            same = is_harmless(node) and not loaded_names(node) & changed
            if same and isinstance(scope.flow.lookup(dotted_name(node) or ""), ModelClass):
                continue
            if not (same and not self._assigned(node) and self._is_steady(node, through.call)):
                text = f"{name}() may be given another {ast.unparse(node)} for every item"
                raise Unwritable(text, node)
        window = scope.events[loop.first : loop.last + 1]
        written = effects(window, Act.SET)
        assigned = {each.attribute or "" for each in written}
        own = set(through.frames)
        if any(loop in f.loops and own.isdisjoint(f.chain) for f in scope.flow.frames):
            # another function is called, which may lead to any that its file has
            assigned |= Changes(scope, loop).attributes
        assigned.update(filled_attributes(scope, loop))
        changed_one = min(read & assigned, default=None) or bound_anew(scope, [loop], read)
        if changed_one is not None:
            text = f"the loop may change {changed_one}, which {name}() reads"
            raise Unwritable(text, through.call)
        if read and (sent := effects(window, Act.DML, Act.SQL, Act.EXPIRE, Act.REFRESH)):
            text = f"the loop may change {min(read)} in the database, which {name}() reads"
            raise Unwritable(text, sent[0].node)

    def _fits(self, step: ast.stmt, name: str, changed: set[str]) -> bool:
        """True for `name = ...`, and for such statements under the same condition every time."""
        match step:
            case ast.Assign() | ast.AnnAssign(value=ast.expr()):
                return is_single(step) and targets_of(step) == {name}
            case ast.If(test=test, body=body, orelse=orelse):
                return (
                    is_harmless(test)
                    and not loaded_names(test) & changed
                    and not self._assigned(test)
                    and self._is_steady(test)
                    and all(self._fits(inner, name, changed) for inner in (*body, *orelse))
                )
        return False

    def _assigned(self, test: ast.expr) -> bool:
        """True if the condition does something, or reads an attribute that the loop assigns."""
        loop, nodes = self.requery.lookup.loop, set(walk(test))
        read = {n.attr for n in nodes if isinstance(n, ast.Attribute)}
        for event in self.scope.events[loop.first : loop.last + 1]:
            if event.site in nodes:
                return True
            if isinstance(event, Effect) and event.act is Act.SET and event.attribute in read:
                return True
        stores = (
            n.attr
            for n in walk(loop.owner)
            if isinstance(n, ast.Attribute) and not isinstance(n.ctx, ast.Load)
        )
        return bool(read & set(stores)) or Changes(self.scope, loop).of(test) is not None

    def _is_steady(self, test: ast.expr, handed: ast.Call | None = None) -> bool:
        """True if nothing in the loop gets hold of what the condition reads.

        Args:
            handed: a call that gets it, and changes nothing.
        """
        scope, lookup = self.scope, self.requery.lookup
        names = loaded_names(test)
        within = {n for call in lookup.query.calls for n in walk(call.node)} | set(walk(test))
        within.update(walk(handed) if handed is not None else ())
        items = lookup.loop.items
        if isinstance(items, Items) and items.repeatable:
            # all of them are there before the first round
            within.update(walk(lookup.loop.iterable))
        for node in walk(lookup.loop.owner):
            if not isinstance(node, ast.Name) or node.id not in names or node in within:
                continue
            value = scope.flow.env.get(node.id)
            if isinstance(value, Plain) and value.kind in _UNCHANGING:
                continue
            match scope.parents.get(node):
                case ast.Attribute(ctx=ast.Load()) as read:
                    match scope.parents.get(read):
                        case ast.Call(func=function) if function is read:
                            return False
                case ast.Compare() | ast.BoolOp() | ast.UnaryOp() | ast.If() | ast.IfExp():
                    continue
                case _:
                    return False
        return True

    def _write(self, step: ast.stmt, indent: str, word: str = "if") -> None:
        if (indent or isinstance(step, ast.If)) and word == "if":
            for comment in _comments_above(self.scope, step):
                self._taken.append(comment)
                self.lines.append(indent + comment.replace("{", "{{").replace("}", "}}"))
        match step:
            case ast.If(test=test, body=body, orelse=orelse):
                self.lines.append(f"{indent}{word} {self._hole(Copied(self.scope.place(test)))}:")
                for inner in body:
                    self._write(inner, f"{indent}    ")
                match orelse:
                    case [ast.If() as other] if self.scope.text(other).startswith("elif"):
                        self._write(other, indent, "elif")
                    case [_, *_]:
                        self.lines.append(f"{indent}else:")
                        for inner in orelse:
                            self._write(inner, f"{indent}    ")
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                (name,) = targets_of(step)
                made = self.requery.chain(value)
                if made != Code.of(name) or indent:
                    self.lines.append(f"{indent}{name} = {self._hole(made)}")

    def _hole(self, code: Code | Copied) -> str:
        name = f"step{len(self.holes)}"
        self.holes[name] = code
        return f"{{{name}}}"


def _comments_above(scope: Scope, step: ast.stmt) -> list[str]:
    """The comments on lines of their own directly above a statement."""
    text = scope.source.text
    end = text.rfind("\n", 0, scope.source.span(step).start) + 1
    found: list[str] = []
    while end:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].strip()
        if not line.startswith("#"):
            break
        found.append(line)
        end = start
    return found[::-1]


def _binds(statement: ast.stmt, name: str) -> bool:
    return any(
        isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)
        for n in walk(statement)
    )


def targets_of(statement: Binding) -> set[str]:
    """The names that an assignment binds."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {n.id for t in targets for n in walk(t) if isinstance(n, ast.Name)}


def is_single(statement: Binding) -> bool:
    """True for an assignment to one variable."""
    if isinstance(statement, ast.Assign):
        return len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name)
    return isinstance(statement.target, ast.Name)


def check_free(requery: Requery, holes: Iterable[Hole]) -> None:
    """Raises Unwritable where code of the query names what only the loop binds."""
    lookup, scope = requery.lookup, requery.scope
    inside = [x for x in lookup.run.loops if x.index >= lookup.loop.index]
    bound = set().union(*(x.names | x.assigned for x in inside)) - requery.steps.names
    names = [
        (n, scope.source.span(n))
        for n in walk(lookup.loop.owner)
        if isinstance(n, ast.Name) and n.id in bound
    ]
    stack = list(holes)
    while stack:
        hole = stack.pop()
        if isinstance(hole, Code):
            stack += [inner for _, inner in hole.holes]
        elif isinstance(hole, Copied):
            replaced = [place.span for place, _ in hole.substitute]
            stack += [code for _, code in hole.substitute]
            for node, span in names:
                if hole.place.span.contains(span) and not any(r.contains(span) for r in replaced):
                    raise Unwritable(f"{node.id} is something else for each item", node)
