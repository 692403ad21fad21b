/**
 * Questions to the outside world, one a row: how they are sent, limited, repeated and given up.
 * Operators that ask share this; what differs between them is the {@link
 * dev.baton.engine.request.Exchange}.
 */
package dev.baton.engine.request;
