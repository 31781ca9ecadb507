"""Breaking one expression over lines: chains at their dots, brackets at their commas."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from codemods.rewrite.parsing import expression_code

_Comprehension = cst.ListComp | cst.SetComp | cst.DictComp | cst.GeneratorExp


class Breaker:
    """Breaks expressions of statements that are indented by `indent`."""

    def __init__(self, indent: str, step: str, width: int) -> None:
        self._indent = indent
        self._step = step
        self._width = width

    def broken(
        self, node: cst.BaseExpression, column: int, tail: int, level: str, bracketed: bool
    ) -> cst.BaseExpression:
        """The expression on lines that fit, as far as that can be.

        Args:
            node: on one line so far.
            column: where it begins.
            tail: how much stands behind it on its last line.
            level: the indentation of its line, as far as it exceeds the statement's.
            bracketed: whether it stands in brackets, so that lines may end anywhere.
        """
        code = expression_code(node)
        if column + len(code) + tail <= self._width or "\n" in code:
            return node
        if isinstance(node, cst.Await):
            inner = self.broken(node.expression, column + 6 + len(node.lpar), tail, level, False)
            return node.with_changes(expression=inner)
        if isinstance(node, cst.Call) and (awaited := _awaited(node)) is not None:
            end = cst.ensure_type(node.func, cst.Attribute)
            inside = self.broken(awaited, column, tail, level, True)
            return node.with_changes(func=end.with_changes(value=inside))
        if isinstance(node, cst.Call) and (opened := _before_a_short_end(node)) is not None:
            end = cst.ensure_type(node.func, cst.Attribute)
            return node.with_changes(func=end.with_changes(value=self._call(opened, level)))
        if isinstance(node, cst.Call) and len(_links(node)) > 1 and not node.lpar:
            return self._chain(node, tail, level, bracketed)
        if isinstance(node, cst.Call) and node.args:
            return self._call(node, level)
        if isinstance(node, _Comprehension) and not (
            isinstance(node, cst.GeneratorExp) and not node.lpar
        ):
            return self._comprehension(node, level)
        if isinstance(node, cst.List | cst.Set | cst.Dict) or (
            isinstance(node, cst.Tuple) and node.lpar
        ):
            return self._display(node, level)
        if isinstance(node, cst.BooleanOperation | cst.IfExp | cst.BinaryOperation):
            if node.lpar:
                return self._between_parentheses(node, level)
            return self._operation(node, level) if bracketed else self._in_parentheses(node, level)
        if not bracketed and not node.lpar and column > len(self._indent + level + self._step):
            return self._in_parentheses(node, level)
        return node

    def definition(self, node: cst.FunctionDef) -> cst.FunctionDef:
        """A function with its parameters on one line of their own, or on one line each."""
        params, last = node.params, _last(node.params)
        if last is None:
            return node
        if self._fits(cst.Module([]).code_for_node(params), self._step):
            ended = last.with_changes(whitespace_after_param=_line(""))
        else:
            params = cst.ensure_type(params.visit(_OnLines(_line(self._step))), cst.Parameters)
            last = _last(params) or last
            ended = last.with_changes(comma=cst.Comma(whitespace_after=_line("")))
        params = cst.ensure_type(params.deep_replace(last, ended), cst.Parameters)
        return node.with_changes(whitespace_before_params=_line(self._step), params=params)

    def _fits(self, text: str, level: str) -> bool:
        return len(self._indent) + len(level) + len(text) <= self._width

    def _in_parentheses(self, node: cst.BaseExpression, level: str) -> cst.BaseExpression:
        return self._between_parentheses(
            node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()]), level
        )

    def _between_parentheses(self, node: cst.BaseExpression, level: str) -> cst.BaseExpression:
        """The expression on lines of its own between its outermost parentheses."""
        inner = level + self._step
        lpar = node.lpar[0].with_changes(whitespace_after=_line(inner))
        rpar = node.rpar[-1].with_changes(whitespace_before=_line(level))
        bare = node.with_changes(lpar=node.lpar[1:], rpar=node.rpar[:-1])
        if not self._fits(expression_code(bare), inner):
            bare = self._operation(bare, inner)
        return bare.with_changes(lpar=[lpar, *bare.lpar], rpar=[*bare.rpar, rpar])

    def _operation(self, node: cst.BaseExpression, level: str) -> cst.BaseExpression:
        """An operation whose operators begin the lines."""
        line, start = _line(level), len(self._indent) + len(level)
        if isinstance(node, cst.Comparison):
            tail = len(expression_code(node)) - len(expression_code(node.left))
            return node.with_changes(left=self.broken(node.left, start, tail, level, True))
        if isinstance(node, cst.IfExp):
            return node.with_changes(whitespace_before_if=line, whitespace_before_else=line)
        if isinstance(node, cst.BooleanOperation | cst.BinaryOperation):
            left = node.left
            if _same_operator(left, node):
                left = self._operation(left, level)
            else:
                left = self.broken(left, start, 0, level, True)
            return node.with_changes(
                left=left,
                operator=node.operator.with_changes(whitespace_before=line),
                right=self.broken(node.right, start + len("and "), 0, level, True),
            )
        return node

    def _chain(self, node: cst.Call, tail: int, level: str, bracketed: bool) -> cst.BaseExpression:
        """Every call of the chain but the first one on a line of its own."""
        inner = level if bracketed else level + self._step
        broken = self._links_on_lines(node, inner, tail if bracketed else 0, _line(inner))
        if bracketed:
            return broken
        return broken.with_changes(
            lpar=[cst.LeftParen(whitespace_after=_line(inner))],
            rpar=[cst.RightParen(whitespace_before=_line(level))],
        )

    def continued(self, node: cst.BaseExpression, level: str, space: str) -> cst.BaseExpression:
        """An expression outside brackets that is only a part of its statement.

        The lines of a chain end like the statement's other lines if `space`, with a backslash,
        is what stands between those; else the last call's arguments get lines of their own.
        """
        if isinstance(node, cst.Attribute) and not node.lpar:
            return node.with_changes(value=self.continued(node.value, level, space))
        if not isinstance(node, cst.Call) or node.lpar:
            return node
        if space and len(_links(node)) > 1:
            return self._links_on_lines(node, level, 1, cst.SimpleWhitespace(space))
        return self._call(node, level) if node.args else node

    def _links_on_lines(
        self, node: cst.Call, level: str, tail: int, space: cst.BaseParenthesizableWhitespace
    ) -> cst.Call:
        attribute = cst.ensure_type(node.func, cst.Attribute)
        base = attribute.value
        first = not isinstance(base, cst.Call) and not base.lpar
        dot = attribute.dot if first else cst.Dot(whitespace_before=space)
        start = len(self._indent) + len(level)
        if isinstance(base, cst.Call) and _links(base):
            base = self._links_on_lines(base, level, 0, space)
        elif isinstance(base, cst.Call) or base.lpar:
            base = self.broken(base, start, 0, level, True)
        link = node.with_changes(func=cst.Name(attribute.attr.value))
        length = len(expression_code(link)) + 1
        if start + length + tail > self._width and node.args:
            node = self._call(node, level)
        return node.with_changes(func=attribute.with_changes(value=base, dot=dot))

    def _call(self, node: cst.Call, level: str) -> cst.Call:
        """A call with its arguments on one line of their own, or on one line each."""
        inner = level + self._step
        text = ", ".join(_code(argument) for argument in node.args)
        *_, last = node.args
        if self._fits(text, inner):
            arguments = [*node.args[:-1], last.with_changes(whitespace_after_arg=_line(level))]
            return node.with_changes(args=arguments, whitespace_before_args=_line(inner))
        arguments = [self._argument(argument, inner) for argument in node.args]
        if len(node.args) > 1:
            arguments = _comma_lines(arguments, inner, level)
        else:
            if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
                arguments = [last.with_changes(value=self._with_lines(last.value, inner))]
            arguments = [arguments[0].with_changes(whitespace_after_arg=_line(level))]
        return node.with_changes(args=arguments, whitespace_before_args=_line(inner))

    def _argument(self, argument: cst.Arg, level: str) -> cst.Arg:
        before = len(_code(argument)) - len(expression_code(argument.value))
        column = len(self._indent) + len(level) + before
        return argument.with_changes(
            value=self.broken(argument.value, column, 1, level, not argument.keyword)
        )

    def _comprehension(self, node: _Comprehension, level: str) -> cst.BaseExpression:
        inner = level + self._step
        body = expression_code(node)[1:-1]
        broken = node if self._fits(body, inner) else self._with_lines(node, inner)
        return _opened(broken, inner, level)

    def _with_lines(self, node: _Comprehension, level: str) -> _Comprehension:
        """A comprehension whose `for`s and `if`s begin lines."""
        return node.with_changes(for_in=self._clauses(node.for_in, level))

    def _clauses(self, clause: cst.CompFor, level: str) -> cst.CompFor:
        line, inner = _line(level), clause.inner_for_in
        start = len(self._indent) + len(level)
        column = start + len(f"for {expression_code(clause.target)} in ")
        return clause.with_changes(
            whitespace_before=line,
            iter=self.broken(clause.iter, column, 0, level, False),
            ifs=[
                condition.with_changes(
                    whitespace_before=line,
                    test=self.broken(condition.test, start + len("if "), 0, level, True),
                )
                for condition in clause.ifs
            ],
            inner_for_in=self._clauses(inner, level) if inner else None,
        )

    def _display(
        self, node: cst.List | cst.Set | cst.Dict | cst.Tuple, level: str
    ) -> cst.BaseExpression:
        inner = level + self._step
        if not node.elements:
            return node
        if self._fits(expression_code(node)[1:-1], inner) and len(node.elements) > 1:
            return _opened(node, inner, level)
        column = len(self._indent) + len(inner)
        elements = []
        for element in node.elements:
            before = len(_code(element)) - len(expression_code(element.value))
            value = self.broken(element.value, column + before, 1, inner, True)
            elements.append(element.with_changes(value=value))
        *rest, last = elements
        lines = [
            element.with_changes(comma=cst.Comma(whitespace_after=_line(inner))) for element in rest
        ]
        lines.append(last.with_changes(comma=cst.Comma()))
        return _opened(node.with_changes(elements=lines), inner, level)


class _OnLines(cst.CSTTransformer):
    """Gives each parameter of one function a line."""

    def __init__(self, line: cst.ParenthesizedWhitespace) -> None:
        super().__init__()
        self._comma = cst.Comma(whitespace_after=line)

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def leave_Param(self, original_node: cst.Param, updated_node: cst.Param) -> cst.Param:
        return updated_node.with_changes(comma=self._comma)

    def leave_ParamSlash(
        self, original_node: cst.ParamSlash, updated_node: cst.ParamSlash
    ) -> cst.ParamSlash:
        return updated_node.with_changes(comma=self._comma)

    def leave_ParamStar(
        self, original_node: cst.ParamStar, updated_node: cst.ParamStar
    ) -> cst.ParamStar:
        return updated_node.with_changes(comma=self._comma)


def _last(params: cst.Parameters) -> cst.Param | None:
    """The parameter that stands last between the parentheses of a function."""
    if params.star_kwarg is not None:
        return params.star_kwarg
    if params.kwonly_params:
        return params.kwonly_params[-1]
    if isinstance(params.star_arg, cst.Param):
        return params.star_arg
    return params.params[-1] if params.params else None


def _same_operator(left: cst.BaseExpression, node: cst.BaseExpression) -> bool:
    kinds = cst.BooleanOperation | cst.BinaryOperation
    if not isinstance(left, kinds) or not isinstance(node, kinds) or left.lpar:
        return False
    return type(left.operator) is type(node.operator)


def _links(node: cst.BaseExpression) -> list[cst.Call]:
    """The method calls of a chain, from the last one."""
    links = []
    while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        links.append(node)
        node = node.func.value
    return links


def _awaited(node: cst.Call) -> cst.Await | None:
    """What is awaited in `(await …).all()`."""
    if node.args or node.lpar or not isinstance(node.func, cst.Attribute):
        return None
    return node.func.value if isinstance(node.func.value, cst.Await) else None


def _before_a_short_end(node: cst.Call) -> cst.Call | None:
    """The call with arguments in `name.call(…).end()`, which is no chain to anybody."""
    links = _links(node)
    if len(links) != 2 or node.args or node.lpar or not links[1].args or links[1].lpar:
        return None
    base = cst.ensure_type(links[1].func, cst.Attribute).value
    return None if isinstance(base, cst.Call) or base.lpar else links[1]


def _comma_lines(arguments: Sequence[cst.Arg], inner: str, level: str) -> list[cst.Arg]:
    *rest, last = arguments
    return [
        *(one.with_changes(comma=cst.Comma(whitespace_after=_line(inner))) for one in rest),
        last.with_changes(comma=cst.Comma(whitespace_after=_line(level))),
    ]


def _opened(node: cst.BaseExpression, inner: str, level: str) -> cst.BaseExpression:
    """The node with line breaks inside its brackets."""
    after, before = {"whitespace_after": _line(inner)}, {"whitespace_before": _line(level)}
    if isinstance(node, cst.GeneratorExp | cst.Tuple):
        return node.with_changes(
            lpar=[*node.lpar[:-1], node.lpar[-1].with_changes(**after)],
            rpar=[node.rpar[0].with_changes(**before), *node.rpar[1:]],
        )
    if isinstance(node, cst.List | cst.ListComp):
        return node.with_changes(
            lbracket=cst.LeftSquareBracket(**after), rbracket=cst.RightSquareBracket(**before)
        )
    return node.with_changes(
        lbrace=cst.LeftCurlyBrace(**after), rbrace=cst.RightCurlyBrace(**before)
    )


def _line(indent: str) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(indent))


def _code(node: cst.Arg | cst.BaseElement | cst.BaseDictElement) -> str:
    code = cst.Module([]).code_for_node(node.with_changes(comma=cst.MaybeSentinel.DEFAULT))
    return code.strip()
