package dev.steward.modules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a module says of itself in its {@code module.yaml}.
 *
 * @param name
 *            the module's name, equal to its folder's
 * @param title
 *            for people
 * @param description
 *            what it creates, in a sentence
 * @param credentials
 *            the profile of {@code steward.yaml} whose credentials Terraform gets; without one it gets none
 * @param variables
 *            its inputs, in order
 * @param outputs
 *            its outputs, in order
 */
public record ModuleDescriptor(String name, String title, String description, Optional<String> credentials,
        List<Variable> variables, List<Output> outputs) {

    public ModuleDescriptor {
        variables = List.copyOf(variables);
        outputs = List.copyOf(outputs);
    }

    /** The variable of that name. */
    public Optional<Variable> variable(String variableName) {
        return variables.stream().filter(v -> v.name().equals(variableName)).findFirst();
    }

    /**
     * One input.
     *
     * @param type
     *            Terraform's type expression, for example {@code string} or {@code map(string)}
     * @param fallback
     *            the default; empty when the variable is required
     * @param sensitive
     *            whether its value is a secret
     */
    public record Variable(String name, String type, String description, Optional<JsonNode> fallback,
            boolean sensitive) {
        /** Whether a value must be given. */
        public boolean required() {
            return fallback.isEmpty();
        }
    }

    /**
     * One output.
     *
     * @param sensitive
     *            whether its value is a secret
     */
    public record Output(String name, String description, boolean sensitive) {}
}
