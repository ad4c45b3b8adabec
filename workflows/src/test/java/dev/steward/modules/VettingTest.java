package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.terraform.TestTerraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VettingTest {
    private static final String VARIABLES = "variables.tf";
    private static final String MAIN = "main.tf";

    @TempDir
    Path parent;

    private Vetting vetting;

    @BeforeEach
    void terraform() {
        vetting = new Vetting(TestTerraform.cli(parent), Set.of("registry.terraform.io/hashicorp/random"));
    }

    @Test
    void passesAGoodModule() throws Exception {
        Path folder = new TestModule().in(parent);
        var passed = passed(vetting.vet(folder));
        assertThat(passed.digest()).isEqualTo(ModuleDigest.of(folder));
        assertThat(passed.descriptor().title()).isEqualTo("Tiny");
        assertThat(passed.descriptor().variables()).extracting(ModuleDescriptor.Variable::name).containsExactly("name",
                "size");
        assertThat(passed.descriptor().variable("size").flatMap(ModuleDescriptor.Variable::fallback))
                .map(JsonNode::intValue).contains(3);
        assertThat(folder.resolve(".terraform")).doesNotExist();
    }

    @Test
    void passesAModuleThatCanLookWhetherItIsGone() throws Exception {
        Path folder = new TestModule().with("probe/main.tf", """
                variable "name" {
                  type = string
                }

                output "found" {
                  value = [for name in [var.name] : name if name == "there"]
                }
                """).in(parent);
        assertThat(passed(vetting.vet(folder)).digest()).as("it is part of what is accepted")
                .isNotEqualTo(ModuleDigest.of(new TestModule().in(Files.createDirectories(parent.resolve("b")))));
    }

    @Test
    void passesTheModuleThatFailsHalfWay() throws Exception {
        Path folder = Path.of(System.getProperty("steward.root"), "workflows/src/test/modules/half-way");
        var passed = passed(vetting.vet(folder));
        assertThat(passed.descriptor().variable("secret").map(ModuleDescriptor.Variable::sensitive))
                .isEqualTo(Optional.of(true));
    }

    @Test
    void passesCollectionsWithDefaults() throws Exception {
        Path folder = new TestModule().plus(VARIABLES, """

                variable "rules" {
                  type = list(object({
                    port = number
                    note = optional(string, "$${x} \\"y\\"")
                  }))
                  description = "Rules"
                  default     = [{ port = 80 }]
                }

                variable "nothing" {
                  type        = map(list(string))
                  description = "Nothing"
                  default     = null
                }
                """).replacing("module.yaml", "outputs:", """
                  - name: rules
                    type: 'list(object({ port = number, note = optional(string, "$${x} \\"y\\"") }))'
                    description: Rules
                    default: [{ port: 80 }]
                  - name: nothing
                    type: map(list(string))
                    description: Nothing
                    default: null
                outputs:""").in(parent);
        assertThat(passed(vetting.vet(folder)).descriptor().variables()).hasSize(4);
    }

    @Test
    void passesAProvisionerWithAReason() throws Exception {
        Path folder = new TestModule().replacing(MAIN, "input = var.name", """
                input = var.name

                  provisioner "local-exec" {
                    command = "true"
                  }""").plus("module.yaml", """
                exemptions:
                  - use: provisioner
                    why: nothing else can tell the printer
                """).in(parent);
        assertThat(vetting.vet(folder)).isInstanceOf(Vetting.Outcome.Passed.class);
    }

    @Test
    void namesAllThatIsWrongAtOnce() throws Exception {
        Path folder = new TestModule().replacing(MAIN, "required_version = \">= 1.11.0\"", "backend \"local\" {}")
                .with("x.auto.tfvars", "").replacing(VARIABLES, "type        = string\n", "").in(parent);
        assertThat(findings(vetting.vet(folder))).hasSizeGreaterThanOrEqualTo(4);
    }

    static Stream<Arguments> withoutTerraform() {
        return Stream.of(
                bad("main.tf:2: has a `backend` block: remove it: Steward keeps the state itself",
                        m -> m.replacing(MAIN, "required_version = \">= 1.11.0\"",
                                "backend \"local\" {}\n  required_version = \">= 1.11.0\"")),
                bad("main.tf:2: has a `cloud` block", m -> m.replacing(MAIN, "required_version = \">= 1.11.0\"",
                        "cloud {}\n  required_version = \">= 1.11.0\"")),
                bad("versions.tf: no `required_version` is set: add `terraform { required_version",
                        m -> m.replacing(MAIN, "required_version = \">= 1.11.0\"", "")),
                bad("main.tf:7: `provisioner local-exec` runs a command that no plan shows: remove it, or say why under `exemptions`",
                        m -> m.replacing(MAIN, "input = var.name",
                                "input = var.name\n  provisioner \"local-exec\" {\n    command = \"true\"\n  }")),
                bad("x.tf:1: `data external.x` runs a program while planning",
                        m -> m.with("x.tf", "data \"external\" \"x\" {}")),
                bad("x.tf:1: `data http.x` calls an address while planning",
                        m -> m.with("x.tf", "data \"http\" \"x\" {}")),
                bad("x.tf:1: `data terraform_remote_state.x` reads the state of something else",
                        m -> m.with("x.tf", "data \"terraform_remote_state\" \"x\" {}")),
                bad("inner/x.tf:1: `data http.x` calls an address while planning",
                        m -> m.with("inner/x.tf", "data \"http\" \"x\" {}")),
                bad("tests/a.tftest.hcl:3: the source `../../other` contains `..`", m -> m.with("tests/a.tftest.hcl",
                        "run \"a\" {\n  module {\n    source = \"../../other\"\n  }\n}\n")),
                bad("x.tf:2: the source `/srv/modules/a` is absolute",
                        m -> m.with("x.tf", "module \"a\" {\n  source = \"/srv/modules/a\"\n}")),
                bad("x.tf:2: the source `./a/../../b` contains `..`",
                        m -> m.with("x.tf", "module \"a\" {\n  source = \"./a/../../b\"\n}")),
                bad("x.tf:2: the source `acme/network/aws` is not pinned",
                        m -> m.with("x.tf",
                                "module \"a\" {\n  source = \"acme/network/aws\"\n  version = \"~> 1.0\"\n}")),
                bad("x.tf:2: the source `git::https://example.com/a.git?ref=main` is not pinned", m -> m.with("x.tf",
                        "module \"a\" {\n  source = \"git::https://example.com/a.git?ref=main\"\n}")),
                bad("x.tf:2: the source `https://example.com/a.zip` is not pinned",
                        m -> m.with("x.tf", "module \"a\" {\n  source = \"https://example.com/a.zip\"\n}")),
                bad("x.tf:2: a source is not a plain string",
                        m -> m.with("x.tf", "module \"a\" {\n  source = \"./${var.name}\"\n}")),
                bad("x.tf:1: uses the provider registry.terraform.io/hashicorp/aws, which is not on the list",
                        m -> m.with("x.tf", "resource \"aws_s3_bucket\" \"x\" {}")),
                bad("x.tf:3: uses the provider registry.terraform.io/evil/terraform, which is not on the list",
                        m -> m.with("x.tf",
                                "terraform {\n  required_providers {\n    terraform = { source = \"evil/terraform\" }\n  }\n}")),
                bad("x.tf:1: uses the provider registry.terraform.io/hashicorp/random, which .terraform.lock.hcl does not name: run `terraform providers lock`",
                        m -> m.with("x.tf", "resource \"random_id\" \"x\" {}")),
                bad("x.tf:1: file() may read outside the module: write it as \"${path.module}/name\"",
                        m -> m.with("x.tf", "locals { x = file(\"/etc/passwd\") }")),
                bad("x.tf:1: file() may read outside the module",
                        m -> m.with("x.tf", "locals { x = core::file(\"${path.module}/../../secret\") }")),
                bad("x.tf:1: templatefile() may read outside the module",
                        m -> m.with("x.tf",
                                "locals { x = \"a ${templatefile(\"${path.module}/${var.name}\", {})}\" }")),
                bad("inner/t.txt:2: calls file() in a template",
                        m -> m.with("inner/x.tf", "locals { x = templatefile(\"${path.module}/t.txt\", {}) }")
                                .with("inner/t.txt", "hello\n${ file(\"/etc/passwd\") }\n")),
                bad("x.tf:1: templatestring() runs a template that vetting cannot see",
                        m -> m.with("x.tf", "locals { x = templatestring(local.y, {}) }")),
                bad("x.tf:1: uses path.cwd: use path.module",
                        m -> m.with("x.tf", "locals { x = path.cwd }")),
                bad("x.tf:1: nonsensitive() takes the mark off a secret",
                        m -> m.with("x.tf", "locals { x = nonsensitive(var.name) }")),
                bad("variables.tf:1: the variable `name` has no type: give it one",
                        m -> m.replacing(VARIABLES, "type        = string\n", "")),
                bad("variables.tf:1: the variable `name` has no description",
                        m -> m.replacing(VARIABLES, "description = \"Name of the thing\"", "")),
                bad("variables.tf:1: the variable `name` has the type any",
                        m -> m.replacing(VARIABLES, "= string", "= map(any)")),
                bad("variables.tf:6: the variable `size` is sensitive and has a default: remove the default",
                        m -> m.replacing(VARIABLES, "default     = 3", "default = 3\n  sensitive = true")),
                bad("variables.tf:6: of the variable `size` module.yaml says the type number: make both say the same",
                        m -> m.replacing(VARIABLES, "= number", "= string")),
                bad("variables.tf:1: of the variable `name` module.yaml says another description",
                        m -> m.replacing(VARIABLES, "Name of the thing", "Something else")),
                bad("variables.tf:6: of the variable `size` module.yaml says a default",
                        m -> m.replacing(VARIABLES, "  default     = 3\n", "")),
                bad("variables.tf:1: of the variable `name` module.yaml says that it is not sensitive",
                        m -> m.replacing(VARIABLES, "= string", "= string\n  sensitive = true")),
                bad("variables.tf:1: the variable `name` has an unusual value for sensitive",
                        m -> m.replacing(VARIABLES, "= string", "= string\n  sensitive = \"true\"")),
                bad("x.tf:1: the variable `more` is not described in module.yaml: describe it there",
                        m -> m.with("x.tf", "variable \"more\" {\n  type = string\n  description = \"m\"\n}")),
                bad("module.yaml:5: describes a variable `name` that the module does not have",
                        m -> m.replacing(VARIABLES, "\"name\"", "\"other\"")),
                bad("module.yaml:13: describes an output `id` that the module does not have",
                        m -> m.without("outputs.tf")),
                bad("outputs.tf:1: of the output `id` module.yaml says that it is not sensitive",
                        m -> m.replacing("outputs.tf", "value ", "sensitive = true\n  value ")),
                bad("outputs.tf:1: of the output `id` module.yaml says another description",
                        m -> m.replacing("outputs.tf", "Id of", "Id of all of")),
                bad("x.tf:1: the output `x` is not described in module.yaml",
                        m -> m.with("x.tf", "output \"x\" {\n  value = 1\n}")),
                bad("terraform.tfvars: gives values to variables that nobody was asked for",
                        m -> m.with("terraform.tfvars", "name = \"x\"")),
                bad("x.auto.tfvars.json: gives values to variables", m -> m.with("x.auto.tfvars.json", "{}")),
                bad("main_override.tf: overrides other files without a trace", m -> m.with("main_override.tf", "")),
                bad("override.tf: overrides other files without a trace", m -> m.with("override.tf", "")),
                bad("x.tf.json: is Terraform in JSON, which vetting does not read", m -> m.with("x.tf.json", "{}")),
                bad("old.tfstate.backup: is Terraform state, which may hold secrets",
                        m -> m.with("old.tfstate.backup", "{}")),
                bad("steward_backend.tf: has a name that Steward uses itself", m -> m.with("steward_backend.tf", "")),
                bad("x.tf:1: cannot be read as HCL: write it more plainly", m -> m.with("x.tf", "locals { x = ")),
                bad("probe/main.tf:1: `resource terraform_data.x` does more than look", m -> m.with("probe/main.tf",
                        "resource \"terraform_data\" \"x\" {}\n\noutput \"found\" {\n  value = []\n}\n")),
                bad("probe/main.tf:1: the variable `who` is none of the module's",
                        m -> m.with("probe/main.tf", "variable \"who\" {}\n\noutput \"found\" {\n  value = []\n}\n")),
                bad("probe/main.tf:1: the output `found` speaks of being sensitive", m -> m.with("probe/main.tf",
                        "output \"found\" {\n  sensitive = true\n  value     = []\n}\n")),
                bad("probe/main.tf: has no output `found`: add one",
                        m -> m.with("probe/main.tf", "variable \"name\" {}\n")),
                bad("module.yaml: is missing", m -> m.without("module.yaml")),
                bad("module.yaml:1: is called `small` in the folder `tiny`: give both the same name",
                        m -> m.replacing("module.yaml", "name: tiny", "name: small")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutTerraform")
    void refuses(String finding, TestModule module) throws Exception {
        assertThat(findings(vetting.vet(module.in(parent)))).anySatisfy(f -> assertThat(f).startsWith(finding));
    }

    static Stream<Arguments> withTerraform() {
        return Stream.of(
                bad("main.tf:2: Terraform says: Reference to undeclared local value",
                        m -> m.with("probe/main.tf", "output \"found\" {\n  value = local.nothing\n}\n")),
                bad("variables.tf: is not formatted: run `terraform fmt`",
                        m -> m.replacing(VARIABLES, "type        =", "type =")),
                bad("main.tf:6: Terraform says: Reference to undeclared input variable",
                        m -> m.replacing(MAIN, "var.name", "var.nome")),
                bad("tests/a.tftest.hcl:4: Terraform says: Test assertion failed (the size is 4): correct the module or the test",
                        m -> m.with("tests/a.tftest.hcl", """
                                run "a" {
                                  command = plan
                                  assert {
                                    condition     = var.size == 4
                                    error_message = "the size is 4"
                                  }
                                  variables {
                                    name = "x"
                                  }
                                }
                                """)),
                bad("main.tf:2: Terraform says: Unsupported Terraform Core version",
                        m -> m.replacing(MAIN, ">= 1.11.0", ">= 99.0.0")),
                bad("module.yaml:8: for Terraform the variable `size` has another default: make module.yaml say",
                        m -> m.replacing("module.yaml", "default: 3", "default: 4")),
                bad("module.yaml: Terraform cannot read what it says",
                        m -> m.replacing("module.yaml", "default: 3", "default: many")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withTerraform")
    void refusesWhatTerraformRefuses(String finding, TestModule module) throws Exception {
        assertThat(findings(vetting.vet(module.in(parent)))).anySatisfy(f -> assertThat(f).startsWith(finding));
    }

    @Test
    void comparesWhatIsRequiredWithTerraformsOwnReading() throws Exception {
        var tree = ModuleTree.read(new TestModule().in(parent));
        var said = manifest(new TestModule().replacing("module.yaml", "    default: 3\n", ""));
        assertThat(reading(said, tree)).containsExactly(
                "module.yaml:8: for Terraform the variable `size` is not required: make module.yaml say what the module says");
        var other = manifest(new TestModule().replacing("module.yaml", "Name of the thing\n",
                "Name of the thing\n    default: x\n"));
        assertThat(reading(other, tree)).containsExactly(
                "module.yaml:5: for Terraform the variable `name` is required: make module.yaml say what the module says");
    }

    @Test
    void comparesWhatIsSensitiveWithTerraformsOwnReading() throws Exception {
        var tree = ModuleTree.read(new TestModule().in(parent));
        var said = manifest(
                new TestModule().replacing("module.yaml", "type: string", "type: string\n    sensitive: true"));
        assertThat(reading(said, tree)).containsExactly(
                "module.yaml:5: for Terraform the variable `name` has another value for sensitive: make module.yaml say what the module says");
    }

    @Test
    void refusesASymbolicLink() throws Exception {
        Path folder = new TestModule().in(parent);
        Files.createSymbolicLink(folder.resolve("passwords"), Path.of("/etc/passwd"));
        assertThat(findings(vetting.vet(folder))).containsExactly("passwords: is a symbolic link: put the file itself"
                + " into the module, so that its content is part of the digest");
    }

    @Test
    void refusesANameThatIsNone() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("Not_A_Name"));
        assertThat(findings(vetting.vet(folder))).first().asString()
                .startsWith(".: `Not_A_Name` is no name of a module");
    }

    private List<String> reading(Manifest said, ModuleTree tree) throws Exception {
        Path scratch = Files.createTempDirectory(parent, "scratch");
        var checks = new TerraformChecks(TestTerraform.cli(parent), scratch);
        var file = HclReader.read(VARIABLES, Files.readString(tree.root().resolve(VARIABLES)));
        return new TerraformReading(checks, said, scratch).findings(tree, List.of(file)).stream().map(Finding::text)
                .toList();
    }

    private Manifest manifest(TestModule module) throws Exception {
        Path folder = module.in(Files.createTempDirectory(parent, "said"));
        return ((ModuleFiles.Reading.Understood) ModuleFiles.read(folder, "tiny")).manifest();
    }

    private static Arguments bad(String finding, UnaryOperator<TestModule> change) {
        return arguments(finding, change.apply(new TestModule()));
    }

    private static Vetting.Outcome.Passed passed(Vetting.Outcome outcome) {
        assertThat(outcome).as(() -> Arrays.toString(outcome.toString().split("Finding"))).isInstanceOf(
                Vetting.Outcome.Passed.class);
        return (Vetting.Outcome.Passed) outcome;
    }

    private static List<String> findings(Vetting.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Vetting.Outcome.Refused.class);
        return ((Vetting.Outcome.Refused) outcome).findings().stream().map(Finding::text).toList();
    }
}
