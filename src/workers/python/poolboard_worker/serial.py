"""Tasks one after another."""

import json
from time import perf_counter as now

from .encode import CANCELED, ERROR, Json, encode, encode_error, scalars
from .results import most_characters, patience
from .running import Span, state

_never = float("inf")


def read_inputs(chunk):
    # A newline in JSON text is always a separator: inside a text it is escaped.
    return json.loads(b"[" + chunk.inputs.replace(b"\n", b",") + b"]")


class SerialRunner:
    def __init__(self, results, gate):
        self._results = results
        self._gate = gate

    def run(self, job, chunk):
        results = self._results
        inputs = read_inputs(chunk)
        chunk.inputs = None
        count = len(inputs)
        position = 0
        while position < count:
            if chunk.dropped and chunk.indices[position] in chunk.dropped:
                results.cancel(chunk, chunk.indices[position])
                position += 1
                continue
            start = now()
            limit = -_never if chunk.tells_each else results.due or start + patience
            span = Span(chunk, position, start, limit)
            # By position, for an interrupt may come between two tasks, when nobody knows what was taken.
            rest = iter(inputs)
            rest.__setstate__(position)
            error = self._run_span(job, span, rest)
            if error is not None:
                self._failed(job, span, error)
            results.collect(span)
            position += len(span.ends)
            if position < count:
                if chunk.tells_each:
                    results.flush()
                self._gate.pass_through()
                if chunk.revoked:
                    return

    def _run_span(self, job, span, rest):
        """
        Runs tasks until the span's limit, at least one, or until one raises. Answers what it raised.
        The one loop here that a tiny task is not long against.
        """
        call = job.call
        append, met, ended = span.values.append, span.kinds.add, span.ends.append
        characters = 0
        if span.chunk.dropped:
            span.limit = -_never
        try:
            try:
                state.span = span
                for value in rest:
                    result = call(value)
                    kind = result.__class__
                    if kind is not int:
                        if kind not in scalars:
                            if kind is not str or len(result) > most_characters:
                                result = encode(result)
                                kind = Json
                            characters += len(result)
                            if characters > most_characters:
                                span.limit = -_never
                        met(kind)
                    append(result)
                    end = now()
                    ended(end)
                    if end > span.limit:
                        break
                state.span = None
            except BaseException as error:
                state.span = None
                return error
        except KeyboardInterrupt as error:
            # In the very moment in which the task failed by itself. There is no second one.
            state.span = None
            return error
        return None

    def _failed(self, job, span, error):
        index, chunk = span.index, span.chunk
        if len(span.ends) < len(span.values):
            # Interrupted between the two: that one had ended.
            span.ends.append(now())
        if index is None:
            return
        text = encode_error(error, job.folder)
        with self._results.lock:
            span.outcome = CANCELED if index in chunk.interrupted else ERROR
            span.kinds.add(Json)
            span.values.append(text)
            span.ends.append(now())
            self._results.collect(span)
