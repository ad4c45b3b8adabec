package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one method does, inside the workspace's lock: answers the fields beside {@code ok:true}, or throws {@link ApiError}. */
@FunctionalInterface
interface Method {
    ObjectNode call(Arguments arguments);
}
