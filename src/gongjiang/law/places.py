"""The places whose documents the law carries, and the cities that answer to them.

Codes are the division codes of GB/T 2260 without trailing zeros. The 2019 pilot is a regime, so it is a place of its
own below Jilin: its plan answers for the pilot's bodies only. 长白山 (a management committee named in the provincial
documents) has no division code and is therefore not a place here; Meihekou is county-level by its code but is
addressed like the cities.
"""

from gongjiang.law.model import Place

CHINA = Place("00", "全国", "China")

JILIN = Place("22", "吉林省", "Jilin", CHINA)
CHANGCHUN = Place("2201", "长春市", "Changchun", JILIN)
JILIN_CITY = Place("2202", "吉林市", "Jilin City", JILIN)
SIPING = Place("2203", "四平市", "Siping", JILIN)
LIAOYUAN = Place("2204", "辽源市", "Liaoyuan", JILIN)
TONGHUA = Place("2205", "通化市", "Tonghua", JILIN)
BAISHAN = Place("2206", "白山市", "Baishan", JILIN)
SONGYUAN = Place("2207", "松原市", "Songyuan", JILIN)
BAICHENG = Place("2208", "白城市", "Baicheng", JILIN)
YANBIAN = Place("2224", "延边朝鲜族自治州", "Yanbian", JILIN)
MEIHEKOU = Place("220581", "梅河口市", "Meihekou", JILIN)
JILIN_PILOT = PILOT = Place("22-2019", "吉林省2019年试点", "Jilin's 2019 pilot", JILIN)

SHANXI = Place("14", "山西省", "Shanxi", CHINA)
XINZHOU = Place("1409", "忻州市", "Xinzhou", SHANXI)

PLACES = {each.code: each for each in list(globals().values()) if isinstance(each, Place)}


class UnknownPlace(LookupError):
    """No place has this code."""


def place(code: str) -> Place:
    """Return the place with ``code``: ``22``, ``2201``, also six digits as in ``220100``.

    :raises UnknownPlace: if the law carries no such place.
    """
    wanted = code.strip()
    if len(wanted) == 6 and wanted.isdigit():
        wanted = next((short for short in (wanted[:2], wanted[:4]) if short.ljust(6, "0") == wanted), wanted)
    if wanted not in PLACES:
        raise UnknownPlace(f"no place has the code {code!r}; known: {', '.join(PLACES)}")
    return PLACES[wanted]
