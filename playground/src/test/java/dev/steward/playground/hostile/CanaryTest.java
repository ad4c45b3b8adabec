package dev.steward.playground.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
        return List.of(new Entrance("plain-outputs", "outputs", "hunter2-outputs-7f3a", "applied"),
                new Entrance("outputs-for-a-url", "outputs", "hunter2 url/7f3a?&", "applied"),
                new Entrance("escaped-outputs", "outputs", ESCAPED, "applied"),
                new Entrance("lines-in-outputs", "outputs", LINES, "applied"),
                new Entrance("short-outputs", "outputs", "Zq7#x!", "applied"),
                new Entrance("numeric-outputs", "outputs", "90210447731", "applied"),
                new Entrance("escaped-validation", "validation", ESCAPED + "v", "plan_failed"),
                new Entrance("lines-in-validation", "validation", LINES.replace("7f3", "8e4"), "plan_failed"),
                new Entrance("escaped-error-message", "message", ESCAPED + "m", "plan_failed"),
                new Entrance("unknown-address", "address", "hunter2-address-7f3a", "plan_failed"),
                new Entrance("plain-provisioner", "provisioner", "hunter2-provisioner-7f3a", "partial"),
                new Entrance("escaped-provisioner", "provisioner", ESCAPED + "p", "partial"),
                new Entrance("lines-in-provisioner", "provisioner", LINES.replace("7f3", "9d5"), "partial"),
                new Entrance("crash", "crash", "hunter2-crash-7f3a", "plan_failed"),
                new Entrance("profile", "profile", "hunter2-profile-7f3a", "plan_failed"));
    }

    @BeforeAll
    static void askForAllAndApprove(@TempDir Path folder) throws Exception {
        canary = new CanaryStage(Path.of(System.getProperty("steward.root", ".")), folder);
        entrances().forEach(e -> canary.ask(e.thing(), e.way(), e.secret()));
        entrances().stream().filter(Entrance::planned).forEach(e -> canary.approve(e.thing()));
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

    /** Its key is known only once the first apply has failed at a postcondition. */
    @Test
    void comesOutOfNoAddressOfWhatIsApplied() throws Exception {
        canary.ask("addressed", "postcondition", "hunter2-addressed-7f3a");
        canary.approve("addressed");
        canary.await("addressed", "partial");
        canary.planAgain("addressed");
        canary.await("addressed", "plan_failed");
        canary.mend("addressed", Map.of("way", "address"));
        canary.approve("addressed");
        canary.await("addressed", "applied");
        canary.awaitQuiet();

        assertThat(canary.resources("addressed")).contains("terraform_data.each[(sensitive)]");
        isNowhere("hunter2-addressed-7f3a");
    }

    @Test
    void isClearedAwayWhenStewardIsKilledWhileItPlansAndWhileItApplies() throws Exception {
        canary.awaitQuiet(); // what else runs would be held as well
        canary.hold("plan");
        try {
            canary.ask("killed", "outputs", "hunter2-killed-7f3a");
            canary.awaitHeld("plan");
            assertThat(new Guises("hunter2-killed-7f3a").in(canary.stage().home())).as("while it is planned with")
                    .isNotEmpty();
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

    private static void isNowhere(String secret) throws Exception {
        Guises guises = new Guises(secret);
        assertThat(canary.said().filter(said -> guises.in(said).isPresent())).as("what Slack was told").isEmpty();
        assertThat(guises.in(canary.stage().home())).as("files of the home").isEmpty();
        for (Path log : canary.logs()) {
            assertThat(guises.in(Files.readString(log))).as(String.valueOf(log.getFileName())).isEmpty();
        }
    }
}
