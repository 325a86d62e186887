"""The rules: pure Python. No Django, no clock, no database.

Importing any part of the law loads every document's answers, so that no question is ever asked of half the law.
"""

from gongjiang.law import rules as rules
