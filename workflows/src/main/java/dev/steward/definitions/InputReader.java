package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the inputs of a workflow file: which value each variable of the module gets. */
record InputReader(Problems problems, ExpressionReader expressions, Scope scope) {

    /** The inputs; with {@code fromForm}, a variable with a field of its name and no input gets that field's answer. */
    Map<String, Expression> read(Section file, Optional<ModuleDescriptor> module, boolean fromForm) {
        Map<String, Expression> inputs = new LinkedHashMap<>();
        Optional<Section> written = file.node("inputs").flatMap(node -> Section.open(problems, node, "`inputs`"));
        written.ifPresent(section -> section.values().forEach(
                (variable, node) -> read(variable, node, module).ifPresent(input -> inputs.put(variable, input))));
        if (module.isEmpty()) {
            return inputs;
        }
        for (Variable variable : module.get().variables()) {
            boolean given = written.filter(section -> section.has(variable.name())).isPresent();
            if (!given && fromForm) {
                generated(variable).ifPresent(input -> inputs.put(variable.name(), input));
            } else if (!given && variable.required()) {
                problems.add(file.at("inputs"),
                        "Module `%s` requires `%s`, and `inputs` has none".formatted(module.get().name(),
                                variable.name()),
                        "Add it, for example `%s: %s`".formatted(variable.name(), example(variable)));
            }
        }
        return inputs;
    }

    private String example(Variable variable) {
        return scope.ofAccess() && !scope.fields().containsKey(variable.name())
                ? "requester.name"
                : "form." + variable.name();
    }

    private Optional<Expression> read(String name, Node node, Optional<ModuleDescriptor> module) {
        String place = "Input `%s`".formatted(name);
        Optional<Variable> variable = module.flatMap(known -> known.variable(name));
        if (module.isPresent() && variable.isEmpty()) {
            var names = module.get().variables().stream().map(Variable::name).toList();
            problems.add(node, "Module `%s` has no variable `%s`".formatted(module.get().name(), name),
                    Nearest.to(name, names).map(near -> "Perhaps `%s` is meant".formatted(near))
                            .orElse("It has: " + String.join(", ", names)));
        }
        Wanted wanted = Wanted.variable(variable.map(Variable::type).orElse("any"));
        Optional<Read> read = expressions.value(node, place, scope, wanted);
        read.ifPresent(input -> variable.ifPresent(known -> refuseLeak(node, input, known)));
        return read.map(Read::expression);
    }

    /** A secret must stay one on its way, and Terraform shows what is not marked. */
    private void refuseLeak(Node node, Read input, Variable variable) {
        for (String name : input.names().fieldsRead()) {
            boolean secret = Optional.ofNullable(expressions.fields().get(name)).filter(Field::sensitive).isPresent();
            if (secret != variable.sensitive() && expressions.fields().containsKey(name)) {
                problems.add(node,
                        secret
                                ? "Field `%s` is sensitive and variable `%s` is not".formatted(name, variable.name())
                                : "Variable `%s` is sensitive and field `%s` is not".formatted(variable.name(), name),
                        "Mark both as sensitive, or neither");
            }
        }
    }

    private Optional<Expression> generated(Variable variable) {
        if (!expressions.fields().containsKey(variable.name())) {
            return Optional.empty();
        }
        String source = "has(form.%1$s) ? form.%1$s : null".formatted(variable.name());
        return switch (expressions.language().compile(source, scope)) {
            case ExpressionLanguage.Outcome.Compiled compiled ->
                Optional.of(Expression.compiled(source, 0, compiled.program()));
            case ExpressionLanguage.Outcome.Refused refused ->
                throw new IllegalStateException("an own expression does not compile: " + refused);
        };
    }
}
