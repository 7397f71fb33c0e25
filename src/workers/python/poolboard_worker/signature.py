"""What a function's signature says: where its input goes, whether it wants `ctx`, which parameters it has."""

import decimal
import enum
import inspect
import os
import types
import typing
from functools import partial
from pathlib import Path, PurePath

from .choose import wrong_arguments
from .errors import PoolboardError

_context_names = ("ctx", "context")
_positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_types = {bool: "boolean", int: "integer", float: "number", str: "string"}
_union_types = (typing.Union, getattr(types, "UnionType", typing.Union))


class Signature:
    def __init__(self, function, file, spread):
        """Raises PoolboardError where the function cannot be called with an input."""
        self._name = getattr(function, "__name__", type(function).__name__)
        self._file = os.path.basename(file)
        self._function = function
        self._spread = spread
        self._context = None
        """`positional`, `keyword`, or None where the function takes no `ctx`."""
        self._parameters = {}
        self._takes_any_parameter = False
        self._input = None
        self._hints = {}
        try:
            parameters = list(inspect.signature(function).parameters.values())
        except (ValueError, TypeError):
            return
        self._hints = _hints(function)
        self._read(parameters)

    def _read(self, parameters):
        positional = [p for p in parameters if p.kind in _positional]
        takes_all = any(p.kind is p.VAR_POSITIONAL for p in parameters)
        self._takes_any_parameter = any(p.kind is p.VAR_KEYWORD for p in parameters)
        if not positional and not takes_all:
            raise wrong_arguments(self._file, self._name, self._function)
        if self._spread:
            positional = [p for p in positional if p.default is not p.empty]
        else:
            if positional:
                self._input = positional.pop(0)
            if positional and (
                positional[0].default is inspect.Parameter.empty or positional[0].name in _context_names
            ):
                self._context = "positional"
                positional.pop(0)
            if any(p.default is p.empty for p in positional):
                raise wrong_arguments(self._file, self._name, self._function)
        for parameter in positional + [p for p in parameters if p.kind is p.KEYWORD_ONLY]:
            if parameter.name in _context_names and self._context is None:
                self._context = "keyword:" + parameter.name
            elif parameter.kind is not parameter.POSITIONAL_ONLY:
                self._parameters[parameter.name] = parameter

    @property
    def takes(self):
        kind = self._input and _kind(self._hints.get(self._input.name))
        return "file" if kind is Path else "number" if kind in (int, float) else None

    def schema(self):
        """The parameters, as ParamsSchema of src/shared/definition.ts."""
        properties = {name: _property(p, self._hints.get(name)) for name, p in self._parameters.items()}
        required = [name for name, p in self._parameters.items() if p.default is p.empty]
        schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        return schema

    @property
    def takes_any_parameter(self):
        """What the file does not declare has a place to go: `ctx.params`, or **keywords."""
        return self._takes_any_parameter or self._context is not None

    def bind(self, params, given, make_context):
        """
        The function as one of the input alone. `params` are those `given` and the defaults of the others;
        `make_context()` makes the `ctx` of the running task.
        Raises PoolboardError where a parameter cannot be read.
        """
        function = self._function
        # Spread inputs may reach the parameters themselves: there, a default must not be in their way.
        keywords = self._keywords({name: params[name] for name in given} if self._spread else params)
        if keywords:
            function = partial(function, **keywords)
        if self._spread:
            return self._bind_spread(function, make_context)
        if self._input is not None and _kind(self._hints.get(self._input.name)) is Path:
            function = _with_path(function)
        if self._context == "positional":
            return lambda value: function(value, make_context())
        if self._context is not None:
            name = self._context.partition(":")[2]
            return lambda value: function(value, **{name: make_context()})
        return function

    def _bind_spread(self, function, make_context):
        name = (self._context or "").partition(":")[2]

        def call(value):
            more = {name: make_context()} if name else {}
            if isinstance(value, list):
                return function(*value, **more)
            if isinstance(value, dict):
                return function(**value, **more)
            return function(value, **more)

        return call

    def _keywords(self, params):
        keywords = {name: self._convert(name, params[name]) for name in self._parameters if name in params}
        if self._takes_any_parameter:
            for name, value in params.items():
                keywords.setdefault(name, value)
        return keywords

    def _convert(self, name, value):
        kind = _kind(self._hints.get(name))
        if value is None or kind is None:
            return value
        try:
            if kind is Path or kind is decimal.Decimal:
                return kind(str(value) if kind is decimal.Decimal else value)
            if isinstance(kind, type) and issubclass(kind, enum.Enum):
                return kind(value)
        except (ValueError, TypeError, decimal.InvalidOperation):
            raise PoolboardError("BAD_PARAM", f"The parameter {name} cannot be {value!r}.") from None
        return value


def _with_path(function):
    def call(value, *rest, **keywords):
        return function(Path(value) if isinstance(value, str) else value, *rest, **keywords)

    return call


def _hints(function):
    target = function
    while isinstance(target, partial):
        target = target.func
    try:
        return typing.get_type_hints(target)
    except Exception:
        # A name that is not defined, or syntax newer than this Python: the defaults tell what there is to know.
        return {}


def _kind(hint):
    """The type behind a hint: X of Optional[X]; None where it is not one type."""
    if typing.get_origin(hint) in _union_types:
        kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
        hint = kinds[0] if len(kinds) == 1 else None
    if isinstance(hint, type) and issubclass(hint, PurePath):
        return Path
    return hint if isinstance(hint, type) else None


def _property(parameter, hint):
    default = parameter.default
    if isinstance(default, enum.Enum):
        default = default.value
    elif isinstance(default, PurePath):
        default = str(default)
    elif isinstance(default, decimal.Decimal):
        default = float(default)
    choices = _choices(hint, parameter.default)
    kind = _kind(hint)
    if choices:
        kind = type(choices[0])
    elif kind not in _types:
        kind = type(default) if type(default) in _types else float if kind is decimal.Decimal else str
    found = {"type": _types.get(kind, "string")}
    if type(default) in _types:
        found["default"] = default
    if choices:
        found["enum"] = choices
    return found


def _choices(hint, default):
    if typing.get_origin(hint) in _union_types:
        hint = next(
            (each for each in typing.get_args(hint) if typing.get_origin(each) is typing.Literal), hint
        )
    if typing.get_origin(hint) is typing.Literal:
        values = list(typing.get_args(hint))
    else:
        kind = _kind(hint) or type(default)
        values = [member.value for member in kind] if issubclass(kind, enum.Enum) else []
    kinds = set(map(type, values))
    return values if kinds in ({str}, {int}) else None
