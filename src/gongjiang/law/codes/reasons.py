"""A reason: why a text was refused, or what is to be looked at, in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Reason:
    """A stable `code` for programs and a sentence for people in Chinese and in English."""

    code: str
    message_zh: str
    message_en: str

    def text(self, language: Language = "zh") -> str:
        """Return the sentence in the language asked for."""
        return self.message_en if language == "en" else self.message_zh
