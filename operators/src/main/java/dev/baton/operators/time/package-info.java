/** Features of dates and timestamps. */
package dev.baton.operators.time;
