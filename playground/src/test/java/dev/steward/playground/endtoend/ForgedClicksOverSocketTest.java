package dev.steward.playground.endtoend;

/** The same clicks over Socket Mode: the gate behind the two ways in is one. */
@OverSocket
class ForgedClicksOverSocketTest extends ForgedClicksTest {}
