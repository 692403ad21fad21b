/** The same work done by Baton and by the engines people use today, one beside the other. */
package dev.baton.examples.peers;
