package dev.steward.playground.emulator.webapi;

import java.util.Optional;

/**
 * A request as it came.
 *
 * @param query what follows the question mark, which counts as form fields
 * @param body  empty where the bytes are no text in the charset they were announced in
 */
public record ApiRequest(String method, Optional<String> authorization, Optional<String> contentType, String query,
        Optional<String> body) {
    /** Whether a content type announces Latin-1, the one charset beside UTF-8 that Slack takes. */
    public static boolean latin(String contentType) {
        return RequestBody.charset(contentType).equals("iso-8859-1");
    }
}
