"""What the pool tells the kernel when the app starts."""


def connect() -> None:
    """Register names of acts."""
