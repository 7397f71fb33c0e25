# One task per CPU; the results are collected in the order in which the tasks were submitted.
from multiprocessing import Pool, cpu_count


def count_primes(below):
    """The primes below a number."""
    primes = 0
    for number in range(2, below):
        divisor = 2
        while divisor * divisor <= number and number % divisor != 0:
            divisor += 1
        if divisor * divisor > number:
            primes += 1
    return below, primes


if __name__ == "__main__":
    pool = Pool()
    results = []
    for n in range(1, cpu_count() + 1):
        results.append(pool.apply_async(count_primes, (n * 10_000,)))
    pool.close()
    pool.join()
    for result in results:
        below, primes = result.get()
        print(f"{primes} primes below {below}")
