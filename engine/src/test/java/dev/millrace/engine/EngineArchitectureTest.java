package dev.millrace.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the order of the engine's packages, and what the engine may not touch. */
@Tag("gate")
class EngineArchitectureTest {
  private static final String ROOT = "dev.millrace.engine.";

  /** In the order that data meets them: a package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "text",
          "json",
          "schema",
          "problem",
          "definition",
          "template",
          "validation",
          "task",
          "plan",
          "journal",
          "trace",
          "catalog",
          "execution",
          "bus");

  private static JavaClasses engine;

  @BeforeAll
  static void read() {
    engine =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.millrace.engine");
  }

  @Test
  void everyPackageUsesOnlyThoseBeforeIt() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String name : ORDER) {
      layers = layers.layer(name).definedBy(ROOT + name + "..");
    }
    for (int place = 0; place < ORDER.size(); place++) {
      List<String> later = ORDER.subList(place + 1, ORDER.size());
      layers =
          later.isEmpty()
              ? layers.whereLayer(ORDER.get(place)).mayNotBeAccessedByAnyLayer()
              : layers
                  .whereLayer(ORDER.get(place))
                  .mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
    }
    layers.check(engine);
  }

  @Test
  void servesNoHttpAndKnowsNoDatabaseAndNoCluster() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("io\\.vertx\\.core\\.http\\.HttpServer.*")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx.ext.web..",
            "io.vertx.pgclient..",
            "io.vertx.sqlclient..",
            "java.sql..",
            "javax.sql..",
            "org.flywaydb..",
            "io.fabric8..")
        .check(engine);
  }

  @Test
  void logsThroughItsLoggersOnly() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(engine);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(engine);
  }

  @Test
  void executionsKnowNoLocks() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(ROOT + "execution..")
        .should()
        .haveModifier(JavaModifier.SYNCHRONIZED)
        .check(engine);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "execution..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks..")
        .orShould()
        .callMethod(Object.class, "wait")
        .check(engine);
  }

  @Test
  void theStateOfAnExecutionIsPure() {
    noClasses()
        .that()
        .haveSimpleName("ExecutionState")
        .or()
        .haveSimpleName("TaskProgress")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "java.io..", "java.net..", "java.nio..", "java.time..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(engine);
  }
}
