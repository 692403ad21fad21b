/** Arrow IPC files and streams. */
package dev.baton.operators.io.arrow;
