package dev.baton.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may know whom: docs/architecture.md. */
class ArchitectureTest {
  private static final Set<String> RAW_MEMORY =
      Set.of("org.apache.arrow.memory.util.MemoryUtil", "sun.misc.Unsafe");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The contract kit is tests too, in a jar.
          .withImportOption(location -> !location.contains("test-classes"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.baton");

  @Test
  void theEngineKnowsNeitherOperatorsNorProcessesNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.baton.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.baton.operators..", "dev.baton.ipc..", "dev.baton.cli..", "dev.baton.examples..")
        .check(CLASSES);
  }

  @Test
  void operatorsAndProcessesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.baton.operators..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.baton.ipc..", "dev.baton.cli..", "dev.baton.examples..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.baton.ipc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.baton.operators..", "dev.baton.cli..", "dev.baton.examples..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nobodyElseUsesTheInsideOfTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.baton.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.baton.engine.internal..")
        .check(CLASSES);
  }

  @Test
  void theDisruptorIsUsedByThreadsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.baton.engine.internal.threads..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.lmax..")
        .check(CLASSES);
  }

  @Test
  void chronicleIsUsedByProcessesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.baton.ipc..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.openhft..")
        .check(CLASSES);
  }

  @Test
  void oneClassTouchesRawMemory() {
    // Asking a buffer for its address touches nothing.
    ArchCondition<JavaClass> accessMemory =
        ArchConditions.accessTargetWhere(
            DescribedPredicate.describe(
                "it reads or writes raw memory",
                (JavaAccess<?> access) ->
                    RAW_MEMORY.contains(access.getTargetOwner().getName())
                        && !access.getName().equals("getByteBufferAddress")));
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.baton.engine.batch.Memory")
        .should(accessMemory)
        .check(CLASSES);
  }

  @Test
  void examplesUseTheEngineAsAnybodyWould() {
    noClasses()
        .that()
        .resideInAPackage("dev.baton.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.baton.cli..", "dev.baton.engine.internal..", "dev.baton.engine.spi..")
        .check(CLASSES);
  }
}
