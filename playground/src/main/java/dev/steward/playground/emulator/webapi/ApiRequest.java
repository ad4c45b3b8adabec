package dev.steward.playground.emulator.webapi;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param query the query parameters, which count as form fields
 */
public record ApiRequest(String method, Optional<String> authorization, Optional<String> contentType,
        Map<String, String> query, String body) {}
