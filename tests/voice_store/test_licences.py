"""What is said of licences, and what model cards say."""

import pytest
from tests.voice_store.packs import CARD, PIPER, pack_of

from chaptercast.voice_store import Licence, licence_of
from chaptercast.voice_store.licences import licence_text, stated_in


@pytest.mark.parametrize(
    ("card", "licence", "restricted"),
    [
        (CARD.decode(), "CC0-1.0", False),
        ("* License: CC BY 4.0", "CC-BY-4.0", False),
        ("Licence: Apache-2.0", "Apache-2.0", False),
        ("* License: CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0", True),
        ("* License: See URL", "See URL", True),
        ("# License\n\nThe weights are free.", "not known", True),
        ("", "not known", True),
        ("* License:   ", "not known", True),
        ("x" * 100_000 + "\n* License: MIT", "MIT", False),
    ],
)
def test_what_a_card_says(card: str, licence: str, restricted: bool) -> None:
    told, note, must_be_accepted = stated_in(card)
    assert (told, must_be_accepted) == (licence, restricted)
    assert note


def test_what_publishers_are_told() -> None:
    pack = pack_of(
        PIPER,
        licence="CC-BY-NC-4.0",
        licence_note="Not for commercial use.",
        restricted=True,
        homepage="https://x.example/",
    )
    assert licence_of(pack) == Licence(
        "en_US-test-medium", "CC-BY-NC-4.0", "Not for commercial use.", True, "https://x.example/"
    )
    assert licence_text(pack).splitlines()[1:3] == ["Licence: CC-BY-NC-4.0", "Not for commercial use."]
