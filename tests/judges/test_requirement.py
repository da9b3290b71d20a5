"""A missing judge skips the test that needs it, and fails it in CI."""

import pytest
from tests.judges import requirement
from tests.judges.requirement import Judge, require


@pytest.fixture(autouse=True)
def _one_missing_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judges = {"here": Judge(lambda: True, ""), "absent": Judge(lambda: False, "install it")}
    monkeypatch.setattr(requirement, "JUDGES", judges)


def test_a_judge_that_is_here_is_no_matter() -> None:
    require("here")


@pytest.mark.parametrize("value", ["", "false", "0"])
def test_without_ci_the_test_is_skipped(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match="the judge absent is missing: install it"):
        require("absent")


@pytest.mark.parametrize("value", ["true", "True", "1"])
def test_in_ci_the_test_fails(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="the judge absent is missing"):
        require("absent")


def test_a_name_that_no_judge_has_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        require("nobody")
