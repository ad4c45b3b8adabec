package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables of a module by name, with the types that their values must have. */
public final class InputTypes {
    private final Map<String, InputType> types;

    /**
     * What is wrong with an input.
     *
     * @param variable
     *            the variable's name
     * @param path
     *            where in its value, beginning with the variable's name
     * @param message
     *            continues a sentence that begins with the path; quotes no value
     */
    public record Problem(String variable, String path, String message) {}

    private InputTypes(Map<String, InputType> types) {
        this.types = types;
    }

    /**
     * The types of a module's variables.
     *
     * @param expressions
     *            variable to type expression, as in HCL
     * @throws IllegalArgumentException
     *             if an expression is not a type
     */
    public static InputTypes of(Map<String, String> expressions) {
        var types = new HashMap<String, InputType>();
        expressions.forEach((name, expression) -> types.put(name, TypeExpression.parse(expression)));
        return new InputTypes(types);
    }

    /** All problems of the inputs; a variable that is left out is Terraform's to judge. */
    public List<Problem> check(Map<String, JsonNode> inputs) {
        var problems = new ArrayList<Problem>();
        inputs.forEach((name, value) -> {
            InputType type = types.get(name);
            if (type == null) {
                problems.add(new Problem(name, name, "is not a variable of this module"));
            } else {
                type.check(value, name, (path, message) -> problems.add(new Problem(name, path, message)));
            }
        });
        return problems;
    }
}
