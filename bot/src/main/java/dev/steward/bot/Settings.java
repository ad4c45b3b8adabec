package dev.steward.bot;

import dev.steward.access.Reviews;
import dev.steward.incidents.Incidents;
import dev.steward.oncall.Rotation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that an installation decides, read once from {@code steward.yaml} and the environment; the environment
 * wins.
 *
 * @param places
 *            where things are on disk
 * @param slack
 *            how to speak with Slack; present when read for {@link Purpose#SERVE}
 * @param listening
 *            what is listened on, and how it is logged
 * @param organisation
 *            which teams there are
 * @param applying
 *            limits of an apply
 * @param keeping
 *            what is kept for how long, and the backups that Steward makes by itself
 * @param reviews
 *            how often whoever owns a thing says who still needs access to it
 * @param onDuty
 *            who is on call
 * @param credentials
 *            by profile (as a module's {@code module.yaml} names it): the environment variables that Terraform gets
 * @param incidents
 *            where incidents are announced, and what they freeze
 * @param webhooks
 *            who may post alerts, and what they are on
 */
public record Settings(Places places, Optional<SlackAccess> slack, Listening listening, Organisation organisation,
        Applying applying, Keeping keeping, Reviews.Rhythm reviews, OnDuty onDuty,
        Map<String, Map<String, Secret>> credentials, Incidents.Rules incidents,
        WebhookSettings webhooks) {

    public Settings {
        credentials = Map.copyOf(credentials);
    }

    /** What the settings are read for, which decides what may be missing. */
    public enum Purpose {
        /** Everything is needed. */
        SERVE,
        /** A command of an operator: neither Slack's secrets nor Terraform need be there. */
        OPERATE
    }

    /**
     * Where things are on disk; every path is absolute.
     *
     * @param home
     *            database, key and run folders
     * @param key
     *            the encryption key as base64, when it does not come from the home's key file
     * @param modules
     *            the folder of Terraform modules
     * @param workflows
     *            the folder of workflow definitions
     * @param terraform
     *            Terraform's executable; present when read for {@link Purpose#SERVE}
     */
    public record Places(Path home, Optional<Secret> key, Path modules, Path workflows, Optional<Path> terraform) {}

    /**
     * How to speak with Slack.
     *
     * @param botToken
     *            {@code xoxb-...}
     * @param wayIn
     *            how what happens in Slack reaches Steward
     * @param apiUrl
     *            prefix of every Web API method, with a slash at its end
     * @param commandPrefix
     *            what stands between {@code /} and {@code request} in a command's name: empty, or ends in {@code -}
     */
    public record SlackAccess(Secret botToken, WayIn wayIn, URI apiUrl, String commandPrefix) {
        /** Every secret among them. */
        List<Secret> secrets() {
            return List.of(botToken, wayIn.secret());
        }
    }

    /** How what happens in Slack reaches Steward. */
    public sealed interface WayIn {
        /** The secret that this way needs. */
        Secret secret();

        /**
         * Slack posts to an address of ours.
         *
         * @param signingSecret
         *            what Slack signs its requests with
         */
        record Http(Secret signingSecret) implements WayIn {
            @Override
            public Secret secret() {
                return signingSecret;
            }
        }

        /**
         * Socket Mode: Slack sends over connections that we open.
         *
         * @param appToken
         *            {@code xapp-...}
         * @param connections
         *            how many to keep open, 1 to 10
         */
        record Socket(Secret appToken, int connections) implements WayIn {
            @Override
            public Secret secret() {
                return appToken;
            }
        }
    }

    /**
     * What is listened on, and how it is logged.
     *
     * @param port
     *            of the public server, on every address
     * @param statePort
     *            of Terraform's state server, on 127.0.0.1; Terraform that outlives Steward finds it there again
     * @param baseUrl
     *            how the public server is reached from outside, without a slash at its end
     * @param log
     *            one line of text, or one JSON object, for each entry
     */
    public record Listening(int port, int statePort, Optional<URI> baseUrl, LogFormat log) {}

    /** The form of a log entry. */
    public enum LogFormat {
        /** A line for people. */
        PLAIN,
        /** A JSON object for machines. */
        JSON
    }

    /**
     * Which teams there are, and what modules may use.
     *
     * @param platformTeam
     *            catalog name of the team that operates what is shared
     * @param providers
     *            full addresses of the Terraform providers that modules may use besides the built-in one
     */
    public record Organisation(String platformTeam, List<Team> teams, Set<String> providers) {
        public Organisation {
            teams = List.copyOf(teams);
            providers = Set.copyOf(providers);
        }
    }

    /**
     * A team, and where its members come from. Nothing else may add members to it.
     *
     * @param name
     *            catalog name
     * @param title
     *            for people
     * @param source
     *            {@code slack:S...} for a Slack user group, or {@code import}
     * @param channel
     *            name of its channel without {@code #}, or its id
     */
    public record Team(String name, String title, String source, Optional<String> channel) {}

    /**
     * Limits of an apply.
     *
     * @param planMaxAge
     *            an approved plan older than this is planned again first
     * @param limit
     *            wall-clock limit of one Terraform run
     * @param grace
     *            how long Terraform may take to stop when it was asked to, before it is killed
     * @param drain
     *            how long a stopping Steward waits for running applies
     */
    public record Applying(Duration planMaxAge, Duration limit, Duration grace, Duration drain) {}

    /**
     * What is kept for how long. The ledger and decisions are kept for ever; whatever a request that has not ended needs
     * is kept, however old it is.
     *
     * @param plans
     *            Terraform's plan files of runs that ended; what they would have done is kept
     * @param states
     *            versions of a stack's state
     * @param statesKept
     *            how many of the newest of each stack are kept in any case
     * @param messages
     *            messages that Slack will never take
     * @param logs
     *            files in the home's folder of logs
     * @param backups
     *            what Steward makes by itself
     */
    public record Keeping(Duration plans, Duration states, int statesKept, Duration messages, Duration logs,
            Backups backups) {}

    /**
     * The backups that Steward makes by itself, into its home.
     *
     * @param every
     *            how often; never when empty
     * @param kept
     *            how many of the newest in the home's folder of backups are kept
     */
    public record Backups(Optional<Duration> every, int kept) {}

    /**
     * Who is on call.
     *
     * @param rotations
     *            by catalog name of the team
     * @param webhook
     *            where another service is told of each page
     */
    public record OnDuty(Map<String, Rotation> rotations, Optional<Webhook> webhook) {
        public OnDuty {
            rotations = Map.copyOf(rotations);
        }
    }

    /**
     * An address of another service.
     *
     * @param secret
     *            what is sent there is signed with
     */
    public record Webhook(Secret url, Secret secret) {}

    /** What reading the settings came to. */
    public sealed interface Reading {
        /** Nothing is wrong. */
        record Good(Settings settings) implements Reading {}

        /**
         * Something is wrong.
         *
         * @param problems
         *            everything that is, each with its place and what to do; no secret is among them
         */
        record Bad(List<String> problems) implements Reading {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Reads the settings.
     *
     * @param environment
     *            the process's environment
     * @param workingFolder
     *            where {@code steward.yaml} is looked for, and what relative paths in the environment start from
     */
    public static Reading read(Map<String, String> environment, Path workingFolder, Purpose purpose) {
        return new SettingsReader(new SettingsSource(environment, workingFolder), purpose).read();
    }
}
