/** Loops that several operators share; not for use from outside this module. */
package dev.baton.operators.internal;
