/** Runs as Micrometer meters. */
package dev.baton.micrometer;
