"""What the applicant's side tells the kernel of, once at the start."""


def connect() -> None:
    """Register nothing yet known to the kernel."""
