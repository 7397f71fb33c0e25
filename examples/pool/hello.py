# Ten tasks that print as they go; nobody waits for their results. What they print is shown at once.
import sys
import time
from multiprocessing import Pool


def hello(n, pause_ms):
    for i in range(3):
        print(f"hello {n}", flush=True)
        time.sleep(pause_ms / 1000)


if __name__ == "__main__":
    pause_ms = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    pool = Pool(processes=4)
    for n in range(10):
        pool.apply_async(hello, (n, pause_ms))
    pool.close()
    pool.join()
    print("Sub-process(es) done.")
