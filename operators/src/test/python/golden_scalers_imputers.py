"""Writes what scikit-learn makes of fixed inputs, for the tests of the operators it defines.

    python3.11 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
    venv/bin/python operators/src/test/python/golden_scalers_imputers.py operators/src/test/resources/golden

`scikit_powers.csv` has the powers that were fitted and what they make of the first values, before it is standardised. `scikit_table_*.csv` are the same for operators of several columns, with all results. `scikit_input.csv` has the values of each column, where an empty cell is missing; `scikit_expected.csv` the first results
of each case. Floats are written so that they are read back exactly.
"""

import pathlib
import sys

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import KNNImputer, MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    Binarizer,
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

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
    yield "max-abs", MaxAbsScaler()
    yield "robust", RobustScaler()
    yield "robust-no-centre", RobustScaler(with_centering=False, quantile_range=(10, 95))
    yield "robust-unit", RobustScaler(unit_variance=True)
    yield "quantile", QuantileTransformer()
    yield "quantile-50", QuantileTransformer(n_quantiles=50)
    yield "quantile-normal", QuantileTransformer(n_quantiles=200, output_distribution="normal")
    yield "yeo-johnson", PowerTransformer()
    yield "yeo-johnson-raw", PowerTransformer(standardize=False)
    yield "box-cox", PowerTransformer("box-cox")
    yield "binarizer", Binarizer(threshold=3)
    for strategy in ["uniform", "quantile", "kmeans"]:
        for bins in [4, 7]:
            yield f"bins-{strategy}-{bins}", KBinsDiscretizer(
                bins, encode="ordinal", strategy=strategy, quantile_method="averaged_inverted_cdf", subsample=None
            )
    for method in ["linear", "inverted_cdf"]:
        yield f"bins-{method}", KBinsDiscretizer(6, encode="ordinal", quantile_method=method, subsample=None)
    yield "impute-mean", SimpleImputer(strategy="mean")
    yield "impute-median", SimpleImputer(strategy="median")
    yield "impute-most-frequent", SimpleImputer(strategy="most_frequent")
    yield "impute-constant", SimpleImputer(strategy="constant", fill_value=-1.5)


def tables():
    random = np.random.default_rng(7)
    full = random.normal([1, -20, 300], [2, 5, 100], (80, 3))
    full[5] = 0
    gaps = full.copy()
    gaps[random.random(full.shape) < 0.25] = NAN
    gaps[11] = NAN
    # Of whole numbers, scikit-learn's distances, which are differences of products, are exact.
    some = gaps.copy()
    some[:, 1] = full[:, 1]
    return {"full": full, "gaps": gaps, "whole": np.rint(gaps * 1000), "some": some}


def table_cases():
    """Each with the table it is for; its results have the columns that it names."""
    for norm in ["l1", "l2", "max"]:
        yield f"normalizer-{norm}", "full", Normalizer(norm)
    yield "polynomial", "full", PolynomialFeatures()
    yield "polynomial-interactions", "full", PolynomialFeatures(3, interaction_only=True, include_bias=False)
    yield "polynomial-4", "full", PolynomialFeatures(4)
    yield "variance", "gaps", VarianceThreshold(10)
    yield "knn", "whole", KNNImputer()
    yield "knn-distance", "whole", KNNImputer(n_neighbors=3, weights="distance")
    yield "missing-indicator", "gaps", MissingIndicator(features="all")
    yield "missing-only-indicator", "some", MissingIndicator()
    yield "column-transformer", "gaps", ColumnTransformer(
        [
            ("n", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), [0, 2]),
            ("m", MinMaxScaler((1, 3)), [1, 0]),
        ],
        remainder="passthrough",
    )


def names(case, estimator):
    if case == "missing-indicator":
        return [f"{name}_missing" for name in "abc"]
    if case == "missing-only-indicator":
        return ["a_missing", "c_missing"]
    if case == "column-transformer":
        return ["n__a", "n__c", "m__b", "m__a"]
    return estimator.get_feature_names_out(["a", "b", "c"])


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
                if case == "box-cox" and (name == "constant" or not np.nanmin(values) > 0 or len(values) == 1):
                    continue
                if case.startswith("bin") and np.isnan(values).any():
                    continue
                result = estimator.fit_transform(values.reshape(-1, 1))[:25, 0]
                file.writelines(f"{case},{name},{row},{cell(value)}\n" for row, value in enumerate(result))

    with open(pathlib.Path(folder) / "scikit_powers.csv", "w", newline="\n") as file:
        file.write("method,column,lambda,row,value\n")
        for method in ["yeo-johnson", "box-cox"]:
            for name, values in columns().items():
                if len(values) < 50 or name == "constant" or (method == "box-cox" and not np.nanmin(values) > 0):
                    continue
                power = PowerTransformer(method, standardize=False)
                result = power.fit_transform(values.reshape(-1, 1))[:100, 0]
                fitted = f"{method},{name},{cell(power.lambdas_[0])}"
                file.writelines(f"{fitted},{row},{cell(value)}\n" for row, value in enumerate(result))

    with open(pathlib.Path(folder) / "scikit_table_input.csv", "w", newline="\n") as file:
        file.write("table,a,b,c\n")
        for name, rows in tables().items():
            file.writelines(",".join([name, *map(cell, row)]) + "\n" for row in rows)
    with open(pathlib.Path(folder) / "scikit_table_expected.csv", "w", newline="\n") as file:
        file.write("case,table,column,row,value\n")
        for case, table, estimator in table_cases():
            result = estimator.fit_transform(tables()[table])
            for i, name in enumerate(names(case, estimator)):
                file.writelines(f"{case},{table},{name},{row},{cell(value)}\n" for row, value in enumerate(result[:, i]))


if __name__ == "__main__":
    main(sys.argv[1])
