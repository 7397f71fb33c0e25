"""multiprocessing.Pool: python3 pool.py map|imap_unordered|apply_async|futures TASKS [CHUNKSIZE]

Prints one line of JSON: tasks, seconds, peakMb.
"""

import json
import resource
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import Pool


def square(x):
    return x * x


def by_map(pool, tasks):
    results = pool.map(square, range(tasks))
    return lambda: (len(results), sum(value & 0xFFFF for value in results))


def by_imap_unordered(pool, tasks, chunksize):
    count = low = 0
    for value in pool.imap_unordered(square, range(tasks), chunksize):
        count += 1
        low += value & 0xFFFF
    return lambda: (count, low)


def by_apply_async(pool, tasks):
    count = low = 0
    done = threading.Event()

    def callback(value):
        nonlocal count, low
        count += 1
        low += value & 0xFFFF
        if count == tasks:
            done.set()

    for x in range(tasks):
        pool.apply_async(square, (x,), callback=callback)
    done.wait()
    return lambda: (count, low)


def by_futures(_, tasks):
    count = low = 0
    with ProcessPoolExecutor() as executor:
        for value in as_completed([executor.submit(square, x) for x in range(tasks)]):
            count += 1
            low += value.result() & 0xFFFF
    return lambda: (count, low)


ways = {"map": by_map, "imap_unordered": by_imap_unordered, "apply_async": by_apply_async, "futures": by_futures}

if __name__ == "__main__":
    way, tasks, *more = sys.argv[1:]
    tasks = int(tasks)
    with Pool() as pool:
        pool.map(square, range(10_000))
        started = time.perf_counter()
        found = ways[way](pool, tasks, *map(int, more))
        seconds = time.perf_counter() - started
    expected = (tasks, sum((x * x) & 0xFFFF for x in range(tasks)))
    if found() != expected:
        sys.exit(f"{way}: wrong results: {found()} in place of {expected}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    print(json.dumps({"tasks": tasks, "seconds": seconds, "peakMb": round(peak)}))
