"""The rules: pure Python. No Django, no clock, no database."""
