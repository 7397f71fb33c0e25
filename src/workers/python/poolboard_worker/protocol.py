"""
Messages between the pool and this process: src/shared/wire.ts, framed for a stream.

A frame is two little-endian unsigned 32-bit numbers (length of the header, length of all columns), a header in
JSON, and the columns one after another; the header's `columns` says how long each is. Columns are what is long:
JSON texts separated by newlines, and packed numbers. They cross Node untouched.
"""

import json
import os
import struct
import threading

from .streams import host_is_gone

_lengths = struct.Struct("<II")
_dumps = json.JSONEncoder(separators=(",", ":")).encode


class Channel:
    """Both directions. Messages that belong together are sent under `lock`."""

    def __init__(self, read_fd, write_fd):
        self._input = open(read_fd, "rb", buffering=1 << 18, closefd=False)
        self._output = write_fd
        self._pid = os.getpid()
        self.lock = threading.RLock()

    @property
    def is_inherited(self):
        """True in a child that a task made with os.fork(): the channel is that of its parent, the worker."""
        return os.getpid() != self._pid

    def receive(self):
        """The next message and its columns; None where the host has gone."""
        lengths = self._input.read(_lengths.size)
        if len(lengths) < _lengths.size:
            return None
        header_length, _ = _lengths.unpack(lengths)
        message = json.loads(self._input.read(header_length))
        columns = [self._input.read(length) for length in message.pop("columns", ())]
        return message, columns

    def send(self, message, columns=()):
        if self.is_inherited:
            return  # the child would speak in the worker's name, and into its words
        if columns:
            message["columns"] = [len(column) for column in columns]
        header = _dumps(message).encode("ascii")
        size = sum(map(len, columns))
        with self.lock:
            try:
                self._write(b"".join((_lengths.pack(len(header), size), header, *columns)))
            except OSError:
                host_is_gone()

    def _write(self, data):
        written = os.write(self._output, data)
        if written < len(data):
            rest = memoryview(data)
            while written < len(data):
                written += os.write(self._output, rest[written:])
