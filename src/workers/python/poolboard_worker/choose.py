"""Which function of a file is the task."""

import inspect
import os

from .errors import PoolboardError

_hooks = ("setup", "teardown")
_positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def choose_function(module, wanted):
    """
    The function named `wanted`; else `task`; else the only public function defined in the file that takes one
    or two arguments. Raises PoolboardError.
    """
    file = os.path.basename(module.__file__)
    if wanted is not None:
        return _named(module, wanted, file)
    task = getattr(module, "task", None)
    if callable(task):
        return task
    functions = _functions(module)
    candidates = [name for name, function in functions.items() if 1 <= len(required(function)) <= 2]
    if len(candidates) > 1 and "main" in candidates:
        candidates.remove("main")
    if len(candidates) == 1:
        return functions[candidates[0]]
    if candidates:
        raise PoolboardError(
            "AMBIGUOUS_FUNCTION",
            f"{file} has {len(candidates)} functions that could be the task: {', '.join(candidates)}. "
            "Name one with --function.",
        )
    raise _none(file, functions)


def _named(module, wanted, file):
    function = getattr(module, wanted, None)
    if callable(function):
        return function
    if function is not None:
        raise PoolboardError(
            "NO_SUCH_FUNCTION", f"{wanted} in {file} is a {type(function).__name__}, not a function."
        )
    names = ", ".join(_functions(module)) or "no functions"
    raise PoolboardError("NO_SUCH_FUNCTION", f"{file} has no function {wanted}; it has {names}.")


def _functions(module):
    return {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and name not in _hooks
    }


def _none(file, functions):
    if not functions:
        return PoolboardError("NO_FUNCTION", f"{file} has no function. Write `def task(input): ...` in it.")
    if len(functions) == 1:
        name, function = next(iter(functions.items()))
        return wrong_arguments(file, name, function)
    return PoolboardError(
        "NO_FUNCTION",
        f"No function of {file} takes one argument, the input: {', '.join(functions)}. "
        "Write `def task(input): ...`, or name one with --function.",
    )


def wrong_arguments(file, name, function):
    count = len(required(function))
    if count == 0:
        return PoolboardError(
            "BAD_FUNCTION",
            f"The function {name} of {file} takes no arguments, but a task is given its input: "
            f"write `def {name}(input): ...`.",
        )
    return PoolboardError(
        "BAD_FUNCTION",
        f"The function {name} of {file} needs {count} arguments, but a task is given its input and, "
        f"where it wants, ctx: write `def {name}(input): ...`.",
    )


def required(function):
    """The positional parameters that have no default."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return ["input"]  # some functions of native code do not tell
    return [p.name for p in parameters if p.kind in _positional and p.default is p.empty]
