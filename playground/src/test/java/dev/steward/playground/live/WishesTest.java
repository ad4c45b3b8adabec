package dev.steward.playground.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WishesTest {
    private static final Path ROOT = Path.of("/checkout");

    @Test
    void takesTheSamePlaceEachTimeUnlessToldOtherwise() throws Wishes.Unclear {
        assertThat(Wishes.read(List.of(), ROOT)).isEqualTo(
                new Wishes(new Wishes.Ports(8090, 8091, 8092), Path.of("/checkout/.playground"), false, false));
        assertThat(Wishes.read(List.of("--socket", "--port", "9000", "--home", "/tmp/x/../y", "--fresh"), ROOT))
                .isEqualTo(new Wishes(new Wishes.Ports(9000, 9001, 9002), Path.of("/tmp/y"), true, true));
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        for (List<String> words : List.of(List.of("--colour"), List.of("--port"), List.of("--port", "0"),
                List.of("--port", "65534"), List.of("--port", "eight"), List.of("--home"))) {
            assertThatThrownBy(() -> Wishes.read(words, ROOT)).as(words.toString())
                    .isInstanceOf(Wishes.Unclear.class).hasMessageContaining(words.getFirst());
        }
    }
}
