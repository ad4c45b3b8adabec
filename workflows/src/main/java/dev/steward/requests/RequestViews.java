package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.approvals.Proposal;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Field;
import dev.steward.definitions.Workflow;
import dev.steward.terraform.Plans;
import dev.steward.terraform.Progress;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads views of requests. */
final class RequestViews {
    private static final int LONG_QUEUE = 10;

    private final RequestParts parts;
    private final RequestStore requests;
    private final Policy policy;
    private final RequestFacts circumstances;
    private final LeaseViews leases;
    private final Concerned concerned;

    RequestViews(RequestParts parts, RequestStore requests, Policy policy, RequestFacts circumstances,
            LeaseViews leases, Concerned concerned) {
        this.parts = parts;
        this.requests = requests;
        this.policy = policy;
        this.circumstances = circumstances;
        this.leases = leases;
        this.concerned = concerned;
    }

    RequestView of(Handle handle, Request request) {
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        Person requester = parts.catalog().people().byId(handle, request.requester()).orElseThrow();
        Map<String, Object> answers = requests.answers(handle, request.id());
        Run run = parts.store().runs().runs().byId(handle, request.run());
        return new RequestView(request.id(), request.workflow(),
                workflow == null ? request.workflow() : workflow.title(), requester, request.subject(),
                request.channel(), request.state(), shown(workflow, answers),
                model(handle, workflow, answers, requester),
                run(handle, request, run), mistakes(workflow, run, !request.ends() && request.back().isEmpty()),
                approval(handle, run),
                request.origin().filter(_ -> request.endsLease()),
                parts.store().leases().of(handle, request.stack()).map(lease -> leases.of(handle, lease)),
                request.createdAt(), circumstances(handle, request, run));
    }

    private RequestView.Circumstances circumstances(Handle handle, Request request, Run run) {
        Optional<Long> frozenBy = run.state() instanceof RunState.Approved
                ? concerned.frozen(handle, request).map(Emergencies.Frozen::incident)
                : Optional.empty();
        return new RequestView.Circumstances(
                request.origin().filter(_ -> request.ends() && !request.endsLease()), request.incident(), frozenBy,
                request.changes() ? Optional.of(change(handle, request)) : Optional.empty());
    }

    private RequestView.Change change(Handle handle, Request request) {
        List<RequestId> undone = request.back().map(back -> History.between(handle, request, back.from()))
                .orElse(List.of());
        return new RequestView.Change(request.origin().orElseThrow(), request.back(), undone,
                differences(handle, request));
    }

    private List<RequestView.Difference> differences(Handle handle, Request request) {
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        Map<String, Object> before = History.before(handle, request).map(now -> requests.answers(handle, now.id()))
                .orElse(Map.of());
        Map<String, Object> after = requests.answers(handle, request.id());
        return workflow == null
                ? List.of()
                : workflow.fields().stream()
                        .filter(field -> !said(before, field).equals(said(after, field)))
                        .map(field -> new RequestView.Difference(field.label(),
                                field.sensitive() ? "" : said(before, field),
                                field.sensitive() ? "" : said(after, field), field.sensitive()))
                        .toList();
    }

    private static String said(Map<String, Object> answers, Field field) {
        return Optional.ofNullable(answers.get(field.name())).map(value -> text(field, value)).orElse("");
    }

    private static List<RequestView.Answer> shown(@Nullable Workflow workflow, Map<String, Object> answers) {
        List<RequestView.Answer> shown = new ArrayList<>();
        if (workflow == null) {
            return shown;
        }
        for (Field field : workflow.fields()) {
            Object value = answers.get(field.name());
            if (value != null) {
                shown.add(new RequestView.Answer(field.label(), field.sensitive() ? "(secret)" : text(field, value)));
            }
        }
        return shown;
    }

    /** The answer as the form shows it. */
    private static String text(Field field, Object value) {
        return value instanceof List<?> list
                ? list.stream().map(one -> text(field, one)).collect(Collectors.joining(", "))
                : field.shown(String.valueOf(value));
    }

    private Optional<String> model(Handle handle, @Nullable Workflow workflow, Map<String, Object> answers,
            Person requester) {
        return Optional.ofNullable(workflow).flatMap(w -> circumstances.of(handle, w, answers,
                new Facts.Requester(requester.name(), requester.displayName(), Optional.empty(), List.of())).model());
    }

    /** Nobody corrects the answers of what goes back or ends. */
    private List<RequestView.Mistake> mistakes(@Nullable Workflow workflow, Run run, boolean mendable) {
        if (workflow == null || !mendable || !(run.state() instanceof RunState.PlanFailed(RunFailure failure))) {
            return List.of();
        }
        Map<String, String> messages = new LinkedHashMap<>();
        failure.fields().forEach(problem -> policy.fieldOf(workflow, problem.variable())
                .ifPresent(field -> messages.putIfAbsent(field, problem.message())));
        return workflow.fields().stream().filter(field -> messages.containsKey(field.name()))
                .map(field -> new RequestView.Mistake(field.name(), field.label(),
                        Objects.requireNonNull(messages.get(field.name()))))
                .toList();
    }

    private RequestView.RunView run(Handle handle, Request request, Run run) {
        JsonNode detail = run.detail();
        Map<String, String> outputs = new LinkedHashMap<>();
        detail.path("outputs").properties().forEach(e -> outputs.put(e.getKey(), e.getValue().asText()));
        return new RequestView.RunView(run.id(), run.state(),
                parts.store().runs().plans().latestOf(handle, run.id()).map(Plans.Stored::view),
                Optional.ofNullable(detail.get("progress")).map(p -> Json.read(p.toString(), Progress.class)),
                texts(detail.path("warnings")), outputs, texts(detail.path("notes")), earlier(handle, request, run),
                Optional.ofNullable(detail.get("trouble")).map(JsonNode::asText).filter(text -> !text.isEmpty())
                        .or(() -> queue(handle, run)),
                run.cancelRequested().isPresent(), run.updatedAt());
    }

    /** How long the queue is, when it is long. */
    private Optional<String> queue(Handle handle, Run run) {
        int ahead = run.state() instanceof RunState.Requested ? parts.store().runs().runs().ahead(handle, run.id()) : 0;
        return ahead < LONG_QUEUE ? Optional.empty() : Optional.of(ahead + " others are planned before it.");
    }

    private Optional<String> earlier(Handle handle, Request request, Run run) {
        return parts.store().runs().runs().before(handle, request.id().value(), run.id()).map(Run::state)
                .filter(RunState.Stale.class::isInstance).map(s -> ((RunState.Stale) s).why());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    private Optional<RequestView.Approval> approval(Handle handle, Run run) {
        Optional<Proposal> proposal = parts.approvals().latest(handle, Effect.KIND, run.id().text());
        return proposal.map(p -> new RequestView.Approval(p, parts.approvals().waitingFor(handle, p.id()),
                parts.approvals().nobodyCan(handle, p.id())));
    }
}
