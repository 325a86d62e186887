"""What the panel tells the kernel when the app starts."""


def connect() -> None:
    """Register names of acts."""
