"""The frame grid, held against LAME's own frames and against arithmetic."""

import lameenc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.mpeg_frames import Grid, frame_offsets, info_frame, parse_header, silence

GRIDS = [Grid(22_050, 48_000), Grid(24_000, 48_000), Grid(16_000, 32_000), Grid(44_100, 64_000), Grid(48_000, 128_000)]


def lame_stream(grid: Grid, seconds: int = 1) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(grid.sample_rate)
    encoder.set_out_sample_rate(grid.sample_rate)
    encoder.set_bit_rate(grid.bit_rate // 1000)
    return bytes(encoder.encode(bytes(2 * seconds * grid.sample_rate))) + bytes(encoder.flush())


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_lames_frames_lie_on_the_grid(grid: Grid) -> None:
    stream = lame_stream(grid)
    offsets = frame_offsets(stream, grid)
    assert offsets[-1] == len(stream)
    assert parse_header(stream[:4]) == grid
    assert (len(offsets) - 1) * grid.samples_per_frame > grid.sample_rate


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_long_silence_keeps_the_bit_rate_to_a_byte(grid: Grid) -> None:
    frames = 100_000
    ideal = frames * grid.samples_per_frame * grid.bit_rate / 8 / grid.sample_rate
    assert abs(len(silence(grid, frames, 0, 0)) - ideal) <= 1


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), max_size=8))
def test_silence_between_clips_repairs_their_share_of_padding(pieces: list[tuple[int, int]]) -> None:
    grid = GRIDS[0]
    stream, frames = b"", 0
    for clip_frames, silent_frames in pieces:
        stream += grid.silent_frame(padded=False) * clip_frames  # a clip that is never padded
        frames += clip_frames
        stream += silence(grid, silent_frames, len(stream), frames)
        frames += silent_frames
    assert len(frame_offsets(stream, grid)) == frames + 1


@pytest.mark.parametrize("damage", [b"\0", b"ID3", b"\xff\xf3"])
def test_junk_and_cuts_are_refused(damage: bytes) -> None:
    grid = GRIDS[0]
    stream = lame_stream(grid)
    with pytest.raises(ValueError, match=r"byte|cut short"):
        frame_offsets(stream + damage, grid)
    with pytest.raises(ValueError, match="cut short"):
        frame_offsets(stream[:-1], grid)
    assert frame_offsets(stream[:-1], grid, partial=True) == frame_offsets(stream, grid)[:-1]


@pytest.mark.parametrize("grid", [Grid(22_050, 48_000), Grid(24_000, 48_000), Grid(44_100, 64_000)], ids=str)
def test_the_info_frame_is_one_frame_of_the_grid(grid: Grid) -> None:
    frame = info_frame(grid, 1234, 56789)
    assert frame_offsets(frame, grid) == [0, len(frame)]


@pytest.mark.parametrize(("rate", "bits"), [(22_051, 48_000), (24_000, 48_001), (24_000, 320_000), (44_100, 8_000)])
def test_a_grid_that_layer_iii_does_not_have_is_refused(rate: int, bits: int) -> None:
    with pytest.raises(ValueError, match="MPEG"):
        Grid(rate, bits)


def test_an_info_frame_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        info_frame(Grid(16_000, 8_000), 1, 1)
