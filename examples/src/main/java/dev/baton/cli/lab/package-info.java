/** The laboratory: claims about one lock, many locks and none, each shown by an experiment. */
package dev.baton.cli.lab;
