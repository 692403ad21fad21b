"""Writes what scikit-learn makes of fixed inputs, for the tests of the operators it defines.

    python3.11 -m venv venv && venv/bin/pip install scikit-learn==1.5.2 numpy==2.1.3 scipy==1.14.1
    venv/bin/python operators/src/test/python/golden_scalers_imputers.py operators/src/test/resources/golden

`scikit_input.csv` has the values of each column, where an empty cell is missing; `scikit_expected.csv` the first results
of each case. Floats are written so that they are read back exactly.
"""

import pathlib
import sys

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, StandardScaler

NAN = float("nan")


def columns():
    random = np.random.default_rng(20260101)
    normal = random.normal(12.5, 3.25, 1200)
    gaps = random.normal(-4, 100, 300)
    gaps[random.random(300) < 0.2] = NAN
    skewed = np.exp(random.normal(0, 2, 400))
    counts = random.poisson(3, 399).astype(float)
    counts[::7] = NAN
    return {
        "normal": normal,
        "gaps": gaps,
        "skewed": skewed,
        "counts": counts,
        "constant": np.full(50, 0.1),
        "one": np.array([42.0]),
        "tie": np.array([3.0, 1.0, NAN, 3.0, 1.0, 2.0]),
        "even": np.array([1.0, 4.0, NAN, 2.0, 10.0]),
    }


def cases():
    yield "standard", StandardScaler()
    yield "standard-no-centre", StandardScaler(with_mean=False)
    yield "standard-no-scale", StandardScaler(with_std=False)
    yield "min-max", MinMaxScaler()
    yield "min-max-range", MinMaxScaler(feature_range=(-2.5, 7))
    yield "impute-mean", SimpleImputer(strategy="mean")
    yield "impute-median", SimpleImputer(strategy="median")
    yield "impute-most-frequent", SimpleImputer(strategy="most_frequent")
    yield "impute-constant", SimpleImputer(strategy="constant", fill_value=-1.5)


def cell(value):
    return "" if np.isnan(value) else repr(float(value))


def main(folder):
    with open(pathlib.Path(folder) / "scikit_input.csv", "w", newline="\n") as file:
        file.write("column,value\n")
        for name, values in columns().items():
            file.writelines(f"{name},{cell(value)}\n" for value in values)
    with open(pathlib.Path(folder) / "scikit_expected.csv", "w", newline="\n") as file:
        file.write("case,column,row,value\n")
        for case, estimator in cases():
            for name, values in columns().items():
                result = estimator.fit_transform(values.reshape(-1, 1))[:25, 0]
                file.writelines(f"{case},{name},{row},{cell(value)}\n" for row, value in enumerate(result))


if __name__ == "__main__":
    main(sys.argv[1])
