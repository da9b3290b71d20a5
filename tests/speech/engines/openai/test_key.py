"""Where the key comes from, where it goes, and that it is nowhere else."""

import traceback
from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.errors import UsageError
from chaptercast.speech.engines.openai.key import Key, key_for
from chaptercast.speech.engines.openai.server import configured

KEY, OTHER = "sk-proj-Zq7Xw2Lm9Kd4Rt6Yb1Nc8Vf3", "sk-ours-1234567890"


def sent(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    """What is sent where the environment has these variables."""
    with monkeypatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        return key_for(configured()).headers.get("Authorization", "")


@pytest.mark.parametrize(
    ("variables", "key"),
    [
        ({"CHAPTERCAST_OPENAI_URL": "http://192.168.1.20:8880"}, ""),
        ({"CHAPTERCAST_OPENAI_URL": "http://192.168.1.20:8880", "CHAPTERCAST_OPENAI_KEY": OTHER}, OTHER),
        ({"CHAPTERCAST_OPENAI_URL": "http://127.0.0.1:8880", "OPENAI_API_KEY": KEY}, KEY),
        ({"CHAPTERCAST_OPENAI_URL": "https://api.openai.com", "OPENAI_API_KEY": KEY}, KEY),
        ({"OPENAI_BASE_URL": "https://tts.example.org/v1", "OPENAI_API_KEY": KEY}, KEY),
        (
            {
                "OPENAI_BASE_URL": "https://tts.example.org/v1",
                "CHAPTERCAST_OPENAI_URL": "https://tts.example.org",
                "OPENAI_API_KEY": KEY,
            },
            KEY,
        ),
        ({"OPENAI_API_KEY": KEY}, KEY),
        ({"OPENAI_API_KEY": KEY, "CHAPTERCAST_OPENAI_KEY": OTHER}, OTHER),
        ({"OPENAI_API_KEY": f"{KEY}\n", "CHAPTERCAST_OPENAI_KEY": " "}, KEY),
    ],
)
def test_the_key_that_is_meant_is_sent(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], key: str) -> None:
    assert sent(monkeypatch, **variables) == (f"Bearer {key}" if key else "")


@pytest.mark.parametrize("url", ["http://192.168.1.20:8880", "http://nas.local", "https://tts.example.org/v1"])
def test_the_key_to_openai_goes_to_no_other_server(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    elsewhere = {"OPENAI_BASE_URL": "https://api.openai.com/v1", "OPENAI_API_KEY": KEY}
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL=url, **elsewhere) == ""


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked("nobody unlocked it")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_has_a_key_for_each_server(monkeypatch: pytest.MonkeyPatch, ring: Ring) -> None:
    keyring.set_password("chaptercast", "192.168.1.20:8880", OTHER)
    keyring.set_password("chaptercast", "api.openai.com", KEY)
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL="http://192.168.1.20:8880") == f"Bearer {OTHER}"
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL="https://api.openai.com/v1") == f"Bearer {KEY}"
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL="https://tts.example.org/v1") == ""
    here = {"CHAPTERCAST_OPENAI_URL": "http://192.168.1.20:8880", "CHAPTERCAST_OPENAI_KEY": "of-the-environment"}
    assert sent(monkeypatch, **here) == "Bearer of-the-environment"
    ring.is_locked = True
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL="http://192.168.1.20:8880") == ""


def test_without_the_package_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "keyring", None)
    assert sent(monkeypatch, CHAPTERCAST_OPENAI_URL="http://192.168.1.20:8880") == ""


@pytest.mark.parametrize("value", ["sk-\nX-Evil: 1", "sk-ключ", "two words", "sk-\x00"])
def test_what_would_not_survive_the_way_is_refused_and_not_quoted(value: str) -> None:
    with pytest.raises(UsageError, match="CHAPTERCAST_OPENAI_KEY holds characters") as caught:
        Key(value, "CHAPTERCAST_OPENAI_KEY")
    assert value not in str(caught.value) + caught.value.remedy


def test_a_key_stands_in_no_representation_of_it() -> None:
    key = Key(KEY, "OPENAI_API_KEY")
    error = RuntimeError(key)
    told = "".join(traceback.format_exception(error)) + repr(error) + f"{key} {key!r}"
    assert KEY not in told
    assert "OPENAI_API_KEY" in told


@given(before=st.text(max_size=40), after=st.text(max_size=40), begin=st.integers(0, 20), length=st.integers(6, 32))
def test_no_message_holds_a_part_of_it(before: str, after: str, begin: int, length: int) -> None:
    part = KEY[begin : begin + length]
    cleaned = Key(KEY, "").kept_out_of(f"{before} provided:{part}***{after}")
    assert not [at for at in range(len(KEY) - 5) if KEY[at : at + 6] in cleaned]


def test_what_is_not_the_key_stays() -> None:
    said = "Incorrect API key provided: sk-proj-Zq7*********8Vf3. You can find your API key there."
    assert Key(KEY, "").kept_out_of(said) == ("Incorrect API key provided: [the key] You can find your API key there.")
    assert Key("", "").kept_out_of(said) == said
