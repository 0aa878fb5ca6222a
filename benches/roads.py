"""Journeys of tournee, RoutingKit's CCH and OSRM, side by side in one run on one core.

    python roads.py EXTRACT.osm.pbf FOLDER

needs Linux, Python 3.12 or later, and `pip install numpy routingkit_cch osrm-bindings`; see README.md here.
Everything is written to FOLDER and kept: a second run does not prepare OSRM's files again.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, also for what is started from here
os.environ["RAYON_NUM_THREADS"] = "1"

import numpy  # noqa: E402
import osrm  # noqa: E402
import routingkit_cch  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5


def shortest(run, times=TIMES):
    """Milliseconds of the fastest of some runs, and the last result."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        best = min(best, (time.perf_counter() - start) * 1000)
    return best, result


def tournee(extract, folder):
    program = ROOT / "target" / "release" / "examples" / "journeys"
    return json.loads(subprocess.run([program, extract, folder], check=True, capture_output=True).stdout)


def read_graph(folder):
    numbers = numpy.fromfile(folder / "graph.bin", dtype="<u4")
    states, edges = int(numbers[0]), int(numbers[1])
    cuts = numpy.cumsum([edges, edges, edges, states])
    tail, head, seconds, lon, lat = numpy.split(numbers[2:], cuts)
    return states, tail.tolist(), head.tolist(), seconds.tolist(), lon.view("<f4").tolist(), lat.view("<f4").tolist()


def routingkit(folder, points):
    """On the same travel graph: from the beginning of a road in a direction to another; seconds alone."""
    states, tail, head, seconds, lon, lat = read_graph(folder)
    order_ms, order = shortest(lambda: routingkit_cch.compute_order_inertial(states, tail, head, lat, lon), 1)
    cch_ms, cch = shortest(lambda: routingkit_cch.CCH(order, tail, head, False), 1)
    metric_ms, metric = shortest(lambda: routingkit_cch.CCHMetric(cch, seconds), 1)
    chosen = [i * 7919 % states for i in range(points)]

    def matrix():
        rows = routingkit_cch.CCHOneToMany(metric, chosen)
        return [rows.distances_from(source) for source in chosen]

    ms, _ = shortest(matrix)
    return {"order": order_ms, "contraction": cch_ms, "customization": metric_ms, "matrix": ms}


def osrm_table(extract, folder, points):
    """Contraction hierarchies, the stock car profile; seconds and metres."""
    base = folder / (extract.name.removesuffix(".osm.pbf") + ".osrm")
    osrm_bin = Path(osrm.__file__).parent / "bin"
    times = {}
    if not Path(f"{base}.hsgr").exists():
        link = folder / extract.name
        link.unlink(missing_ok=True)
        link.symlink_to(extract)
        profile = Path(osrm.__file__).parent / "share" / "profiles" / "car.lua"
        for name, command in [("extract", ["osrm-extract", "-p", profile, link]), ("contraction", ["osrm-contract", base])]:
            command = [osrm_bin / command[0], "-t", "1", *command[1:]]
            times[name], _ = shortest(lambda: subprocess.run(command, check=True, capture_output=True), 1)
    engine = osrm.OSRM(str(base))
    rows = (folder / "points.csv").read_text().split()[1:]
    coordinates = [tuple(map(float, row.split(","))) for row in rows][:points]

    def table(annotations):
        return engine.Table(osrm.TableParameters(coordinates=coordinates, annotations=annotations))

    times["matrix"], _ = shortest(lambda: table(["duration", "distance"]))
    times["matrix, seconds alone"], _ = shortest(lambda: table(["duration"]))
    return times


def main():
    extract, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    ours = tournee(extract, folder)
    found = {"tournee": ours["ms"], "routingkit_cch": routingkit(folder, ours["points"])}
    found["osrm"] = osrm_table(extract, folder, ours["points"])
    again = tournee(extract, folder)["ms"]  # so that a machine that grew busy shows
    for name, ms in again.items():
        ours["ms"][name] = min(ms, ours["ms"][name])
    print(f"{extract.name}: {ours['states']} states, {ours['steps']} steps, {ours['points']} points, "
          f"{ours['prepared bytes, one hierarchy']} bytes prepared with one hierarchy")
    for engine, times in found.items():
        for name, ms in times.items():
            print(f"{engine:15} {name:30} {ms:10.2f} ms")
    for engine in ("routingkit_cch", "osrm"):
        print(f"matrix: {engine} takes {found[engine]['matrix'] / ours['ms']['matrix']:.1f} times as long")
    ratio = ours["ms"]["one to all, plain"] / ours["ms"]["one to all"]
    print(f"one to all: plain Dijkstra takes {ratio:.1f} times as long")


if __name__ == "__main__":
    main()
