"""
Results as JSON text.

| Python | JSON |
| --- | --- |
| None, bool, int, float, str, list, tuple, dict | themselves; an int keeps all its digits, a key becomes a text |
| nan, inf | null: JSON has none |
| dataclass, pydantic model, mapping, exception | an object |
| set, frozenset | a list, sorted where its members can be compared |
| deque, range, dict views, array.array | a list |
| datetime, date, time | ISO 8601 text |
| timedelta | seconds |
| Decimal, Fraction, UUID, Path, IP address | text |
| Enum | its value |
| bytes, bytearray, memoryview | {"base64": text} |
| numpy scalar, array | a number or text, (nested) lists |
| pandas Timestamp, Timedelta, NA, Period | as datetime, timedelta, null, text |
| pandas Series | an object by label; a list where its labels are 0, 1, 2, ... |
| pandas DataFrame | a list of rows, each an object by column |

Anything else is refused, which is an error of the task.
"""

import base64
import collections
import collections.abc
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import json.encoder
import re
import sys
import traceback
import uuid
from pathlib import PurePath

from .errors import PoolboardError, describe

OK, ERROR, TIMEOUT, CRASH, CANCELED = range(5)  # attemptOutcomes of src/shared/task.ts

# Results of these types need no encoding while tasks run: they cannot change, and a message's worth of them
# is encoded in one call.
scalars = frozenset((int, float, bool, type(None)))
_scalars_and_text = scalars | {str}
# The text of one result: Node cannot hold a longer string than 536,870,888 characters.
_longest = 256 << 20


class Json(str):
    """A result that is JSON text already."""

    __slots__ = ()


def encode(value):
    """The JSON text of a result. Raises PoolboardError RESULT_NOT_STORABLE."""
    try:
        text = Json(_text(value))
    except PoolboardError:
        raise
    except RecursionError:
        raise _refusal("it contains itself, or is nested too deeply") from None
    except Exception as error:
        raise _refusal(f"{type(error).__name__}: {error}") from None
    if len(text) > _longest:
        size = len(text) >> 20
        raise _refusal(f"its text is {size} MB long, over the limit of 256 MB; return the path of a file")
    return text


def encode_error(error, folder):
    if isinstance(error, MemoryError):
        # What took the memory is held by the frames that the error went through.
        traceback.clear_frames(error.__traceback__)
    return Json(_dumps(describe(error, folder)))


def encode_column(values, kinds, outcomes):
    """
    Results, JSON texts among them, as a column. `kinds`: their types; int may be left out.
    Changes `values` and `outcomes` where one of them cannot be stored.
    """
    if not kinds or kinds == {int}:
        try:
            # Faster than the json module, and tasks that return an integer are the ones that come by the million.
            return (("%d\n" * len(values))[:-1] % tuple(values)).encode()
        except ValueError:
            pass  # an integer of more digits than Python turns into text
    elif kinds == {Json} and len(set(map(type, values))) == 1:
        return _bytes("\n".join(values))
    elif kinds <= _scalars_and_text:
        try:
            return _bytes(_dumps_lines(values)[1:-1])
        except ValueError:
            pass  # a nan among them, or such an integer
    for i, value in enumerate(values):
        if type(value) is Json:
            continue
        try:
            values[i] = encode(value)
        except PoolboardError as error:
            outcomes[i] = ERROR
            values[i] = encode_error(error, None)
    return _bytes("\n".join(values))


def _bytes(text):
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Halves of surrogate pairs, as in file names that are not UTF-8: JSON can hold them as escapes.
        return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text).encode()


def _text(value):
    try:
        return _fast(value)
    except (ValueError, TypeError):
        # A nan, or a key that is no text: rarer, so paid for only where it happens.
        return _dumps(_plain(value))


