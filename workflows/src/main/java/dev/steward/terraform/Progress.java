package dev.steward.terraform;

/**
 * How far an apply is.
 *
 * @param done
 *            operations that have ended, well or badly
 * @param total
 *            operations planned; a replacement counts twice
 * @param current
 *            the address that was begun last and has not ended; empty when there is none
 */
public record Progress(int done, int total, String current) {}
