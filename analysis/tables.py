"""Every table of the package: its columns, their kinds and its key.

A table is a plain DataFrame. `check_table` stands at the door of every public function;
`build_table` makes rows into a table. `analysis.storage` moves tables to and from disk.
"""

from __future__ import annotations

from analysis.schema import Table, build_table, check_columns, check_table

__all__ = ["TABLES", "VALUES", "Table", "build_table", "check_columns", "check_table"]

# A column of one name means the same in every table, and so do its values.
VALUES: dict[str, tuple[str, ...]] = {
    "kind": ("news", "speech", "transcript", "chronicle", "synthetic"),
    # "any" stands only in results for which the user set the voice rule aside.
    "voice": (
        *("original", "official_translation", "press_translation"),
        *("paraphrase", "synthetic", "any"),
    ),
    "layer": ("news", "background"),
    "said_precision": ("day", "month", "month_approx", "year"),
    "cue_class": ("neutral", "assert", "deny", "demand", "concede", "promise", "doubt"),
    "quote_type": ("direct", "mixed", "indirect"),
    "modality": ("certain", "possible", "obliged", "conditional"),
    "role": ("source", "cue", "content"),
}


def _declare(name: str, key: str, columns: str) -> Table:
    """Declare a table: the columns of its key, then every column as name:kind."""
    kinds = dict(column.split(":") for column in columns.split())
    values = {column: VALUES[column] for column in kinds if column in VALUES}
    return Table(name, tuple(key.split()), kinds, values)


