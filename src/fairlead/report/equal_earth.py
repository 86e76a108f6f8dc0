"""Where a place lies on the world map: the Equal Earth projection, in which equal areas are drawn equal."""

from __future__ import annotations

import math
from typing import Final

#: How wide the whole Earth is drawn.
WIDTH: Final = 2000

Point = tuple[float, float]

# Equal Earth: Šavrič, Patterson and Jenny, "The Equal Earth map projection", IJGIS 33 (2019), equations 9 and 10.
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_M: Final = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> Point:
    """Project degrees to the plane; x to the east, y to the north, in units of the Earth's radius.

    x = 2 √3 λ cos θ / (3 (9 A4 θ⁸ + 7 A3 θ⁶ + 3 A2 θ² + A1)), y = A4 θ⁹ + A3 θ⁷ + A2 θ³ + A1 θ,
    sin θ = √3/2 sin φ.
    """
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = _A
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (a4 * theta**8 + a3 * theta**6 + a2 * theta**2 + a1)


_EAST: Final = equal_earth(180, 0)[0]
_NORTH: Final = equal_earth(0, 84)[1]
_SCALE: Final = WIDTH / (2 * _EAST)


def drawn(longitude: float, latitude: float) -> Point:
    """Return where a place (in degrees) lies in the drawing; x to the right, y downwards, in its units."""
    x, y = equal_earth(longitude, latitude)
    return (x + _EAST) * _SCALE, (_NORTH - y) * _SCALE
