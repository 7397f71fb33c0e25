"""How far each place of a table is from a city, for rows with the columns name, lat and lon."""

import logging
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

CITIES = {"Bern": (46.948, 7.4474), "Nairobi": (-1.2864, 36.8172), "Lima": (-12.0464, -77.0428)}
EARTH_KM = 6371.0088


@dataclass
class Distance:
    name: str
    km: float


def task(row, city: Literal["Bern", "Nairobi", "Lima"] = "Bern", digits: int = 1):
    """Great-circle distance to a city."""
    lat, lon = float(row["lat"]), float(row["lon"])
    if not -90 <= lat <= 90:
        raise ValueError(f"{row['name']}: a latitude is from -90 to 90, not {lat}")
    if (lat, lon) == (0, 0):
        logging.warning("%s is at 0, 0: is its place unknown?", row["name"])
    return Distance(row["name"], round(haversine_km((lat, lon), CITIES[city]), digits))


def haversine_km(a, b):
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))
