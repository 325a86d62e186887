"""``python -m gongjiang``: the same as the command ``gongjiang``."""

import sys

from gongjiang.cli import main

sys.exit(main())
