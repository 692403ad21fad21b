"""The work of delays.yaml in Python's standard library alone: the same rows, the same bits, the same digest.

baton lab python runs it in every Python it finds, compiled beforehand: python -c "import delays; delays.main()" FILE WORKERS ROUNDS
It prints one line of JSON: what this Python is, and for each way of running it the seconds of each round and the output's digest.

A pass over the blocks of the file finds the least and greatest distance and the origins; a second one transforms and digests.
The digest is defined in docs/digest.md; those of blocks combine, so workers compute their part.
"""
import asyncio
import concurrent.futures
import json
import math
import multiprocessing
import multiprocessing.shared_memory
import os
import platform
import struct
import sys
import sysconfig
import time

BLOCK_BYTES = 64 * 1024
BUCKETS = 1000
MASK = (1 << 64) - 1

# ---- the digest ----

PRIME = (1 << 61) - 1
BASE = 0x0B5297A4D3F1C6E9
GOLDEN = 0x9E3779B97F4A7C15
WORD = 0xA0761D6478BD642F


def mix(x):
    x ^= x >> 33
    x = x * 0xFF51AFD7ED558CCD & MASK
    x ^= x >> 33
    x = x * 0xC4CEB9FE1A85EC53 & MASK
    return x ^ x >> 33


def signed(x):
    return x - (1 << 64) if x >> 63 else x


def digest_of_bytes(data):
    h = GOLDEN * (len(data) + 1) & MASK
    for i in range(0, len(data), 8):
        x = signed(h ^ int.from_bytes(data[i:i + 8], "little")) * signed(WORD)
        h = (x >> 64 ^ x) & MASK
    return h


SCHEMA = (("delay", "int64"), ("distance", "float64"), ("origin", "int32"), ("destination", "int32"), ("late", "bool"),
          ("detour", "float64"))
SEEDS = [mix(GOLDEN * (i + 1) & MASK) for i in range(len(SCHEMA))]


def digest(total, rows):
    text = "".join("%d:%s:%s;" % (len(name), name, kind) for name, kind in SCHEMA)
    return "%016x" % mix(total ^ mix(rows ^ mix(mix(digest_of_bytes(text.encode())))))


# ---- XXH64 of short texts ----

P1, P2, P3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P4, P5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5


def rotate(x, by):
    return (x << by | x >> 64 - by) & MASK


def xxh64(data):
    """Of fewer than 32 bytes, with seed 0."""
    h = P5 + len(data)
    at = 0
    while at + 8 <= len(data):
        lane = rotate(int.from_bytes(data[at:at + 8], "little") * P2 & MASK, 31) * P1 & MASK
        h = rotate(h ^ lane, 27) * P1 + P4 & MASK
        at += 8
    if at + 4 <= len(data):
        h = rotate(h ^ int.from_bytes(data[at:at + 4], "little") * P1 & MASK, 23) * P2 + P3 & MASK
        at += 4
    while at < len(data):
        h = rotate(h ^ data[at] * P5 & MASK, 11) * P1 & MASK
        at += 1
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32


# ---- the work ----


def parse(block):
    """Rows of delay, distance, origin, destination. The file quotes nothing but its head."""
    rows = []
    for line in block.decode().splitlines():
        _, delay, distance, origin, destination = line.split(",")
        rows.append((int(delay), int(distance), origin, destination))
    return rows


def fit(block):
    """What the second pass must know of a block: least and greatest distance, origins."""
    rows = parse(block)
    distances = [row[1] for row in rows]
    return min(distances), max(distances), {row[2] for row in rows}


def merge(parts):
    parts = list(parts)
    least = float(min(part[0] for part in parts))
    most = float(max(part[1] for part in parts))
    origins = sorted(set().union(*(part[2] for part in parts)))
    return least, 1.0 / (most - least), {origin: code for code, origin in enumerate(origins)}


def transform(block, fitted):
    """The new columns of a block."""
    least, factor, codes = fitted
    columns = ([], [], [], [], [], [])
    delays, distances, origins, destinations, lates, detours = columns
    for delay, distance, origin, destination in parse(block):
        detours.append(math.sqrt(distance) * (delay + 60.5) / (distance + 1))
        lates.append(delay > 15)
        delays.append(min(max(delay, -30), 180))
        distances.append((distance - least) * factor)
        origins.append(codes[origin])
        destinations.append((xxh64(destination.encode()) >> 32) * BUCKETS >> 32)
    return columns


def digest_block(columns):
    """The sum of a block and its number of rows."""
    delay_seed, distance_seed, origin_seed, destination_seed, late_seed, detour_seed = SEEDS
    bits = struct.Struct("<d")
    word = struct.Struct("<Q")
    total = 0
    for delay, distance, origin, destination, late, detour in zip(*columns):
        h = (mix(delay & MASK ^ delay_seed)
             + mix(word.unpack(bits.pack(distance))[0] ^ distance_seed)
             + mix(origin ^ origin_seed)
             + mix(destination ^ destination_seed)
             + mix(late ^ late_seed)
             + mix(word.unpack(bits.pack(detour))[0] ^ detour_seed))
        total = (total * BASE + (h & MASK)) % PRIME
    return total, len(columns[0])


