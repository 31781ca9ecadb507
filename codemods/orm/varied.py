"""Parameters that get something else for every round of a loop further up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from codemods.orm.batch_sites import arguments_of, called_in_loops, sites
from codemods.orm.frames import Code, Program
from codemods.orm.given import callers
from codemods.orm.keys import loaded_names

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts


def varied_by_callers(program: Program, code: Code) -> Mapping[str, int]:
    """How many calls give a parameter what a loop varies further up."""
    return program.one(_Varied).of(code)


def in_loops(program: Program, code: Code) -> bool:
    """True if a loop calls the function, maybe by others."""
    known = program.one(_not_known)
    if code not in known:
        known[code] = False  # for what calls itself
        known[code] = code.facts is not None and any(
            loops_over(program, caller, code.facts) or in_loops(program, caller)
            for caller in callers(program, code.facts)
        )
    return known[code]


def _not_known(program: Program) -> dict[Code, bool]:
    return {}


def loops_over(program: Program, caller: Code, facts: FunctionFacts) -> bool:
    """True if a loop of the caller calls something by the name of the function."""
    names = called_in_loops(program, caller)
    return any(program.words.called_so(facts, name) for name in names)


class _Varied:
    """What the functions of a program give to one another, each of which is gone through once.

    A name like `get` may be called by hundreds of functions, and these by hundreds more.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[Code, Counter[str]] = {}
        self._in_loops: dict[Code, Mapping[Code, set[str]]] = {}
        self._handed: dict[Code, Mapping[Code, list[Mapping[str, set[str]]]]] = {}

    def of(self, code: Code) -> Mapping[str, int]:
        if code not in self._known:
            self._settle(code)
        return self._known[code]

    def _settle(self, code: Code) -> None:
        """Find out about a function and all that lead to it, some of which call one another."""
        above: dict[Code, list[Code]] = {}
        waiting = [code]
        while waiting:
            each = waiting.pop()
            if each not in above and each not in self._known:
                above[each] = self._callers(each)
                waiting += above[each]
        varied = {each: self._by_loops(each) for each in above}
        changed = True
        while changed:
            changed = False
            for each, leading in above.items():
                self._known[each] = self._counted(each, leading, varied)
                found = varied[each] | self._known[each].keys()
                changed, varied[each] = changed or found != varied[each], found

    def _callers(self, code: Code) -> list[Code]:
        assert code.facts is not None
        return [
            caller
            for caller in callers(self._program, code.facts)
            if caller is not code and caller.facts is not None and in_loops(self._program, caller)
        ]

    def _counted(
        self, code: Code, leading: list[Code], varied: Mapping[Code, set[str]]
    ) -> Counter[str]:
        found: Counter[str] = Counter()
        for caller in leading:
            names = varied[caller] if caller in varied else self._whole(caller)
            for given in self._given_by(caller).get(code, ()) if names else ():
                found.update(name for name, loaded in given.items() if loaded & names)
        return found

    def _whole(self, code: Code) -> set[str]:
        return self._by_loops(code) | self._known[code].keys()

    def _by_loops(self, code: Code) -> set[str]:
        """The parameters that a loop of a caller varies."""
        found: set[str] = set()
        assert code.facts is not None
        for caller in callers(self._program, code.facts):
            if loops_over(self._program, caller, code.facts):
                found |= self._varying(caller).get(code, set())
        return found

    def _varying(self, caller: Code) -> Mapping[Code, set[str]]:
        if caller not in self._in_loops:
            found: dict[Code, set[str]] = defaultdict(set)
            for site in sites(self._program.scope(caller)):
                found[site.frame.code] |= {*site.varying}
            self._in_loops[caller] = found
        return self._in_loops[caller]

    def _given_by(self, caller: Code) -> Mapping[Code, list[Mapping[str, set[str]]]]:
        """The names that each of a function's calls has in what it gives to which parameter."""
        if caller not in self._handed:
            found: dict[Code, list[Mapping[str, set[str]]]] = defaultdict(list)
            flow = self._program.scope(caller).flow
            for frame in flow.frames:
                if frame.caller is flow.root:
                    given = (arguments_of(frame) or {}).items()
                    found[frame.code].append({n: loaded_names(node) for n, node in given})
            self._handed[caller] = found
        return self._handed[caller]
