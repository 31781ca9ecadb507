"""Tests that put something else in place of a function of the project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm.mentions import among_tests

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.frames import Program

_PATCHES = re.compile(r"patch|[Mm]ock|create_autospec|setattr|\bstub|should_|[Rr]eplace|modules")
# What patches the attribute that it is told; a mock alone takes nobody's place.
_PATCHING = re.compile(r"(patch|object|setattr|multiple|stub)$")
_WORD = re.compile(r"\w+")
_LAST = re.compile(r"(\w+)$")
_PATH = re.compile(r"^\w+(\.\w+)+$")
_PREFIX = re.compile(r"^\w+(\.\w+)*\.$")
_TOLD = frozenset({"target", "attribute", "name", "in_dict"})
_ANY = re.compile(r"\w$")


@dataclass(frozen=True)
class _Replacing:
    """What a file of tests may put something in place of.

    `named` are the last words of the strings that it hands to what patches, and the attributes
    that it assigns, `of_modules` those of them that may be a module or class; `words` all of its
    words, for objects of a class that are mocked as a whole.
    """

    file: str
    named: frozenset[str]
    of_modules: frozenset[str]
    words: frozenset[str]


def replaced_by(program: Program, facts: FunctionFacts) -> str | None:
    """The name of a file of tests that may put something in place of a function, of the module
    or of the class that callers reach it by; None where no test does."""
    holders = _holders(program, facts)
    for test in program.one(_replacing):
        if (
            facts.name in test.named
            or holders & test.of_modules
            or (facts.owner is not None and facts.name in test.words)
        ):
            return test.file
    return None


def _replacing(program: Program) -> tuple[_Replacing, ...]:
    root = program.index.root
    tests = [source for source in program.files() if among_tests(source.path, root)]
    known = frozenset(part for name in program.index.modules for part in name.split("."))
    found = []
    for source in tests:
        if not _PATCHES.search(source.text):
            continue
        tree = _parsed(source.text)
        words = frozenset(_WORD.findall(source.text))
        if tree is None:
            found.append(_Replacing(source.path.name, words, words, words))
            continue
        patched = _Patched(tree, known)
        if patched.elsewhere:
            # a helper of the tests, to which they hand the names
            for other in tests:
                patched.strings |= patched.others(_parsed(other.text))
        found.append(
            _Replacing(
                source.path.name,
                frozenset(patched.strings | patched.assigned),
                frozenset(patched.strings | patched.of_modules),
                words,
            )
        )
    return tuple(found)


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


class _Patched:
    """The names in a file of tests that something else may be put in place of.

    `elsewhere` is True where a function patches what its caller says.

    Args:
        known: the parts of the names of the project's modules.
    """

    def __init__(self, tree: ast.Module, known: frozenset[str]) -> None:
        self._known = known
        self.strings: set[str] = set()
        self.assigned: set[str] = set()
        self.of_modules: set[str] = set()
        self.computed: set[re.Pattern[str]] = set()
        self.elsewhere = False
        imported = {
            (alias.asname or alias.name).partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=func) if _PATCHES.search(_called(func)):
                    self._patch(node)
                case ast.Attribute(ctx=ast.Store()):
                    self._assign(node, imported)
                case ast.Subscript(slice=ast.Constant(value=str() as key), ctx=ast.Store()):
                    # sys.modules["app.orders"] = …
                    self.strings.update(self._words([key]))
                case ast.Attribute(value=ast.Call(func=ast.Name(id="when" | "expect"))):
                    self.strings.add(node.attr)
        if self.computed:
            texts = [*_texts(tree)]
            pieced = any(_PREFIX.search(text) for text in texts)
            self.strings.update(self._words(t for t in texts if pieced or self._may_be_told(t)))
            self.elsewhere = any(
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and not node.name.startswith("test")
                and _patches_a_parameter(node)
                for node in ast.walk(tree)
            )

    def others(self, tree: ast.Module | None) -> set[str]:
        """The last words of the strings of another file that may be handed to this one."""
        return set(self._words(filter(self._may_be_told, _texts(tree))))

    def _may_be_told(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.computed)

    def _words(self, texts: Iterable[str]) -> Iterator[str]:
        """The last words of strings, without what is in a package of others: `flask.request`."""
        for text in texts:
            first = text.partition(".")[0]
            if not _PATH.search(text) or first in self._known:
                yield from _LAST.findall(text)

    def _patch(self, call: ast.Call) -> None:
        """Note what a call patches."""
        told = [*call.args[:2], *(k.value for k in call.keywords if k.arg in _TOLD)]
        self.strings.update(self._words(text for each in told for text in _texts(each)))
        for node in ast.walk(call):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr="__name__"):
                    self.strings.add(name)
        if _called(call.func).endswith(("multiple", "flexmock")):
            self.strings.update(k.arg for k in call.keywords if k.arg is not None)
            several = (k.value for k in call.keywords if k.arg is None)
            self.strings.update(self._words(text for each in several for text in _texts(each)))
        if (computed := _computed(call)) is not None:
            self.computed.add(computed)

    def _assign(self, node: ast.Attribute, imported: set[str]) -> None:
        owner = dotted_name(node.value)
        if owner in ("self", "cls"):
            return
        self.assigned.add(node.attr)
        if owner is None or owner.partition(".")[0] in imported:
            self.of_modules.add(node.attr)


def _called(node: ast.expr) -> str:
    """What is called, by its dotted name or at least its last one."""
    return dotted_name(node) or (node.attr if isinstance(node, ast.Attribute) else "")


def _computed(call: ast.Call) -> re.Pattern[str] | None:
    """What the strings look like that a call may be handed, if none of its first two arguments is
    the text of a name: paths for `patch(target)`, any for `patch.object(module, name)`."""
    first, name = call.args[:2], _called(call.func)
    if not first or not _PATCHING.search(name) or any(map(_ends_in_text, first)):
        return None
    whole = name.endswith("patch") and isinstance(first[0], ast.Name | ast.Attribute)
    return _PATH if whole else _ANY


def _ends_in_text(node: ast.expr) -> bool:
    """True for a string of which the last word is there to be read: `f"{package}.orders.totals"`."""
    match node:
        case ast.Constant() | ast.JoinedStr(values=[*_, ast.Constant()]):
            return True
        case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Mod()):
            return not text.endswith(("%s", "%r"))
        case ast.BinOp(op=ast.Add(), right=right):
            return _ends_in_text(right)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as text), attr="format")):
            return not text.endswith("}")
    return False


def _patches_a_parameter(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    spec = function.args
    names = {each.arg for each in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)}
    names.update(each.arg for each in (spec.vararg, spec.kwarg) if each is not None)
    return any(
        isinstance(node, ast.Call)
        and _computed(node) is not None
        and any(isinstance(each, ast.Name) and each.id in names for each in _handed(node))
        for node in ast.walk(function)
    )


def _handed(call: ast.Call) -> Iterable[ast.AST]:
    return (inner for argument in call.args[:2] for inner in ast.walk(argument))


def _texts(tree: ast.AST | None) -> Iterator[str]:
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Constant(value=str() as text):
                yield text


def _holders(program: Program, facts: FunctionFacts) -> frozenset[str]:
    """All names of the function's module or class."""
    index = program.index
    module = index.by_path[facts.place.path].module
    holder = module if facts.owner is None else f"{module}.{facts.owner}"
    found = {holder.rpartition(".")[2]}
    for each in index.modules.values():
        found.update(name for name, target in each.imports.items() if target == holder)
        found.update(name for name, target, _ in each.local_imports if target == holder)
    return frozenset(found)
