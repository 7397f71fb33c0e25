"""Exceptions as plain data: `ErrorInfo` of src/shared/errors.ts."""

import builtins
import errno
import os
import sys
import traceback

_here = os.path.dirname(os.path.abspath(__file__)) + os.sep
_max_causes = 8
_max_text = 100_000
_max_field = 2000
_max_members = 50
_nothing = object()
_ways = {}  # formatted lines by the way through the code
_most_ways = 200


class PoolboardError(Exception):
    """An error of Poolboard itself: a stable word for programs, a sentence for people."""

    def __init__(self, code, message, place=None, stack=None):
        super().__init__(message)
        self.code = code
        self.place = place
        self.stack = stack


def describe(error, folder=None):
    """
    Any exception as an ErrorInfo. Never raises, whatever the exception's own methods do.
    `folder`: where the task file lies; the place is the deepest line in there, where there is one.
    """
    try:
        return _describe(error, folder, 0)
    except Exception:
        return {"name": type(error).__name__, "message": "An exception that cannot be read was raised."}


def _describe(error, folder, depth):
    info = {"name": type(error).__name__, "message": _message(error)}
    if isinstance(error, PoolboardError):
        info["code"] = error.code
        if error.place:
            info["place"] = error.place
        if error.stack:
            info["stack"] = error.stack
    else:
        code = _code(error)
        if code is not None:
            info["code"] = code
        frames = _own_frames(error.__traceback__)
        info["stack"] = _stack(error, frames)
        place = _place(error, frames, folder)
        if place:
            info["place"] = place
        fields = _fields(error, folder, depth)
        if fields:
            info["fields"] = fields
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    if cause is not None and depth < _max_causes:
        info["cause"] = _describe(cause, folder, depth + 1)
    return info


def _message(error):
    if isinstance(error, SystemExit):
        return f"The task called sys.exit({'' if error.code is None else repr(error.code)})."
    if isinstance(error, KeyError) and len(error.args) == 1:
        return f"{error.args[0]!r}"[:_max_text]
    try:
        return str(error)[:_max_text]
    except Exception:
        return f"(a {type(error).__name__} whose message cannot be read)"


def _code(error):
    if isinstance(error, SystemExit):
        return str(0 if error.code is None else error.code)[:200]
    if isinstance(error, OSError) and error.errno in errno.errorcode:
        return errno.errorcode[error.errno]
    code = _read(error, "code")
    return str(code) if isinstance(code, (str, int)) else None


def _own_frames(tb):
    """The traceback without the worker's own frames, which lie above those of the task."""
    while tb is not None and os.path.abspath(tb.tb_frame.f_code.co_filename).startswith(_here):
        tb = tb.tb_next
    return tb


def _stack(error, frames):
    try:
        text = _formatted(error, frames)
    except Exception:
        text = "".join(traceback.format_tb(frames)) + f"{type(error).__name__}: {_message(error)}"
    if len(text) > _max_text:
        left_out = len(text) - _max_text
        half = _max_text // 2
        text = f"{text[:half]}\n[{left_out} characters left out]\n{text[-half:]}"
    return text


def _formatted(error, frames):
    """As the interpreter prints it. Ten thousand tasks fail in the same place: its lines are formatted once."""
    is_plain = error.__cause__ is None and error.__context__ is None and not hasattr(error, "exceptions")
    if not is_plain or frames is None or isinstance(error, SyntaxError):
        return "".join(traceback.format_exception(type(error), error, frames))
    way = []
    tb = frames
    while tb is not None:
        way.append((tb.tb_frame.f_code, tb.tb_lasti))
        tb = tb.tb_next
    way = tuple(way)
    lines = _ways.get(way)
    if lines is None:
        if len(_ways) >= _most_ways:
            _ways.clear()
        lines = _ways[way] = "Traceback (most recent call last):\n" + "".join(traceback.format_tb(frames))
    return lines + "".join(traceback.format_exception_only(type(error), error))


def _place(error, frames, folder):
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        place = {"file": error.filename, "line": error.lineno}
        if error.offset and error.offset > 0:
            place["column"] = error.offset
        return place
    found = None
    for frame, line in traceback.walk_tb(frames):
        file = frame.f_code.co_filename
        if folder and file.startswith(folder) and "site-packages" not in file:
            found = {"file": file, "line": line}
    if found is None:
        for frame, line in traceback.walk_tb(frames):
            if not frame.f_code.co_filename.startswith("<"):
                found = {"file": frame.f_code.co_filename, "line": line}
    return found


def _fields(error, folder, depth):
    """What the exception holds beyond its message, where JSON can hold it."""
    fields = {}
    if isinstance(error, OSError):
        for name in ("errno", "filename", "filename2"):
            value = getattr(error, name, None)
            if value is not None:
                fields[name] = _simple(value)
    elif len(error.args) > 1:
        fields["args"] = [_simple(value) for value in error.args[:20]]
    for name in _attributes(error):
        value = _read(error, name)
        is_error = isinstance(value, BaseException) and value is not error and depth < 3
        fields[name] = _describe(value, folder, depth + 1) if is_error else _simple(value)
    notes = _read(error, "__notes__")
    if isinstance(notes, list) and notes:
        fields["notes"] = [str(note)[:_max_field] for note in notes[:_max_members]]
    group = getattr(builtins, "BaseExceptionGroup", None)
    if group is not None and isinstance(error, group):
        fields.pop("args", None)
        fields["exceptions"] = (
            [_describe(each, folder, depth + 1) for each in error.exceptions[:_max_members]]
            if depth < _max_causes
            else len(error.exceptions)
        )
    return fields


def _attributes(error):
    names = list(getattr(error, "__dict__", ()))
    for kind in type(error).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        names += [slots] if isinstance(slots, str) else slots
    found = [name for name in names if isinstance(name, str) and not name.startswith("_") and name != "code"]
    return [name for name in dict.fromkeys(found) if _read(error, name, _nothing) is not _nothing][:50]


def _read(error, name, otherwise=None):
    try:
        return getattr(error, name, otherwise)
    except Exception:
        return otherwise


def _simple(value, depth=0):
    if value is None or isinstance(value, (bool, str)):
        return value if not isinstance(value, str) else value[:_max_field]
    if type(value) is int and abs(value) < 2**53:
        return value
    if type(value) is float and value == value and value not in (float("inf"), float("-inf")):
        return value
    if isinstance(value, (list, tuple)) and len(value) <= 20 and depth < 4:
        return [_simple(item, depth + 1) for item in value]
    if type(value) is dict and len(value) <= _max_members and depth < 4:
        return {
            key if isinstance(key, str) else repr(key)[:_max_field]: _simple(item, depth + 1)
            for key, item in value.items()
        }
    try:
        return repr(value)[:_max_field]
    except Exception:
        return f"(a {type(value).__name__})"


def say(error):
    """Tells of an error that belongs to no task, on the process's own standard error."""
    print(describe(error).get("stack") or str(error), file=sys.__stderr__, flush=True)
