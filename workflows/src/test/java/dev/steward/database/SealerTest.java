package dev.steward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealerTest {
    private final Sealer sealer = new Sealer(key(1));

    @Test
    void opensWhatItSealedForTheSameContext() {
        byte[] sealed = sealer.sealText("s3cret", "plan:1");
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(sealer.openText(sealed, "plan:1")).isEqualTo("s3cret");
    }

    @Test
    void refusesAnotherContextAnotherKeyAndAlteredBytes() {
        byte[] sealed = sealer.sealText("s3cret", "plan:1");
        assertThatThrownBy(() -> sealer.open(sealed, "plan:2")).hasMessageContaining("plan:2");
        assertThatThrownBy(() -> new Sealer(key(2)).open(sealed, "plan:1")).hasMessageContaining("cannot decrypt");
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> sealer.open(sealed, "plan:1")).hasMessageContaining("altered");
        assertThatThrownBy(() -> sealer.open(new byte[3], "plan:1")).hasMessageContaining("not a sealed value");
    }

    @Test
    void namesAKeyWithoutTellingIt() {
        assertThat(sealer.keyId()).hasSize(12).isEqualTo(new Sealer(key(1)).keyId())
                .isNotEqualTo(new Sealer(key(2)).keyId());
        assertThatThrownBy(() -> new Sealer(new byte[16])).hasMessageContaining("32 bytes");
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
