package dev.steward.playground.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A secret is put in through every entrance, and comes out of none: not in Slack, not in the log, not in the ledger, and
 * not in clear in any file of the home once its run has ended. A new entrance is a new row.
 */
class CanaryTest {
    private static final String ESCAPED = "q\"uo\\te<&>'é${var.name}%{if}/+=\t;7f3a";
    private static final String LINES = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq7f3a\nhkiG9w0BAQEFAASC7f3b\n-----END KEY-----";

    static CanaryStage canary;

    /**
     * An entrance.
     *
     * @param thing
     *            what is asked for
     * @param way
     *            what the module does with the secret
     * @param ends
     *            the state in which the run ends
     */
    record Entrance(String thing, String way, String secret, String ends) {
        @Override
        public String toString() {
            return thing + ", which ends as " + ends;
        }

        boolean planned() {
            return !ends.equals("plan_failed");
        }
    }

    static List<Entrance> entrances() {
        return List.of(new Entrance("attribute-and-output", "marked", "hunter2-marked-7f3a", "applied"),
                new Entrance("unmarked-output", "plain", "hunter2-plain-7f3a", "applied"),
                new Entrance("output-in-base64", "base64", "hunter2-base64-7f3a", "applied"),
                new Entrance("output-in-json", "json", "hunter2-json-7f3a", "applied"),
                new Entrance("output-in-a-url", "url", "hunter2 url/7f3a?&", "applied"),
                new Entrance("output-as-a-key", "key", "hunter2-key-7f3a", "applied"),
                new Entrance("output-nested", "nested", "hunter2-nested-7f3a", "applied"),
                new Entrance("escaped-output", "json", ESCAPED, "applied"),
                new Entrance("lines-in-output", "plain", LINES, "applied"),
                new Entrance("short-output", "plain", "Zq7#x!", "applied"),
                new Entrance("numeric-output", "plain", "90210447731", "applied"),
                new Entrance("plain-validation", "validation", "hunter2-validation-7f3a", "plan_failed"),
                new Entrance("escaped-validation", "validation", ESCAPED + "v", "plan_failed"),
                new Entrance("lines-in-validation", "validation", LINES.replace("7f3", "8e4"), "plan_failed"),
                new Entrance("plain-error-message", "message", "hunter2-message-7f3a", "plan_failed"),
                new Entrance("escaped-error-message", "message", ESCAPED + "m", "plan_failed"),
                new Entrance("resource-address", "address", "hunter2-address-7f3a", "plan_failed"),
                new Entrance("postcondition", "postcondition", "hunter2-postcondition-7f3a", "partial"),
                new Entrance("plain-provisioner", "provisioner", "hunter2-provisioner-7f3a", "partial"),
                new Entrance("escaped-provisioner", "provisioner", ESCAPED + "p", "partial"),
                new Entrance("lines-in-provisioner", "provisioner", LINES.replace("7f3", "9d5"), "partial"),
                new Entrance("crash", "crash", "hunter2-crash-7f3a", "plan_failed"),
                new Entrance("profile", "profile", "hunter2-profile-7f3a", "plan_failed"));
    }

    @BeforeAll
    static void askForAll(@TempDir Path folder) throws Exception {
        canary = new CanaryStage(Path.of(System.getProperty("steward.root", ".")), folder);
        entrances().forEach(e -> canary.ask(e.thing(), e.way(), e.secret()));
    }

    @AfterAll
    static void theProfilesTokenIsNowhere() throws Exception {
        try (CanaryStage ended = canary) {
            ended.awaitQuiet();
            isNowhere(CanaryStage.PROFILE_TOKEN);
        }
    }

    @ParameterizedTest
    @MethodSource("entrances")
    void comesOutNowhere(Entrance entrance) throws Exception {
        if (entrance.planned()) {
            canary.approve(entrance.thing());
        }
        canary.await(entrance.thing(), entrance.ends());
        canary.awaitQuiet();

        isNowhere(entrance.secret());
    }

    @Test
    void comesOutOfNoFormThatIsMendedAndSubmittedAgain() throws Exception {
        canary.ask("mended", "validation", "hunter2-first-7f3a");
        canary.await("mended", "plan_failed");
        canary.mend("mended", Map.of("way", "message"));
        canary.await("mended", "plan_failed");
        canary.mend("mended", Map.of("way", "validation", "secret", "mended-hunter2-7f3a"));
        canary.approve("mended");
        canary.await("mended", "applied");
        canary.awaitQuiet();

        isNowhere("hunter2-first-7f3a");
        isNowhere("mended-hunter2-7f3a");
    }

    @Test
    @Tag("bench")
    @Tag("canary")
    void isClearedAwayWhenStewardIsKilledWhileItPlansAndWhileItApplies() throws Exception {
        canary.hold("plan");
        try {
            canary.ask("killed", "plain", "hunter2-killed-7f3a");
            canary.awaitHeld("plan");
            Until.isTrue("it can be found", Duration.ofSeconds(60),
                    () -> isSomewhere("hunter2-killed-7f3a"));
            canary.killAndRestart();
        } finally {
            canary.letGo("plan");
        }
        canary.hold("apply");
        try {
            canary.approve("killed");
            canary.awaitHeld("apply");
            canary.killAndRestart();
        } finally {
            canary.letGo("apply");
        }
        canary.await("killed", "applied");
        canary.awaitQuiet();

        isNowhere("hunter2-killed-7f3a");
    }

    private static boolean isSomewhere(String secret) {
        try {
            return !new Guises(secret).in(canary.stage().home()).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void isNowhere(String secret) throws Exception {
        Guises guises = new Guises(secret);
        assertThat(canary.said().filter(said -> guises.in(said).isPresent())).as("what Slack was told").isEmpty();
        assertThat(guises.in(canary.stage().home())).as("files of the home").isEmpty();
        for (Path log : canary.logs()) {
            assertThat(guises.in(Files.readString(log))).as(String.valueOf(log.getFileName())).isEmpty();
        }
    }
}
