"""The conditions of a query that a function sends, in the words of the loop's function."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.given_names import GivenNames
from codemods.orm.keys import loaded_names
from codemods.orm.query import Predicate
from codemods.orm.values import ANYTHING, Value
from codemods.patch import Code, Patch

if TYPE_CHECKING:
    from codemods.orm.batch_sites import Site
    from codemods.orm.frames import Frame
    from codemods.project.model import Model

# Comparisons as they are written of a column.
_COMPARED = {
    "is": "{column}.is_({value})", "==": "{column} == {value}", "!=": "{column} != {value}",
    "<": "{column} < {value}", "<=": "{column} <= {value}", ">": "{column} > {value}",
    ">=": "{column} >= {value}",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Told:
    """A condition as the loop's function writes it.

    `predicate` is a word of `filter_by()`; of another comparison, `operator` and `value` say how it
    is written, and `imports` what that takes.
    """

    predicate: Predicate
    operator: str | None = None
    value: Code | None = None
    imports: tuple[Patch, ...] = ()

    def written(self, column: Code) -> Code | None:
        """The comparison, of that column; None for a word."""
        if self.operator is None or self.value is None:
            return None
        return Code.of(_COMPARED[self.operator], column=column, value=self.value)


def told(site: Site, frame: Frame, predicate: Predicate, model: Model) -> list[Told] | None:
    """A condition of a query on `model`; None where it cannot be said there.

    Args:
        frame: the activation that sends the query.
    """
    home = _home(frame, predicate)
    found = []
    if predicate.operator in _COMPARED and predicate.operator != "==":
        other = _comparison(site, home, predicate, model)
        return [other] if other is not None else None
    words = _words(site, home, predicate)
    if words is None:
        return None
    for word, value, operand, attribute in words:
        column = model.columns.get(word)
        if column is None or predicate.model not in (None, model):
            return None
        if attribute is not None and not loaded_names(operand) & site.bound:
            # what all rounds read of one row
            other = _comparison(site, home, predicate, model)
            return [other] if other is not None else None
        asked = Predicate(
            operand, model, column, "==", operand, value, keyword=ast.keyword(word, operand),
            models=(model,), attribute=attribute,
        )  # fmt: skip
        found.append(Told(asked))
    return found or None


def _home(frame: Frame, predicate: Predicate) -> Frame:
    """The activation that a condition is written in: that of a caller, for `*criteria`."""
    for each in reversed(frame.chain):
        if any(node is predicate.node for node in walk(each.code.node)):
            return each
    return frame


def _comparison(site: Site, home: Frame, predicate: Predicate, model: Model) -> Told | None:
    """`Order.paid.is_(False)`, and what compares a column with what the loop does not bind."""
    column, operand = predicate.column, predicate.operand
    if column is None or operand is None or predicate.model is not model or predicate.alias:
        return None
    names = GivenNames(site.scope, site.call)
    own = names.node(home, operand)
    if own is None and isinstance(operand, ast.Attribute):
        row = names.column(home, operand, predicate.value)
        if row is not None:
            own = ast.copy_location(ast.Attribute(row, operand.attr, ast.Load()), row)
    if isinstance(operand, ast.Constant):
        value: Code | None = Code.of(ast.unparse(operand).replace("{", "{{").replace("}", "}}"))
    else:
        value = names.code(home, operand)
    used = [*names.leaves, *([own] if own is not None else [])]
    if value is None or any(loaded_names(each) & site.bound for each in used):
        return None
    constant = ast.copy_location(ast.Constant(None), site.call)
    asked = Predicate(
        own or constant, model, column, predicate.operator, own or constant, predicate.value,
        models=(model,),
    )  # fmt: skip
    return Told(asked, predicate.operator, value, tuple(names.imports))


_Word = tuple[str, Value, ast.expr, str | None]


def _words(site: Site, frame: Frame, predicate: Predicate) -> list[_Word] | None:
    """The columns that a condition of `filter_by()` names, with what they must equal; None where
    one of them is not known, without which the others would find more."""
    keyword, scope = predicate.keyword, site.scope
    if keyword is None or keyword.arg is not None:
        given, column = predicate.operand, predicate.column
        if given is None or column is None or predicate.operator != "==" or predicate.alias:
            return None
        value = predicate.value or ANYTHING
        operand = _operand(site, frame, given, value)
        return [(column.name, value, *operand)] if operand else None
    rest = _rest(frame, keyword.value)
    if rest is None:
        return None
    found = []
    for word, home in rest:
        value = scope.flow.keywords.get(word.value, ANYTHING)
        if isinstance(word.value, ast.Name) and home is not scope.flow.root:
            # this activation may have got another value than a later one
            value = home.env.get(word.value.id, ANYTHING)
        operand = _operand(site, home, word.value, value)
        if operand is None or word.arg is None:
            return None
        found.append((word.arg, value, *operand))
    return found


def _operand(
    site: Site, frame: Frame, node: ast.expr, value: Value
) -> tuple[ast.expr, str | None] | None:
    """What a column must equal, in the words of the loop's function: an expression, or an attribute
    of one."""
    if isinstance(node, ast.Constant):
        return node, None
    names = GivenNames(site.scope, site.call)
    own = names.node(frame, node)
    if own is not None:
        return own, None
    row = names.column(frame, node, value)
    return (row, node.attr) if row is not None and isinstance(node, ast.Attribute) else None


def _rest(frame: Frame, node: ast.expr) -> list[tuple[ast.keyword, Frame]] | None:
    """What the caller has given for `**criteria`, with the activation that it is written in."""
    function, call, caller = frame.code.node, frame.call, frame.caller
    if isinstance(function, ast.Module) or not isinstance(call, ast.Call) or caller is None:
        return None
    rest = function.args.kwarg
    if rest is None or not isinstance(node, ast.Name) or node.id != rest.arg or not frame.shown:
        return None
    spread = {k.value for n in walk(function) if isinstance(n, ast.Call) for k in n.keywords
              if k.arg is None}  # fmt: skip
    uses = [n for n in walk(function) if isinstance(n, ast.Name) and n.id == rest.arg]
    asked = node.lineno, node.col_offset
    # what the function does with them behind the query is nothing to that
    if not all(use in spread or (use.lineno, use.col_offset) > asked for use in uses):
        return None
    known = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    found: list[tuple[ast.keyword, Frame]] = []
    for keyword in call.keywords:
        if keyword.arg is None:
            more = _rest(caller, keyword.value)
            if more is None:
                return None
            found += more
        elif keyword.arg not in known:
            found.append((keyword, caller))
    return found
