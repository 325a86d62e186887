"""No message without Chinese: each app's own catalogue answers for its own words."""

import re
from pathlib import Path

from django.utils import translation
from tests.architecture.messages import answers, asked, call_texts, catalogue_path, entries, key_of, lent, messages_of
from tests.architecture.source import PACKAGE

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd](?!\w)|\{\w*\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def apps() -> list[str]:
    """Return every app that asks for a message or has a catalogue ('' is the package itself)."""
    with_catalogue = {str(p.relative_to(PACKAGE).parts[0]) for p in PACKAGE.glob("*/locale/zh_Hans")}
    return sorted({*asked(), *with_catalogue})


def test_every_message_has_chinese() -> None:
    lacking = []
    for app in apps():
        own = {key_of(e) for e in entries(app) if all(answers(e)) and not e.fuzzy}
        for key, where in asked().get(app, {}).items():
            if key not in own and key not in lent():
                lacking.append(f"{catalogue_path(app).relative_to(PACKAGE)}: {key[1]!r} ({where})")
    assert lacking == [], "\n".join(lacking)


def test_every_catalogue_reaches_the_reader() -> None:
    unread = []
    with translation.override("zh-hans"):
        for app in apps():
            plain = [e for e in entries(app) if e.msgstr and not e.msgctxt and not e.msgid_plural and not e.fuzzy]
            unread += [f"{app}: {e.msgid!r}" for e in plain if translation.gettext(e.msgid) == e.msgid != e.msgstr]
    assert unread == []


def test_no_message_stands_twice_in_a_catalogue() -> None:
    twice = []
    for app in apps():
        seen = set()
        for entry in entries(app):
            key = (entry.msgctxt, entry.msgid)
            twice += [f"{app}: {entry.msgid!r}"] if key in seen else []
            seen.add(key)
    assert twice == []


def test_one_message_has_one_chinese_wording() -> None:
    wordings: dict[tuple[str, str], dict[str, str]] = {}
    for app in apps():
        for entry in entries(app):
            if entry.msgstr:
                wordings.setdefault((entry.msgctxt or "", entry.msgid), {})[app] = entry.msgstr
    different = {key[1]: told for key, told in wordings.items() if len(set(told.values())) > 1}
    assert different == {}


def placeholders(text: str) -> list[str]:
    """Return what a message takes in, each once."""
    return sorted(set(PLACEHOLDER.findall(text)))


def test_chinese_keeps_the_placeholders() -> None:
    changed = [
        f"{app}: {entry.msgid!r} → {text!r}"
        for app in apps()
        for entry in entries(app)
        for text in answers(entry)
        if text and placeholders(entry.msgid_plural or entry.msgid) != placeholders(text)
    ]
    assert changed == []


def test_source_messages_are_english() -> None:
    """A term may stand in Chinese where the documents' word is meant; the sentence around it is English."""
    everything = [(key[1], where) for told in asked().values() for key, where in told.items()]
    latin = re.compile(r"[A-Za-z]")
    chinese = [text for text, _ in everything if len(CHINESE.findall(text)) > len(latin.findall(text))]
    assert chinese == []


def test_the_search_reads_python_and_templates(tmp_path: Path) -> None:
    python, page = tmp_path / "a.py", tmp_path / "a.html"
    python.write_text('_("One (1)")\nngettext("a", "b", n)\npgettext("c", "Two")\ngettext(name)\n')
    page.write_text(
        '{% load i18n %}{% translate "Three" %}{{ _("Four") }}{% blocktranslate with a=b %}'
        "Five {{ a }}{% endblocktranslate %}"
        "{% blocktranslate trimmed %}\n Six\n seven\n{% endblocktranslate %}"
    )
    assert list(messages_of(python)) == [("", "One (1)", ""), ("", "a", "b"), ("c", "Two", "")]
    assert {key[1] for key in messages_of(page)} == {"Three", "Four", "Five %(a)s", "Six seven"}


def test_a_call_is_read_to_its_own_bracket() -> None:
    assert list(call_texts("XX gettext('a (b)') XX _('c') X")) == ["gettext('a (b)')", "_('c')"]
