/** IDX files, the format of MNIST. */
package dev.baton.operators.io.idx;
