package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Workflow.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how long what a workflow makes lasts. Whether {@code promote} names a workflow is for the folder to say. */
record LeaseReader(Problems problems, ExpressionReader expressions, Scope scope) {
    private static final int MAX_NAME = 39;

    Optional<Lease> read(Section file) {
        return file.node("lease")
                .flatMap(node -> Section.of(problems, node, "`lease`", List.of("lasts", "at_most", "promote")))
                .flatMap(this::lease);
    }

    private Optional<Lease> lease(Section lease) {
        lease.required("lasts", "lasts: form.duration");
        lease.required("at_most", "at_most: 3d");
        Optional<Duration> atMost = lease.duration("at_most");
        Optional<String> promote = lease.text("promote", MAX_NAME);
        Optional<Expression> lasts = lease.node("lasts")
                .flatMap(node -> expressions.value(node, lease.place("lasts"), scope, Wanted.DURATION))
                .map(Read::expression);
        lasts.ifPresent(expression -> check(lease, expression, atMost));
        return lasts.flatMap(expression -> atMost.map(cap -> new Lease(expression, cap, promote)));
    }

    private void check(Section lease, Expression lasts, Optional<Duration> atMost) {
        lasts.literal().map(Object::toString)
                .ifPresent(text -> check(lease, "%s is `%s`".formatted(lease.place("lasts"), text), text, atMost));
        Optional.of(lasts.source()).filter(source -> source.startsWith("form."))
                .map(source -> expressions.fields().get(source.substring("form.".length())))
                .ifPresent(field -> check(lease, field, atMost));
    }

    /** A field that is named as it stands; what an expression makes of answers shows only when it is evaluated. */
    private void check(Section lease, Field field, Optional<Duration> atMost) {
        if (field.type() == FieldType.CHOICE) {
            field.options().forEach(option -> check(lease,
                    "%s may be `%s`, an option of field `%s`".formatted(lease.place("lasts"), option.value(),
                            field.name()),
                    option.value(), atMost));
        } else if (field.type() != FieldType.DURATION) {
            problems.add(lease.at("lasts"),
                    "%s is field `%s`, which is of type `%s`".formatted(lease.place("lasts"), field.name(),
                            field.type().text()),
                    "Name a field of type `duration`, or a `choice` of durations");
        }
    }

    private void check(Section lease, String which, String text, Optional<Duration> atMost) {
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            problems.add(lease.at("lasts"), which + ", which is no duration",
                    "Write days, hours or minutes, as in `3d`, `4h` or `30m`");
        } else if (atMost.filter(cap -> duration.get().compareTo(cap) > 0).isPresent()) {
            problems.add(lease.at("lasts"), which + ", which is above `at_most`", "Shorten it, or raise `at_most`");
        }
    }
}
