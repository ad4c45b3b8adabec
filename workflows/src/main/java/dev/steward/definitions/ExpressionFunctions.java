package dev.steward.definitions;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.OperatingModel;
import dev.steward.catalog.Principal;
import java.time.Duration;
import java.util.List;

/** The functions that expressions have beyond CEL's own. */
final class ExpressionFunctions {
    static final CelType PRINCIPAL = OpaqueType.create("dev.steward.Principal");
    static final List<String> NAMES = List.of("owners", "group", "person", "operating_model", "hours");

    private ExpressionFunctions() {}

    static CelCompilerBuilder declare(CelCompilerBuilder compiler) {
        CelType text = SimpleType.STRING;
        return compiler.addFunctionDeclarations(declaration("owners", PRINCIPAL, text),
                declaration("group", PRINCIPAL, text), declaration("person", PRINCIPAL, text),
                declaration("hours", SimpleType.DOUBLE, text),
                declaration("operating_model", text, text, text, text));
    }

    static CelRuntimeBuilder bind(CelRuntimeBuilder runtime) {
        return runtime.addFunctionBindings(
                CelFunctionBinding.from("owners_text", String.class, name -> Principal.owners(given(name))),
                CelFunctionBinding.from("group_text", String.class, name -> Principal.team(given(name))),
                CelFunctionBinding.from("person_text", String.class, name -> Principal.person(given(name))),
                CelFunctionBinding.from("hours_text", String.class, ExpressionFunctions::hours),
                CelFunctionBinding.from("operating_model_text", List.of(String.class, String.class, String.class),
                        arguments -> operatingModel((String) arguments[0], arguments[1].equals(arguments[2]))));
    }

    private static CelFunctionDecl declaration(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(name,
                CelOverloadDecl.newGlobalOverload(name + "_text", result, parameters));
    }

    private static String given(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("nobody is named");
        }
        return name;
    }

    private static Object hours(String duration) {
        Duration parsed = Durations.parse(duration)
                .orElseThrow(() -> new IllegalArgumentException("not a duration such as 3d, 4h or 30m"));
        return parsed.toMinutes() / 60.0;
    }

    private static String operatingModel(String lifecycle, boolean operatedByOwner) {
        return Lifecycle.of(lifecycle).map(known -> OperatingModel.of(known, operatedByOwner).text())
                .orElseThrow(() -> new IllegalArgumentException("neither application-bound nor shared"));
    }
}
