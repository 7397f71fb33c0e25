"""The dictionary META of a task file: {"summary": ..., "params": ..., "concurrency": ..., "takes": ...}."""

import os

from .errors import PoolboardError

_types = {str: "string", bool: "boolean", int: "integer", float: "number"}
_takes = ("file", "url", "number", "any")
_keywords = {
    "title": str,
    "description": str,
    "default": (str, int, float, bool),
    "enum": (list, tuple),
    "minimum": (int, float),
    "maximum": (int, float),
}


def read_meta(module):
    """
    What META says, its `params` as a schema of type object. There, a parameter is a schema, or in short its
    default; a list is a choice whose first is the default. Raises PoolboardError BAD_META.
    """
    meta = getattr(module, "META", None)
    if meta is None:
        return {}
    try:
        return dict(_read(meta))
    except _Wrong as wrong:
        file = module.__file__
        sentence = f"{os.path.basename(file)}: {wrong.args[0]}."
        raise PoolboardError("BAD_META", sentence, {"file": file}) from None


class _Wrong(Exception):
    pass


def _read(meta):
    _check(isinstance(meta, dict), "META must be a dictionary")
    if meta.get("summary") is not None:
        _check(isinstance(meta["summary"], str), 'META["summary"] must be a text')
        yield "summary", meta["summary"]
    if meta.get("takes") is not None:
        _check(meta["takes"] in _takes, f'META["takes"] must be one of {", ".join(_takes)}')
        yield "takes", meta["takes"]
    if meta.get("concurrency") is not None:
        concurrency = meta["concurrency"]
        is_count = type(concurrency) is int and 1 <= concurrency <= 1024
        _check(is_count, 'META["concurrency"] must be a whole number from 1 to 1024')
        yield "concurrency", concurrency
    if meta.get("params") is not None:
        yield "params", _read_params(meta["params"])


def _read_params(declared):
    _check(isinstance(declared, dict), 'META["params"] must be a dictionary')
    required = []
    if declared.get("type") == "object":
        required = list(declared.get("required", ()))
        declared = declared.get("properties", {})
        _check(isinstance(declared, dict), 'META["params"]["properties"] must be a dictionary')
    properties = {}
    for name, each in declared.items():
        _check(isinstance(name, str), 'a name in META["params"] must be a text')
        properties[name] = _property(f'META["params"]["{name}"]', each)
    return {"type": "object", "properties": properties, "required": required}


def _property(where, declared):
    if isinstance(declared, dict):
        kind = declared.get("type")
        _check(kind in _types.values(), f"{where}: type must be one of {', '.join(_types.values())}")
        schema = {"type": kind}
        for keyword, kinds in _keywords.items():
            if declared.get(keyword) is not None:
                _check(isinstance(declared[keyword], kinds), f"{where}: {keyword} has the wrong type")
                schema[keyword] = declared[keyword]
        return schema
    if isinstance(declared, (list, tuple)):
        is_choice = len(declared) > 0 and all(type(each) in (str, int, float) for each in declared)
        _check(is_choice, f"{where} must be a list of texts or numbers")
        kind = "string" if any(isinstance(each, str) for each in declared) else "number"
        return {"type": kind, "enum": list(declared), "default": declared[0]}
    _check(type(declared) in _types, f"{where} must be a default, a list of choices or a schema")
    return {"type": _types[type(declared)], "default": declared}


def _check(is_right, sentence):
    if not is_right:
        raise _Wrong(sentence)
