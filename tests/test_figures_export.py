"""Saving a figure: three files, whole or not at all, the same bytes every time."""

import struct

import invented
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.figures.export import save_figure
from analysis.figures.frames import plot_frames
from analysis.figures.style import STYLE, group_looks, new_axes

SUFFIXES = (".svg", ".png", ".csv")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def draw(stem, caption="n = 40"):
    shares = invented.shares()
    save_figure(plot_frames(shares, groups=invented.GROUPS), shares, stem, caption=caption)


def bytes_of(stem):
    return [stem.with_name(stem.name + suffix).read_bytes() for suffix in SUFFIXES]


def test_a_figure_is_three_files_and_leaves_no_other(tmp_path):
    draw(tmp_path / "figures" / "04_b.c-shares")
    names = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert names == sorted("04_b.c-shares" + suffix for suffix in SUFFIXES)


def test_the_same_figure_has_the_same_bytes(tmp_path):
    draw(tmp_path / "once")
    with plt.rc_context({"font.size": 20, "svg.hashsalt": None, "axes.grid": True}):
        draw(tmp_path / "again")
    assert bytes_of(tmp_path / "once") == bytes_of(tmp_path / "again")


def test_no_file_says_when_or_with_what_it_was_made(tmp_path):
    draw(tmp_path / "a")
    svg, png, _ = bytes_of(tmp_path / "a")
    assert b"<dc:date>" not in svg
    assert b"Matplotlib" not in svg.replace(b"<!-- Created with matplotlib", b"")
    assert b"Software" not in png


def test_the_size_on_paper_is_the_size_asked_for(tmp_path):
    ax = new_axes(80, 50)
    save_figure(ax, pd.DataFrame({"n": [1]}), tmp_path / "a", caption="")
    width, height = struct.unpack(">II", (tmp_path / "a.png").read_bytes()[16:24])
    assert width / 200 * 25.4 == pytest.approx(80, abs=0.2)
    assert height / 200 * 25.4 == pytest.approx(50, abs=0.2)


def test_a_caption_adds_height_once(tmp_path):
    ax = new_axes(80, 50)
    for _ in range(2):
        save_figure(ax, pd.DataFrame({"n": [1]}), tmp_path / "a", caption="word " * 40)
    lines = ax.get_figure().get_supxlabel().splitlines()
    assert len(lines) > 2
    assert ax.get_figure().get_figheight() * 25.4 == pytest.approx(50 + 3 * len(lines))


def test_the_csv_holds_the_table_to_six_decimals(tmp_path):
    day = pd.Timestamp(1956, 8, 19)
    table = pd.DataFrame({"group": ["North"], "share": [1 / 3], "date": [day]})
    save_figure(new_axes(80, 50), table, tmp_path / "a", caption="")
    assert (tmp_path / "a.csv").read_text() == "group,share,date\nNorth,0.333333,1956-08-19\n"


def test_a_runner_is_told_what_was_drawn(tmp_path, monkeypatch):
    monkeypatch.setenv("CONCORDAT_FIGURES", str(tmp_path / "drawn"))
    draw(tmp_path / "a")
    told = (tmp_path / "drawn").read_text().splitlines()
    assert sorted(told) == sorted(str(tmp_path / f"a{suffix}") for suffix in SUFFIXES)


def test_the_users_settings_stay_the_users():
    with plt.rc_context({"font.size": 20}):
        plot_frames(invented.shares(), groups=invented.GROUPS)
        assert plt.rcParams["font.size"] == 20
    assert STYLE["font.size"] == 8


def test_a_group_keeps_its_colour_and_no_two_share_one():
    looks = group_looks(["North", "South", "East"])
    assert looks["North"] == group_looks(["North", "South"])["North"]
    assert len({look["color"] for look in looks.values()}) == 3
    assert len({look["marker"] for look in looks.values()}) == 3


def test_more_groups_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="8 groups, but 7 can be told apart"):
        group_looks("abcdefgh")
