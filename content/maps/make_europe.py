"""Draws `europe.json`, the outlines the site's maps are made of. It is run by hand, only when the outlines change.

The source is Natural Earth (public domain), in the npm package `world-atlas` 2.0.2 (ISC licence):

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python content/maps/make_europe.py package/countries-50m.json

Borders are simplified arc by arc, so that neighbours keep one common line. Where Natural Earth shows who holds a place
rather than whose it is, the outline follows the General Assembly of the United Nations (Crimea) and the European Union
(all of Cyprus is its territory).
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

# ISO 3166-1: numeric to alpha-2, for every country that the map can show a part of.
CODES = {
    "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA",
    "100": "BG", "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "234": "FO",
    "246": "FI", "248": "AX", "250": "FR", "268": "GE", "275": "PS", "276": "DE", "300": "GR", "348": "HU",
    "352": "IS", "364": "IR", "368": "IQ", "372": "IE", "376": "IL", "380": "IT", "398": "KZ", "400": "JO",
    "422": "LB", "428": "LV", "434": "LY", "438": "LI", "440": "LT", "442": "LU", "470": "MT", "492": "MC",
    "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO", "616": "PL", "620": "PT", "642": "RO",
    "643": "RU", "674": "SM", "682": "SA", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE",
    "756": "CH", "760": "SY", "788": "TN", "792": "TR", "795": "TM", "804": "UA", "807": "MK", "818": "EG",
    "826": "GB", "833": "IM", "831": "GG", "832": "JE",
}  # fmt: skip
NAMES = {"Kosovo": "XK", "N. Cyprus": "CY"}
# Parts shown with another country: held by, shown with, within these degrees (west, south, east, north).
MOVED = (("RU", "UA", (32.4, 44.3, 36.7, 46.3)), ("AX", "FI", (-180, -90, 180, 90)))

# Lambert azimuthal equal-area, about the middle of the area shown; one unit is about 5 km.
CENTRE = (15.0, 50.5)
EARTH = 6371 / 5
WIDTH, HEIGHT, LEFT, TOP = 1080, 880, -530, -500
SIMPLIFY = 5.0
SMALLEST_RING = 6.0


def project(longitude: float, latitude: float) -> Point:
    """Return where a place stands on the map."""
    lam, phi = math.radians(longitude - CENTRE[0]), math.radians(latitude)
    phi0 = math.radians(CENTRE[1])
    cosine = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)
    scale = EARTH * math.sqrt(2 / max(1 + cosine, 1e-6))
    x = scale * math.cos(phi) * math.sin(lam)
    y = scale * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam))
    return x - LEFT, -y - TOP


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area between three points."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(arc: Ring) -> Ring:
    """Drop, one after the other, the points that change least (Visvalingam and Whyatt). Ends stay, islands too."""
    points = list(arc)
    fewest = 4 if arc[0] == arc[-1] else 2
    while len(points) > fewest:
        areas = [triangle(*points[index : index + 3]) for index in range(len(points) - 2)]
        least = min(range(len(areas)), key=areas.__getitem__)
        if areas[least] >= SIMPLIFY:
            break
        del points[least + 1]
    return points


def decoded(topology: dict) -> list[list[Point]]:
    """Return the arcs in degrees."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def merged(rings: Iterable[list[int]]) -> list[list[int]]:
    """Join areas: a border that two of them share falls away, and what is left is put together again."""
    rings = list(rings)
    used = Counter(arc if arc >= 0 else ~arc for ring in rings for arc in ring)
    if max(used.values()) == 1:
        return rings
    return [[arc for arc in ring if used[arc if arc >= 0 else ~arc] == 1] for ring in rings]


def stitched(pieces: list[Ring]) -> list[Ring]:
    """Put lines together where they meet, until each is closed."""
    rings: list[Ring] = []
    while pieces:
        ring = pieces.pop(0)
        while ring[0] != ring[-1]:
            following = next((piece for piece in pieces if piece[0] == ring[-1]), None)
            if following is None:
                break
            pieces.remove(following)
            ring = ring + following[1:]
        rings.append(ring)
    return rings


