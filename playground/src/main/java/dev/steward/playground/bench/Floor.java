package dev.steward.playground.bench;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import dev.steward.bot.Logging;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The least that a bot on Bolt and Javalin can do: check the signature, acknowledge, and nothing after that. With a file
 * it first commits one row to SQLite, since a bot that forgets what it has acknowledged is no floor for one that does
 * not. The server is set up as Steward's own.
 */
public final class Floor {
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    private final App app;
    private final SlackRequestParser parser;

    private Floor(AppConfig config, Optional<Rows> rows) {
        app = new App(config);
        parser = new SlackRequestParser(config);
        app.command(ANY, (request, context) -> {
            store(rows, request.getPayload().getTriggerId(), request.getRequestBodyAsString());
            return context.ack();
        });
        app.blockAction(ANY, (request, context) -> {
            store(rows, request.getPayload().getTriggerId(), request.getRequestBodyAsString());
            return context.ack();
        });
        app.start();
    }

    /** Arguments: the port, and a database file where rows are to be stored. Slack's settings are in the environment. */
    public static void main(String[] arguments) throws SQLException {
        Logging.quiet();
        SlackConfig slack = new SlackConfig();
        slack.setMethodsEndpointUrlPrefix(System.getenv("STEWARD_SLACK_API_URL"));
        AppConfig config = AppConfig.builder().slack(Slack.getInstance(slack))
                .singleTeamBotToken(System.getenv("SLACK_BOT_TOKEN"))
                .signingSecret(System.getenv("SLACK_SIGNING_SECRET")).authTestCacheExpirationMillis(-1L).build();
        Optional<Rows> rows = arguments.length < 2 ? Optional.empty() : Optional.of(new Rows(Path.of(arguments[1])));
        Floor floor = new Floor(config, rows);
        Javalin.create(javalin -> configure(javalin, Integer.parseInt(arguments[0]), floor)).start();
    }

    private static void configure(JavalinConfig config, int port, Floor floor) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost("0.0.0.0");
            connector.setPort(port);
            connector.setAcceptQueueSize(4096);
            return connector;
        });
        config.routes.get("/readyz", context -> context.result("ok"));
        config.routes.post("/slack/events", floor::answer);
    }

    private void answer(Context context) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(name, Collections.list(context.req().getHeaders(name)));
        }
        Response response = app.run(parser.parse(SlackRequestParser.HttpRequest.builder().requestUri("/slack/events")
                .queryString(Map.of())
                .requestBody(new String(context.bodyInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .headers(new RequestHeaders(headers)).remoteAddress("").build()));
        context.status(response.getStatusCode()).result(response.getBody() == null ? "" : response.getBody());
    }

    private static void store(Optional<Rows> rows, String trigger, String body) {
        rows.ifPresent(r -> r.store(trigger, body));
    }

    /** One table, one connection, one transaction a row, as safe as Steward's own: WAL, and a sync at each commit. */
    private static final class Rows {
        private final PreparedStatement insert;

        Rows(Path file) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE IF NOT EXISTS received (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
            }
            insert = connection.prepareStatement("INSERT OR IGNORE INTO received (id, body) VALUES (?, ?)");
        }

        synchronized void store(String trigger, String body) {
            try {
                insert.setString(1, trigger);
                insert.setString(2, body);
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot store " + trigger, e);
            }
        }
    }
}
