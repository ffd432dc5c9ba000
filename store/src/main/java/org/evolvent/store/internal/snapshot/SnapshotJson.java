package org.evolvent.store.internal.snapshot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.runtime.Snapshot;
import org.evolvent.store.internal.json.PlainJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot as lines of JSON: a head with everything that there is once, then a line for each member. Doubles come back with their exact
 * bits. Read by the program version that wrote it only: what it says is in the log, and so nothing is lost with a snapshot that another
 * version wrote.
 */
final class SnapshotJson {
    /** To be raised with every change of what is written, of what a strategy remembers, and of what an event does to a state. */
    static final int VERSION = 4;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    private SnapshotJson() {}

    /** Takes one line after the other. */
    interface Lines {
        void add(String line) throws IOException;
    }

    private interface Content {
        void write(JsonGenerator json);
    }

    static void write(Snapshot snapshot, Memory memory, String chain, Lines lines) throws IOException {
        lines.add(line(json -> head(json, snapshot, memory, chain)));
        PerMember<String> chains = snapshot.facts().digest().chains();
        for (Member member : snapshot.state().population()) {
            lines.add(line(json ->
                    MemberJson.write(json, member, chains.get(member.id()).orElse(""))));
        }
    }

    private static String line(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void head(JsonGenerator json, Snapshot snapshot, Memory memory, String chain) {
        StudyState state = snapshot.state();
        json.writeNumberProperty("v", VERSION);
        json.writeNumberProperty("events", snapshot.events());
        json.writeStringProperty("chain", chain);
        Facts facts = snapshot.facts();
        json.writeStringProperty("definition", facts.definition());
        json.writeNumberProperty("amendments", facts.amendments());
        json.writeStringProperty("before", facts.before().toString());
        json.writeStringProperty("begun", facts.begun().toString());
        json.writeStringProperty("latest", facts.latest().toString());
        json.writeStringProperty("training", facts.training().toString());
        Tally tally = state.tally();
        json.writeArrayPropertyStart("tally");
        for (long count : new long[] {
            tally.intervals(),
            tally.exploits(),
            tally.explores(),
            tally.failedAttempts(),
            tally.lostAttempts(),
            tally.failedIntervals(),
            tally.scores()
        }) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        state.end().ifPresent(end -> json.writeStringProperty("end", end.name()));
        state.population().best().ifPresent(best -> MemberJson.write(json, "best", best));
        json.writeName("memory");
        PlainJson.write(json, memory.values());
        json.writeNumberProperty("members", state.population().size());
    }

    /** Returns a snapshot; empty when it is of another log or another version. Throws whatever happens when it is no snapshot at all. */
    static Optional<Snapshot> read(Study begun, BufferedReader lines, LongFunction<Optional<String>> chain)
            throws IOException {
        JsonNode head = MAPPER.readTree(lines.readLine());
        if (head.required("v").intValue() != VERSION) {
            return Optional.empty();
        }
        long events = head.required("events").longValue();
        if (!chain.apply(events).equals(Optional.of(head.required("chain").stringValue()))) {
            return Optional.empty();
        }
        Study study = begun.amended(head.required("amendments").intValue());
        List<Member> members = new ArrayList<>();
        PerMember<String> chains = PerMember.empty();
        int size = head.required("members").intValue();
        for (int index = 0; index < size; index++) {
            MemberId id = new MemberId(index);
            JsonNode line = MAPPER.readTree(lines.readLine());
            members.add(MemberJson.member(study, id, line));
            chains = chains.with(id, line.required("chain").stringValue());
        }
        if (size != 0 && members.stream().filter(Member::isPresent).count() != study.population()) {
            return Optional.empty();
        }
        return Optional.of(
                new Snapshot(events, state(study, head, members), facts(head, StateDigest.ofChains(chains))));
    }

    private static StudyState state(Study study, JsonNode head, List<Member> members) {
        Optional<ReadyPoint> best =
                head.has("best") ? Optional.of(MemberJson.point(study, head.get("best"))) : Optional.empty();
        JsonNode tally = head.required("tally");
        return new StudyState(
                study,
                study.populationOf(members, best),
                study.strategy().remembering(Memory.of(PlainJson.objectWithNulls(head.required("memory")))),
                count(members, Status.TRAINING),
                count(members, Status.READY),
                new Tally(
                        tally.get(0).longValue(),
                        tally.get(1).longValue(),
                        tally.get(2).longValue(),
                        tally.get(3).longValue(),
                        tally.get(4).longValue(),
                        tally.get(5).longValue(),
                        // Those of the first rules, under which no decision depends on it, may not have it.
                        tally.path(6).asLong(0)),
                head.has("end") ? Optional.of(Event.End.valueOf(head.get("end").stringValue())) : Optional.empty());
    }

    private static int count(List<Member> members, Status status) {
        return (int)
                members.stream().filter(member -> member.status() == status).count();
    }

    private static Facts facts(JsonNode head, StateDigest digest) {
        return new Facts(
                head.required("definition").stringValue(),
                head.required("amendments").intValue(),
                digest,
                Duration.parse(head.required("before").stringValue()),
                Instant.parse(head.required("begun").stringValue()),
                Instant.parse(head.required("latest").stringValue()),
                Duration.parse(head.required("training").stringValue()));
    }
}
