/** Functions of numbers. */
package dev.baton.operators.math;
