"""Uploaded bytes: what they are, what's inside, whether they may be opened. No Django in here."""
