"""Writes what scikit-learn and xxhash make of small inputs, for the tests of one-hot and ordinal codes and hash buckets.

    pip install scikit-learn==1.9.1 xxhash==3.5.0
    python golden_codes.py ../resources/golden

Files are UTF-8, fields are parted by tabs, and \\N is null. The first line of a case holds its parameters.
"""

import pathlib
import random
import sys

import numpy as np
import xxhash
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

OUT = pathlib.Path(sys.argv[1])
WORDS = ["oak", "ash", "elm", "Elm", "été", "日本", "😀", "", "a rather long name of a tree", "null", "ab", "abc"]


def write(name, lines):
    (OUT / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def cell(value):
    return "\\N" if value is None else str(value)


def categories():
    rng = random.Random(7)
    weights = [40, 30, 20, 10, 6, 6, 5, 3, 3, 2, 2, 1]
    words = rng.choices(WORDS, weights, k=120)
    fit = [[None if rng.random() < 0.05 else word, rng.choice([-7, 0, 3, 3, 3, 12, 12, 100])] for word in words]
    seen = [list(row) for row in rng.sample(fit, 30)]
    new = [["oak", 3], [None, 3], ["ab", 12], ["unheard of", 3], ["ash", 5], ["Oak", -100]]
    return fit, seen, seen + new


def encoders():
    fit, seen, all_rows = categories()
    write("categories_fit.tsv", ["\t".join(map(cell, row)) for row in fit])
    write("categories_rows.tsv", ["\t".join(map(cell, row)) for row in all_rows])
    fit_array = np.array(fit, dtype=object)
    case = 0
    for unknown in ["error", "ignore", "infrequent_if_exist"]:
        for minimum, maximum in [(None, None), (4, None), (None, 4), (6, 9), (None, 1), (None, 12), (1000, None), (0.05, None)]:
            encoder = OneHotEncoder(
                handle_unknown=unknown, min_frequency=minimum, max_categories=maximum, sparse_output=False
            ).fit(fit_array)
            rows = seen if unknown == "error" else all_rows
            result = encoder.transform(np.array(rows, dtype=object))
            names = encoder.get_feature_names_out(["word", "number"])
            names = [n.replace("_None", "_null").replace("_infrequent_sklearn", "_infrequent") for n in names]
            # 'null' is one of the words, so the column of the nulls steps aside.
            if names.count("word_null") == 2:
                names[len(names) - 1 - names[::-1].index("word_null")] = "word_null_"
            lines = ["\t".join([unknown, str(minimum or 0), str(maximum or 0)]), "\t".join(names)]
            lines += ["\t".join(str(int(v)) for v in row) for row in result]
            write("one_hot_%02d.tsv" % case, lines)
            case += 1
    # OrdinalEncoder takes None for a category and only NaN for a missing value.
    fit_array = np.array([[np.nan if v is None else v for v in row] for row in fit], dtype=object)
    seen, all_rows = [[[np.nan if v is None else v for v in row] for row in rows] for rows in (seen, all_rows)]
    case = 0
    for unknown in ["error", "use_encoded_value"]:
        for minimum, maximum in [(None, None), (4, None), (None, 4), (6, 9), (None, 1), (None, 11), (0.05, None)]:
            for missing in [np.nan, -2]:
                encoder = OrdinalEncoder(
                    handle_unknown=unknown,
                    unknown_value=-1 if unknown != "error" else None,
                    encoded_missing_value=missing,
                    min_frequency=minimum,
                    max_categories=maximum,
                ).fit(fit_array)
                rows = seen if unknown == "error" else all_rows
                result = encoder.transform(np.array(rows, dtype=object))
                parameters = [unknown, str(minimum or 0), str(maximum or 0), "\\N" if missing != missing else "-2"]
                lines = ["\t".join(parameters)]
                lines += ["\t".join("\\N" if v != v else str(int(v)) for v in row) for row in result]
                write("ordinal_%02d.tsv" % case, lines)
                case += 1


def buckets():
    lines = []
    values = WORDS + ["x" * n for n in range(70)]
    for buckets, seed in [(100, 0), (100000, 0), (2**31 - 1, 42), (1, -1)]:
        for value in values:
            digest = xxhash.xxh64_intdigest(value.encode(), seed % 2**64)
            lines.append("\t".join(["text", str(buckets), str(seed), value, str((digest >> 32) * buckets >> 32)]))
        for value in [0, 1, -1, 127, -128, 12345678901, -(2**63), 2**63 - 1]:
            digest = xxhash.xxh64_intdigest(value.to_bytes(8, "little", signed=True), seed % 2**64)
            lines.append("\t".join(["int64", str(buckets), str(seed), str(value), str((digest >> 32) * buckets >> 32)]))
    write("hash_buckets.tsv", lines)


encoders()
buckets()
