package dev.millrace.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the table of rooms: what each module may use, and what it never may. */
@Tag("gate")
class RoomsTest {

  private static final String ENGINE = "dev.millrace.engine..";
  private static final String PERSISTENCE = "dev.millrace.persistence..";
  private static final String GATEWAY = "dev.millrace.gateway..";
  private static final String OPERATOR = "dev.millrace.operator..";
  private static final String APP = "dev.millrace.app..";

  private static final String[] SQL = {
    "java.sql..",
    "javax.sql..",
    "io.vertx.sqlclient..",
    "io.vertx.pgclient..",
    "org.flywaydb..",
    "org.postgresql..",
    "io.zonky..",
  };
  private static final String[] KUBERNETES = {"io.fabric8..", "io.kubernetes.."};
  private static final String HTTP_SERVER = "io\\.vertx\\.core\\.http\\.HttpServer.*";
  private static final String[] WEB = {
    "io.vertx.ext.web", "io.vertx.ext.web.handler..", "io.vertx.ext.web.openapi.."
  };

  private static JavaClasses millrace;

  @BeforeAll
  static void importClasses() {
    millrace =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace");
  }

  @Test
  void theEngineKnowsNoHttpServerNoSqlAndNoKubernetes() {
    never(ENGINE, SQL);
    never(ENGINE, KUBERNETES);
    never(ENGINE, WEB);
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(HTTP_SERVER)
        .check(millrace);
    never(ENGINE, PERSISTENCE, GATEWAY, OPERATOR, APP);
  }

  @Test
  void persistenceKnowsNoHttpAndNoKubernetes() {
    never(PERSISTENCE, "io.vertx.core.http..", "io.vertx.ext.web..");
    never(PERSISTENCE, KUBERNETES);
    never(PERSISTENCE, GATEWAY, OPERATOR, APP);
  }

  @Test
  void theGatewayKnowsNoSqlAndNoKubernetes() {
    never(GATEWAY, SQL);
    never(GATEWAY, KUBERNETES);
    never(GATEWAY, PERSISTENCE, OPERATOR, APP);
  }

  @Test
  void theOperatorKnowsNoSql() {
    never(OPERATOR, SQL);
    never(OPERATOR, PERSISTENCE, GATEWAY, APP);
  }

  /** Logic sits below: whoever proves, validates schemas or breaks circuits is not wiring. */
  @Test
  void theProgramHoldsWiringOnly() {
    never(APP, SQL);
    never(APP, KUBERNETES);
    never(APP, "com.networknt..", "io.vertx.circuitbreaker..", "org.apache.lucene..");
    // The command compat is the one that needs the prover itself.
    noClasses()
        .that()
        .resideInAPackage(APP)
        .and()
        .haveSimpleNameNotStartingWith("CompatCommand")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.millrace.engine.schema..", "dev.millrace.engine.template..")
        .check(millrace);
  }

  @Test
  void noPackagesOfTheProgramGoInCircles() {
    SlicesRuleDefinition.slices()
        .matching("dev.millrace.app.(*)..")
        .should()
        .beFreeOfCycles()
        .check(millrace);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .that()
        .resideInAPackage("dev.millrace..")
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
        .check(millrace);
  }

  private static void never(String room, String... packages) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(millrace);
  }
}
