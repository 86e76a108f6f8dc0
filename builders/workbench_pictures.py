"""`./run build workbench-pictures [FOLDER]`: the pictures of the workbench in the documentation.

They are taken on the way by the test that tells the whole story in a browser (tests/web/test_story.py), so they show
what the program does. With FOLDER, where that test has left its pictures, they are only cut.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[1]
IMAGES: Final = ROOT / "docs" / "images"
STORY: Final = "tests/web/test_story.py"

#: Picture of the story, and its greatest height in pixels.
PICTURES: Final[Mapping[str, int]] = {
    "overview-desk": 1100,
    "import-preview-desk": 900,
    "merge-desk": 900,
    "assessment-desk": 900,
    "party-desk": 1000,
    "chain-desk": 1180,
    "chain-map-desk": 900,
    "supplier-section-phone": 1000,
    "questionnaire-answered-desk": 900,
    "action-verified-desk": 900,
    "comparison-desk": 900,
}


def main(arguments: Sequence[str]) -> int:
    """Tell the story, or take its pictures from a folder, and cut them for the documentation."""
    if arguments:
        return _cut(Path(arguments[0]))
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-m", "heavy", STORY],
            env={**os.environ, "FAIRLEAD_PICTURES": folder},
            cwd=ROOT,
            check=False,
        )
        return told.returncode or _cut(Path(folder))


def _cut(folder: Path) -> int:
    for name, height in PICTURES.items():
        with Image.open(folder / f"{name}.png") as picture:
            top = picture.convert("RGB").crop((0, 0, picture.width, min(height, picture.height)))
            target = IMAGES / f"workbench-{name.removesuffix('-desk').removesuffix('-phone')}.png"
            top.quantize(128).save(target, optimize=True)
        print(target.relative_to(ROOT))
    return 0
