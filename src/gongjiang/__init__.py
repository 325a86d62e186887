"""Gongjiang: the platform on which a province runs occupational skill-level certification."""
