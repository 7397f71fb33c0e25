"""The file descriptors that this process was given, made safe from the code that runs in it."""

import os
import signal
import sys


def open_streams(read_fd, write_fd):
    """
    The descriptors to read messages from and to write them to, which children of this process do not inherit.

    Where they are 0 and 1 (systems on which a process is given no others), tasks find standard input empty, and
    what native code writes to standard output joins standard error.
    """
    if (read_fd, write_fd) != (0, 1):
        os.set_inheritable(read_fd, False)
        os.set_inheritable(write_fd, False)
        return read_fd, write_fd
    streams = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        for stream in streams:
            msvcrt.setmode(stream, os.O_BINARY)
    return streams


def hold_lifeline(fd):
    """
    Ties this process and its children to the host: nothing is ever sent through `fd`, so the one thing that
    can happen to it is that the host dies. The kernel then kills the process group, also while a task is in
    native code where no thread of Python gets a turn (fcntl(2), F_SETOWN and F_SETSIG).
    """
    import fcntl

    os.set_inheritable(fd, False)
    fcntl.fcntl(fd, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(fd, 10, signal.SIGKILL)  # F_SETSIG, which the module does not name
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    fcntl.fcntl(fd, fcntl.F_SETFL, flags | fcntl.FASYNC)


def host_is_gone():
    """Ends this process and its children at once."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
