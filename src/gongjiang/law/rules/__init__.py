"""The governing documents, a file each, in the order of their articles.

Each file holds ``DOC``, its answers, ``WAIVED`` (what asks nothing of software, with the reason) and ``PENDING``
(what a later requirement of docs/requirements.csv will carry).
"""

from gongjiang.law.rules import jilin_2019_133, jilin_2024_5, jilin_2025_1, mohrss_2020_17, xinzhou_2024_2

MODULES = (mohrss_2020_17, jilin_2019_133, jilin_2024_5, jilin_2025_1, xinzhou_2024_2)
DOCUMENTS = {module.DOC.key: module.DOC for module in MODULES}
