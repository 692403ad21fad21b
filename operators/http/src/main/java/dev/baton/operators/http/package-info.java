/** Asking web servers about each row, through Apache HttpClient. */
package dev.baton.operators.http;
