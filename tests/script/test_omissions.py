"""What is not spoken, counted beside what is."""

from hypothesis import given
from hypothesis import strategies as st

from chaptercast import voice_profiles
from chaptercast.document.model import Omission, Reason
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.script.narration.narrate import Settings, narrate
from chaptercast.script.omissions import losses_in, losses_of

OMISSIONS = st.lists(st.builds(Omission, st.text(), st.sampled_from(Reason)))


@given(OMISSIONS)
def test_every_piece_that_is_left_out_is_listed_once(left_out: list[Omission]) -> None:
    losses = losses_of(0, left_out).losses
    assert sorted((text, loss.reason) for loss in losses for text in loss.texts) == sorted(
        (omission.text, omission.reason) for omission in left_out
    )
    assert [loss.words for loss in losses] == sorted((loss.words for loss in losses), reverse=True)


def test_what_no_reader_sees_is_no_loss_to_a_listener() -> None:
    hidden = [Omission("alpha beta gamma", reason) for reason in (Reason.HIDDEN, Reason.NOT_TEXT, Reason.REPEATED)]
    losses = losses_of(3, hidden)
    assert (losses.lost_words, losses.seen_words, losses.are_many) == (0, 3, False)


def test_more_than_a_quarter_of_what_is_seen_is_much() -> None:
    menu = [Omission("Home", Reason.BOILERPLATE)]
    assert not losses_of(3, menu).are_many
    assert losses_of(2, menu).are_many
    assert not losses_of(0, []).are_many


def test_a_page_is_counted_in_the_words_that_are_said_and_those_that_are_not() -> None:
    page = """<title>Rooks</title><nav>Home News</nav><main><h1>Rooks</h1><p>Rooks build in the tops of tall elms.</p>
    <p hidden>Draft of May</p></main>"""
    losses = losses_in(narrate(outline(read_bytes(page.encode())), Settings(voice_profiles.load("generic").pauses)))
    assert losses.said_words == len(["Rooks", "Rooks", "build", "in", "the", "tops", "of", "tall", "elms"])
    words = {loss.reason: loss.words for loss in losses.losses}
    assert (words[Reason.BOILERPLATE], words[Reason.HIDDEN]) == (2, 3)
