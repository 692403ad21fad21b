/** Functions of a user's own, called row by row. */
package dev.baton.operators.rows;
