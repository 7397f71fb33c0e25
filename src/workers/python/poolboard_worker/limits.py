"""What the launcher asks of this process beside its tasks: see src/engine/launchers/worker-variables.ts."""

import os


def take_variable(name):
    """A number from the environment, which tasks do not find there; None where it is not given."""
    try:
        return int(os.environ.pop(name))
    except (KeyError, ValueError):
        return None


def take_priority(nice):
    """For this process and what it starts; before it has other threads, for on Linux each has its own."""
    try:
        if nice:
            os.nice(nice)
    except (OSError, AttributeError):
        pass  # not permitted, or no such thing on this system


def limit_heap(megabytes):
    """
    From here on this process, and each that it starts, can take this much more memory: what wants more gets
    a MemoryError. Does nothing on systems without RLIMIT_DATA, or those that do not say what is in use.
    """
    try:
        import resource

        with open("/proc/self/status", encoding="ascii") as status:
            used = next(int(line.split()[1]) for line in status if line.startswith("VmData:")) << 10
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = used + (megabytes << 20)
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    except (ImportError, OSError, StopIteration, ValueError):
        pass
