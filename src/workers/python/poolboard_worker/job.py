"""One batch's definition, loaded in this process."""

import inspect
import os
from functools import partial

from . import stamps
from .choose import choose_function
from .context import Context
from .errors import PoolboardError
from .loader import clashes, enter_folder, load_file
from .running import current
from .signature import Signature

_takes = ("file", "url", "number", "any")


class Stale(Exception):
    """This process has loaded something that stands in the way: it has to be replaced."""


class Job:
    def __init__(self, message, outlet, run_coroutine):
        """
        Loads what a `load` message names. Raises Stale, PoolboardError, or what the file's `setup` raised.
        `run_coroutine` runs an `async` setup or teardown to its end.
        """
        self.id = message["job"]
        self._outlet = outlet
        self._run_coroutine = run_coroutine
        self._params = message["params"]
        definition = message["definition"]
        self.file = _file_of(definition)
        if stamps.changed() or clashes(self.file):
            raise Stale
        if message.get("initializer"):
            self._initialize(message["initializer"])
        try:
            self._module = load_file(self.file)
        finally:
            stamps.note()
        function = choose_function(self._module, definition.get("function"))
        signature = Signature(function, self.file, message["spread"])
        self.call = signature.bind(self._params, self._make_context)
        self.is_async = _is_async(function)
        self.description = self._describe(function, signature)
        wanted = message.get("concurrency") or self.description.get("concurrency") or 1
        # Functions that are not async run one after another.
        self.concurrency = wanted if self.is_async else 1
        self._hook("setup")
        stamps.note()

    @property
    def folder(self):
        return os.path.dirname(self.file) + os.sep

    def enter(self):
        enter_folder(self.file)

    def teardown(self):
        self.enter()
        self._hook("teardown")

    def _hook(self, name):
        hook = getattr(self._module, name, None)
        if not callable(hook):
            return
        result = hook(self._params) if _wants_params(hook) else hook()
        if inspect.isawaitable(result):
            self._run_coroutine(result)

    def _initialize(self, initializer):
        definition = initializer["definition"]
        file = _file_of(definition)
        function = choose_function(load_file(file), definition.get("function"))
        result = function(*initializer["args"])
        if inspect.isawaitable(result):
            self._run_coroutine(result)

    def _make_context(self):
        running = current()
        return Context(self._outlet, running.chunk, running.index, self._params)

    def _describe(self, function, signature):
        meta = getattr(self._module, "META", None)
        meta = meta if isinstance(meta, dict) else {}
        description = {"params": _merged(signature.schema(), meta.get("params"))}
        summary = meta.get("summary") or _first_line(function) or _first_line(self._module)
        if summary:
            description["summary"] = str(summary)
        concurrency = meta.get("concurrency")
        if isinstance(concurrency, int) and concurrency > 0:
            description["concurrency"] = concurrency
        takes = meta.get("takes") if meta.get("takes") in _takes else signature.takes
        if takes:
            description["takes"] = takes
        return description


def _file_of(definition):
    if definition["kind"] != "python":
        raise PoolboardError("WRONG_WORKER", f"A {definition['kind']} does not run in a Python worker.")
    return os.path.abspath(definition["file"])


def _is_async(function):
    while isinstance(function, partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)
    )


def _wants_params(hook):
    try:
        parameters = inspect.signature(hook).parameters.values()
    except (ValueError, TypeError):
        return False
    return any(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty for p in parameters)


def _first_line(thing):
    lines = (inspect.getdoc(thing) or "").strip().splitlines()
    return lines[0].strip() if lines else None


def _merged(schema, declared):
    """What META declares goes before what the signature says; it may be a whole schema, or its properties."""
    if not isinstance(declared, dict):
        return schema
    if not isinstance(declared.get("properties"), dict):
        declared = {"properties": declared}
    properties = dict(schema["properties"])
    for name, each in declared["properties"].items():
        properties[str(name)] = {**properties.get(name, {"type": "string"}), **(each if isinstance(each, dict) else {})}
    required = [*schema.get("required", ()), *declared.get("required", ())]
    merged = {"type": "object", "properties": properties}
    if required:
        merged["required"] = list(dict.fromkeys(required))
    return merged
