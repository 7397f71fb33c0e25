"""One batch's definition, loaded in this process."""

import inspect
import os
from functools import partial

from . import stamps
from .choose import choose_function
from .context import Context
from .errors import PoolboardError, describe
from .loader import clashes, enter_folder, load_file, own_files
from .meta import read_meta
from .params import parse_params
from .running import current
from .signature import Signature


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
        self._is_run = not message.get("describe")
        definition = message["definition"]
        self.file = _file_of(definition)
        if stamps.changed() or clashes(self.file):
            raise Stale
        # As it is before it is read: a change meanwhile is one.
        stamps.note([self.file])
        try:
            if message.get("initializer"):
                self._initialize(message["initializer"])
            self._load(definition, message)
            self._hook("setup")
        except PoolboardError as error:
            error.place = error.place or {"file": self.file}
            raise
        finally:
            stamps.note(own_files())

    def _load(self, definition, message):
        self._module = load_file(self.file)
        function = choose_function(self._module, definition.get("function"))
        signature = Signature(function, self.file, message["spread"])
        meta = read_meta(self._module)
        schema = _merged(signature.schema(), meta.get("params"))
        self._params = message["params"]
        if self._is_run:
            if schema["properties"] or not signature.takes_any_parameter:
                self._params = parse_params(schema, self._params)
            self.call = signature.bind(self._params, message["params"], self._make_context)
        self.description = _describe(function, self._module, signature, meta, schema)
        self.is_async = _is_async(function)
        wanted = message.get("concurrency") or self.description.get("concurrency") or 1
        # Functions that are not async run one after another.
        self.concurrency = wanted if self.is_async else 1

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
        if not callable(hook) or not self._is_run:
            return
        try:
            result = hook(self._params) if _wants_params(hook) else hook()
            if inspect.isawaitable(result):
                self._run_coroutine(result)
        except BaseException as error:
            sentence = f"{name}() of {os.path.basename(self.file)} failed: {type(error).__name__}: {error}"
            info = describe(error, self.folder)
            raise PoolboardError(
                f"{name.upper()}_THREW", sentence, info.get("place"), info.get("stack")
            ) from error

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


def _describe(function, module, signature, meta, schema):
    description = {"params": schema}
    summary = meta.get("summary") or _first_line(function) or _first_line(module)
    if summary:
        description["summary"] = summary
    takes = meta.get("takes") or signature.takes
    if takes:
        description["takes"] = takes
    if "concurrency" in meta:
        description["concurrency"] = meta["concurrency"]
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
    return any(
        p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty for p in parameters
    )


def _first_line(thing):
    lines = (inspect.getdoc(thing) or "").strip().splitlines()
    return lines[0].strip() if lines else None


def _merged(schema, declared):
    """What META declares goes before what the signature says."""
    if declared is None:
        return schema
    properties = dict(schema["properties"])
    for name, each in declared["properties"].items():
        properties[name] = {**properties.get(name, {}), **each}
    required = list(dict.fromkeys([*schema.get("required", ()), *declared["required"]]))
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}
