package dev.steward.modules;

import dev.steward.database.Json;
import dev.steward.modules.ModuleDescriptor.Variable;
import dev.steward.modules.VariableRules.Declared;
import dev.steward.terraform.Finished;
import dev.steward.terraform.InitCommand;
import dev.steward.terraform.TestCommand;
import dev.steward.terraform.ValidateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks Terraform itself how it reads a module's variables, and compares that with {@code module.yaml}.
 *
 * <p>
 * What is required: a configuration that calls the module without arguments is validated, and Terraform names each one
 * that is missing. What is the default and what is sensitive: in a shadow folder with the variables alone, without
 * their validations, a test compares each default with the one in {@code module.yaml}.
 */
final class TerraformReading {
    private static final Pattern MISSING = Pattern.compile("The argument \"([^\"]+)\" is required");
    private static final Pattern MISMATCH = Pattern.compile("steward:(\\w+):(\\w+)");

    private final TerraformChecks terraform;
    private final Manifest manifest;
    private final Path scratch;

    TerraformReading(TerraformChecks terraform, Manifest manifest, Path scratch) {
        this.terraform = terraform;
        this.manifest = manifest;
        this.scratch = scratch;
    }

    List<Finding> findings(ModuleTree module, List<HclFile> files) throws IOException, InterruptedException {
        var findings = new ArrayList<>(required(module));
        if (findings.isEmpty()) {
            findings.addAll(values(VariableRules.declared(files, "variable")));
        }
        return findings;
    }

    private List<Finding> required(ModuleTree module) throws IOException, InterruptedException {
        Path caller = Files.createDirectories(scratch.resolve("caller"));
        Folders.copy(module, caller.resolve("subject"));
        Files.writeString(caller.resolve("main.tf"), "module \"subject\" {\n  source = \"./subject\"\n}\n");
        Path lock = caller.resolve("subject/.terraform.lock.hcl");
        if (Files.exists(lock)) {
            Files.copy(lock, caller.resolve(".terraform.lock.hcl"));
        }
        terraform.run(caller, new InitCommand(false));
        Finished validated = terraform.run(caller, new ValidateCommand());
        Set<String> byTerraform = new TreeSet<>();
        for (var error : Diagnostics.of(validated).errors()) {
            Matcher missing = MISSING.matcher(error.detail());
            if (!missing.find()) {
                return List.of(error.finding("correct it, so that the module can be called"));
            }
            byTerraform.add(missing.group(1));
        }
        return difference(byTerraform);
    }

    private List<Finding> difference(Set<String> byTerraform) {
        Set<String> said = manifest.descriptor().variables().stream().filter(Variable::required).map(Variable::name)
                .collect(Collectors.toCollection(TreeSet::new));
        var findings = new ArrayList<Finding>();
        byTerraform.stream().filter(n -> !said.contains(n))
                .forEach(n -> findings.add(differs(n, "for Terraform the variable `" + n + "` is required")));
        said.stream().filter(n -> !byTerraform.contains(n))
                .forEach(n -> findings.add(differs(n, "for Terraform the variable `" + n + "` is not required")));
        return findings;
    }

    private List<Finding> values(Map<String, Declared> variables) throws IOException, InterruptedException {
        Path shadow = Files.createDirectories(scratch.resolve("shadow"));
        Files.writeString(shadow.resolve("variables.tf"), variables.values().stream().map(this::shadowOf)
                .collect(Collectors.joining("\n")));
        Files.writeString(shadow.resolve("shadow.tftest.hcl"), test());
        Finished tested = terraform.run(shadow, new TestCommand(scratch.resolve("shadow.xml")));
        if (tested.exitCode() == 0) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        for (var error : Diagnostics.of(tested).errors()) {
            Matcher mismatch = MISMATCH.matcher(error.detail());
            findings.add(mismatch.find()
                    ? differs(mismatch.group(2), "for Terraform the variable `" + mismatch.group(2) + "` has another "
                            + (mismatch.group(1).equals("default") ? "default" : "value for sensitive"))
                    : Finding.of(ModuleFiles.NAME, "Terraform cannot read what it says: " + error.summary(),
                            "give defaults that fit the types"));
        }
        return findings.isEmpty()
                ? List.of(Finding.of(ModuleFiles.NAME, "Terraform cannot read what it says",
                        "give defaults that fit the types"))
                : findings;
    }

    /** The variable without validations and without {@code nullable}, and beside it what module.yaml says of it. */
    private String shadowOf(Declared declared) {
        HclBlock block = declared.block();
        String name = block.label(0);
        var text = new StringBuilder("variable \"" + name + "\" {\n");
        for (String attribute : List.of("type", "default", "sensitive")) {
            block.attribute(attribute).ifPresent(v -> text.append("  ").append(attribute).append(" = ")
                    .append(v.text()).append('\n'));
        }
        text.append("}\n");
        manifest.descriptor().variable(name).flatMap(Variable::fallback)
                .ifPresent(fallback -> text.append("variable \"steward_claim_").append(name).append("\" {\n  type = ")
                        .append(block.attribute("type").map(HclBlock.Value::text).orElse("any"))
                        .append("\n  default = ").append(literal(Json.text(fallback))).append("\n}\n"));
        return text.toString();
    }

    private String test() {
        var test = new StringBuilder("run \"reading\" {\n  command = plan\n  variables {\n");
        List<Variable> variables = manifest.descriptor().variables();
        variables.stream().filter(Variable::required)
                .forEach(v -> test.append("    ").append(v.name()).append(" = null\n"));
        test.append("  }\n");
        for (Variable variable : variables) {
            String name = variable.name();
            assertion(test, "issensitive(var." + name + ") == " + variable.sensitive(), "sensitive:" + name);
            if (!variable.required()) {
                assertion(test, "var." + name + " == var.steward_claim_" + name, "default:" + name);
            }
        }
        return test.append("}\n").toString();
    }

    private static void assertion(StringBuilder test, String condition, String message) {
        test.append("  assert {\n    condition = ").append(condition).append("\n    error_message = \"steward:")
                .append(message).append("\"\n  }\n");
    }

    /** JSON is nearly HCL: only what begins a template must be doubled. */
    private static String literal(String json) {
        return json.replace("${", "$${").replace("%{", "%%{");
    }

    private Finding differs(String variable, String what) {
        return Finding.at(ModuleFiles.NAME, manifest.lines().variable(variable), what,
                "make module.yaml say what the module says");
    }
}
