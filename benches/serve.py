#!/usr/bin/env python3
"""Asks `rawi serve` as twenty readers do, and tells how long answers take.

    benches/serve.py NEWS.rawi [--clients 20] [--seconds 60] [--pause 0] [--format json]

Each client asks again as soon as it has an answer, or after a pause: the first page, searches by
words, names and filters, articles, people, quotations, events, and the API. What they ask for is
drawn from the archive, the same at every run; half of the searches repeat a few words that very
many statements have, the others ask for a word or a name that hardly anybody else asks for. Needs a release build and Python's standard library;
the clients run on the same cores as the server. `benches/figures.py` uses it for docs/server.md.
"""
import argparse
import http.client
import itertools
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
RAWI = ROOT / "target/release/rawi"
# Words that very many statements have, many, and few.
WORDS = ["الحكومة", "في", "الاقتصاد", "أسعار النفط", "مجلس الوزراء", "الانتخابات", "التعليم", "مباراة", "المستشفى", "المياه", "الزراعة", "الميناء"]
FILTERS = [
    {"about": "الحكومة", "act": "deny"}, {"about": "الحكومة", "channel": "interview"}, {"about": "الرئيس", "form": "quote"},
    {"act": "warn", "from": "2015-08-01", "until": "2015-08-31"}, {"about": "الاقتصاد", "sort": "best"}, {"q": '"الأمن العام"~5'},
]
# How many of a hundred requests are of a kind.
MIX = {"first page": 20, "words": 20, "names": 10, "filters": 10, "article": 15, "person": 8, "quotation": 5, "events": 5, "API search": 7}


