"""Draws the twelve pictures of the demonstration factory into `resources/demo/pictures/`.

Nothing in them is real; every picture says so. The same code gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent))

from demo_canvas import Canvas
from demo_papers import cmm_report, equipment_list, project_board, schedule_board, two_year_statement
from demo_places import compressor_meter, inspection_station, line_3, warehouse_shelves
from demo_screens import machine_dashboard, network_plan, system_menu

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "demo" / "pictures"
TAKEN = 0x9003
DETAILS = 0x8769
SOFTWARE = 0x0131

PICTURES: tuple[tuple[str, str, Callable[[], Canvas]], ...] = (
    ("01-equipment-list.jpg", "2026:03:12 09:20:00", equipment_list),
    ("02-machine-dashboard.png", "2026:03:12 10:41:00", machine_dashboard),
    ("03-line-3-gateways.jpg", "2026:03:12 10:48:00", line_3),
    ("04-network-plan.png", "2026:03:12 11:15:00", network_plan),
    ("05-system-menu.png", "2026:03:12 11:32:00", system_menu),
    ("06-cmm-report.jpg", "2026:03:12 13:40:00", cmm_report),
    ("07-inspection-station.jpg", "2026:03:12 13:52:00", inspection_station),
    ("08-compressor-meter.jpg", "2026:03:12 15:08:00", compressor_meter),
    ("09-schedule-board.jpg", "2026:03:13 08:55:00", schedule_board),
    ("10-two-year-statement.jpg", "2026:03:13 09:30:00", two_year_statement),
    ("11-warehouse-shelves.jpg", "2026:03:13 10:10:00", warehouse_shelves),
    ("12-project-board.jpg", "2026:03:13 11:05:00", project_board),
)


def save(name: str, taken: str, draw: Callable[[], Canvas]) -> int:
    """Draw one picture, write it, and return its size in bytes."""
    canvas = draw()
    canvas.mark()
    picture = canvas.finished()
    exif = Image.Exif()
    exif[SOFTWARE] = "demonstration picture, drawn"
    exif.get_ifd(DETAILS)[TAKEN] = taken
    path = FOLDER / name
    if path.suffix == ".png":
        flat = picture.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(path, "PNG", optimize=True, exif=exif)
    else:
        picture.save(path, "JPEG", quality=68, optimize=True, exif=exif)
    return path.stat().st_size


def main() -> None:
    """Draw all pictures and say how large they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, taken, draw in PICTURES:
        print(f"{name}: {save(name, taken, draw) / 1000:.1f} KB")


if __name__ == "__main__":
    main()
