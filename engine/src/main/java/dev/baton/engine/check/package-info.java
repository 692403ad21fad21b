/** Looks for mistakes in the functions that users bring along. */
package dev.baton.engine.check;
