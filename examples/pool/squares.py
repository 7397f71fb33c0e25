# x * x for ten x. A callback is handed each result the moment that it is ready: the larger x, the later.
import sys
import time
from multiprocessing import Pool


def show(result):
    print(result, flush=True)


def square(x, pause_ms):
    time.sleep(x * pause_ms / 1000)
    return x * x


if __name__ == "__main__":
    pause_ms = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pool = Pool()
    for x in range(10):
        pool.apply_async(square, (x, pause_ms), callback=show)
    pool.close()
    pool.join()
