/** Text to tokens and to hashed features. */
package dev.baton.operators.text;
