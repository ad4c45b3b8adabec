package dev.steward.definitions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.steward.definitions.ExpressionLanguage.Issue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which facts an expression names.
 *
 * @param read
 *            such as {@code form.owner}
 * @param tested
 *            those inside {@code has(...)}
 * @param whole
 *            roots that are used otherwise than by a fixed member, such as {@code form} alone
 */
record NamesInExpression(Set<String> read, Set<String> tested, Set<String> whole) {
    private static final Set<String> ROOTS = Set.of("form", "requester", "plan", "entity");

    static final NamesInExpression NONE = new NamesInExpression(Set.of(), Set.of(), Set.of());

    static NamesInExpression of(CelAbstractSyntaxTree ast) {
        var names = new NamesInExpression(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        CelNavigableAst.fromAst(ast).getRoot().allNodes()
                .filter(node -> node.getKind() == Kind.IDENT && ROOTS.contains(node.expr().ident().name()))
                .forEach(names::add);
        return names;
    }

    /** The fields of the form that are read, by name. */
    Set<String> fieldsRead() {
        Set<String> fields = new LinkedHashSet<>();
        read.stream().filter(name -> name.startsWith("form.")).map(name -> name.substring("form.".length()))
                .forEach(fields::add);
        return fields;
    }

    boolean tests(String field) {
        return tested.contains("form." + field);
    }

    private void add(CelNavigableExpr root) {
        String name = root.expr().ident().name();
        Optional<CelExpr> parent = root.parent().map(CelNavigableExpr::expr);
        Optional<String> member = parent.flatMap(NamesInExpression::memberOf);
        if (member.isEmpty()) {
            whole.add(name);
        } else if (parent.get().getKind() == Kind.SELECT && parent.get().select().testOnly()) {
            tested.add(name + "." + member.get());
        } else {
            read.add(name + "." + member.get());
        }
    }

    private static Optional<String> memberOf(CelExpr parent) {
        if (parent.getKind() == Kind.SELECT) {
            return Optional.of(parent.select().field());
        }
        if (parent.getKind() != Kind.CALL || !parent.call().function().equals("_[_]")) {
            return Optional.empty();
        }
        List<CelExpr> indexed = parent.call().args();
        CelExpr index = indexed.get(1);
        boolean fixed = index.getKind() == Kind.CONSTANT && index.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return fixed ? Optional.of(index.constant().stringValue()) : Optional.empty();
    }

    List<Issue> unknown(Scope scope) {
        List<Issue> issues = new ArrayList<>();
        var roots = scope.roots();
        if (!scope.hasAnswers() && namesForm()) {
            return List.of(new Issue(1, "names `form`, and nothing is answered yet where it is evaluated",
                    "Name `entity` and `requester` alone; what depends on the answers belongs into a stage's `when`, a"
                            + " standing rule or a guardrail"));
        }
        whole.stream().filter(roots::containsKey)
                .forEach(root -> issues.add(new Issue(1, "uses `%s` as a whole".formatted(root),
                        "Name a member, such as `%s.%s`".formatted(root, example(roots.get(root))))));
        Set<String> all = new LinkedHashSet<>(read);
        all.addAll(tested);
        for (String name : all) {
            int dot = name.indexOf('.');
            String root = name.substring(0, dot);
            Map<String, ?> members = roots.get(root);
            boolean open = root.equals("form") && !scope.fieldsKnown();
            if (members != null && !open && !members.containsKey(name.substring(dot + 1))) {
                issues.add(unknownMember(root, name.substring(dot + 1), members.keySet(), scope));
            }
        }
        return issues;
    }

    private boolean namesForm() {
        return whole.contains("form") || Stream.concat(read.stream(), tested.stream())
                .anyMatch(name -> name.startsWith("form."));
    }

    private static Issue unknownMember(String root, String member, Set<String> known, Scope scope) {
        if (root.equals("form") && scope.later().contains(member)) {
            return new Issue(1, "names `form.%s`, which is not asked before it".formatted(member),
                    "Move that field further up, before this one");
        }
        String what = "names `%s.%s`, which is %s".formatted(root, member,
                root.equals("form") ? "no field of the form" : "not known");
        return new Issue(1, what,
                Nearest.to(member, known).map(near -> "Perhaps `%s.%s` is meant".formatted(root, near))
                        .orElse("Known are: " + String.join(", ", known.stream().sorted().toList())));
    }

    private static String example(@Nullable Map<String, ?> members) {
        return members == null ? "name" : members.keySet().stream().sorted().findFirst().orElse("name");
    }
}
