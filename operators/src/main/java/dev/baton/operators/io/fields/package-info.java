/**
 * From the fields of records to columns: what formats of text have in common, which differ in how
 * fields are found and written.
 */
package dev.baton.operators.io.fields;
