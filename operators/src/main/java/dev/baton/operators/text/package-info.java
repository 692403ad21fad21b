/** Texts to sentences, tokens, counts and weights. */
package dev.baton.operators.text;
