package dev.steward.definitions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a field asks for, and with it the type of its answer. */
public enum FieldType {
    /** One line. Answer: text. */
    TEXT("text"),
    /** Several lines. Answer: text. */
    MULTILINE("multiline"),
    /** Several texts, one per line. Answer: list of texts. */
    LINES("lines"),
    /** Answer: {@code Long}, or {@code Double} when it has a fraction. */
    NUMBER("number"),
    /** Answer: {@code Boolean}. */
    YES_NO("yes-no"),
    /** One of the options. Answer: the option's value. */
    CHOICE("choice"),
    /** Any of the options. Answer: list of the options' values, in the options' order. */
    MANY("many"),
    /** Answer: a person's catalog name. */
    PERSON("person"),
    /** Answer: a team's catalog name. */
    TEAM("team"),
    /** Answer: an entity's catalog name. */
    SERVICE("service"),
    /** One of development, staging and production, or of the options. Answer: its value. */
    ENVIRONMENT("environment"),
    /** Answer: text such as {@code 3d}, {@code 4h} or {@code 30m}. */
    DURATION("duration"),
    /** Answer: text such as {@code 2026-11-20}. */
    DATE("date");

    private final String text;

    FieldType(String text) {
        this.text = text;
    }

    /** The type's name in a workflow file. */
    public String text() {
        return text;
    }

    static Optional<FieldType> parse(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(FieldType::text).toList();
    }

    /** Whether the answer is one of options. */
    public boolean hasOptions() {
        return this == CHOICE || this == MANY || this == ENVIRONMENT;
    }

    boolean isList() {
        return this == LINES || this == MANY;
    }

    boolean isTyped() {
        return this == TEXT || this == MULTILINE;
    }
}
