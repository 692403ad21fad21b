/**
 * Categories to numbers: codes, embedding rows, zeros and ones, hash buckets, and what categories
 * say of a target.
 */
package dev.baton.operators.encode;
