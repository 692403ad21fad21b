"""Writes what scikit-learn and Python's own Unicode make of some texts, for the tests of the text operators.

    python3.11 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
    venv/bin/python golden_text.py ../resources/golden

Files are UTF-8 and fields are parted by tabs. The first line of a case holds its parameters as a YAML map of the operator,
the second its vocabulary, then there is a line for each text. Floats are written so that they are read back exactly.
"""

import pathlib
import sys
import unicodedata

from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
    strip_accents_ascii,
    strip_accents_unicode,
)

OUT = pathlib.Path(sys.argv[1])
TEXTS = [
    "The quick brown fox jumps over the lazy dog",
    "the the THE a I x9 _y __ 42",
    "",
    "!!! ... ?",
    "ÜBER Straße İstanbul ΣΊΣΥΦΟΣ",
    "naïve café cafe\u0301 – déjà-vu",
    "日本語 のテキスト, 中文和English混合",
    "½ x² Ⅷ ٣٤ n° 5th_place",
    "emoji 😀😀 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 maths",
    "BIRD STRIKE ON TAKEOFF. #1 ENG. NO DMG. bird strike on landing; bird remains",
    "don't can't it's e-mail me@example.org http://example.org/a?b=c&d=e",
    " ".join("word%d" % (i * i % 97) for i in range(300)),
    "The dog and the fox: a bird on the  engine,\u00a0 the dog's\u2003remains\tand the engine",
    "fox dog bird; bird fox dog on the fox",
]
STOP = ["the", "on", "and", "of"]


