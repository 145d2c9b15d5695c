"""Where in a text a day is looked for; what follows from it is in test_resolution."""

from datetime import date

import pytest

from analysis.corpus.attribution import read_text
from analysis.corpus.dates import Said
from analysis.corpus.days import Outside, carried_days, own_day
from analysis.corpus.speakers import Speaker

FRIDAY = date(2019, 2, 22)
THURSDAY = Said(date(2019, 2, 21), "day")
WEDNESDAY = Said(date(2019, 2, 20), "day")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anna Keller said on Thursday that it rained on Monday.", THURSDAY),
        ("On Monday, Anna Keller said on Thursday that it rains.", THURSDAY),
        ("On Thursday, Anna Keller said that it rains.", THURSDAY),
        ("Anna Keller said that Berg left on Thursday.", None),
        ("The memorandum dated 20 February 2019 said that it rains.", WEDNESDAY),
        ("Anna Keller called the visit “regrettable” the same day.", WEDNESDAY),
        ("Anna Keller called the visit “regrettable” on Thursday.", THURSDAY),
        ("A day later, Anna Keller said that it rains.", THURSDAY),
    ],
)
def test_the_nearest_words_of_time_outside_the_content_count(text, said):
    reading = read_text(text, "en")
    found = reading.attributions[0]
    assert own_day(reading, found, Outside(reading), FRIDAY, WEDNESDAY) == said


def test_without_any_day_all_stay_undated():
    reading = read_text("Anna Keller said that it rains. She said that it pours.", "en")
    speakers = [Speaker("Anna Keller")] * 2
    assert carried_days(reading, speakers, [None, None], ["news"] * 2, FRIDAY) == [None, None]