def _default(value):
    """The next simpler form of a value that the json module does not know."""
    if isinstance(value, enum.Enum):
        return value.value
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        found, simpler = _from_pandas(value, pandas)
        if found:
            return simpler
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        found, simpler = _from_numpy(value, numpy)
        if found:
            return simpler
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, (PurePath, decimal.Decimal, fractions.Fraction, uuid.UUID)):
        return str(value)
    if type(value).__module__ == "ipaddress":
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, collections.abc.Set):
        try:
            return sorted(value)
        except TypeError:
            return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, collections.abc.Mapping):
        return dict(value)
    if isinstance(value, (collections.deque, range, collections.abc.MappingView)):
        return list(value)
    if isinstance(value, BaseException):
        return describe(value)
    model_dump = getattr(type(value), "model_dump", None)
    if callable(model_dump):
        return model_dump(value)
    to_list = getattr(type(value), "tolist", None)
    if callable(to_list):
        return to_list(value)
    raise _refusal(_why_not(value))


def _from_pandas(value, pandas):
    if value is pandas.NaT or value is pandas.NA:
        return True, None
    if isinstance(value, pandas.DataFrame):
        return True, value.to_dict("records")
    if isinstance(value, pandas.Series):
        counted = isinstance(value.index, pandas.RangeIndex)
        return True, value.tolist() if counted else value.to_dict()
    if isinstance(value, (pandas.Period, pandas.Interval)):
        return True, str(value)
    return False, None


def _from_numpy(value, numpy):
    if isinstance(value, (numpy.datetime64, numpy.timedelta64)):
        return True, None if numpy.isnat(value) else _from_numpy_time(value, numpy)
    if isinstance(value, numpy.ndarray) and value.dtype.kind == "M":
        texts = numpy.datetime_as_string(value)
        return True, numpy.where(numpy.isnat(value), None, texts.astype(object)).tolist()
    if isinstance(value, numpy.complexfloating):
        return False, None
    if isinstance(value, (numpy.generic, numpy.ndarray)):
        return True, value.tolist()
    return False, None


def _from_numpy_time(value, numpy):
    if isinstance(value, numpy.timedelta64):
        return float(value / numpy.timedelta64(1, "s"))
    return str(value)


def _plain(value):
    """The same value in JSON's own types, with nan as None and keys as texts."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): _plain(item) for key, item in value.items()}
    return _plain(_default(value))


def _key(key):
    if isinstance(key, str) and not isinstance(key, enum.Enum):
        return key
    if key is None or isinstance(key, (bool, int, float)) and not isinstance(key, enum.Enum):
        return json.dumps(key)
    if isinstance(key, tuple):
        return str(key)
    simpler = _default(key)
    return simpler if isinstance(simpler, str) else str(simpler)


def _why_not(value):
    kind = type(value)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(value, (collections.abc.Generator, collections.abc.Iterator)):
        return f"it holds a {name}; return list(...) of it"
    if isinstance(value, collections.abc.Awaitable):
        return f"it holds a {name} that nobody awaits; write async def, and await it"
    if callable(value):
        return f"it holds a {name}; return what it gives when it is called"
    return f"it holds a {name}; return numbers, texts, lists or dictionaries made from it"


def _refusal(why):
    return PoolboardError("RESULT_NOT_STORABLE", f"The task returned a value that cannot be stored: {why}.")


_options = {"ensure_ascii": False, "allow_nan": False, "default": _default}
_dumps = json.JSONEncoder(separators=(",", ":"), **_options).encode
# Scalars only: between the members of nested lists a newline would not do.
_dumps_lines = json.JSONEncoder(separators=("\n", ":"), check_circular=False, **_options).encode


def _make_fast():
    """As `_dumps`, but made once: JSONEncoder makes its inner encoder anew for each value."""
    make = json.encoder.c_make_encoder
    if make is None:
        return _dumps
    try:
        inner = make(None, _default, json.encoder.encode_basestring, None, ":", ",", False, False, False)
        if "".join(inner({"a": [1]}, 0)) != '{"a":[1]}':
            return _dumps
    except TypeError:
        return _dumps
    return lambda value: "".join(inner(value, 0))


_fast = _make_fast()
