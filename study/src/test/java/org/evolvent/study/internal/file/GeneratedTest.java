package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.exploit.Average;
import org.evolvent.core.internal.exploit.Backtrack;
import org.evolvent.core.internal.exploit.Gap;
import org.evolvent.core.internal.explore.GaussianNoise;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the schema and the manual say of operators is what they say of themselves. To write both anew, after an operator has changed:
 *
 * <pre>mvn -pl study -am test -Dtest=GeneratedTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dgenerate=true</pre>
 */
class GeneratedTest {
    private static final boolean GENERATE = Boolean.getBoolean("generate");
    private static final String ADVICE = "is not what the operators say; see %s".formatted(GeneratedTest.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final Path SCHEMA =
            StudySchemaTest.root().resolve("study/src/main/resources/org/evolvent/study/spec/study.schema.json");
    private static final Path MANUAL = StudySchemaTest.root().resolve("docs/strategies.md");

    @Test
    void theSchemaSaysWhatTheOperatorsSay() throws IOException {
        String schema = Files.readString(SCHEMA);
        agree(SCHEMA, schema, schema(CATALOGUE, schema));
    }

    @Test
    void theManualSaysWhatTheOperatorsSay() throws IOException {
        String manual = Files.readString(MANUAL);
        agree(MANUAL, manual, manual(CATALOGUE, manual));
    }

    /** What a new operator says of itself reaches schema, manual, messages and definitions without another word. */
    @Test
    void aNewOperatorIsKnownByItsDescriptor() throws IOException {
        Option<Double> reach = new Option<>("reach", OptionType.realAbove(1), 1.5, "How far it moves.");
        Catalogue more = CATALOGUE.withExplore(Descriptor.<Explore>of(
                        "nudge",
                        "A single one moves.",
                        "Nobody 2026",
                        List.of(reach),
                        options -> new GaussianNoise(options.get(reach)))
                .deviating("It moves them all."));
        String manual = manual(more, Files.readString(MANUAL));
        assertThat(manual)
                .contains(
                        "| `nudge` | A single one moves. | `reach` 1.5 (a finite number above 1) | Nobody 2026 |\n",
                        "- `nudge`: It moves them all.\n");
        String schema = schema(more, Files.readString(SCHEMA));
        assertThat(schema).contains("How far it moves.");
        List<String> good = List.of("nudge", "{nudge: {reach: 2}}", "{nudge: {}, resample: 0.5}");
        for (String explore : good) {
            assertThat(isGood(schema, explore)).as(explore).isTrue();
            assertThat(isGood(Files.readString(SCHEMA), explore))
                    .as("%s without it", explore)
                    .isFalse();
        }
        for (String explore :
                List.of("nugde", "{nudge: {reach: 1}}", "{nudge: {rich: 2}}", "{nudge: {}, perturb: {}}")) {
            assertThat(isGood(schema, explore)).as(explore).isFalse();
        }
        assertThat(more.read(Map.of("explore", "nudge")).options())
                .containsEntry("explore", Map.of("nudge", Map.of("reach", 1.5)));
        assertThatThrownBy(() -> more.read(Map.of("explore", "nugde")))
                .hasMessageContaining("Maybe you meant 'nudge'?");
        assertThatThrownBy(() -> more.read(Map.of("explore", Map.of("nudge", Map.of("reach", 1)))))
                .hasMessageContaining("a finite number above 1");
    }

    private static boolean isGood(String schema, String explore) {
        return StudySchemaTest.validates(schema, StudySchemaTest.with("strategy: {explore: %s}".formatted(explore)));
    }

    /** Returns the schema with what the operators of a catalogue say in place of what it says of operators. */
    private static String schema(Catalogue catalogue, String schema) {
        ObjectNode made = (ObjectNode) JSON.readTree(schema);
        ObjectNode definitions = (ObjectNode) made.get("$defs");
        List<String> own = List.of("java", "command");
        operators((ObjectNode) definitions.get("exploit"), catalogue.exploits(), own);
        operators((ObjectNode) definitions.get("explore"), catalogue.explores(), own);
        ObjectNode exploit = (ObjectNode) definitions.at("/exploit/anyOf/1/properties");
        exploit.set(Gap.DESCRIPTOR.name(), JSON.valueToTree(section(Gap.DESCRIPTOR)));
        exploit.set(Average.OPTION.name(), JSON.valueToTree(property(Average.OPTION)));
        exploit.set(Backtrack.OPTION.name(), JSON.valueToTree(property(Backtrack.OPTION)));
        ObjectNode explore = (ObjectNode) definitions.at("/explore/anyOf/1/properties");
        explore.set(Perturb.RESAMPLE.name(), JSON.valueToTree(property(Perturb.RESAMPLE)));
        Map<String, Object> then = new LinkedHashMap<>();
        then.put("description", catalogue.then().meaning());
        then.put("$ref", "#/$defs/explore");
        explore.set(catalogue.then().name(), JSON.valueToTree(then));
        ObjectNode composed = (ObjectNode) made.at("/properties/strategy/anyOf/0/properties");
        composed.set(Catalogue.COPY.name(), JSON.valueToTree(property(Catalogue.COPY)));
        composed.set(Catalogue.COMPARE.name(), JSON.valueToTree(property(Catalogue.COMPARE)));
        ObjectNode strategies = ((ObjectNode) made.at("/properties/strategy/anyOf/2/properties")).removeAll();
        catalogue.strategies().forEach(each -> strategies.set(each.name(), JSON.valueToTree(section(each))));
        return JSON.writeValueAsString(made) + "\n";
    }

    /** Puts sections for operators in place of those that are there; those of the user's own stay. */
    private static <T> void operators(ObjectNode definition, List<Descriptor<T>> operators, List<String> own) {
        ObjectNode section = (ObjectNode) definition.at("/anyOf/1");
        ObjectNode before = (ObjectNode) section.get("properties");
        ObjectNode properties = JSON.createObjectNode();
        operators.forEach(each -> properties.set(each.name(), JSON.valueToTree(section(each))));
        own.stream().filter(before::has).forEach(name -> properties.set(name, before.get(name)));
        List<String> names = List.copyOf(properties.propertyNames());
        before.propertyStream()
                .filter(old -> List.of("gap", "average", "backtrack", "resample", "then")
                        .contains(old.getKey()))
                .forEach(old -> properties.set(old.getKey(), old.getValue()));
        section.set("properties", properties);
        List<Object> oneOf =
                names.stream().map(name -> Map.of("required", List.of(name))).collect(Collectors.toList());
        if (before.has("resample")) {
            Map<String, Object> alone = new LinkedHashMap<>();
            alone.put("required", List.of("resample"));
            alone.put("propertyNames", Map.of("enum", List.of("resample", "then")));
            oneOf.add(alone);
        }
        section.set("oneOf", JSON.valueToTree(oneOf));
        List<String> bare = operators.stream()
                .filter(each -> each.needed().isEmpty())
                .map(Descriptor::name)
                .toList();
        ((ObjectNode) definition.at("/anyOf/0")).set("enum", JSON.valueToTree(bare));
    }

    private static Map<String, Object> section(Descriptor<?> descriptor) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("description", descriptor.meaning());
        section.put("type", descriptor.needed().isEmpty() ? List.of("null", "object") : "object");
        section.put("additionalProperties", false);
        Map<String, Object> properties = new LinkedHashMap<>();
        descriptor.options().forEach(option -> properties.put(option.name(), property(option)));
        section.put("properties", properties);
        if (!descriptor.needed().isEmpty()) {
            section.put(
                    "anyOf",
                    descriptor.needed().stream()
                            .map(option -> Map.of("required", List.of(option.name())))
                            .toList());
        }
        return section;
    }

