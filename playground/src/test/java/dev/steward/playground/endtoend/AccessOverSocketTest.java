package dev.steward.playground.endtoend;

/** The same access over Socket Mode. */
@OverSocket
class AccessOverSocketTest extends AccessTest {}
