"""
Parameters, checked against what a file declares: src/shared/params.ts once more, with the same sentences.
"""

import json
import math

from .errors import PoolboardError

_nouns = {"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false"}
_booleans = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
_most_safe = 2**53 - 1


def parse_params(schema, given):
    """
    The parameters given, read as the schema wants them (the command line knows only texts), with defaults for
    those absent. Raises PoolboardError BAD_PARAM with a sentence for each problem.
    """
    params, problems = {}, []
    properties = schema["properties"]
    for name in given:
        if name not in properties:
            problems.append(_unknown(properties, name))
    for name, wanted in properties.items():
        raw = given.get(name)
        is_required = name in schema.get("required", ())
        if raw is None or raw == "" and (is_required or wanted["type"] != "string" or "enum" in wanted):
            if "default" in wanted:
                params[name] = wanted["default"]
            elif is_required:
                choice = _one_of(wanted["enum"]) if "enum" in wanted else _nouns[wanted["type"]]
                problems.append(f"The parameter {name} is missing; give {choice}.")
            continue
        value, problem = _read(name, wanted, raw)
        if problem:
            problems.append(problem)
        else:
            params[name] = value
    if problems:
        raise PoolboardError("BAD_PARAM", " ".join(problems))
    return params


def _read(name, wanted, raw):
    value = _coerce(wanted["type"], raw)
    if value is None:
        return None, f"The parameter {name} is {_show(raw)}; it must be {_nouns[wanted['type']]}."
    choices = wanted.get("enum")
    if choices and not any(type(each) is type(value) and each == value for each in choices):
        return None, f"The parameter {name} is {_show(raw)}; it must be {_one_of(choices)}."
    if type(value) in (int, float):
        least, most = wanted.get("minimum"), wanted.get("maximum")
        if least is not None and value < least or most is not None and value > most:
            return None, f"The parameter {name} is {_number(value)}; it must be {_bounds(least, most)}."
    return value, None


def _coerce(kind, raw):
    if kind == "string":
        if isinstance(raw, bool):
            return "true" if raw else "false"
        return raw if isinstance(raw, str) else _number(raw) if isinstance(raw, (int, float)) else None
    if kind == "boolean":
        if isinstance(raw, bool):
            return raw
        return _booleans.get(raw.strip().lower()) if isinstance(raw, str) else None
    number = _to_number(raw)
    if number is None or not math.isfinite(number):
        return None
    if kind == "integer" and (number != int(number) or abs(number) > _most_safe):
        return None
    # A whole number is an int, as it is in JavaScript and in JSON.
    return int(number) if number == int(number) and abs(number) <= _most_safe else number


def _to_number(raw):
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float)):
        return raw
    try:
        return float(raw) if isinstance(raw, str) and "_" not in raw else None
    except ValueError:
        return None


def _unknown(properties, name):
    if not properties:
        return f"There is no parameter {name}: this task has no parameters."
    return f"There is no parameter {name}; this task has {_list(list(properties), 'and')}."


def _bounds(least, most):
    if least is None:
        return f"at most {_number(most)}"
    return f"at least {_number(least)}" if most is None else f"from {_number(least)} to {_number(most)}"


def _one_of(choices):
    return _list([each if isinstance(each, str) else _number(each) for each in choices], "or")


def _list(words, last):
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _show(raw):
    text = f'"{raw}"' if isinstance(raw, str) else json.dumps(raw, separators=(",", ":"), ensure_ascii=False)
    return text[:60] + "…" if len(text) > 60 else text


def _number(value):
    return str(int(value)) if value == int(value) else repr(value)
