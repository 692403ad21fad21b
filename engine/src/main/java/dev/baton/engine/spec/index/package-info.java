/**
 * The index of the operators, sources and sinks in a jar, written while they are compiled: what
 * makes a record known to pipeline files and its Javadoc to the command line, with no list to keep.
 *
 * <p>Runs inside the compiler, so it uses nothing but the JDK.
 */
package dev.baton.engine.spec.index;
