"""reStructuredText, as docutils and Sphinx have it."""

from pathlib import Path

import pytest
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.read import read_bytes

MANUAL = """===============
Harbour program
===============

:Author: A. Finch
:Date: 2001-05-06

.. contents::

.. for editors only

Boats
=====

The *tide* is **high**. See `the manual <http://a.example>`_, :ref:`fares <far-es>` or :class:`~pkg.mod.Boat` [1]_.

.. note:: Bring water.

.. versionadded:: 2.0
   The lamp.

.. toctree::

   one

Fares
-----

=====  =====
Boat   Price
=====  =====
Gull   5
=====  =====

.. code-block:: python

   x = 1

.. py:function:: row(boat)

   It has :math:`a^2` oars.

.. image:: pier.png
   :alt: The pier

.. raw:: html

   <b>raw</b>

.. [1] A note.
"""


def test_what_is_read() -> None:
    made = read_bytes(MANUAL.encode(), name="x.rst")
    assert dump(made.blocks).split("\n") == [
        "H1 Harbour program | h1",
        "H2 Boats | h2",
        "P The /tide/ is *high*. See [the manual](link: http://a.example), fares or Boat [1](note: footnote-1). | p",
        "P Note. | p",
        "P Bring water. | p",
        "P Version added. 2.0 The lamp. | p",
        "H3 Fares | h3",
        "TABLE",
        "  #Boat | #Price",
        "  Gull | 5",
        "CODE python",
        "  x = 1",
        "P It has $a^2$ oars. | p",
        "FIGURE The pier |  | pier.png",
        "NOTE footnote-1 (1)",
        "    P A note. | p after_image",
    ]
    assert (made.metadata.title, made.metadata.author, made.metadata.date) == (
        "Harbour program",
        "A. Finch",
        "2001-05-06",
    )


def test_what_is_named() -> None:
    texts = {text: reason for text, reason in named(MANUAL.encode(), "x.rst") if reason != "SETTING"}
    assert texts["for editors only"] == "REMARK"
    assert texts["toctree"] == texts["py:function row(boat)"] == "DIRECTIVE"
    assert texts["one"] == "BOILERPLATE"
    assert any("<b>raw</b>" in text for text in texts)


def test_its_content_tells_it() -> None:
    assert read_bytes(MANUAL.encode(), name="x.txt").blocks == read_bytes(MANUAL.encode(), name="x.rst").blocks


def test_signs_of_html_are_text() -> None:
    made = read_bytes(
        b"Boats\n=====\n\nA <title> & a ``<b>`` :x:`a\\ <c>`, and *<style>* too.\n\nMore.\n", name="x.rst"
    )
    assert dump(made.blocks).split("\n")[1:] == ["P A <title> & a `<b>` a, and /<style>/ too. | p", "P More. | p"]


def test_a_name_may_be_that_of_a_directive_and_of_a_role() -> None:
    source = b"Oars\n====\n\nThe option :option:`long` is here.\n\n.. option:: --long\n\n   It is long.\n"
    assert "The option long is here." in heard(source, "x.rst")


@pytest.mark.parametrize("base", ["raw", "emphasis"])
def test_what_one_text_means_by_a_name_is_forgotten_with_it(base: str) -> None:
    text = b"Boats\n=====\n\nA :pier:`long one <x>` is here.\n"
    before = dump(read_bytes(text, name="x.rst").blocks)
    html = b"   :format: html\n\n" if base == "raw" else b"\n"
    other = b"T\n=\n\n.. role:: pier(" + base.encode() + b")\n" + html + b"An :pier:`other` one.\n"
    read_bytes(other, name="y.rst")
    assert dump(read_bytes(text, name="x.rst").blocks) == before


def test_sections_without_a_title() -> None:
    source = b"One\n===\n\nText of it.\n\nTwo\n===\n\nMore of it.\n"
    assert chapters(source, "x.rst") == [(2, "One"), (2, "Two")]


@pytest.mark.parametrize(
    "source",
    [
        "Title\n==\n\nA *broken emphasis and ``code.\n\n.. figure::\n\n   Nothing.\n",
        "+--+\n| a\n\nText after it.\n",
        ".. include:: /etc/hostname\n\nText after it.\n",
        "* " * 400 + "deep\n\nText after it.\n",
        "Text after it.\n\n  .. note::\n\n .. x:: y\n   :a b: c\n\n   z\n",
    ],
)
def test_what_is_broken_loses_nothing(source: str) -> None:
    said = " ".join(heard(source.encode(), "x.rst")) + " ".join(text for text, _ in named(source.encode(), "x.rst"))
    for word in ("Text", "after", "broken", "Nothing", "deep"):
        assert (word in source) == (word in said)


def test_nothing_is_read_from_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    source = (
        f".. include:: {secret}\n\n.. csv-table::\n   :file: {secret}\n\n.. raw:: html\n   :file: {secret}\n\nText.\n"
    )
    assert "hidden" not in " ".join(heard(source.encode(), "x.rst"))


@pytest.mark.parametrize(("name", "format"), [("x.org", "Org"), ("x.adoc", "AsciiDoc")])
def test_what_is_not_known_is_read_as_plain_text_and_told(name: str, format: str) -> None:  # noqa: A002 - what it is called
    made = read_bytes(b"= Boats\n\nText of it.\n", name=name)
    assert made.notes[0].startswith(f"{format} is read as plain text")
    assert "Text of it." in dump(made.blocks)