def write(name, lines):
    (OUT / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def vectors(matrix, form):
    lines = []
    for row in matrix:
        pairs = sorted((int(i), v) for i, v in zip(row.indices, row.data) if v != 0)
        lines.append("\t".join("%d:%s" % (i, form(v)) for i, v in pairs))
    return lines


def tokens():
    write("texts.txt", TEXTS)
    for case, (yaml, options) in enumerate(
        [
            ("{}", {}),
            ("{max-gram: 3}", {"ngram_range": (1, 3)}),
            ("{min-gram: 2, max-gram: 2, lowercase: false}", {"ngram_range": (2, 2), "lowercase": False}),
            ("{accents: unicode}", {"strip_accents": "unicode"}),
            ("{accents: ascii, max-gram: 2}", {"strip_accents": "ascii", "ngram_range": (1, 2)}),
            ("{stop-words: {words: {words: [the, 'on', and, of]}}, max-gram: 2}", {"stop_words": STOP, "ngram_range": (1, 2)}),
            ("{pattern: '[\\p{L}\\p{N}_]+'}", {"token_pattern": r"(?u)\b\w+\b"}),
            ("{pattern: '#(\\w+)'}", {"token_pattern": r"#(\w+)"}),
            ("{unit: char, max-gram: 3}", {"analyzer": "char", "ngram_range": (1, 3)}),
            ("{unit: char, min-gram: 4, max-gram: 4, lowercase: false}", {"analyzer": "char", "ngram_range": (4, 4), "lowercase": False}),
            ("{unit: char-wb, min-gram: 2, max-gram: 5}", {"analyzer": "char_wb", "ngram_range": (2, 5)}),
            ("{unit: char-wb, max-gram: 1, accents: unicode}", {"analyzer": "char_wb", "ngram_range": (1, 1), "strip_accents": "unicode"}),
        ]
    ):
        analyze = CountVectorizer(**options).build_analyzer()
        # A term can hold a tab itself.
        lines = ["\t".join(t.replace("\t", "\\t") for t in analyze(text)) for text in TEXTS]
        write("terms_%02d.tsv" % case, [yaml] + lines)


def hashing():
    for case, (yaml, options) in enumerate(
        [
            ("{}", {}),
            ("{features: 16}", {"n_features": 16}),
            ("{features: 16, norm: l1}", {"n_features": 16, "norm": "l1"}),
            (
                "{features: 7, norm: none, signed: false, analyzer: {max-gram: 3}}",
                {"n_features": 7, "ngram_range": (1, 3), "norm": None, "alternate_sign": False},
            ),
            (
                "{features: 1000, analyzer: {min-gram: 2, max-gram: 3, lowercase: false}}",
                {"n_features": 1000, "ngram_range": (2, 3), "lowercase": False},
            ),
            (
                "{features: 2147483647, norm: none, analyzer: {max-gram: 2}}",
                {"n_features": 2**31 - 1, "ngram_range": (1, 2), "norm": None},
            ),
            (
                "{features: 50, binary: true, analyzer: {unit: char, max-gram: 2}}",
                {"n_features": 50, "ngram_range": (1, 2), "binary": True, "analyzer": "char"},
            ),
        ]
    ):
        vectorizer = HashingVectorizer(**options)
        lines = vectors(vectorizer.transform(TEXTS), lambda v: repr(float(v)))
        write("hashing_%02d.tsv" % case, [yaml] + lines)


def counts():
    given = ["fox", "dog", "unheard", "bird"]
    for case, (yaml, kind, options) in enumerate(
        [
            ("{}", CountVectorizer, {}),
            ("{binary: true, analyzer: {max-gram: 2}}", CountVectorizer, {"binary": True, "ngram_range": (1, 2)}),
            ("{vocabulary: {min-documents: 2}}", CountVectorizer, {"min_df": 2}),
            ("{vocabulary: {min-documents: 0.2, max-documents: 0.25}}", CountVectorizer, {"min_df": 0.2, "max_df": 0.25}),
            ("{vocabulary: {min-documents: 2, max-terms: 2}}", CountVectorizer, {"min_df": 2, "max_features": 2}),
            ("{vocabulary: {terms: [fox, dog, unheard, bird]}}", CountVectorizer, {"vocabulary": given}),
            ("{analyzer: {unit: char-wb, min-gram: 2, max-gram: 3}}", CountVectorizer, {"analyzer": "char_wb", "ngram_range": (2, 3)}),
            ("{}", TfidfVectorizer, {}),
            ("{smooth: false, norm: l1}", TfidfVectorizer, {"smooth_idf": False, "norm": "l1"}),
            ("{sublinear: true, norm: none}", TfidfVectorizer, {"sublinear_tf": True, "norm": None}),
            ("{idf: false, analyzer: {max-gram: 2}}", TfidfVectorizer, {"use_idf": False, "ngram_range": (1, 2)}),
            (
                "{binary: true, vocabulary: {min-documents: 2, max-documents: 50%}}",
                TfidfVectorizer,
                {"binary": True, "min_df": 2, "max_df": 0.5},
            ),
            ("{vocabulary: {terms: [fox, dog, unheard, bird]}}", TfidfVectorizer, {"vocabulary": given}),
        ]
    ):
        vectorizer = kind(**options).fit(TEXTS)
        operator = "count-vectorizer" if kind is CountVectorizer else "tfidf-vectorizer"
        form = (lambda v: int(v)) if kind is CountVectorizer else (lambda v: repr(float(v)))
        names = "\t".join(vectorizer.get_feature_names_out())
        write("vectors_%02d.tsv" % case, [operator + ": " + yaml, names] + vectors(vectorizer.transform(TEXTS), form))


def reweighted():
    counts = CountVectorizer().fit_transform(TEXTS)
    hashed = HashingVectorizer(n_features=64, norm=None).transform(TEXTS)
    # Counts that cancel out are not written here; scikit-learn would take them for occurrences.
    hashed.eliminate_zeros()
    for case, (yaml, matrix, options) in enumerate(
        [
            ("{}", counts, {}),
            ("{smooth: false, norm: l1}", counts, {"smooth_idf": False, "norm": "l1"}),
            ("{sublinear: true, norm: none}", counts, {"sublinear_tf": True, "norm": None}),
            ("{idf: false}", counts, {"use_idf": False}),
            ("{}", hashed, {}),
            ("{norm: none}", hashed, {"norm": None}),
        ]
    ):
        made = TfidfTransformer(**options).fit_transform(matrix)
        source = "counts" if matrix is counts else "hashed"
        write("tfidf_%02d.tsv" % case, [source + ": " + yaml] + vectors(made, lambda v: repr(float(v))))


def extend(ranges, code):
    """Adds a code point to ascending ranges."""
    if ranges and ranges[-1][1] == code - 1:
        ranges[-1][1] = code
    else:
        ranges.append([code, code])


def unicode():
    """Characters that case folding changes, ranges of combining and of known characters, and texts in the four forms."""
    lines = []
    combining = []
    assigned = []
    for code in range(0x80, 0x110000):
        letter = chr(code)
        if unicodedata.category(letter) not in ("Cn", "Cs") and letter.casefold() != letter:
            lines.append("%x\t%s" % (code, " ".join("%x" % ord(c) for c in letter.casefold())))
        if unicodedata.combining(letter):
            extend(combining, code)
        if unicodedata.category(letter) != "Cn":
            extend(assigned, code)
    write("casefold.tsv", lines)
    write("combining.tsv", ["%x\t%x" % tuple(pair) for pair in combining])
    write("assigned.tsv", ["%x\t%x" % tuple(pair) for pair in assigned])
    forms = ["NFC", "NFD", "NFKC", "NFKD"]
    write("forms.tsv", ["\t".join(unicodedata.normalize(f, t).replace("\t", "\\t") for f in forms) for t in TEXTS])


tokens()
hashing()
counts()
reweighted()
unicode()
