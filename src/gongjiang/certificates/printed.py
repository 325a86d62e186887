"""What a certificate's PDF says in print, read from its text by the labels of the reference layout."""

import re

LABELS = {
    "name": r"姓名\s*Name",
    "identity": r"证件号码\s*ID number",
    "occupation": r"职业名称\s*Occupation",
    "job_type": r"工种[／/]职业方向\s*Job type",
    "level": r"职业技能等级\s*Level",
    "number": r"证书编号\s*Number",
    "body": r"评价机构：",
    "issued_on": r"发证日期：",
}


def printed_fields(text: str) -> dict[str, str]:
    """Return the printed values by field of the token; what can't be found is left out (a scan has no text)."""
    found = {}
    for name, label in LABELS.items():
        match = re.search(rf"^\s*{label}[ \t]*(.+?)[ \t]*$", text, re.MULTILINE)
        if match:
            found[name] = match[1]
    return found
