package dev.steward.playground.endtoend;

/** The same forms over Socket Mode: answers of submissions and searches travel in acknowledgements. */
@OverSocket
class FormsOverSocketTest extends FormsTest {}
