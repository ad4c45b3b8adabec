package dev.steward.playground.kill;

import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts applies by what they do to the world, apart from what Steward and Terraform note about them: a module whose
 * first and whose last resource each append a line to a file, by a provisioner, as a real one would call a cloud's
 * address. (A wrapper around Terraform would count starts of a program, and an id in the state counts what was noted; a
 * provisioner runs exactly when a resource is created.) A line names the service and the moment when its plan was made,
 * which is fixed in the saved plan: two equal lines are one plan applied twice.
 */
final class Effects {
    private static final String MODULE = "counted-service";
    private static final String RESOURCES = """

            variable "effects" {
              type        = string
              description = "File to which each apply appends what it did"
              default     = "/dev/null"
              nullable    = false
            }

            resource "terraform_data" "begun" {
              input = "${var.name} ${plantimestamp()}"

              provisioner "local-exec" {
                command     = "echo \\"begun $LINE\\" >> \\"$FILE\\"; sleep 0.15"
                environment = { LINE = self.input, FILE = var.effects }
              }

              lifecycle {
                ignore_changes = [input]
              }
            }

            resource "terraform_data" "ended" {
              input = "${var.name} ${plantimestamp()}"

              provisioner "local-exec" {
                command     = "sleep 0.15; echo \\"ended $LINE\\" >> \\"$FILE\\""
                environment = { LINE = self.input, FILE = var.effects }
              }

              lifecycle {
                ignore_changes = [input]
              }

              depends_on = [terraform_data.begun, terraform_data.alerts]
            }
            """;

    private final Path file;

    private Effects(Path file) {
        this.file = file;
    }

    /** What happened to one service under one plan. */
    record Count(String plan, long begun, long ended) {}

    /** Has services of that stage made by the counting module; before the home is initialised. */
    static Effects prepare(Stage stage, Path folder) {
        try {
            Path file = Files.createFile(folder.resolve("effects"));
            Path module = stage.modules().resolve(MODULE);
            stage.copyModule("service", MODULE);
            append(module.resolve("main.tf"), RESOURCES.substring(RESOURCES.indexOf("resource")));
            append(module.resolve("variables.tf"), RESOURCES.substring(0, RESOURCES.indexOf("resource")));
            Path manifest = module.resolve("module.yaml");
            Files.writeString(manifest, Files.readString(manifest).replace("name: service\n", "name: " + MODULE + "\n")
                    .replace("\noutputs:\n", """
                              - name: effects
                                type: string
                                description: File to which each apply appends what it did
                                default: /dev/null

                            exemptions:
                              - { use: provisioner, why: "Counts applies from outside" }

                            outputs:
                            """));
            Path workflow = stage.workflows().resolve("new-service.yaml");
            Files.writeString(workflow, Files.readString(workflow).replace("\nmodule: service\n",
                    "\nmodule: " + MODULE + "\n").replace("\ninputs:\n",
                            "\ninputs:\n  effects: '\"" + file + "\"'\n"));
            return new Effects(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the counting module", e);
        }
    }

    /** Accepts the module as an operator would; after the home is initialised. */
    static void accept(Stage stage) {
        stage.command("modules", "accept", MODULE);
    }

    /** Each plan that did anything for that service. */
    List<Count> of(String service) {
        try {
            Map<String, List<String>> byPlan = Files.readAllLines(file).stream().map(line -> line.split(" ", 3))
                    .filter(words -> words.length == 3 && words[1].equals(service))
                    .collect(Collectors.groupingBy(words -> words[2],
                            Collectors.mapping(words -> words[0], Collectors.toList())));
            return byPlan.entrySet().stream()
                    .map(plan -> new Count(plan.getKey(),
                            plan.getValue().stream().filter("begun"::equals).count(),
                            plan.getValue().stream().filter("ended"::equals).count()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }
}