def asked(archive, *question):
    out = subprocess.run([RAWI, "ask", *question, "--format", "jsonl", "--limit", "60", "--archive", archive],
                         check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def addresses(archive):
    """What is asked for, by kind."""
    hits = [hit for words in ["", *WORDS] for hit in asked(archive, words)]
    people = {hit["speaker"]["id"]: hit["speaker"]["name"] for hit in hits if hit.get("speaker", {}).get("id")}
    said = "\n".join(piece["text"] for hit in hits for piece in hit["statement"]["content"])
    seldom = sorted(set(re.findall(r"\w{4,}", said)))
    # As many of the one as of the other.
    words = [*seldom, *itertools.islice(itertools.cycle(WORDS), len(seldom))]
    with_words = [{"about": one} for one in words]
    return {
        "first page": ["/", "/en"],
        "words": ["/?" + urlencode(query) for query in with_words],
        "names": ["/?" + urlencode({"who": name}) for name in people.values()],
        "filters": ["/?" + urlencode(query) for query in FILTERS],
        "article": sorted({f"/article/{hit['article']['version']}" for hit in hits}),
        "person": [f"/who/{number}" for number in people],
        "quotation": [f"/quote/{hit['id']}" for hit in hits if hit["statement"]["form"] == "quote"],
        "events": ["/events", "/events?" + urlencode({"type": "ASSAULT"}), "/events?" + urlencode({"type": "CONSULT", "from": "2015-01-01"})],
        "API search": ["/api/v1/search?" + urlencode({"q": f'"{one}"'}) for one in words],
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def memory(pid):
    """The most that the server held so far, in MB: all of it, and what isn't the archive's file."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return tuple(round(int(status[name].split()[0]) / 1024) for name in ("VmHWM", "RssAnon"))


class Server:
    def __init__(self, archive):
        self.port = free_port()
        begun = time.perf_counter()
        # Readers come from one address here, and a limit by address would refuse them.
        self.child = subprocess.Popen([RAWI, "serve", "--archive", archive, "--listen", f"127.0.0.1:{self.port}", "--rate", "0"],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # It says its address once it is ready.
        if not self.child.stdout.readline():
            sys.exit("rawi serve does not begin")
        self.start_ms = (time.perf_counter() - begun) * 1000

    def get(self, address, connection=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        own.request("GET", address, headers={"Accept-Encoding": "gzip", "Accept-Language": "ar"})
        answer = own.getresponse()
        body = answer.read()
        return answer.status, len(body)

    def stop(self):
        self.child.terminate()
        return self.child.wait(timeout=60)


def client(server, kinds, seed, until, pause, times, wrong):
    draw = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    names, weights = list(kinds), [MIX[kind] for kind in kinds]
    while time.perf_counter() < until:
        kind = draw.choices(names, weights)[0]
        address = draw.choice(kinds[kind])
        begun = time.perf_counter()
        try:
            status, size = server.get(address, connection)
        except (OSError, http.client.HTTPException) as e:
            wrong[f"{kind}: {type(e).__name__}"] += 1
            connection.close()
            continue
        if status == 200:
            times[kind].append((time.perf_counter() - begun, size))
        else:
            wrong[f"{kind}: {status}"] += 1
        if pause:
            time.sleep(draw.expovariate(1 / pause))


def share(sorted_times, part):
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * part))] * 1000


def load(archive, clients=20, seconds=60, pause=0.0):
    kinds = addresses(archive)
    server = Server(archive)
    try:
        begun = time.perf_counter()
        server.get("/")
        first_ms = (time.perf_counter() - begun) * 1000
        # Once each, alone: nobody waits for anybody.
        alone = {}
        for kind, all_of_it in kinds.items():
            taken = []
            # Some of them all over the list.
            for address in all_of_it[::max(1, len(all_of_it) // 60)]:
                begun = time.perf_counter()
                server.get(address)
                taken.append(time.perf_counter() - begun)
            alone[kind] = sorted(taken)
        times, wrong = defaultdict(list), defaultdict(int)
        begun = time.perf_counter()
        threads = [threading.Thread(target=client, args=(server, kinds, seed, begun + seconds, pause, times, wrong)) for seed in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
        most, own = memory(server.child.pid)
    finally:
        code = server.stop()
    answers = sum(len(of) for of in times.values())
    rows = {}
    for kind in kinds:
        of = sorted(t for t, _ in times[kind])
        if of:
            rows[kind] = {"requests": len(of), "kb": round(sum(size for _, size in times[kind]) / len(of) / 1000),
                          "alone_p95": share(alone[kind], 0.95), "p50": share(of, 0.5), "p95": share(of, 0.95), "p99": share(of, 0.99)}
    return {"clients": clients, "pause": pause, "seconds": round(seconds), "per_second": round(answers / seconds), "answers": answers,
            "wrong": dict(wrong), "start_ms": round(server.start_ms), "first_ms": round(first_ms), "mb": most, "own_mb": own, "exit": code, "kinds": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a client reads an answer, on average")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    args = parser.parse_args()
    said = load(args.archive, args.clients, args.seconds, args.pause)
    if args.format == "json":
        print(json.dumps(said, ensure_ascii=False))
        return
    print(f"{said['clients']} clients, pause {said['pause']} s: {said['answers']:,} answers in {said['seconds']} s, {said['per_second']} a second; "
          f"start {said['start_ms']} ms, first page then {said['first_ms']} ms; at most {said['mb']} MB, {said['own_mb']} MB of its own at the end")
    print(f"{'':12}{'requests':>9}{'kB':>6}{'alone p95':>11}{'p50':>8}{'p95':>8}{'p99':>8}   (ms)")
    for kind, of in said["kinds"].items():
        print(f"{kind:12}{of['requests']:>9}{of['kb']:>6}{of['alone_p95']:>11.1f}{of['p50']:>8.1f}{of['p95']:>8.1f}{of['p99']:>8.1f}")
    for what, number in said["wrong"].items():
        print(f"not answered: {what}, {number} times")
    if said["wrong"] or said["exit"] != 0:
        sys.exit(f"exit code of the server: {said['exit']}")


if __name__ == "__main__":
    main()
