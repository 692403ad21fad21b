/** JSON Lines as sources and sinks, with a parser of its own. */
package dev.baton.operators.json;
