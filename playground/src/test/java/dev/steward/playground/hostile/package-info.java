/**
 * What nobody should send, sent ten thousand times: changed payloads of Slack's, changed requests of Terraform's and
 * plain nonsense, over real HTTP to a real bot; and secrets that must not come out again. May depend on {@code stage}
 * and {@code emulator}.
 */
@NullMarked
package dev.steward.playground.hostile;

import org.jspecify.annotations.NullMarked;
