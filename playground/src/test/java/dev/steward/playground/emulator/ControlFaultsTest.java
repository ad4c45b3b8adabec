package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults ordered from outside, and what of them is seen on the wire. */
class ControlFaultsTest extends EmulatorTest {
    private static final List<String> TIMED = List.of("rate_limited", "slow", "hang");

    @Override
    EmulatorOptions options() {
        return everythingGranted().withAnswerWithin(PATIENCE);
    }

    /** Posts an order, written with single quotes. */
    private ObjectNode order(String fields) {
        return Json.parseObject(
                api.post(slack.controlUrl().resolve("faults"), "{" + fields.replace('\'', '"') + "}").body());
    }

    private ObjectNode look(String path) {
        return Json.parseObject(api.get(slack.controlUrl().resolve(path)).body());
    }

    private HttpResponse<String> post(String channel) {
        return api.send("chat.postMessage", "application/x-www-form-urlencoded", "Bearer " + slack.botToken(),
                ApiClient.form("channel", channel, "text", "x"));
    }

    private static String timed(String fault) {
        return TIMED.contains(fault) ? ",'ms':20" : "";
    }

    @ParameterizedTest
    @CsvSource({"rate_limited, 429, false", "server_error, 500, false", "slow, 200, true", "hang, 0, false",
            "connection_reset, 0, false", "response_lost, 0, true", "truncated, 0, true", "malformed_body, 200, true"})
    void everyFaultOfACallIsSeenOnTheWireForOneMethodForAnyAndForOneChannel(String fault, int status, boolean applied) {
        for (String target : List.of("'method':'chat.postMessage'", "'method':'*'",
                "'method':'chat.postMessage','channel':'#payments'",
                "'method':'*','channel':'" + Seed.PAYMENTS + "'")) {
            int before = slack.channel("payments").messages().size();
            JsonNode ordered = order("'fault':'" + fault + "','times':1," + target + timed(fault));
            assertThat(ordered.path("times").asInt()).as(ordered.toString()).isEqualTo(1);
            if (target.contains("channel")) {
                assertThat(post(Seed.GENERAL).body()).as("another channel").contains("\"ok\":true").endsWith("}");
            } else if (!target.contains("*")) {
                assertThat(error(api.call("team.info"))).as("another method").isEmpty();
            }

            strikes(fault, status);
            assertThat(slack.channel("payments").messages().size() - before).as(target).isEqualTo(applied ? 1 : 0);
            assertThat(slack.journal().callsOf("chat.postMessage").getLast().answered().fault()).hasValue(fault);
            assertThat(post(Seed.PAYMENTS).body()).as("it is used up").contains("\"ok\":true").endsWith("}");
            JsonNode over = look("faults").path("over");
            assertThat(over.path(over.size() - 1).path("id")).isEqualTo(ordered.path("id"));
            assertThat(over.path(over.size() - 1).path("struck").asInt()).isEqualTo(1);
        }
        assertThat(look("faults").path("orders")).isEmpty();
        assertThat(look("faults").at("/struck/" + fault).asInt()).isEqualTo(4);
    }