def clipped(ring: Ring) -> Ring:
    """Cut a ring at the map's edges, a little outside, so that the cut is not seen (Sutherland and Hodgman)."""
    edge = 12
    sides = ((0, 1, -edge), (0, -1, -(WIDTH + edge)), (1, 1, -edge), (1, -1, -(HEIGHT + edge)))
    for axis, sign, limit in sides:
        result: Ring = []
        for index, point in enumerate(ring):
            before = ring[index - 1]
            inside, was_inside = sign * point[axis] >= limit, sign * before[axis] >= limit
            if inside != was_inside:
                share = (sign * limit - before[axis]) / (point[axis] - before[axis])
                result.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                result.append(point)
        ring = result
        if not ring:
            break
    return ring


def area(ring: Ring) -> float:
    """Return the area inside a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(ring: Ring) -> str:
    """Return a ring as a path of whole units."""
    points = [(round(x), round(y)) for x, y in ring]
    if points[0] == points[-1]:
        points.pop()
    text, (x, y) = f"M{points[0][0]} {points[0][1]}l", points[0]
    for next_x, next_y in points[1:]:
        if (next_x, next_y) != (x, y):
            text += f"{next_x - x} {next_y - y} "
            x, y = next_x, next_y
    return text.strip().replace(" -", "-") + "z"


def rings_by_country(topology: dict) -> dict[str, list[list[int]]]:
    """Return each country's rings as numbers of arcs, moved where the map shows them elsewhere."""
    arcs = decoded(topology)
    found: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = CODES.get(shape.get("id", "")) or NAMES.get(shape["properties"]["name"])
        if code is None or "arcs" not in shape:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            found.setdefault(place(code, polygon[0], arcs), []).extend(polygon)
    return found


def place(code: str, ring: list[int], arcs: list[list[Point]]) -> str:
    """Return the code of the country that a ring is shown with."""
    points = [point for arc in ring for point in arcs[arc if arc >= 0 else ~arc]]
    for holder, owner, (west, south, east, north) in MOVED:
        if code == holder and all(west <= x <= east and south <= y <= north for x, y in points):
            return owner
    return code


def outlines(topology: dict) -> dict[str, dict[str, Any]]:
    """Return path, box and, of tiny countries, the place of a mark, by code."""
    projected = [simplified([project(*point) for point in arc]) for arc in decoded(topology)]
    result: dict[str, dict[str, Any]] = {}
    for code, rings in sorted(rings_by_country(topology).items()):
        pieces = [
            [projected[arc] if arc >= 0 else projected[~arc][::-1] for arc in ring] for ring in merged(rings) if ring
        ]
        closed = stitched([piece for ring in pieces for piece in ring])
        whole = [ring for ring in map(clipped, closed) if len(ring) > 2]
        if not whole:
            continue
        size = sum(map(area, whole))
        largest = max(whole, key=area)
        drawn = [ring for ring in whole if area(ring) >= SMALLEST_RING] or [largest]
        xs, ys = [x for ring in drawn for x, _y in ring], [y for ring in drawn for _x, y in ring]
        box = [math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))]
        result[code] = {"path": "".join(map(path, drawn)), "box": box}
        if size < 260:
            result[code]["mark"] = [(box[0] + box[2]) // 2, (box[1] + box[3]) // 2]
    return result


def main() -> None:
    """Read the TopoJSON file that is named, write the outlines beside this script."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    drawn: dict[str, Any] = {
        "source": "Natural Earth 4.1, 1:50m, public domain",
        "width": WIDTH,
        "height": HEIGHT,
        "countries": outlines(topology),
    }
    target = Path(__file__).with_name("europe.json")
    target.write_text(json.dumps(drawn, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(drawn['countries'])} countries, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
