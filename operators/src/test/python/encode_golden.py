"""Writes what scikit-learn and xxhash make of small inputs, for the tests of the encode operators.

    pip install scikit-learn==1.9.1 xxhash==4.1.0
    python encode_golden.py ../resources/golden

Files are UTF-8, fields are parted by tabs, and \\N is null. The first line of a case holds its parameters.
"""

import pathlib
import random
import sys

import numpy as np
import xxhash
from sklearn.feature_extraction import FeatureHasher
from sklearn.preprocessing import LabelEncoder, MultiLabelBinarizer, OneHotEncoder, TargetEncoder

OUT = pathlib.Path(sys.argv[1])
WORDS = ["oak", "ash", "elm", "Elm", "été", "日本", "😀", "", "a rather long name of a tree", "null", "ab", "abc"]
WEIGHTS = [40, 30, 20, 10, 6, 6, 5, 3, 3, 2, 2, 1]


def write(name, lines):
    (OUT / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def cell(value):
    return "\\N" if value is None else repr(value.item()) if isinstance(value, np.floating) else str(value)


def line(values):
    return "\t".join(map(cell, values))


def rows(rng, count):
    words = rng.choices(WORDS, WEIGHTS, k=count)
    return [[None if rng.random() < 0.05 else word, rng.choice([-7, 0, 3, 3, 3, 12, 12, 100])] for word in words]


def target_encoder():
    rng = random.Random(11)
    fit = rows(rng, 150)
    new = rows(rng, 20) + [["unheard of", 3], ["oak", 99], [None, 3]]
    continuous = [round(rng.gauss(len(word or "") + number / 10, 2), 3) for word, number in fit]
    binary = [int(rng.random() < (0.2 + 0.5 * (number > 3))) for _, number in fit]
    write("target_fit.tsv", [line(row + [y, b]) for row, y, b in zip(fit, continuous, binary)])
    write("target_new.tsv", [line(row) for row in new])
    x = np.array(fit, dtype=object)
    case = 0
    for kind, y in [("continuous", continuous), ("binary", binary)]:
        for smooth in ["auto", 0.0, 10.0]:
            for folds in [2, 5]:
                # Rows are dealt to the folds in turn.
                fold = np.arange(len(fit)) % folds
                cv = [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(folds)]
                encoder = TargetEncoder(target_type=kind, smooth=smooth, cv=cv)
                crossed = encoder.fit_transform(x, np.array(y))
                whole = encoder.transform(np.array(new, dtype=object))
                lines = [line([kind, smooth, folds])] + [line(row) for row in crossed] + [line(row) for row in whole]
                write("target_%02d.tsv" % case, lines)
                case += 1


def multiclass_target_encoder():
    rng = random.Random(31)
    fit = rows(rng, 150)
    new = rows(rng, 20) + [["unheard of", 3], ["oak", 99], [None, 3]]
    classes = [rng.choice(["red", "green", "blue", "blue"] + (["green"] * 4 if number > 3 else [])) for _, number in fit]
    write("multiclass_fit.tsv", [line(row + [c]) for row, c in zip(fit, classes)])
    write("multiclass_new.tsv", [line(row) for row in new])
    x = np.array(fit, dtype=object)
    case = 0
    for smooth in ["auto", 0.0, 10.0]:
        for folds in [2, 5]:
            fold = np.arange(len(fit)) % folds
            cv = [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(folds)]
            encoder = TargetEncoder(target_type="multiclass", smooth=smooth, cv=cv)
            crossed = encoder.fit_transform(x, np.array(classes))
            whole = encoder.transform(np.array(new, dtype=object))
            names = [str(name) for name in encoder.get_feature_names_out(["word", "number"])]
            lines = [line([smooth, folds] + names)] + [line(row) for row in crossed] + [line(row) for row in whole]
            write("multiclass_%02d.tsv" % case, lines)
            case += 1


def feature_hasher():
    rng = random.Random(13)
    data = [row + [rng.choice([0.0, 0.5, -2.25, 3.0, 1e-3])] for row in rows(rng, 30)]
    write("feature_hasher_rows.tsv", [line(row) for row in data])
    names = ["word", "number", "ratio"]
    dicts = [{name: value for name, value in zip(names, row) if value is not None} for row in data]
    for case, (features, signed) in enumerate([(16, True), (16, False), (1 << 20, True), (1000, True)]):
        hashed = FeatureHasher(n_features=features, alternate_sign=signed).transform(dicts)
        lines = [line([features, signed])]
        for row in hashed:
            found = sorted((int(i), v) for i, v in zip(row.indices, row.data) if v != 0)
            lines.append(" ".join("%d:%r" % (i, v.item()) for i, v in found))
        write("feature_hasher_%02d.tsv" % case, lines)


def multi_label():
    rng = random.Random(17)
    labels = [word for word in WORDS if word]
    fit = [rng.sample(labels, rng.randrange(0, 5)) for _ in range(25)]
    encoder = MultiLabelBinarizer()
    hot = encoder.fit_transform(fit)
    write("multi_label.tsv", ["|".join(encoder.classes_)]
          + ["|".join(labels) + "\t" + " ".join(map(str, row)) if labels else "\\N\t" + " ".join(map(str, row))
             for labels, row in zip(fit, hot)])


def label_encoder():
    words = [word for word, _ in rows(random.Random(19), 40) if word is not None]
    encoder = LabelEncoder().fit(words)
    write("label_encoder.tsv", [line([word, code]) for word, code in zip(words, encoder.transform(words))])


def one_hot_drop():
    rng = random.Random(23)
    data = [[rng.choice(["a", "b", "c"]), rng.choice(["x", "y"]), rng.choice([None, "z"])] for _ in range(12)]
    array = np.array(data, dtype=object)
    for drop in ["first", "if_binary"]:
        encoder = OneHotEncoder(drop=drop, sparse_output=False).fit(array)
        names = [str(name) for name in encoder.get_feature_names_out(["p", "q", "r"])]
        lines = [line(names)]
        lines += [line(row) + "\t" + " ".join(str(int(v)) for v in hot)
                  for row, hot in zip(data, encoder.transform(array))]
        write("one_hot_drop_%s.tsv" % drop, lines)


def hashed_cross():
    rng = random.Random(29)
    lines = []
    for case in range(40):
        a, b = rng.choice(WORDS), rng.choice(WORDS) * rng.choice([1, 1, 9])
        buckets, seed = rng.choice([1, 7, 1000, 2**31 - 1]), rng.choice([0, 0, 42])
        hashed = seed
        for text in [a, b]:
            hashed = xxhash.xxh64_intdigest(text.encode(), hashed)
        lines.append(line([buckets, seed, a, b, (hashed >> 32) * buckets >> 32]))
    write("hashed_cross.tsv", lines)


target_encoder()
multiclass_target_encoder()
hashed_cross()
feature_hasher()
multi_label()
label_encoder()
one_hot_drop()