    private static Map<String, Object> property(Option<?> option) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", option.meaning());
        property.putAll(option.type().schema());
        property.put("default", option.plainDefault());
        return property;
    }

    /** Returns the manual with the same. */
    private static String manual(Catalogue catalogue, String manual) {
        String made = manual;
        made = replaced(made, "exploit", table("exploit", catalogue.exploits().stream()));
        made = replaced(
                made,
                "beside exploit",
                table(
                        "beside an exploit",
                        Stream.of(
                                Gap.DESCRIPTOR,
                                alone(Average.OPTION, "Jaderberg et al. 2017"),
                                alone(Backtrack.OPTION, "BG-PBT, Wan et al. 2022"))));
        made = replaced(made, "explore", table("explore", catalogue.explores().stream()));
        made = replaced(
                made,
                "beside explore",
                table(
                        "beside an explore",
                        Stream.of(alone(Perturb.RESAMPLE, "Jaderberg et al. 2017"), catalogue.then())));
        made = replaced(made, "strategies", table("strategy", catalogue.strategies().stream()));
        made = replaced(made, "deviations", deviations(catalogue));
        return made;
    }

    private static Descriptor<Object> alone(Option<?> option, String source) {
        return Descriptor.of(option.name(), option.meaning(), source, List.of(option), options -> option);
    }

    private static String table(String title, Stream<? extends Descriptor<?>> descriptors) {
        return descriptors
                .map(each -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                each.name(),
                                each.meaning(),
                                each.options().stream()
                                        .map(GeneratedTest::shown)
                                        .collect(Collectors.joining("; ")),
                                each.source()))
                .collect(Collectors.joining(
                        "", "| %s | what it does | options | from |\n|---|---|---|---|\n".formatted(title), ""));
    }

    private static String shown(Option<?> option) {
        return "`%s` %s (%s)"
                .formatted(option.name(), option.plainDefault(), option.type().allowed());
    }

    private static String deviations(Catalogue catalogue) {
        Stream<Descriptor<?>> all = Stream.of(
                        catalogue.exploits(), catalogue.explores(), catalogue.strategies(), List.of(Gap.DESCRIPTOR))
                .flatMap(List::stream);
        return all.filter(each -> !each.deviations().isEmpty())
                .map(each -> "- `%s`: %s\n".formatted(each.name(), each.deviations()))
                .collect(Collectors.joining());
    }

    /** Replaces what stands between two remarks. */
    private static String replaced(String text, String name, String by) {
        String begin = "<!-- %s -->\n".formatted(name);
        String end = "<!-- end -->";
        int from = text.indexOf(begin);
        assertThat(from).as("the mark of %s", name).isNotNegative();
        int to = text.indexOf(end, from);
        return text.substring(0, from + begin.length()) + by + text.substring(to);
    }

    private static void agree(Path file, String is, String shouldBe) throws IOException {
        if (GENERATE) {
            Files.writeString(file, shouldBe);
        } else {
            assertThat(is).as("%s %s", file.getFileName(), ADVICE).isEqualTo(shouldBe);
        }
    }

    @Test
    void everyOperatorDescribesItselfInFull() {
        Stream.of(CATALOGUE.exploits(), CATALOGUE.explores(), CATALOGUE.strategies())
                .flatMap(List::stream)
                .forEach(each -> {
                    assertThat(each.meaning()).as(each.name()).endsWith(".");
                    assertThat(each.source().isEmpty())
                            .as(each.name())
                            .isEqualTo(each.name().equals("none"));
                });
    }
}
