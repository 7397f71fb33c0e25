"""What a task is given as `ctx`."""


class Context:
    """
    progress(fraction, message=None): how much of the task is done, 0 to 1.
    log(*values): writes a line to the task's output.
    params: the batch's parameters, by name.
    canceled: True once the task was asked to stop; KeyboardInterrupt is raised in it too.
    index: position of the task in its batch, from 0.
    """

    __slots__ = ("_outlet", "_chunk", "index", "params")

    def __init__(self, outlet, chunk, index, params):
        self._outlet = outlet
        self._chunk = chunk
        self.index = index
        self.params = params

    def progress(self, fraction, message=None):
        fraction = min(1.0, max(0.0, float(fraction)))
        self._outlet.progress(
            self._chunk.job, self.index, fraction, None if message is None else str(message)
        )

    def log(self, *values):
        self._outlet.log(self._chunk.job, self.index, " ".join(map(str, values)) + "\n")

    @property
    def canceled(self):
        return self.index in self._chunk.aborted
