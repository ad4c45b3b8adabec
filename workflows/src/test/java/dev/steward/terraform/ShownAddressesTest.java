package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownAddressesTest {
    private final ShownAddresses addresses = ShownAddresses
            .of(List.of("a.b[\"eu\"]", "a.b[\"" + Redactor.MASK + "\"]", "module.m[\"x\"].a.b[0]"));

    @Test
    void showsWhatThePlanShows() {
        assertThat(addresses.masked("a.b[\"eu\"]")).isEqualTo("a.b[\"eu\"]");
        assertThat(addresses.masked("module.m[\"x\"].a.b[0]")).isEqualTo("module.m[\"x\"].a.b[0]");
    }

    @Test
    void masksTheTextKeysOfAnyOther() {
        assertThat(addresses.masked("a.b[\"hunter2\"]")).isEqualTo("a.b[(sensitive)]");
        assertThat(addresses.masked("module.m[\"q\\\"]uo\"].a.b[\"te\\\\\"]")).isEqualTo(
                "module.m[(sensitive)].a.b[(sensitive)]");
        assertThat(addresses.masked(new Operation("a.b[\"hunter2\"]", "create")))
                .hasToString("create a.b[(sensitive)]");
        assertThat(addresses.masked(new Progress(1, 2, "a.b[\"hunter2\"]")).current()).isEqualTo("a.b[(sensitive)]");
    }

    @Test
    void leavesNumbersAndPlainAddresses() {
        assertThat(addresses.masked("a.c[12]")).isEqualTo("a.c[12]");
        assertThat(addresses.masked("module.m.a.c")).isEqualTo("module.m.a.c");
        assertThat(addresses.masked("")).isEmpty();
    }
}
