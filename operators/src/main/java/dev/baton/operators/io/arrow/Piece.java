package dev.baton.operators.io.arrow;

import org.apache.arrow.memory.ArrowBuf;

/**
 * A buffer of a column in a record batch.
 *
 * @param offset where it starts: in the body, or in what was unpacked
 * @param length of it, unpacked
 * @param unpacked what a compressed body was unpacked to, not owned; null where the file has it as
 *     it is
 */
record Piece(long offset, long length, ArrowBuf unpacked) {}
