package dev.steward.modules;

import java.util.List;
import java.util.Optional;

/**
 * A file of HCL as vetting sees it.
 *
 * @param path
 *            relative to the module's folder
 * @param text
 *            the whole file
 * @param calls
 *            every function call, at any depth
 * @param references
 *            every {@code a.b} at the beginning of a traversal, at any depth
 * @param problems
 *            what could not be read with certainty; then the rest is not to be trusted
 */
record HclFile(String path, String text, HclBlock body, List<Call> calls, List<Reference> references,
        List<Finding> problems) {

    /**
     * A function call.
     *
     * @param name
     *            without {@code core::}
     * @param firstArgument
     *            as it is written
     */
    record Call(String name, Optional<String> firstArgument, int line) {}

    /** The beginning of a traversal. */
    record Reference(String root, String attribute, int line) {}
}
