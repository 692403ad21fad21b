/** Functions of one number. */
package dev.baton.operators.math;