    private void strikes(String fault, int status) {
        long started = System.nanoTime();
        if (status == 0) {
            assertThatThrownBy(() -> post(Seed.PAYMENTS)).isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(IOException.class);
        } else {
            HttpResponse<String> answer = post(Seed.PAYMENTS);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 429);
            assertThat(Json.parse(answer.body()).isPresent())
                    .isEqualTo(!List.of("server_error", "malformed_body").contains(fault));
        }
        if (List.of("slow", "hang").contains(fault)) {
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        }
    }

    @ParameterizedTest
    @CsvSource({"duplicated, 2", "late, 1", "reordered, 1"})
    void everyFaultOfADeliveryStrikesOneKindAnyAndOneChannel(String fault, int copies) {
        for (String target : List.of("'delivery':'command'", "'delivery':'*'",
                "'delivery':'command','channel':'payments'",
                "'delivery':'*','channel':'payments'")) {
            int before = bot.received().size();
            order("'fault':'" + fault + "','times':1,'ms':20," + target);
            if (target.contains("channel")) {
                slack.person("dana").command("general", "/request", "elsewhere");
                assertThat(bot.received()).as("another channel").hasSize(++before);
            }
            slack.person("dana").command("payments", "/request", "here");
            slack.settle();

            assertThat(bot.received()).as(target).hasSize(before + copies);
            assertThat(slack.journal().deliveries().getLast().fault()).hasValue(fault);
        }
        assertThat(look("faults").at("/struck/" + fault).asInt()).isEqualTo(4);
    }

    @Test
    void aChannelIsThatOfClicksAndEventsToo() {
        String ts = api.call("chat.postMessage", "channel", Seed.PAYMENTS, "text", "Card", "blocks", buttons("ok"))
                .path("ts").asText();
        order("'fault':'duplicated','delivery':'*','channel':'payments','ms':0");
        slack.person("omar").click(slack.channel("payments").message(ts).orElseThrow(), "ok");
        slack.event("app_mention", Json.object().put("channel", Seed.PAYMENTS));
        slack.event("app_mention", Json.object().put("channel", Seed.GENERAL));

        assertThat(slack.journal().deliveries()).extracting(Delivery::kind).containsExactly("block_actions",
                "block_actions", "event_callback", "event_callback", "event_callback");
        assertThat(look("faults").at("/orders/0/struck").asInt()).isEqualTo(2);
    }

    @Test
    void strikesByChanceAndAnswersOnlyForAWhile() {
        order("'fault':'server_error','status':503,'method':'team.info','probability':0.5");
        long struck = IntStream.range(0, 40).filter(i -> api.send("team.info", "", "Bearer " + slack.botToken(), "")
                .statusCode() == 503).count();
        assertThat(struck).isBetween(8L, 32L);
        assertThat(look("faults").at("/orders/0/struck").asLong()).isEqualTo(struck);

        api.send("DELETE", slack.controlUrl().resolve("faults"));
        order("'fault':'rate_limited','method':'team.info','for_ms':400");
        assertThat(error(api.call("team.info"))).isEqualTo("ratelimited");
        Until.isTrue("its time is over", Duration.ofSeconds(10), () -> look("faults").path("orders").isEmpty());
        assertThat(error(api.call("team.info"))).isEmpty();
        assertThat(look("faults").at("/over/0/struck").asInt()).isEqualTo(1);
    }

    @Test
    void oneIsWithdrawnAndTheOthersStay() {
        long first = order("'fault':'hang','method':'chat.postMessage','ms':3600000").path("id").asLong();
        long second = order("'fault':'rate_limited','method':'team.info'").path("id").asLong();
        CompletableFuture<HttpResponse<String>> hanging = CompletableFuture.supplyAsync(() -> post(Seed.GENERAL));
        Until.isTrue("it hangs", Duration.ofSeconds(10), () -> look("faults").at("/orders/0/struck").asInt() == 1);

        HttpResponse<String> left = api.send("DELETE", slack.controlUrl().resolve("faults/" + first));
        assertThat(Json.parseObject(left.body()).path("orders").findValuesAsText("id"))
                .containsExactly(Long.toString(second));
        assertThatThrownBy(hanging::join).as("what hung is let go").hasRootCauseInstanceOf(IOException.class);
        assertThat(error(api.call("team.info"))).isEqualTo("ratelimited");
        assertThat(api.send("DELETE", slack.controlUrl().resolve("faults/" + first)).body())
                .contains("no fault " + first + " on order");
    }

    @Test
    void whatADeliveryWaitsForNeverKeepsAResetOrTheClock() {
        order("'fault':'late','delivery':'*','ms':3600000");
        CompletableFuture<Delivery> late = CompletableFuture
                .supplyAsync(() -> slack.person("dana").command("general", "/request", ""));
        slack.workspace().change(() -> slack.workspace().happened("team_join", Json.object().put("type", "team_join")));
        Until.isTrue("both wait", Duration.ofSeconds(10), () -> look("faults").at("/orders/0/struck").asInt() == 2);

        slack.reset();
        assertThat(late.join().reply().status()).isEqualTo(200);
        assertThat(bot.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault|'method':'*'|Say which fault",
            "fault|'method':'*','fault':'earthquake'|no fault \"earthquake\"",
            "fault|'delivery':'*','fault':'socket_dropped'|speak over HTTP here",
            "method|'fault':'slow'|which method, or * for all",
            "method|'fault':'slow','method':'chat.postMesage'|no method \"chat.postMesage\"",
            "method|'fault':'slow','method':'apps.connections.open'|over HTTP here",
            "method|'fault':'late','method':'*','delivery':'*'|not calls",
            "delivery|'fault':'slow','method':'*','delivery':'command'|not deliveries",
            "delivery|'fault':'late','delivery':'carrier_pigeon'|no delivery \"carrier_pigeon\"",
            "channel|'fault':'slow','method':'chat.update','channel':'atlantis'|no channel atlantis",
            "channel|'fault':'slow','method':'views.open','channel':'general'|not about one channel",
            "channel|'fault':'late','delivery':'view_submission','channel':'general'|not about one channel",
            "ms|'fault':'slow','method':'*','ms':-1|whole number from 0 to 3600000",
            "ms|'fault':'late','delivery':'*','ms':'soon'|whole number",
            "ms|'fault':'connection_reset','method':'*','ms':5|takes no time",
            "status|'fault':'server_error','method':'*','status':404|from 500 to 599",
            "status|'fault':'slow','method':'*','status':500|no status of its own",
            "times|'fault':'slow','method':'*','times':0|from 1 to 1000000",
            "for_ms|'fault':'slow','method':'*','for_ms':1.5|whole number",
            "probability|'fault':'slow','method':'*','probability':2|above 0 and up to 1",
            "probability|'fault':'slow','method':'*','probability':'often'|above 0 and up to 1",
            "chance|'fault':'slow','method':'*','chance':1|no field \"chance\""})
    void refusesABadOrderInWordsForItsField(String row) {
        String[] parts = row.split("\\|", -1);
        JsonNode refusal = order(parts[1]);

        assertThat(refusal.path("fields").path(parts[0]).asText()).as(refusal.toString()).contains(parts[2]);
        assertThat(refusal.path("fields")).as("nothing else is wrong with it").hasSize(1);
        assertThat(look("faults").path("orders")).isEmpty();
    }

    @Test
    void saysAllThatIsWrongAtOnceAndWhatThereIs() {
        JsonNode refusal = order("'fault':'slow','method':'nothing','ms':-5,'probability':2");

        assertThat(refusal.path("fields").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("method", "ms", "probability");
        assertThat(refusal.path("error").asText()).contains("nothing", "\"ms\"", "\"probability\"");
        JsonNode targets = look("faults/targets");
        assertThat(targets.path("methods").findValuesAsText("name")).contains("chat.update", "response_url")
                .doesNotContain("apps.connections.open");
        assertThat(targets.path("socket").asBoolean()).isFalse();
        assertThat(Json.parseObject(api.post(slack.controlUrl().resolve("sockets/drop"), "{}").body())
                .path("error").asText()).contains("over HTTP here", "--socket");
    }
}
