"""Task files as modules."""

import importlib.machinery
import importlib.util
import os
import sys
import types

from .errors import PoolboardError, describe

_loaded = {}  # module by file


def load_file(file):
    """
    The module of a task file. Runs it once in each process, under a name that is not `__main__`, so that
    what a script does under `if __name__ == "__main__"` is not done; with its folder first in sys.path, so
    that it imports what lies beside it. Raises PoolboardError, or what the file raised.
    """
    enter_folder(file)
    module = _loaded.get(file)
    if module is None:
        module = _loaded[file] = _run(file)
    return module


def enter_folder(file):
    """As if the file had been started by `python file`; the first entry was the folder of worker.py."""
    sys.path[0] = os.path.dirname(file)
    sys.argv = [file]


def _run(file):
    name = os.path.basename(file)
    source = _read(file, name)
    module = _new_module(file)
    sys.modules[module.__name__] = module
    try:
        exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    except BaseException as error:
        sys.modules.pop(module.__name__, None)
        refusal = _refusal(error, file, name)
        if refusal is None:
            raise
        raise refusal from error
    return module


def _read(file, name):
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        raise PoolboardError("TASK_FILE_MISSING", f"There is no task file {file}.") from None
    except IsADirectoryError:
        raise PoolboardError("TASK_FILE_KIND", f"{file} is a folder: choose a Python file in it.") from None
    except OSError as error:
        raise PoolboardError("TASK_FILE_UNREADABLE", f"{file} cannot be read: {error.strerror}.") from None


def _new_module(file):
    name = _free_name(os.path.splitext(os.path.basename(file))[0])
    module = types.ModuleType(name)
    module.__file__ = file
    # With a spec, inspect.getsource, pickle and multiprocessing in a task find the module again.
    loader = importlib.machinery.SourceFileLoader(name, file)
    module.__spec__ = importlib.util.spec_from_file_location(name, file, loader=loader)
    module.__loader__ = loader
    return module


def _free_name(stem):
    """The file's own name where nobody else has it, so that modules beside it can import it back."""
    if stem.isidentifier() and stem not in sys.modules and not _is_installed(stem):
        return stem
    number = 1
    while f"poolboard_task_{number}" in sys.modules:
        number += 1
    return f"poolboard_task_{number}"


def _is_installed(name):
    folder = sys.path[0]
    try:
        spec = importlib.machinery.PathFinder.find_spec(name, [path for path in sys.path if path != folder])
    except (ImportError, ValueError):
        return True
    return spec is not None or name in sys.builtin_module_names


def _refusal(error, file, name):
    """A sentence for the errors that one meets; None for what the file raised itself."""
    if isinstance(error, SyntaxError):
        where = name if error.filename in (file, None) else error.filename
        return PoolboardError(
            "TASK_FILE_SYNTAX", f"{where}, line {error.lineno}: {error.msg}.", *_where(error)
        )
    if isinstance(error, ModuleNotFoundError) and error.name:
        return PoolboardError(
            "MISSING_DEPENDENCY",
            f"{name} imports {error.name}, which {sys.executable} does not have. Install it there, "
            "or choose another interpreter.",
            *_where(error, file),
        )
    if isinstance(error, SystemExit):
        return PoolboardError(
            "TASK_FILE_THREW",
            f"{name} calls sys.exit() while it is loaded. "
            'Put what it does as a program under `if __name__ == "__main__":`.',
            *_where(error, file),
        )
    if isinstance(error, (Exception, KeyboardInterrupt)):
        return PoolboardError(
            "TASK_FILE_THREW",
            f"{name} cannot be loaded: {type(error).__name__}: {error}",
            *_where(error, file),
        )
    return None


def _where(error, file=None):
    info = describe(error, os.path.dirname(file) + os.sep if file else None)
    return info.get("place"), info.get("stack")


def clashes(file):
    """
    True where a module that another task file imported from its own folder would be taken for the one of the
    same name beside this file.
    """
    folder = os.path.dirname(file)
    loaded = own_files()
    for name, module in list(sys.modules.items()):
        loaded_from = getattr(module, "__file__", None)
        if "." in name or loaded_from not in loaded:
            continue
        for beside in (os.path.join(folder, name + ".py"), os.path.join(folder, name, "__init__.py")):
            if beside != file and os.path.exists(beside) and not os.path.samefile(beside, loaded_from):
                return True
    return False


def own_files():
    """The task files that were loaded, and the files that they imported from their own folders."""
    folders = tuple(os.path.dirname(file) + os.sep for file in _loaded)
    files = set(_loaded)
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.startswith(folders) and not _is_of_environment(file):
            files.add(file)
    return files


def _is_of_environment(file):
    return "site-packages" in file or file.startswith(
        (sys.prefix + os.sep, os.path.dirname(os.__file__) + os.sep)
    )
