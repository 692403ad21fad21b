/** Plain text files as a source. */
package dev.baton.operators.io.text;
