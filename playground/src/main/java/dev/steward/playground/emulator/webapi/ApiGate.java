package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.blockkit.BlockKit;
import dev.steward.playground.emulator.faults.Faults;
import dev.steward.playground.emulator.faults.Strike;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.workspace.Workspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one way into the Web API: token, method, arguments, scope, rate, then the method itself inside the workspace's lock;
 * faults on order strike here, and every call is journalled with what it was answered.
 */
public final class ApiGate {
    /** Characters of a request that the journal keeps: the largest view, with each character escaped in three. */
    private static final int KEPT = 3 * BlockKit.VIEW_BYTES + 10_000;

    private final Workspace workspace;
    private final Journal journal;
    private final Faults faults;
    private final Access access;
    private final Scopes scopes;
    private final RateLimits rates;
    private final Map<String, MethodSpec> specs = MethodSpec.table();
    private final Map<String, Method> methods = new HashMap<>();

    /**
     * What the app was installed with.
     *
     * @param appToken     the app-level token, with {@code connections:write}
     * @param scopes       granted to the bot token
     * @param enforceRates whether Slack's published rates apply
     */
    public record Access(String botToken, String appToken, Set<String> scopes, boolean enforceRates) {
        public Access {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * A gate before all methods.
     *
     * @param socketBase where connections of Socket Mode lead to
     */
    public ApiGate(Workspace workspace, Journal journal, Faults faults, Access access, SocketMode sockets,
            Supplier<String> socketBase) {
        this.workspace = workspace;
        this.journal = journal;
        this.faults = faults;
        this.access = access;
        this.scopes = new Scopes(workspace, access.scopes());
        this.rates = new RateLimits(workspace.clock());
        methods.putAll(new ChatMethods(workspace).all());
        methods.putAll(new ViewMethods(workspace).all());
        methods.putAll(new ConversationMethods(workspace).all());
        methods.putAll(new ChannelMethods(workspace).all());
        methods.putAll(new MembershipMethods(workspace).all());
        methods.putAll(new AboutMethods(workspace).all());
        methods.putAll(new HistoryMethods(workspace).all());
        methods.putAll(new DirectoryMethods(workspace).all());
        methods.putAll(new ReactionMethods(workspace).all());
        methods.putAll(new PinMethods(workspace).all());
        methods.putAll(new BookmarkMethods(workspace).all());
        methods.putAll(new ConnectionMethods(sockets, socketBase).all());
    }

    /** Forgets the rates counted so far. */
    public void reset() {
        workspace.change(rates::clear);
    }

    /** Serves one request. */
    public Answer serve(ApiRequest request) {
        long started = System.nanoTime();
        ObjectNode given = Json.object();
        Optional<Strike> fault = Optional.empty();
        Served served;
        try {
            RequestBody body = RequestBody.read(request);
            given = kept(request, body);
            fault = faults.strike(request.method(), channel(body.fields()));
            Optional<Served> failed = fault.flatMap(Served::instead);
            served = failed.isPresent() ? failed.get() : answer(request, body);
        } catch (ApiError error) {
            served = new Served(200, Map.of(), error.body());
        }
        return record(request.method(), given, served, fault, started);
    }

    /** What the journal keeps of the arguments: a request that is larger than any good one is only measured. */
    private static ObjectNode kept(ApiRequest request, RequestBody body) {
        int characters = request.query().length() + request.body().map(String::length).orElse(0);
        return characters <= KEPT ? body.fields() : Json.object().put("not_kept", characters + " characters");
    }

    private Served answer(ApiRequest request, RequestBody body) {
        MethodSpec spec = specs.get(request.method());
        Method method = methods.get(request.method());
        if (spec == null || method == null) {
            throw ApiError.of("unknown_method");
        }
        authorise(body.token(), spec);
        if (body.json() && !spec.json()) {
            throw ApiError.of("invalid_post_type");
        }
        Arguments arguments = Arguments.checked(spec, body.fields(), body.json());
        return workspace.atomically(() -> {
            scopes.require(spec, arguments);
            Optional<Duration> wait = access.enforceRates()
                    ? rates.check(spec, arguments.text("channel").orElse(""))
                    : Optional.empty();
            return wait.map(Served::rateLimited)
                    .orElseGet(() -> new Served(200, Map.of(), ok(method.call(arguments))));
        });
    }

    private void authorise(Optional<String> token, MethodSpec spec) {
        if (token.isEmpty()) {
            throw ApiError.of("not_authed");
        }
        if (!Set.of(access.botToken(), access.appToken()).contains(token.get())) {
            throw ApiError.of("invalid_auth");
        }
        if (spec.appLevel() != token.get().equals(access.appToken())) {
            throw ApiError.of("not_allowed_token_type");
        }
        scopes.require(spec);
    }

    private static ObjectNode ok(ObjectNode fields) {
        return Json.object().put("ok", true).setAll(fields);
    }

    /** The conversation that a call is about; what is not about one answers the empty text. */
    private static String channel(ObjectNode given) {
        return given.path("channel").asText(given.path("channel_id").asText());
    }

    private Answer record(String method, ObjectNode given, Served served, Optional<Strike> fault, long started) {
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        journal.call(number -> new Call(number, workspace.clock().instant(), method, given,
                new Call.Answered(served.status(), served.body(), took, fault.map(Strike::label))));
        return served.answer(fault, new Answer.Whole(served.status(), served.headers(),
                "application/json; charset=utf-8", served.body().toString()));
    }
}
