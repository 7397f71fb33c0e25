"""
A worker process of the pool that runs Python function files.

Started as `python worker.py NAME READ WRITE [LIFELINE]`: a name for process lists, and the numbers of file
descriptors (see poolboard_worker/streams.py). Plain standard library, Python 3.9 and newer.
"""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 9):
        sys.exit("Poolboard needs Python 3.9 or newer; this is Python " + sys.version.split()[0] + ".")

    from poolboard_worker.main import main

    main([int(number) for number in sys.argv[2:]])
