"""Reads a calendar by one of two libraries and says in JSON what is in it; of a series without end the first year.

A moment is a number of seconds since 1970 UTC, by the clocks that the file itself describes: the libraries' own zones
are not asked. A day is a text.
"""

import datetime
import json
import sys

import dateutil.rrule
import dateutil.tz

READER, PATH = sys.argv[1:]
with open(PATH, encoding="utf-8", newline="") as file:
    TEXT = file.read()

# The file's own clocks; dateutil reads them, who is neither of the two.
ZONES = dateutil.tz.tzical(PATH)


def plain(when, zone):
    """A moment or a day."""
    if when is None:
        return None
    if isinstance(when, datetime.datetime):
        if zone:
            when = when.replace(tzinfo=ZONES.get(zone), fold=0)
        assert when.tzinfo is not None
        return int(when.timestamp())
    return when.isoformat()


def occurrences(start, rule, left_out, zone):
    """The moments of a series: its rule runs on the clocks, and only then is it known when that was."""
    until = None
    parts = dict(part.split("=") for part in rule.split(";"))
    if "UNTIL" in parts:
        until = parts.pop("UNTIL")
    bare = ";".join(f"{name}={value}" for name, value in parts.items())
    rule = dateutil.rrule.rrulestr(bare, dtstart=start.replace(tzinfo=None))
    utc = datetime.timezone.utc
    last = datetime.datetime.strptime(until, "%Y%m%dT%H%M%SZ") if until else start + datetime.timedelta(days=365)
    end = last.replace(tzinfo=utc).timestamp()
    found = []
    for when in rule:
        moment = plain(when, zone) if zone else plain(when.replace(tzinfo=datetime.timezone.utc), None)
        if moment > end:
            return found
        if moment not in left_out:
            found.append(moment)
    return found


def by_icalendar():
    import icalendar

    calendar = icalendar.Calendar.from_ical(TEXT)

    def when(component, name):
        found = component.get(name)
        return None if found is None else plain(found.dt, found.params.get("TZID"))

    def person(found):
        return {"name": found.params.get("CN"), "address": str(found), "role": found.params.get("ROLE")}

    def component(found):
        attendees = found.get("ATTENDEE", [])
        attendees = attendees if isinstance(attendees, list) else [attendees]
        organizer = found.get("ORGANIZER")
        text = lambda name: None if found.get(name) is None else str(found.get(name))
        return {
            "uid": text("UID"),
            "title": text("SUMMARY"),
            "description": text("DESCRIPTION"),
            "location": text("LOCATION"),
            "url": text("URL"),
            "sequence": found.get("SEQUENCE"),
            "status": text("STATUS"),
            "organizer": organizer and person(organizer),
            "attendees": [person(attendee) for attendee in attendees],
            "start": when(found, "DTSTART"),
            "end": when(found, "DTEND"),
            "due": when(found, "DUE"),
            "recurrence": when(found, "RECURRENCE-ID"),
        }

    series = []
    first = calendar.walk("VEVENT")[0]
    if isinstance(first["DTSTART"].dt, datetime.datetime):
        zone = first["DTSTART"].params.get("TZID")
        left_out = first.get("EXDATE", [])
        left_out = left_out if isinstance(left_out, list) else [left_out]
        left_out = {plain(date.dt, zone) for dates in left_out for date in dates.dts}
        series = occurrences(first["DTSTART"].dt, first["RRULE"].to_ical().decode(), left_out, zone)
    return {
        "events": [component(found) for found in calendar.walk("VEVENT")],
        "tasks": [component(found) for found in calendar.walk("VTODO")],
        "series": series,
    }


def by_vobject():
    import vobject

    calendar = vobject.readOne(TEXT)

    def zone(found):
        return getattr(found, "tzid_param", None) or found.params.get("X-VOBJ-ORIGINAL-TZID", [None])[0]

    def when(component, name):
        found = component.contents.get(name)
        return None if found is None else plain(found[0].value, zone(found[0]))

    def person(found):
        return {"name": getattr(found, "cn_param", None), "address": found.value, "role": getattr(found, "role_param", None)}

    def component(found):
        text = lambda name: found.contents[name][0].value if name in found.contents else None
        return {
            "uid": text("uid"),
            "title": text("summary"),
            "description": text("description"),
            "location": text("location"),
            "url": text("url"),
            "sequence": int(text("sequence")),
            "status": text("status"),
            "organizer": person(found.organizer) if "organizer" in found.contents else None,
            "attendees": [person(attendee) for attendee in found.contents.get("attendee", [])],
            "start": when(found, "dtstart"),
            "end": when(found, "dtend"),
            "due": when(found, "due"),
            "recurrence": when(found, "recurrence-id"),
        }

    series = []
    first = calendar.vevent_list[0]
    if isinstance(first.dtstart.value, datetime.datetime):
        left_out = {plain(date, zone(dates)) for dates in first.contents.get("exdate", []) for date in dates.value}
        series = occurrences(first.dtstart.value, first.rrule.value, left_out, zone(first.dtstart))
    return {
        "events": [component(found) for found in calendar.vevent_list],
        "tasks": [component(found) for found in calendar.contents.get("vtodo", [])],
        "series": series,
    }


print(json.dumps({"icalendar": by_icalendar, "vobject": by_vobject}[READER]()))
