package dev.steward.playground.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The real Terraform behind a script, which can hold it up or speak for it. */
final class Terraform {
    private final Path folder;

    /** A Terraform whose script is in that folder; it passes everything on. */
    Terraform(Path folder) {
        this.folder = folder;
        does("");
    }

    Path path() {
        return folder.resolve("terraform");
    }

    /**
     * Has the script do something before it hands over.
     *
     * @param body
     *            of a shell script; {@code $folder} is the test's folder, {@code $real} is Terraform
     */
    void does(String body) {
        try {
            Path next = folder.resolve("terraform.next");
            Files.writeString(next, "#!/bin/sh\nreal=\"" + real() + "\"\nfolder=\"" + folder + "\"\n" + body
                    + "\nexec \"$real\" \"$@\"\n");
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
            Files.move(next, path(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds that subcommand up until {@link #letGo}. */
    void holds(String subcommand) {
        does("[ \"$1\" = " + subcommand
                + " ] && { touch \"$folder/held\"; while [ ! -e \"$folder/go\" ]; do sleep 0.05;"
                + " done; }");
        delete("held");
        delete("go");
    }

    /** Whether it is held up now. */
    boolean isHeld() {
        return Files.exists(folder.resolve("held"));
    }

    void letGo() {
        try {
            Files.writeString(folder.resolve("go"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        does("");
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real() {
        return Stream.of(System.getenv("PATH").split(":", -1)).map(dir -> Path.of(dir, "terraform"))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("Terraform is not on the PATH"));
    }
}
