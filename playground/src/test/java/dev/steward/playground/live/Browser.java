package dev.steward.playground.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The page's side of the contract, over real HTTP. */
record Browser(URI base) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    JsonNode looks(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).build());
    }

    JsonNode does(String who, String act, ObjectNode with) {
        return posts("_control/people/" + who + "/" + act, with);
    }

    JsonNode posts(String path, ObjectNode with) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(with.toString())).build());
    }

    /** Types a command in #general and waits for a private answer with that text. */
    void asks(String who, String command, String text, String answer) {
        Until.isTrue(who + " is answered: " + answer, Until.LONG, () -> {
            long before = said(who).stream().filter(one -> one.contains(answer)).count();
            does(who, "command", Json.object().put("channel", "general").put("command", command).put("text", text));
            return Until.holds(Duration.ofSeconds(10),
                    () -> said(who).stream().filter(one -> one.contains(answer)).count() > before);
        });
    }

    /** What this person reads in #general, each message as JSON. */
    List<String> said(String who) {
        return looks("page/people/" + who + "/channels/C0GENERAL1").path("messages").valueStream()
                .map(JsonNode::toString).toList();
    }

    void switches(String act, String until) {
        posts("_control/bot", Json.object().put("act", act));
        Until.isTrue("the bot is " + until, Until.LONG,
                () -> looks("_control/bot").path("state").asText().equals(until));
    }

    private static JsonNode send(HttpRequest request) {
        try {
            return Json.parse(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
