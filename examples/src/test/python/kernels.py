"""What the experiment kernels shows, in Python: NumPy functions that give the lock up, on one thread and on two.

Written for NumPy 2.4. Prints for each function and number of elements how long a call takes and what the second thread brings.
"""

import statistics
import threading
import time

import numpy

SECONDS = 0.15
ROUNDS = 5
FUNCTIONS = {"sqrt": lambda a: numpy.sqrt(a, out=a), "add": lambda a: numpy.add(a, 1.0, out=a)}


def speed(function, size, threads):
    """Calls a second of all threads together."""
    calls = [0] * threads
    ready = threading.Barrier(threads)

    def work(number):
        column = numpy.arange(1, size + 1, dtype=float)
        ready.wait()
        end = time.perf_counter() + SECONDS
        done = 0
        while time.perf_counter() < end:
            function(column)
            done += 1
        calls[number] = done

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(calls) / SECONDS


for name, function in FUNCTIONS.items():
    for size in (1_000, 10_000, 100_000, 1_000_000):
        speed(function, size, 1)
        rounds = [(speed(function, size, 1), speed(function, size, 2)) for _ in range(ROUNDS)]
        micros = 1e6 / statistics.median(one for one, _ in rounds)
        print(f"{name} of {size:,}: {micros:.2f} us a call, 2 threads {statistics.median(b / a for a, b in rounds):.2f}x")
