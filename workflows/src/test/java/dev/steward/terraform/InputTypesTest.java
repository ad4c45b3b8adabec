package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "string | \"20\"", "number | 20", "number | 2.5", "bool | false", "list(string) | []",
            "set(number) | [1,2]", "map(bool) | {\"a\":true}", "tuple([string, number]) | [\"a\",1]",
            "any | [1]", "object({}) | {}", "object({ a = string, b = optional(number) }) | {\"a\":\"x\"}",
            "object({ a = optional(string, \"a)},\"), b = optional(list(string), [\"(\"]) }) | {\"b\":null}",
            "map(object({\"quoted\" : string})) | {\"k\":{\"quoted\":\"v\"}}"})
    void takesWhatFits(String type, String json) {
        assertThat(problems(type, json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "number | \"20\" | v must be a number, not text", "string | 20 | v must be text, not a number",
            "bool | \"true\" | v must be true or false, not text", "string | null | v must be text, not nothing",
            "list(string) | {} | v must be a list, not an object", "map(string) | [] | v must be a map, not a list",
            "list(number) | [1,\"2\"] | v[1] must be a number, not text",
            "map(number) | {\"k\":true} | v.k must be a number, not true or false",
            "tuple([string]) | [] | v must be a list of exactly 1",
            "tuple([string]) | [1] | v[0] must be text, not a number",
            "object({ a = string }) | {} | v.a is missing",
            "object({ a = string }) | [] | v must be an object, not a list",
            "object({ a = string }) | {\"a\":\"x\",\"b\":1} | v.b is not an attribute here",
            "object({ a = optional(object({ b = number }), {}) }) | {\"a\":{\"b\":\"1\"}} | v.a.b must be a number, not text",
            "any | null | v must have a value"})
    void refusesWhatTerraformWouldBendOrDrop(String type, String json, String expected) {
        assertThat(problems(type, json)).containsExactly(expected);
    }

    @Test
    void readsATypeOverSeveralLinesWithComments() {
        String type = """
                map(object({
                  size = number # in GB
                  // where
                  zone = optional(string, "a")
                  /* the
                     rest */
                  tags = map(string)
                }))
                """;
        assertThat(problems(type, "{\"k\":{\"size\":1,\"tags\":{}}}")).isEmpty();
        assertThat(problems(type, "{\"k\":{\"size\":1}}")).containsExactly("v.k.tags is missing");
    }

    @Test
    void refusesUnknownVariablesAndReportsAllProblems() {
        var types = InputTypes.of(Map.of("a", "string", "b", "number"));
        assertThat(types.check(Bench.inputs("{\"a\":1,\"c\":\"secret value\"}"))).containsExactlyInAnyOrderElementsOf(
                List.of(new InputTypes.Problem("a", "a", "must be text, not a number"),
                        new InputTypes.Problem("c", "c", "is not a variable of this module")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "list", "list(", "list(string", "object({ a })", "object({ a = string)",
            "string string", "list(string))", "tuple(string)", "object({ a = optional(string, })", "\"string\"", "§"})
    void refusesWhatIsNotAType(String type) {
        assertThatThrownBy(() -> TypeExpression.parse(type)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesATypeOfTooManyLevels() {
        assertThatThrownBy(() -> TypeExpression.parse("list(".repeat(5000))).hasMessageContaining("levels");
    }

    private static List<String> problems(String type, String json) {
        return InputTypes.of(Map.of("v", type)).check(Bench.inputs("{\"v\":" + json + "}")).stream()
                .map(p -> p.path() + " " + p.message()).toList();
    }
}
