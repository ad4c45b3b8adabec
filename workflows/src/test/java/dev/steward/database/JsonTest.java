package dev.steward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"hunter2secret", "{\"a\": hunter2secret}", "{\"hunter2secret\" 1}", "[\"hunter2secret"})
    void aFailureQuotesNothingOfTheTextNotEvenInItsStackTrace(String text) {
        var trace = new StringWriter();

        Throwable failure = catchThrowable(() -> Json.tree(text));

        failure.printStackTrace(new PrintWriter(trace));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("not valid JSON");
        assertThat(trace.toString()).doesNotContain("hunter2");
    }
}
