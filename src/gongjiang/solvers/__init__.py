"""Seating, staffing and other searches: pure functions over plain data. No Django, no clock, no database."""
