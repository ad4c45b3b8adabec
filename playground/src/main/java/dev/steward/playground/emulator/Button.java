package dev.steward.playground.emulator;

/** A button that stands in a message or view. */
public record Button(String actionId, String label, String value) {}
