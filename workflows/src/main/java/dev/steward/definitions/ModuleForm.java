package dev.steward.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.definitions.Field.Rules;
import dev.steward.definitions.Workflow.Page;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Makes the form of a workflow that names none from the module's variables, one field each. */
final class ModuleForm {
    private static final Pattern LIST_OF_TEXT = Pattern.compile("(list|set)\\(\\s*string\\s*\\)");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Problems problems;

    ModuleForm(Problems problems) {
        this.problems = problems;
    }

    /** Fields for the variables that {@code inputs} gives no value, as many pages as they need. */
    List<Page> pages(Section file, String title, ModuleDescriptor module) {
        Optional<Node> inputs = file.node("inputs");
        List<Field> fields = new ArrayList<>();
        for (Variable variable : module.variables()) {
            if (inputs.flatMap(node -> Section.find(node, variable.name())).isEmpty()) {
                field(file, variable).ifPresent(fields::add);
            }
        }
        List<Page> pages = new ArrayList<>();
        for (int from = 0; from < fields.size(); from += FormReader.MAX_FIELDS) {
            int to = Math.min(fields.size(), from + FormReader.MAX_FIELDS);
            pages.add(new Page(title, fields.subList(from, to)));
        }
        return pages;
    }

    private Optional<Field> field(Section file, Variable variable) {
        Optional<FieldType> type = NAME.matcher(variable.name()).matches() ? type(variable) : Optional.empty();
        if (type.isEmpty()) {
            problems.add(file.at("module"),
                    "Variable `%s` is of type %s, for which no field can be made".formatted(variable.name(),
                            variable.type()),
                    "Give it a value in `inputs`, or write the form");
        }
        return type.map(known -> new Field(variable.name(), known, FieldReader.humanised(variable.name()),
                variable.description(), variable.required(), initial(variable, known), Rules.NONE, List.of(),
                Optional.empty(), Optional.empty(), variable.sensitive()));
    }

    private static Optional<FieldType> type(Variable variable) {
        String type = variable.type().strip();
        return switch (type) {
            case "string" -> Optional.of(FieldType.TEXT);
            case "number" -> Optional.of(FieldType.NUMBER);
            case "bool" -> Optional.of(FieldType.YES_NO);
            default -> LIST_OF_TEXT.matcher(type).matches() ? Optional.of(FieldType.LINES) : Optional.empty();
        };
    }

    private static Optional<Expression> initial(Variable variable, FieldType type) {
        return variable.sensitive()
                ? Optional.empty()
                : variable.fallback().flatMap(value -> plain(value, type)).map(value -> Expression.literal(value, 0));
    }

    /** The default as an answer; none where it is null, empty or of another type than the variable. */
    private static Optional<Object> plain(JsonNode value, FieldType type) {
        if (value.isNull()) {
            return Optional.empty();
        }
        Object plain = Json.read(value.toString(), Object.class);
        return Optional.of(plain).map(literal -> literal instanceof Integer number ? number.longValue() : literal)
                .filter(literal -> !"".equals(literal))
                .filter(literal -> Wanted.answerOf(type).accepts().test(Values.typeOf(literal)));
    }
}
