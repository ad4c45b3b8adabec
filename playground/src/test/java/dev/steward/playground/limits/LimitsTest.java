package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Button;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the tests of limits have in common: the usual request, and how to look at it from outside. */
abstract class LimitsTest {
    static final Duration LIMIT = Duration.ofSeconds(90);
    static final String CHANNEL = "platform-requests";

    static Path root() {
        return Path.of(System.getProperty("steward.root", ".."));
    }

    abstract Stage stage();

    Actor actor(String name) {
        return new Actor(stage().slack().person(name));
    }

    /** Fills the form in up to its last page. */
    void fillsIn(Actor actor, String service) {
        actor.types(CHANNEL, "/request", "new-service " + service);
        actor.sees("Service name");
        actor.submits(Map.of("purpose", "Takes card payments for the shop"));
        actor.sees("Page 2 of 2");
    }

    void submitted(Actor actor, String service) {
        fillsIn(actor, service);
        actor.finishes(Map.of());
    }

    Message card(String service, Predicate<Message> wanted) {
        return Until.present("a card of " + service, LIMIT, () -> stage().slack().channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains(service) && wanted.test(m)).findFirst());
    }

    Message toDecide(String service) {
        return card(service, m -> labels(m).contains("Approve"));
    }

    Message saying(String service, String text) {
        return card(service, m -> m.plainText().contains(text));
    }

    static List<String> labels(Message message) {
        return message.buttons().stream().map(Button::label).toList();
    }

    void approved(String service) {
        assertThat(actor("omar").clicksAndIsTold(toDecide(service), "approve")).contains("Your approval was the last");
    }

    String state(String service) {
        return stage().inspect(h -> h.createQuery("""
                SELECT run.state FROM run JOIN request ON request.run = run.id WHERE request.subject = :name""")
                .bind("name", service).mapTo(String.class).findOne().orElse("nothing"));
    }

    void awaitState(String service, String wanted) {
        boolean reached = Until.holds(LIMIT, () -> state(service).equals(wanted));
        assertThat(reached).as("%s is %s, it is %s", service, wanted, state(service)).isTrue();
    }

    /** Waits until the gate has let the run's apply through, which the ledger keeps. */
    void awaitGate(String service) {
        boolean passed = Until.holds(LIMIT, () -> count("""
                SELECT count(*) FROM ledger WHERE action = 'run.applying' AND subject =
                    (SELECT 'RUN-' || run FROM request WHERE subject = '%s')""".formatted(service)) == 1);
        assertThat(passed).as("%s was let through, it is %s", service, state(service)).isTrue();
    }

    int count(String sql) {
        return stage().inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    String get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage().port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nothing is half-done: no lock, no valid token, no process, and the ledger holds. */
    void nothingIsLeft() {
        assertThat(count("SELECT count(*) FROM state_lock")).isZero();
        assertThat(count("SELECT count(*) FROM attempt WHERE revoked_at IS NULL")).isZero();
        assertThat(TerraformProcesses.anyAlive(stage().home())).as("no process is left").isFalse();
        Verification verification = stage()
                .inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }
}
