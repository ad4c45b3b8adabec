package dev.steward.playground.endtoend;

/** The same incidents over Socket Mode. */
@OverSocket
class IncidentOverSocketTest extends IncidentTest {}
