/** The report of a comparison: one HTML file that needs nothing else. */
package dev.baton.cli.report;
