"""A program for multiprocessing.Pool, as one has it lying around. Poolboard runs its function as it is."""

from multiprocessing import Pool


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


if __name__ == "__main__":
    with Pool() as pool:
        print(pool.map(collatz, range(1, 21)))
