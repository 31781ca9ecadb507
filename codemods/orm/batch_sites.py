"""Calls in loops, of functions that ask queries which depend on what they are called with."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.orm import rounds
from codemods.orm.events import Branch, Loop, Run
from codemods.orm.frames import Code, Frame, Program
from codemods.orm.held_functions import Several
from codemods.orm.keys import is_pure, loaded_names
from codemods.orm.scope import Scope


@dataclass(eq=False)
class Site:
    """A call of a helper in a loop.

    Args:
        scope: the function that has the loop.
        frame: what the call leads to.
        runs: the queries that the helper sends for each item.
        deep: the same with all that functions send which the helper calls.
        around: loops around the function itself, where it is seen as the body of one.
        arguments: what the call gives to which parameter.
        problem: why that is not known.
    """

    scope: Scope
    frame: Frame
    call: ast.Call
    runs: tuple[Run, ...]
    deep: tuple[Run, ...]
    around: tuple[Loop, ...] = ()
    arguments: Mapping[str, ast.expr] = field(default_factory=dict)
    problem: tuple[str, ast.expr] | None = None

    @property
    def loops(self) -> tuple[Loop, ...]:
        return (*self.around, *self.frame.loops)

    @property
    def by_chunks(self) -> bool:
        """True if an item of a loop stands for many: the queries are batched already."""
        return any(map(rounds.goes_by_chunks, self.loops))

    @cached_property
    def bound(self) -> frozenset[str]:
        """The variables that may be others for every iteration."""
        return frozenset().union(*(loop.names | loop.assigned for loop in self.loops))

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """The parameters that may get something else for every iteration."""
        return tuple(
            name
            for name, node in self.arguments.items()
            if loaded_names(node) & self.bound or not is_pure(node)
        )

    @property
    def of_several(self) -> bool:
        """True where a key of a dict tells which function is called."""
        return _of_several(self.scope, self.call)

    @property
    def expression(self) -> ast.expr:
        """What stands in the loop: the call, or the property that is read."""
        return self.call.func if self.frame.call is self.call.func else self.call

    @property
    def receiver(self) -> ast.expr | None:
        """What the method is called on."""
        return self.call.func.value if isinstance(self.call.func, ast.Attribute) else None


def sites(scope: Scope, around: tuple[Loop, ...] = (), also_while: bool = False) -> Iterator[Site]:
    """The calls in the loops of a function that lead to queries which may depend on the item.

    Args:
        around: loops that the whole function is seen in.
        also_while: whether loops count that bind no item.
    """
    seen = set()
    for frame in scope.flow.frames:
        call, loops = frame.call, (*around, *frame.loops)
        if frame.caller is not scope.flow.root or not loops or not isinstance(call, ast.Call):
            continue
        if call in seen or frame.code.facts is None or isinstance(frame.code.node, ast.Module):
            continue
        if any("cache" in name or "memo" in name for name in frame.code.decorators):
            continue
        if not (also_while or any(loop.names for loop in loops)):
            continue
        if rounds.counts_attempts(loops[-1]):
            continue
        if not _is_direct(scope, frame, call) or _asked_for_the_rest(scope, call):
            continue
        deep = tuple(
            run
            for run in scope.runs
            if frame in run.frame.chain and run.query.begins is None and not _fetched(run, frame)
            if run.repeated or not run.loops
        )
        runs = tuple(run for run in deep if run.frame is frame and run.loops == loops)
        if deep:
            seen.add(call)
            yield _site(Site(scope, frame, call, runs, deep, around))


def property_sites(scope: Scope, around: tuple[Loop, ...] = ()) -> Iterator[Site]:
    """The properties that are read in the loops of a function, of objects that it has in variables,
    as if they were called without arguments."""
    seen = set()
    for frame in scope.flow.frames:
        read, loops = frame.call, (*around, *frame.loops)
        if frame.caller is not scope.flow.root or not isinstance(read, ast.Attribute):
            continue
        if read in seen or not any(loop.names for loop in loops) or frame.code.facts is None:
            continue
        if read.attr != frame.code.facts.name or not isinstance(read.value, ast.Name):
            continue
        deep = tuple(run for run in scope.runs if frame in run.frame.chain)
        if deep:
            seen.add(read)
            runs = tuple(run for run in deep if run.frame is frame and run.loops == loops)
            call = ast.copy_location(ast.Call(read, [], []), read)
            yield Site(scope, frame, call, runs, deep, around)


def called_in_loops(program: Program, code: Code) -> frozenset[str]:
    """The last names of what the loops of a function call: what is not among them has no site
    in it, which is known without walking through what the function calls."""
    known = program.one(_none_known)
    if code not in known:
        known[code] = frozenset(
            call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
            for loop in walk(code.node)
            if isinstance(loop, _LOOPS)
            for call in walk(loop)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute | ast.Name)
        )
    return known[code]


def _none_known(program: Program) -> dict[Code, frozenset[str]]:
    return {}


# A lambda may be called in a loop that stands elsewhere.
_LOOPS = (
    ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.Lambda,
)  # fmt: skip


def _is_direct(scope: Scope, frame: Frame, call: ast.Call) -> bool:
    """False for what a function calls that has got it as an argument: `map(score, rows)`."""
    facts = frame.code.facts
    assert facts is not None
    match call.func:
        case ast.Attribute(attr=name):
            return name == facts.name
        case ast.Name(id=name):
            full = scope.index.resolve_local(scope.module, name)
            found = scope.index.function(full) if full is not None else None
            if found is not None:
                return found.full_name == facts.full_name
    return _of_several(scope, call)


def _asked_for_the_rest(scope: Scope, call: ast.Call) -> bool:
    """True for `orders.get(key) or find(key)`, and for `(orders[key], False) if key in orders else
    find(key)`: all that was fetched is not asked for again."""
    node: ast.AST = call
    if isinstance(scope.parents.get(node), ast.Await):
        node = scope.parents[node]
    match scope.parents.get(node):
        case ast.BoolOp(
            op=ast.Or(),
            values=[ast.Call(func=ast.Attribute(value=ast.Name(), attr="get")), last],
        ):
            return last is node
        case ast.IfExp(
            test=ast.Compare(ops=[ast.In()], comparators=[ast.Name(id=kept)]),
            body=body,
            orelse=last,
        ):
            read = any(
                isinstance(part, ast.Subscript) and ast.unparse(part.value) == kept
                for part in walk(body)
            )
            return last is node and read
    return False


def _of_several(scope: Scope, call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return any(
                each.name == name and isinstance(each.new, Several) for each in scope.flow.bound
            )
    return isinstance(call.func, ast.Subscript)


def _fetched(run: Run, frame: Frame) -> bool:
    """True for what is asked only where a caller has not handed over what it fetched."""
    chain = run.frame.chain[run.frame.chain.index(frame) :]
    given: set[str | None] = set()
    for number, each in enumerate(chain):
        given = _given(each, given if number else None)
        inner = chain[number + 1].branches if number + 1 < len(chain) else run.branches
        if any(_asks_without(branch, given) for branch in inner[len(each.branches) :]):
            return True
    return False


def _given(frame: Frame, above: set[str | None] | None) -> set[str | None]:
    """The parameters that the call hands over for certain.

    Args:
        above: those that its caller has been handed; None for the function that is looked at.
    """
    call, caller = frame.call, frame.caller
    if not isinstance(call, ast.Call):
        return set()
    optional: set[str] = set()
    if above is not None and caller is not None and not isinstance(caller.code.node, ast.Module):
        optional = {a.arg for a in caller.code.node.args.kwonlyargs} - above
    return {
        keyword.arg
        for keyword in call.keywords
        if not (isinstance(keyword.value, ast.Name) and keyword.value.id in optional)
    }


def _asks_without(branch: Branch, handed: set[str | None]) -> bool:
    match branch.test:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Is()], comparators=[ast.Constant(value=None)]
        ):
            return branch.arm == 0 and name in handed
    return False


def _site(site: Site) -> Site:
    """The site with what its call gives to which parameter."""
    code = site.frame.code
    if code.owner is not None and not site.frame.bound and "staticmethod" not in code.decorators:
        text = f"{code.title} is called on its class, with the object as an argument"
        site.problem = (text, site.call)
        return site
    if site.of_several:
        text = f"{ast.unparse(site.call.func)} is one of several functions, {code.title} among them"
        site.problem = (text, site.call)
    if any(run.awaited_elsewhere for run in site.deep):
        text = f"{code.title} gives a query that is awaited elsewhere"
        site.problem = (text, site.call)
    given = arguments_of(site.frame)
    if given is None:
        site.problem = ("it is not seen here which argument is which", site.call)
        return site
    site.arguments = given
    return site


def arguments_of(frame: Frame) -> dict[str, ast.expr] | None:
    """What the call of a function gives to which parameter, None if that is not seen."""
    node, call = frame.code.node, frame.call
    if isinstance(node, ast.Module) or not isinstance(call, ast.Call):
        return None
    if any(isinstance(item, ast.Starred) for item in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    ):
        return None
    positional = [*node.args.posonlyargs, *node.args.args][frame.bound :]
    if len(call.args) > len(positional):
        return None
    given = {item.arg: argument for item, argument in zip(positional, call.args, strict=False)}
    given.update((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
    known = {item.arg for item in (*positional, *node.args.kwonlyargs)}
    return given if set(given) <= known else None
