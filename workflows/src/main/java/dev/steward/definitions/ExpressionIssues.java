package dev.steward.definitions;

import dev.cel.common.CelIssue;
import dev.steward.definitions.ExpressionLanguage.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CEL compiler's messages in this product's words. */
final class ExpressionIssues {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD = Pattern
            .compile("found no matching overload for '([^']*)' applied to '(.*?)' \\(candidates.*", Pattern.DOTALL);
    private static final Pattern TOO_LONG = Pattern.compile(".*code point size exceeds limit: size: (\\d+).*");

    private ExpressionIssues() {}

    static Issue of(CelIssue issue, Scope scope) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return unknownName(line, undeclared.group(1), scope);
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return new Issue(line,
                    "applies `%s` to %s, which does not fit".formatted(overload.group(1).replace("_", ""),
                            overload.group(2)),
                    "Use values of the right type; string(...) makes text of a number");
        }
        Matcher tooLong = TOO_LONG.matcher(message);
        if (tooLong.matches()) {
            return new Issue(line, "is %s characters long".formatted(tooLong.group(1)),
                    "Shorten it to %d characters at most".formatted(ExpressionLanguage.MAX_CHARACTERS));
        }
        return unreadable(line, message);
    }

    static Issue unreadable(int line, String message) {
        String first = message.lines().findFirst().orElse("").replaceFirst(" expecting .*", "").replaceFirst("\\.$",
                "");
        return new Issue(line, "is not a CEL expression: " + first,
                "Correct it; docs/workflows.md says what expressions may contain");
    }

    private static Issue unknownName(int line, String name, Scope scope) {
        List<String> known = new ArrayList<>(
                scope.hasAnswers() ? List.of("form", "requester") : List.of("requester"));
        List<String> later = List.of("plan", "stack", "model");
        if (scope.afterPlan()) {
            known.addAll(later);
        } else if (later.contains(name)) {
            return new Issue(line, "names `%s`, which does not exist before there is a plan".formatted(name),
                    "Use it in the `when` of a stage or a standing rule, or in a guardrail");
        }
        if (scope.ofAccess()) {
            known.add("entity");
        } else if (name.equals("entity")) {
            return new Issue(line, "names `entity`, which only workflows of kind `access` have",
                    "Name what the form asks for, as in `form.service`");
        }
        List<String> candidates = new ArrayList<>(known);
        candidates.addAll(ExpressionFunctions.NAMES);
        return new Issue(line, "names `%s`, which is not known".formatted(name),
                Nearest.to(name, candidates).map(near -> "Perhaps `%s` is meant".formatted(near))
                        .orElse("Known are %s; text stands in quotes, as in '\"text\"'"
                                .formatted(String.join(", ", known))));
    }
}
