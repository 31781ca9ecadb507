"""FastAPI's path operations: functions whose results go through a response model."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from codemods.facts.symbols import (
    Call,
    Constant,
    Name,
    Symbol,
    annotation,
    dotted_name,
    text_of,
    walk,
)
from codemods.facts.values import FunctionFacts, ModuleFacts
from codemods.orm import rendering_calls
from codemods.orm.local_names import LocalNames
from codemods.orm.serializing_calls import Serialization, SerializingCalls
from codemods.orm.shapes import Typed

if TYPE_CHECKING:
    from codemods.project.model import Model

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "options", "head", "trace"})
_ROUTERS = frozenset({"FastAPI", "APIRouter"})
_ANY = frozenset({"builtins", "typing", "typing_extensions", "collections"})


class PathOperations:
    """Finds what FastAPI does with the results of functions.

    Args:
        calls: the project's schemas and response models.
    """

    def __init__(self, calls: SerializingCalls) -> None:
        self.calls = calls
        self.known = calls.known

    def is_operation(self, function: FunctionFacts, facts: ModuleFacts) -> bool:
        """True for a function whose result FastAPI turns into a response."""
        return bool(self._operations(function, facts))

    def of_return(
        self,
        function: FunctionFacts,
        value: ast.expr,
        names: LocalNames,
        model: Model | None = None,
    ) -> tuple[Serialization, ...]:
        """What FastAPI does with what a path operation returns; empty for other functions."""
        operations = self._operations(function, names.facts)
        if not operations or self._is_response(value, names):
            return ()
        models = {self._declared(function, operation) for operation in operations}
        shown = [declared for declared in models if self._shows(declared, names.facts)]
        if shown:
            return (Serialization(self.calls.showing(function.place), value),)
        declared = models.pop()
        if models or declared is None:
            return ()
        name = f"the response model of {function.name}"
        return tuple(
            self.calls.typed(Typed(declared, names.facts), value, names, name, True, model)
        )

    def _declared(self, function: FunctionFacts, operation: Call) -> Symbol | None:
        """The response model of one path: FastAPI's argument comes before the annotation."""
        declared = operation.keyword("response_model")
        if declared is None and function.returns is not None:
            declared = annotation(function.returns)
        return None if declared == Constant(None) else declared

    def _shows(self, declared: Symbol | None, facts: ModuleFacts) -> bool:
        """True if the answer has whatever is loaded: without a model, or with `Any`, `list`,
        `dict[str, Any]`."""
        if declared is None:
            return True
        typed = Typed(declared, facts)
        models = self.calls.models
        if models.place(models.fields.shapes.shape(typed)) is not None:
            return False
        names = [item.dotted for item in walk(declared) if isinstance(item, Name)]
        full = [self.known.resolve(facts, name) or "" for name in names]
        return all(name.partition(".")[0] in _ANY for name in full)

    def _operations(self, function: FunctionFacts, facts: ModuleFacts) -> list[Call]:
        """The decorators that make a function a path operation."""
        found = []
        for decoration in function.decorations:
            if isinstance(decoration, Call):
                owner, _, verb = decoration.func.rpartition(".")
                if owner and (verb in _VERBS or verb == "api_route"):
                    given = decoration.keyword("response_model") is not None
                    if given or self._is_router(facts, owner):
                        found.append(decoration)
        return found

    def _is_router(self, facts: ModuleFacts, dotted: str) -> bool:
        full = self.known.resolve(facts, dotted)
        found = self.known.alias(full) if full is not None else None
        if found is None or not isinstance(found[0], Call) or not found[0].func:
            return False
        made = self.known.resolve(found[1], found[0].func)
        return made is not None and any(
            name.startswith("fastapi.") and name.rpartition(".")[2] in _ROUTERS
            for name in self.known.order(made)
        )

    def _is_response(self, value: ast.expr, names: LocalNames) -> bool:
        """True for `JSONResponse(…)`, to which no model is applied."""
        if isinstance(value, ast.Name) and (made := names.assigned(value.id)) is not None:
            value = made
        if not isinstance(value, ast.Call):
            return False
        dotted = dotted_name(value.func)
        full = names.resolve(dotted) if dotted is not None else None
        return full is not None and any(
            name.partition(".")[0] in ("fastapi", "starlette") and name.endswith("Response")
            for name in self.known.order(full)
        )


def may_render(function: FunctionFacts, text: str) -> bool:
    """True if a function may hand rows to a schema, model or template, told from its text and
    decorators."""
    if _RENDERS.search(text) or rendering_calls.may_render(function, text):
        return True
    return any(
        isinstance(decoration, Call)
        and decoration.func.rpartition(".")[2] in _VERBS
        and (text_of(decoration.argument(0, "path")) or "/").startswith("/")
        for decoration in function.decorations
    )


_RENDERS = re.compile(
    r"\.(dump|dumps|jsonify|model_validate|from_orm|validate_python)\(|\bparse_obj_as\("
)
