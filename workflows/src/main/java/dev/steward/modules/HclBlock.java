package dev.steward.modules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block of HCL, for example {@code resource "terraform_data" "service" {...}}; a whole file is a block of type
 * {@code ""}.
 *
 * @param begin
 *            offset of the first character in the text of the file
 * @param end
 *            offset behind the last character
 */
record HclBlock(String type, List<String> labels, int line, int begin, int end, Map<String, Value> attributes,
        List<HclBlock> blocks) {

    Stream<HclBlock> blocks(String wanted) {
        return blocks.stream().filter(b -> b.type().equals(wanted));
    }

    /** This block and all in it, at any depth. */
    Stream<HclBlock> everything() {
        return Stream.concat(Stream.of(this), blocks.stream().flatMap(HclBlock::everything));
    }

    Optional<Value> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    String label(int index) {
        return index < labels.size() ? labels.get(index) : "";
    }

    /** Type and labels, as one speaks of it. */
    String title() {
        return labels.isEmpty() ? type : type + " " + String.join(".", labels);
    }

    /**
     * An attribute's expression.
     *
     * @param text
     *            as it is written
     * @param literal
     *            the string that it is, when it is a quoted one without interpolation
     */
    record Value(String text, int line, Optional<String> literal) {}
}
