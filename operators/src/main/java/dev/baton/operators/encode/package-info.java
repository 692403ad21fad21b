/** Categories to numbers: one-hot, ordinal codes, hash buckets. */
package dev.baton.operators.encode;
