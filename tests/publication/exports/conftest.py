"""Recordings that exports are made of: one of everything that an article may hold, and one in Arabic."""

from pathlib import Path

import pytest
from PIL import Image

from chaptercast.pipeline import Options, convert

ARTICLE = """---
title: "Lamps & <Ladders>"
lang: en
author: Ines Calder
date: 2025-11-03T08:30:00+00:00
source: https://example.org/lamps
---

Some words before the first heading. They have *two* sentences.

## The *lamp*

A paragraph with a [link](https://example.org/a?b=1&c=2), **strong words**, `code` and a note.[^n]
Then „Guten Tag, meine sehr verehrten Damen und Herren“, and more.

1. One item. It has two sentences.
2. Another item.
   - An item within it.

> A quotation. It goes on.

### A table

| Name | Height |
|------|--------|
| Tower | 31 metres |
| Hall | |

![A lamp on a tower](lamp.png)

#### Deeper

```python
print("a < b")
```

##### Deeper still

Many words.

###### The deepest

Few words.

## The end

The last words, 5 < 7 & 7 > 5, with $x_1^2$ at the end.

[^n]: The note is short.
"""
ARABIC = (
    "---\nlang: ar\ntitle: البحر\n---\n\n## المساء\n\nكان البحر هادئا. ثم جاءت السفينة.\n\n## الليل\n\nنام الناس.\n"
)


def ignore(*_: object) -> None:
    """Nobody watches."""


def recorded(folder: Path, text: str) -> Path:
    """The folder of a recording of `text`."""
    source = folder / "article.md"
    source.write_text(text, encoding="utf-8")
    Image.new("RGB", (40, 30), "#885522").save(folder / "lamp.png")
    return convert(source, folder / "out", Options(engine="espeak", offline=True, jobs=2), ignore, ignore).audio.parent


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("recording"), ARTICLE)


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("arabic"), ARABIC)