def combine(parts):
    total = rows = 0
    for part, count in parts:
        total = (total * pow(BASE, count, PRIME) + part) % PRIME
        rows += count
    return digest(total, rows)


def both(block, fitted):
    columns = transform(block, fitted)
    return columns, digest_block(columns)


def blocks(path):
    """The file's rows in blocks of whole lines."""
    with open(path, "rb") as file:
        data = file.read()
    at = data.index(b"\n") + 1
    found = []
    while at < len(data):
        end = data.find(b"\n", min(at + BLOCK_BYTES, len(data) - 1)) + 1
        end = end if end > 0 else len(data)
        found.append(data[at:end])
        at = end
    return found


# ---- ways of running it ----


def sequential(source, workers):
    fitted = merge(map(fit, source))
    return combine([both(block, fitted)[1] for block in source])


def threads(source, workers):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        fitted = merge(pool.map(fit, source))
        return combine([part for _, part in pool.map(lambda block: both(block, fitted), source)])


def with_asyncio(source, workers):
    """Coroutines take turns on one thread; they never wait for anything but each other."""
    async def of(function, *arguments):
        await asyncio.sleep(0)
        return function(*arguments)

    async def run():
        fitted = merge(await asyncio.gather(*(of(fit, block) for block in source)))
        return combine([part for _, part in await asyncio.gather(*(of(both, block, fitted) for block in source))])

    return asyncio.run(run())


def pickled_both(job):
    return both(*job)


class Pickling:
    """Blocks travel to the worker and columns back, as pickles."""

    def __init__(self, source, workers):
        self.pool = multiprocessing.Pool(workers)

    def __call__(self, source, workers):
        fitted = merge(self.pool.map(fit, source, 1))
        parts = self.pool.map(pickled_both, [(block, fitted) for block in source], 1)
        return combine([part for _, part in parts])

    def close(self):
        self.pool.close()
        self.pool.join()


ROW = struct.Struct("<qdiiid")
shared = {}


def attach(input_name, output_name):
    shared["input"] = multiprocessing.shared_memory.SharedMemory(input_name)
    shared["output"] = multiprocessing.shared_memory.SharedMemory(output_name)


def shared_fit(place):
    start, end, _ = place
    return fit(bytes(shared["input"].buf[start:end]))


def shared_both(job):
    (start, end, row), fitted = job
    columns, part = both(bytes(shared["input"].buf[start:end]), fitted)
    at = row * ROW.size
    for values in zip(*columns):
        ROW.pack_into(shared["output"].buf, at, *values)
        at += ROW.size
    return part


class Sharing:
    """The file lies in shared memory, and so do the new columns: what travels says where."""

    def __init__(self, source, workers):
        rows = sum(block.count(b"\n") for block in source)
        self.input = multiprocessing.shared_memory.SharedMemory(create=True, size=sum(map(len, source)))
        self.output = multiprocessing.shared_memory.SharedMemory(create=True, size=rows * ROW.size)
        self.places = []
        at = row = 0
        for block in source:
            self.input.buf[at:at + len(block)] = block
            self.places.append((at, at + len(block), row))
            at += len(block)
            row += block.count(b"\n")
        self.pool = multiprocessing.Pool(workers, attach, (self.input.name, self.output.name))

    def __call__(self, source, workers):
        fitted = merge(self.pool.map(shared_fit, self.places, 1))
        return combine(self.pool.map(shared_both, [(place, fitted) for place in self.places], 1))

    def close(self):
        self.pool.close()
        self.pool.join()
        for memory in (self.input, self.output):
            memory.close()
            memory.unlink()


def gil():
    """Whether there is a global lock in this process."""
    return sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True


def measure(ways, source, workers, rounds):
    """Each way once to warm up, with what has to be started, then all in turn, so that what slows the machine for a while slows all."""
    results, started = {}, {}
    try:
        # Worker processes first: a fork is safest while there is one thread.
        for name in sorted(ways, key=lambda name: not isinstance(ways[name], type)):
            begin = time.perf_counter()
            way = ways[name]
            started[name] = way(source, workers) if isinstance(way, type) else way
            started[name](source, workers)
            results[name] = {"firstSeconds": time.perf_counter() - begin, "seconds": [], "digests": set()}
        for _ in range(rounds):
            for name in ways:
                begin = time.perf_counter()
                results[name]["digests"].add(started[name](source, workers))
                results[name]["seconds"].append(time.perf_counter() - begin)
    finally:
        for way in started.values():
            if hasattr(way, "close"):
                way.close()
    return {name: {**results[name], "digests": sorted(results[name]["digests"])} for name in ways}


WAYS = {"sequential": sequential, "threads": threads, "processes, pickle": Pickling,
        "processes, shared memory": Sharing, "asyncio": with_asyncio}


def main():
    path, workers, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    source = blocks(path)
    print(json.dumps({
        "implementation": platform.python_implementation(),
        "version": platform.python_version(),
        "freeThreadedBuild": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "gil": gil(),
        "startMethod": multiprocessing.get_start_method(),
        "ways": measure(WAYS, source, workers, rounds),
    }))


if __name__ == "__main__":
    main()
