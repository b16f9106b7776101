"""A sample hall: what it is called, its places, two clocks."""

from __future__ import annotations

from screens.views import Bilingual, Clockface

CLOCK = Clockface("2026-11-21 09:30", trusted=True)
UNSURE = Clockface("2026-11-21 09:30", trusted=False)
HALL = Bilingual(
    "龙江县政务服务中心",
    "Longjiang Government Service Centre",
    "لۇڭجياڭ ناھىيەلىك مەمۇرىي مۇلازىمەت مەركىزى",
    "ལུང་ཅང་རྫོང་སྲིད་འཛིན་ཞབས་ཞུའི་ལྟེ་གནས།",
    "ᠯᠦᠩᠵᠢᠶᠠᠩ ᠰᠢᠶᠠᠨ\u202fᠦ ᠵᠠᠰᠠᠭ\u202fᠤᠨ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡᠨ\u202fᠦ ᠲᠥᠪ",
)
SOCIAL = Bilingual("社会保险", "Social Insurance", "ئىجتىمائىي سۇغۇرتا", "སྤྱི་ཚོགས་འགན་བཅོལ།", "ᠨᠡᠶᠢᠭᠡᠮ\u202fᠦᠨ ᠳᠠᠭᠠᠳᠬᠠᠯ")
MEDICAL = Bilingual(
    "医疗保障", "Medical Insurance", "داۋالىنىش سۇغۇرتىسى", "སྨན་བཅོས་འགན་བཅོལ།", "ᠡᠮᠴᠢᠯᠡᠭᠡᠨ\u202fᠦ ᠳᠠᠭᠠᠳᠬᠠᠯ"
)
EAST = Bilingual(
    "一楼东区 1-3 号窗口",
    "Ground floor east, windows 1-3",
    "1-قەۋەت شەرق، 1-3 كۆزنەك",
    "ཐོག་དང་པོའི་ཤར། སྒེའུ་ཁུང་ 1-3",
    "1 ᠳᠠᠪᠬᠤᠷ ᠵᠡᠭᠦᠨ 1-3 ᠴᠣᠩᠬᠣ",
)
WEST = Bilingual(
    "一楼西区 4-6 号窗口",
    "Ground floor west, windows 4-6",
    "1-قەۋەت غەرب، 4-6 كۆزنەك",
    "ཐོག་དང་པོའི་ནུབ། སྒེའུ་ཁུང་ 4-6",
    "1 ᠳᠠᠪᠬᠤᠷ ᠪᠠᠷᠠᠭᠤᠨ 4-6 ᠴᠣᠩᠬᠣ",
)
LIFT = Bilingual(
    "1号电梯暂停使用，请走东侧扶梯",
    "Lift 1 is out of service; please use the escalator in the east",
    "1-لىفىت توختىتىلدى، شەرقتىكى پەلەمپەيدىن مېڭىڭ",
    "གློག་སྐས་ 1 མཚམས་བཞག ཤར་གྱི་སྐས་ནས་ཕེབས་རོགས།",
    "1 ᠴᠠᠬᠢᠯᠭᠠᠨ ᠰᠠᠲᠤ ᠵᠣᠭᠰᠣᠪᠠ᠂ ᠵᠡᠭᠦᠨ ᠰᠠᠲᠤ\u202fᠪᠠᠷ ᠶᠠᠪᠤᠭᠠᠷᠠᠢ",
)