DOCUMENTS = _declare(
    "documents",
    "doc_id",
    """
    doc_id:text title:text published_on:date outlet:text url:text language:category
    kind:category genre:category voice:category text:text sha256:text path:text
    warnings:text
    """,
)
STATEMENTS = _declare(
    "statements",
    "statement_id",
    """
    statement_id:text doc_id:text said_on:date said_precision:category published_on:date
    outlet:text genre:category voice:category layer:category source:text cue:text
    cue_class:category content:text quote_type:category start:count end:count speaker:text
    speaker_method:category actor:text addressee:text reported_by:text negated:bool
    modality:category confidence:number pattern:category utterance_id:text episode_id:text
    duplicate_of:text
    """,
)
SAMPLE = Table(
    "sample",
    STATEMENTS.key,
    {**STATEMENTS.columns, "inclusion_probability": "number"},
    STATEMENTS.allowed,
)
SPANS = _declare(
    "spans",
    "statement_id role part",
    "statement_id:text role:category part:count start:count end:count",
)
UNITS = _declare(
    "units",
    "unit_id",
    "unit_id:category doc_id:text group:category date:date voice:category n_tokens:count",
)
COUNTS = _declare(
    "counts",
    "unit_id term",
    "unit_id:category term:category n:count",
)
HITS = _declare(
    "hits",
    "unit_id code form",
    "unit_id:category code:category pattern:category form:text n:count",
)
CODES = _declare(
    "codes",
    "statement_id code coder",
    """
    statement_id:text code:category coder:category value:category probability:number
    codebook_version:category
    """,
)
EVIDENCE = _declare(
    "evidence",
    "statement_id code value pattern start",
    """
    statement_id:text code:category value:category pattern:category start:count end:count form:text
    negated:bool
    """,
)
PATTERN_USE = _declare(
    "pattern_use",
    "code value pattern",
    "code:category value:category pattern:category n_hits:count n_statements:count",
)
PATTERN_REPORT = _declare(
    "pattern_report",
    "code pattern",
    """
    code:category pattern:category n_hits:count n_units:count n_alone:count forms:text
    examples:text
    """,
)
COOCCURRENCE = _declare(
    "cooccurrence",
    "code_1 code_2",
    """
    code_1:category code_2:category n_units:count n_1:count n_2:count n_both:count
    expected:number jaccard:number phi:number log_odds:number low:number high:number p:number
    q:number note:text
    """,
)
CONCORDANCE = _declare(
    "concordance",
    "unit_id start",
    """
    unit_id:category left:text node:text right:text start:count end:count place:number
    pattern:category
    """,
)
COLLOCATIONS = _declare(
    "collocations",
    "term_1 term_2",
    """
    term_1:category term_2:category n:count n_1:count n_2:count mi:number mi3:number
    t:number z:number g2:number chi2:number dice:number log_dice:number
    delta_p_2_given_1:number delta_p_1_given_2:number lambda_value:number lambda_z:number
    voice:category
    """,
)
NGRAMS = _declare(
    "ngrams",
    "ngram",
    """
    ngram:text size:count n:count n_units:count expected:number mi:number mi3:number t:number
    z:number g2:number chi2:number dice:number log_dice:number lambda_value:number
    lambda_z:number voice:category
    """,
)
DISPERSION = _declare(
    "dispersion",
    "term",
    """
    term:category n:count n_units:count range_share:number dp:number dp_norm:number sd:number
    vc:number juilland_d:number carroll_d2:number lyne_d3:number rosengren_s:number
    kl_divergence:number mean_difference:number dissemination:number entropy:number
    juilland_u:number carroll_um:number rosengren_kf:number engwall_fm:number kromer_ur:number
    """,
)
WAITING_TIMES = _declare(
    "waiting_times",
    "term",
    "term:category n:count arf:number awt:number f_awt:number ald:number f_ald:number",
)
RICHNESS = _declare(
    "richness",
    "unit_id",
    """
    unit_id:category n_tokens:count n_types:count n_hapax:count n_dis:count ttr:number c:number
    r:number cttr:number u:number s:number maas:number lgv0:number lgev0:number k:number
    i:number d:number vm:number repeat_rate:number entropy:number honore_h:number
    sichel_s:number brunet_w:number fisher_alpha:number mattr:number msttr:number mtld:number
    hdd:number vocd_d:number note:text
    """,
)
READABILITY = _declare(
    "readability",
    "unit_id",
    """
    unit_id:category n_sentences:count n_words:count words_per_sentence:number
    letters_per_word:number syllables_per_word:number flesch:number flesch_kincaid:number
    gunning_fog:number smog:number coleman_liau:number automated_readability:number lix:number
    rix:number note:text
    """,
)
SHIFTS = _declare(
    "shifts",
    "term",
    """
    term:category measure:category n_target:count n_reference:count p_target:number
    p_reference:number contribution:number share:number low:number high:number note:text
    """,
)
SHIFT_TOTALS = _declare(
    "shift_totals",
    "measure target reference",
    """
    measure:category target:category reference:category n_documents_target:count
    n_documents_reference:count total:number corrected:number low:number high:number note:text
    """,
)
DIVERGENCE = _declare(
    "divergence",
    "target reference",
    """
    target:category reference:category n_documents_target:count n_documents_reference:count
    total:number chance:number excess:number p:number note:text
    """,
)
SIMILARITY = _declare(
    "similarity",
    "first second",
    """
    first:category second:category n_tokens_first:count n_tokens_second:count cosine:number
    correlation:number jaccard:number ejaccard:number dice:number edice:number
    simple_matching:number hamann:number faith:number euclidean:number manhattan:number
    maximum:number canberra:number bray_curtis:number jensen_shannon:number
    jensen_shannon_distance:number hellinger:number kl_first:number kl_second:number
    cosine_corrected:number cosine_low:number cosine_high:number note:text
    """,
)
KEYNESS = _declare(
    "keyness",
    "term",
    """
    term:category n_target:count n_reference:count rate_target_per_10k:number
    rate_reference_per_10k:number g2:number chi2:number log_ratio:number percent_diff:number
    log_odds:number z:number dp_target:number dp_reference:number low:number high:number
    p:number q:number voice:category correction:category n_tokens_target:count
    n_tokens_reference:count n_documents_target:count n_documents_reference:count
    simple_maths:number odds_ratio:number difference_coefficient:number log_odds_flat:number
    z_flat:number dp_norm_target:number dp_norm_reference:number juilland_d_target:number
    juilland_d_reference:number note:text
    """,
)
RATES = _declare(
    "rates",
    "group period code",
    """
    group:category period:category code:category n:count n_units:count n_tokens:count
    rate_per_10k:number low:number high:number note:text
    """,
)
TOPIC_TERMS = _declare(
    "topic_terms",
    "topic rank",
    "topic:category rank:count term:category weight:number",
)
TOPIC_SHARES = _declare(
    "topic_shares",
    "unit_id topic",
    "unit_id:category topic:category share:number",
)
TOPIC_STABILITY = _declare(
    "topic_stability",
    "topic",
    "topic:category n_refits:count jaccard:number cosine:number",
)
PREVALENCE = _declare(
    "prevalence",
    "topic group",
    """
    topic:category group:category n_units:count share:number low:number high:number
    note:text
    """,
)
RELIABILITY = _declare(
    "reliability",
    "code",
    """
    code:category n_statements:count n_units:count agreement:number alpha:number low:number
    high:number note:text
    """,
)
EVALUATION = _declare(
    "evaluation",
    "code coder value",
    """
    code:category coder:category value:category n_reference:count n_coded:count n_both:count
    precision:number recall:number f1:number low:number high:number note:text
    """,
)
POSITIONS = _declare(
    "positions",
    "group proposition period",
    """
    group:category proposition:category period:category n_statements:count n_units:count
    n_addressed:count n_favor:count n_against:count n_conditional:count n_ambiguous:count
    salience:number salience_low:number salience_high:number direction:number
    direction_low:number direction_high:number method:category note:text
    """,
)
SHARES = _declare(
    "shares",
    "group code period",
    """
    group:category code:category period:category n_statements:count n_units:count
    n_present:count share:number low:number high:number note:text
    """,
)
SCORES = _declare(
    "scores",
    "part",
    """
    part:category n_gold:count n_found:count n_right:count n_units:count precision:number
    recall:number f1:number low:number high:number
    """,
)
JUDGMENTS = _declare(
    "judgments",
    "statement_id",
    "statement_id:text doc_id:text confidence:number right:bool",
)
CONFIDENCE = _declare(
    "confidence",
    "bin",
    """
    bin:category n_found:count n_right:count n_units:count confidence:number precision:number
    low:number high:number error:number note:text
    """,
)
COVERAGE = _declare(
    "coverage",
    "value period",
    "value:category period:category n:count",
)
TABLES = {table.name: table for table in list(globals().values()) if isinstance(table, Table)}
