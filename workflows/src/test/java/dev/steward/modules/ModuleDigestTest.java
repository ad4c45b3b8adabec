package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.database.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleDigestTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void module() throws IOException {
        folder = Files.createDirectories(parent.resolve("a"));
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/b.txt"), "b");
        Files.writeString(folder.resolve("main.tf"), "a");
        mode("main.tf", "rw-r--r--");
        mode("tests/b.txt", "rwxr-xr-x");
    }

    @Test
    void isTheHashOfTheSortedList() throws Exception {
        assertThat(ModuleDigest.of(folder)).isEqualTo(Sha256.of(
                "644 " + Sha256.of("a") + " main.tf\n" + "755 " + Sha256.of("b") + " tests/b.txt\n"));
    }

    @Test
    void changesWithContentNameAndExecutableBit() throws Exception {
        String digest = ModuleDigest.of(folder);
        mode("main.tf", "rwxr-xr-x");
        assertThat(ModuleDigest.of(folder)).isNotEqualTo(digest);
        mode("main.tf", "rw-r--r--");
        assertThat(ModuleDigest.of(folder)).isEqualTo(digest);
        Files.writeString(folder.resolve("main.tf"), "b");
        assertThat(ModuleDigest.of(folder)).isNotEqualTo(digest);
        Files.writeString(folder.resolve("main.tf"), "a");
        Files.move(folder.resolve("main.tf"), folder.resolve("Main.tf"));
        assertThat(ModuleDigest.of(folder)).isNotEqualTo(digest);
    }

    @Test
    void isTheSameUnderAnotherUmask() throws Exception {
        String digest = ModuleDigest.of(folder);
        mode("main.tf", "rw-------");
        mode("tests/b.txt", "rwx------");
        assertThat(ModuleDigest.of(folder)).isEqualTo(digest);
        mode("main.tf", "rw-rw-rw-");
        assertThat(ModuleDigest.of(folder)).isEqualTo(digest);
    }

    @Test
    void leavesOutTerraformsAndGitsFolders() throws Exception {
        String digest = ModuleDigest.of(folder);
        Files.createDirectories(folder.resolve("tests/.terraform/modules"));
        Files.writeString(folder.resolve("tests/.terraform/modules/x"), "x");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "x");
        assertThat(ModuleDigest.of(folder)).isEqualTo(digest);
        Files.writeString(folder.resolve(".terraform.lock.hcl"), "x");
        assertThat(ModuleDigest.of(folder)).isNotEqualTo(digest);
    }

    @Test
    void refusesLinksOfEveryKind() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("main.tf"));
        assertThatThrownBy(() -> ModuleDigest.of(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("link: is a symbolic link");
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("tests"));
        assertThatThrownBy(() -> ModuleDigest.of(folder)).hasMessageContaining("linked: is a symbolic link");
    }

    @Test
    void refusesNamesThatCouldForgeALine() throws Exception {
        Files.writeString(folder.resolve("a\n644 x"), "a");
        assertThatThrownBy(() -> ModuleDigest.of(folder)).hasMessageContaining("has a control character in its name");
    }

    @Test
    void refusesMoreThanAModuleHas() throws Exception {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < ModuleTree.MAX_FILES; i++) {
            Files.createFile(many.resolve("f" + i));
        }
        assertThatThrownBy(() -> ModuleDigest.of(folder)).hasMessageContaining("has more than 2000 files or 32 MB");
    }

    @Test
    void needsAFolder() {
        assertThatThrownBy(() -> ModuleDigest.of(parent.resolve("nowhere"))).isInstanceOf(IOException.class);
    }

    private void mode(String file, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(permissions));
    }
}
