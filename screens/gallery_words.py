"""A sample hall: what it is called, its places, two clocks."""

from __future__ import annotations

from screens.views import Bilingual, Clockface

CLOCK = Clockface("2026-11-21 09:30", trusted=True)
UNSURE = Clockface("2026-11-21 09:30", trusted=False)
HALL = Bilingual("龙江县政务服务中心", "Longjiang Government Service Centre")
SOCIAL = Bilingual("社会保险", "Social Insurance")
EAST = Bilingual("一楼东区 1-3 号窗口", "Ground floor east, windows 1-3")
WEST = Bilingual("一楼西区 4-6 号窗口", "Ground floor west, windows 4-6")
