"""Spreadsheets in and out: read without trusting, write without formulas. No Django in here."""
