"""The task of the Python measurements, as one writes it for multiprocessing.Pool."""


def square(x):
    return x * x
