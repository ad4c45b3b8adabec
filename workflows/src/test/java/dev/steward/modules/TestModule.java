package dev.steward.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tiny good module, to be made bad in one respect. */
final class TestModule {
    private final Map<String, String> files = new LinkedHashMap<>();

    TestModule() {
        files.put("main.tf", """
                terraform {
                  required_version = ">= 1.11.0"
                }

                resource "terraform_data" "thing" {
                  input = var.name
                }
                """);
        files.put("variables.tf", """
                variable "name" {
                  type        = string
                  description = "Name of the thing"
                }

                variable "size" {
                  type        = number
                  description = "Size of the thing"
                  default     = 3
                }
                """);
        files.put("outputs.tf", """
                output "id" {
                  description = "Id of the thing"
                  value       = terraform_data.thing.id
                }
                """);
        files.put("module.yaml", """
                name: tiny
                title: Tiny
                description: One thing
                variables:
                  - name: name
                    type: string
                    description: Name of the thing
                  - name: size
                    type: number
                    description: Size of the thing
                    default: 3
                outputs:
                  - name: id
                    description: Id of the thing
                """);
    }

    TestModule with(String file, String text) {
        files.put(file, text);
        return this;
    }

    TestModule without(String file) {
        files.remove(file);
        return this;
    }

    TestModule plus(String file, String text) {
        files.merge(file, text, String::concat);
        return this;
    }

    TestModule replacing(String file, String old, String text) {
        String now = files.getOrDefault(file, "");
        if (!now.contains(old)) {
            throw new IllegalArgumentException(file + " does not contain: " + old);
        }
        files.put(file, now.replace(old, text));
        return this;
    }

    /** Writes it into a folder {@code tiny}. */
    Path in(Path parent) throws IOException {
        Path folder = parent.resolve("tiny");
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(Folders.parentOf(path));
            Files.writeString(path, file.getValue());
        }
        return folder;
    }
}
