"""What the experiment convoy shows, in Python: a server's answers beside threads that compute.

Arguments: threads that compute, seconds, microseconds from an answer to the next question.
Prints the median and the mean time to an answer, and how many a second there were while one was awaited.
"""

import multiprocessing
import socket
import statistics
import sys
import threading
import time


def ask(port, seconds, thinking, results):
    """Runs in a process of its own, so that the client needs no lock of the server's."""
    times = []
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.monotonic()
            server.send(b"x")
            server.recv(1)
            times.append(time.monotonic() - start)
            time.sleep(thinking)
    results.send(times)


def main():
    beside, seconds, thinking = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]) / 1e6
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        receiving, sending = multiprocessing.Pipe(False)
        arguments = (listening.getsockname()[1], seconds, thinking, sending)
        client = multiprocessing.get_context("fork").Process(target=ask, args=arguments)
        client.start()
        connection, _ = listening.accept()
    over = threading.Event()

    def compute():
        x = 1
        while not over.is_set():
            for _ in range(100):
                x = x * 48271 % 2147483647

    workers = [threading.Thread(target=compute) for _ in range(beside)]
    for worker in workers:
        worker.start()
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while connection.recv(1):
            connection.send(b"y")
    over.set()
    times = receiving.recv()
    client.join()
    for worker in workers:
        worker.join()
    print(f"median {statistics.median(times) * 1e3:.2f} ms, mean {statistics.mean(times) * 1e3:.2f} ms,"
          f" {len(times) / sum(times):.0f} a second")


main()
