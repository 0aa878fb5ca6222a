"""Reads the folder of a plan with libraries of others; says what differs from the plan. 77: a library is missing."""

import datetime
import glob
import json
import sys

try:
    import gpxpy
    import icalendar
    import recurring_ical_events
except ImportError as missing:
    print(missing)
    sys.exit(77)

folder = sys.argv[1]
plan = json.load(open(f"{folder}/plan.json", encoding="utf-8"))
names = {stop["id"]: stop["name"] for stop in plan["stops"]}


def moment(date, hour):
    hours, minutes = map(int, hour.split(":"))
    return datetime.datetime.fromisoformat(date) + datetime.timedelta(hours=hours, minutes=minutes)


calls = [(tour, call) for tour in plan["tours"] for trip in tour["trips"] for call in trip["calls"]]
planned = sorted(
    (names[call["stop"]], moment(tour["date"], call["opens"]), moment(tour["date"], call["closes"]))
    for tour, call in calls
)


def openings(path):
    calendar = icalendar.Calendar.from_ical(open(path, "rb").read())
    events = recurring_ical_events.of(calendar).between((2026, 1, 1), (2030, 1, 1))
    return [
        (str(event["SUMMARY"]).split(" : ", 1)[1], event.start.replace(tzinfo=None), event.end.replace(tzinfo=None))
        for event in events
    ]


assert sorted(openings(f"{folder}/calendar.ics")) == planned, "calendar.ics"
for kind in ["stop", "antenna"]:
    files = sorted(glob.glob(f"{folder}/calendar/{kind}-*.ics"))
    assert sorted(row for file in files for row in openings(file)) == planned, kind

dates = 0
for file in sorted(glob.glob(f"{folder}/gpx/*.gpx")):
    track = gpxpy.parse(open(file, encoding="utf-8"))
    assert track.version == "1.1" and len(track.tracks) == 1 and track.length_2d() > 0, file
    assert [point.name.split(".")[0] for point in track.waypoints[1:]] == [
        str(number) for number in range(1, len(track.waypoints))
    ], file
    dates += track.description.count(" 2027") if track.description else 0
assert dates == len(plan["tours"]), "each tour is on one track"
print(f"{len(planned)} openings, {dates} tours")
