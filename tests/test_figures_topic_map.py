"""Maps and scans of topics."""

import io

import matplotlib.pyplot as plt
import pytest

from analysis.errors import TableError
from analysis.figures.topic_map import plot_topic_map, plot_topic_scan
from analysis.tables import TOPIC_MAP, TOPIC_SCAN, build_table


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def placed():
    rows = [
        {"topic": "T1 barley, plough, seed", "x": -0.4, "y": 0.1, "share": 0.5, "cosine": 0.95},
        {"topic": "T2 sail, anchor, tide", "x": 0.4, "y": 0.2, "share": 0.3, "cosine": 0.4},
        {"topic": "justice", "x": 0.0, "y": -0.3, "share": 0.2, "cosine": 0.75},
    ]
    terms = ("barley, plough, seed", "sail, anchor, tide", "court, judge, law")
    return build_table(
        [{**row, "terms": term} for row, term in zip(rows, terms, strict=True)], TOPIC_MAP
    )


def scanned(*methods):
    rows = [
        {
            **{"method": method, "k": k, "n_units": 30, "n_terms": 90, "n_refits": 3},
            **{"perplexity": 900 / k, "exclusivity": 8.0, "npmi": 0.1, "c_v": 0.5},
            **{"company": "units", "jaccard": 0.5, "cosine": 0.9 - k / 50, "lowest_cosine": 0.4},
            **{"seed_jaccard": 0.8, "seed_cosine": 0.95, "converged": True},
        }
        for method in methods
        for k in (4, 8)
    ]
    return build_table(rows, TOPIC_SCAN)


def svg(figure):
    with io.BytesIO() as file:
        figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()


def test_every_topic_is_named_by_its_number_or_its_seed():
    ax = plot_topic_map(placed())
    words = [text.get_text() for text in ax.texts]
    assert words == [
        "T1  barley, plough, seed",
        "T2  sail, anchor, tide",
        "justice  court, judge, law",
    ]


def test_what_comes_back_is_darker():
    marks = plot_topic_map(placed()).collections[0]
    darkness = [3 - sum(color[:3]) for color in marks.get_facecolors()]
    assert darkness[0] > darkness[2] > darkness[1] == 0


def test_a_scan_has_a_line_for_each_method_and_measure():
    figure = plot_topic_scan(scanned("kl_nmf", "lda"))
    assert [len(ax.lines) for ax in figure.axes] == [2, 2, 6, 2]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["KL-NMF", "LDA"]
    assert not plot_topic_scan(scanned("lda")).legends


@pytest.mark.parametrize(
    "draw",
    [lambda: plot_topic_map(placed()).figure, lambda: plot_topic_scan(scanned("lda"))],
)
def test_the_same_table_gives_the_same_bytes(draw):
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "x"}):
        assert svg(draw()) == svg(draw())


def test_nothing_to_draw_is_told():
    with pytest.raises(TableError, match="no topic to draw"):
        plot_topic_map(build_table([], TOPIC_MAP))
    with pytest.raises(TableError, match="no row to draw"):
        plot_topic_scan(build_table([], TOPIC_SCAN))
