"""Tables of what models give: topics, scales, stance."""

from __future__ import annotations

from analysis.schema import declare

TOPIC_TERMS = declare(
    "topic_terms",
    "topic rank",
    "topic:category rank:count term:category weight:number",
)
TOPIC_SHARES = declare(
    "topic_shares",
    "unit_id topic",
    "unit_id:category topic:category share:number",
)
TOPIC_DRAWS = declare(
    "topic_draws",
    "draw unit_id topic",
    "draw:count unit_id:category topic:category share:number",
)
TOPIC_STABILITY = declare(
    "topic_stability",
    "topic",
    """
    topic:category n_refits:count jaccard:number cosine:number n_seeds:count seed_jaccard:number
    seed_cosine:number
    """,
)
TOPIC_LABELS = declare(
    "topic_labels",
    "topic measure rank",
    "topic:category measure:category rank:count term:category score:number",
)
TOPIC_QUALITY = declare(
    "topic_quality",
    "topic",
    """
    topic:category share:number exclusivity:number npmi:number c_v:number company:category
    jaccard:number cosine:number seed_jaccard:number seed_cosine:number
    """,
)
TOPIC_UNITS = declare(
    "topic_units",
    "topic rank",
    "topic:category rank:count unit_id:text share:number n_modelled:count",
)
TOPIC_MAP = declare(
    "topic_map",
    "topic",
    "topic:category x:number y:number share:number cosine:number terms:text",
)
TOPIC_SCAN = declare(
    "topic_scan",
    "method k",
    """
    method:category k:count n_units:count n_terms:count perplexity:number exclusivity:number
    npmi:number c_v:number company:category n_refits:count jaccard:number cosine:number
    lowest_cosine:number seed_jaccard:number seed_cosine:number converged:bool
    """,
)
TOPIC_TASK = declare(
    "topic_task",
    "item",
    """
    item:text task:category question:text shown:text option_a:text option_b:text option_c:text
    option_d:text option_e:text option_f:text answer:text
    """,
)
TOPIC_KEY = declare(
    "topic_key",
    "item",
    "item:text task:category topic:category answer:text n_options:count unit_id:text",
)
TOPIC_ANSWERS = declare(
    "topic_answers",
    "item coder",
    "item:text coder:category answer:text",
)
TOPIC_VALIDATION = declare(
    "topic_validation",
    "task topic",
    """
    task:category topic:category n_items:count n_answers:count right:number low:number
    high:number chance:number note:text
    """,
)
SCALE_POSITIONS = declare(
    "scale_positions",
    "unit_id",
    """
    unit_id:category group:category n_tokens:count position:number se:number se_model:number
    low:number high:number intercept:number
    """,
)
SCALE_WORDS = declare(
    "scale_words",
    "term",
    "term:category n:count score:number intercept:number",
)
SCALE_FITS = declare(
    "scale_fits",
    "scale",
    """
    scale:category n_units:count n_terms:count n_tokens:count n_iterations:count
    last_change:number converged:bool
    """,
)
SCALES = declare(
    "scales",
    "scale unit_id",
    """
    scale:category unit_id:category doc_id:text group:category date:date position:number
    low:number high:number reference:number
    """,
)
SCORED_TEXTS = declare(
    "scored_texts",
    "unit_id",
    """
    unit_id:category group:category reference:number n_scored:count raw:number se:number
    low:number high:number lbg:number lbg_low:number lbg_high:number mv:number mv_se:number
    mv_low:number mv_high:number
    """,
)
CA_TEXTS = declare(
    "ca_texts",
    "unit_id dimension",
    "unit_id:category dimension:count standard:number principal:number",
)
CA_WORDS = declare(
    "ca_words",
    "term dimension",
    "term:category dimension:count standard:number principal:number",
)
CA_DIMENSIONS = declare(
    "ca_dimensions",
    "dimension",
    "dimension:count singular_value:number inertia_share:number",
)
POLARITY_TEXTS = declare(
    "polarity_texts",
    "unit_id",
    """
    unit_id:category group:category n_scored:count polarity:number se:number low:number
    high:number position:number
    """,
)
POLARITY_WORDS = declare(
    "polarity_words",
    "term",
    "term:category n:count seed:number polarity:number",
)
AGREEMENT = declare(
    "agreement",
    "code measure",
    """
    code:category measure:category n_statements:count n_units:count value:number low:number
    high:number note:text
    """,
)
DISAGREEMENTS = declare(
    "disagreements",
    "code statement_id",
    "code:category statement_id:text values:text content:text",
)
CODING_TASK = declare(
    "coding_task",
    "statement_id code",
    """
    statement_id:text speaker:text content:text code:category definition:text allowed:text
    value:text codebook_version:text inclusion_probability:number
    """,
)
TOPIC_COHERENCE = declare(
    "topic_coherence",
    "topic measure",
    "topic:category measure:category value:number",
)
CONFUSION = declare(
    "confusion",
    "code coder value_reference value_coder",
    "code:category coder:category value_reference:category value_coder:category n:count",
)
REPEATS = declare(
    "repeats",
    "coder code",
    """
    coder:category code:category n_statements:count n_units:count agreement:number alpha:number
    low:number high:number note:text
    """,
)
UNITISED = declare(
    "unitised",
    "doc_id coder category start",
    "doc_id:text coder:category category:category start:count end:count",
)
UNITISING = declare(
    "unitising",
    "category measure",
    """
    category:category measure:category n_documents:count n_spans:count observed:number
    expected:number alpha:number low:number high:number note:text
    """,
)
CODER_SCORES = declare(
    "coder_scores",
    "code coder",
    """
    code:category coder:category n_statements:count n_units:count agreement:number
    macro_f1:number macro_f1_low:number macro_f1_high:number alpha:number alpha_low:number
    alpha_high:number note:text
    """,
)
CALIBRATION = declare(
    "calibration",
    "coder code bin",
    """
    coder:category code:category bin:category n_found:count n_right:count n_units:count
    confidence:number precision:number low:number high:number error:number note:text
    """,
)
LEARNING = declare(
    "learning",
    "code n_labels",
    """
    code:category n_labels:count n_statements:count n_groups:count n_draws:count macro_f1:number
    low:number high:number gain:number gain_low:number gain_high:number note:text
    """,
)
LEARNT = declare(
    "learnt",
    "code",
    "code:category n_statements:count n_groups:count setting:text note:text",
)
REASONS = declare(
    "reasons",
    "statement_id code rank",
    "statement_id:text code:category value:category rank:count word:text pull:number",
)
CODE_WORDS = declare(
    "code_words",
    "code value rank",
    "code:category value:category rank:count word:text weight:number",
)
OUTSIDE = declare(
    "outside",
    "passages code coder",
    """
    passages:category code:category coder:category n_statements:count n_units:count
    n_reference:count n_coded:count agreement:number macro_f1:number macro_f1_low:number
    macro_f1_high:number alpha:number alpha_low:number alpha_high:number n_masked:number
    n_swapped:number note:text
    """,
)
