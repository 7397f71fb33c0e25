"""Whether files that were loaded have changed since."""

import os

_stamps = {}


def note(files):
    """Notes these files as they are now; those noted before keep their first stamp."""
    for file in files:
        if file not in _stamps:
            _stamps[file] = _stamp(file)


def changed():
    """A loaded module stays loaded for as long as its process lives: then the process has to be replaced."""
    return any(_stamp(file) != stamp for file, stamp in _stamps.items())


def _stamp(file):
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
