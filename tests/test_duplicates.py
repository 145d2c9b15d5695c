from bulletin import BULLETIN, documents_of
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.attribution import read_text
from analysis.corpus.duplicates import find_duplicates, fingerprint, paragraph_keys

STORY = "Anna Keller said on Thursday that the talks on the harbour would go on next week."


@given(st.text(alphabet="ab "), st.sampled_from(["", " ", "\n", "!?"]))
def test_signs_space_and_case_do_not_count(text, tail):
    assert fingerprint(text) == fingerprint(text.upper() + tail)


def test_the_same_body_is_found_under_another_head():
    other = STORY.upper() + "\n"
    table = find_duplicates(documents_of(STORY, "Another story.", other))
    assert table.to_dict("records") == [{"doc_id": "d3", "duplicate_of": "d1"}]


def test_no_copy_gives_an_empty_table():
    assert find_duplicates(documents_of(STORY)).empty


def test_copies_of_a_statement_share_their_key():
    keys = paragraph_keys(read_text(BULLETIN, "en"))
    assert keys[-1] == keys[-2] is not None
    assert len(set(keys[:-2])) == len(keys) - 2


def test_few_words_have_no_key():
    assert paragraph_keys(read_text("Keller said that it rains.", "en")) == [None]
