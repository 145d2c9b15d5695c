"""What stands around a mention."""

import pandas as pd

from analysis.models.stance_mention import fit_mentions


def rows(*texts):
    places = [(text.index("X"), text.index("X") + 1) for text in texts]
    frame = pd.DataFrame({"text": texts})
    return frame.assign(start=[p[0] for p in places], end=[p[1] for p in places])


def features(text, trained):
    block = fit_mentions(trained)
    names = block.names()
    row = block.matrix(rows(text)).tocoo()
    return {names[column]: value for column, value in zip(row.col, row.data, strict=True)}


def test_side_and_distance_are_seen():
    trained = rows("they praised X", "X praised them", "they did not praise X at all")
    found = features("they praised X", trained)
    assert {"around: left 1 praised", "around: left 3 they"} <= set(found)
    assert "around: right 1 praised" not in found
    found = features("X praised them", trained)
    assert "around: right 1 praised" in found


def test_negation_counts_on_both_sides_of_the_mention():
    text = "they did not praise X at all"
    found = features(text, rows(text, text))
    assert "around: left 1 praise_NEG" in found


def test_opinion_has_side_and_place():
    trained = rows("they praised X", "X accused them", "X")
    found = features("they praised X", trained)
    assert found["opinion: left at 0 good"] > 0
    bad = [name for name in found if name.endswith(" bad") and "less" not in name]
    assert bad and not any(found[name] for name in bad)
    assert features("X accused them", trained)["opinion: right at 0 bad"] > 0
