package dev.steward.playground.endtoend;

/** The same trouble, told over Socket Mode. */
@OverSocket
class TerraformTroubleOverSocketTest extends TerraformTroubleTest {}
