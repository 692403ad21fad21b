/** Operators for missing values: nulls, and NaN in floating-point columns. */
package dev.baton.operators.impute;
