"""Tables of what is measured on words: concordances, collocations, keyness and the like."""

from __future__ import annotations

from analysis.schema import declare

CONCORDANCE = declare(
    "concordance",
    "unit_id start",
    """
    unit_id:category left:text node:text right:text start:count end:count place:number
    pattern:category
    """,
)
COLLOCATIONS = declare(
    "collocations",
    "term_1 term_2",
    """
    term_1:category term_2:category n:count n_1:count n_2:count mi:number mi3:number
    t:number z:number g2:number chi2:number dice:number log_dice:number
    delta_p_2_given_1:number delta_p_1_given_2:number lambda_value:number lambda_z:number
    voice:category
    """,
)
NGRAMS = declare(
    "ngrams",
    "ngram",
    """
    ngram:text size:count n:count n_units:count expected:number mi:number mi3:number t:number
    z:number g2:number chi2:number dice:number log_dice:number lambda_value:number
    lambda_z:number voice:category
    """,
)
DISPERSION = declare(
    "dispersion",
    "term",
    """
    term:category n:count n_units:count range_share:number dp:number dp_norm:number sd:number
    vc:number juilland_d:number carroll_d2:number lyne_d3:number rosengren_s:number
    kl_divergence:number mean_difference:number dissemination:number entropy:number
    juilland_u:number carroll_um:number rosengren_kf:number engwall_fm:number kromer_ur:number
    """,
)
WAITING_TIMES = declare(
    "waiting_times",
    "term",
    "term:category n:count arf:number awt:number f_awt:number ald:number f_ald:number",
)
RICHNESS = declare(
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
READABILITY = declare(
    "readability",
    "unit_id",
    """
    unit_id:category n_sentences:count n_words:count words_per_sentence:number
    letters_per_word:number syllables_per_word:number flesch:number flesch_kincaid:number
    gunning_fog:number smog:number coleman_liau:number automated_readability:number lix:number
    rix:number note:text
    """,
)
SHIFTS = declare(
    "shifts",
    "term",
    """
    term:category measure:category n_target:count n_reference:count p_target:number
    p_reference:number contribution:number share:number low:number high:number note:text
    """,
)
SHIFT_TOTALS = declare(
    "shift_totals",
    "measure target reference",
    """
    measure:category target:category reference:category n_documents_target:count
    n_documents_reference:count total:number corrected:number low:number high:number note:text
    """,
)
DIVERGENCE = declare(
    "divergence",
    "target reference",
    """
    target:category reference:category n_documents_target:count n_documents_reference:count
    total:number chance:number excess:number p:number note:text
    """,
)
SIMILARITY = declare(
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
KEYNESS = declare(
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
