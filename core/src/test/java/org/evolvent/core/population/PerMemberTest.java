package org.evolvent.core.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class PerMemberTest {
    @Test
    void itAgreesWithAMapAndNeverChanges() {
        Property.holds("per member", 30, random -> {
            PerMember<Integer> known = PerMember.empty();
            Map<Integer, Integer> naive = new HashMap<>();
            // Some members are far away, so that levels are added to what is there.
            int[] members = {0, 1, 15, 16, 17, 255, 256, 4095, 4096, 1_000_000, Integer.MAX_VALUE};
            for (int change = 0; change < 100; change++) {
                int member = members[random.index(members.length)];
                PerMember<Integer> before = known;
                Optional<Integer> was = before.get(new MemberId(member));
                if (random.chance(0.3)) {
                    known = known.without(new MemberId(member));
                    naive.remove(member);
                } else {
                    known = known.with(new MemberId(member), change);
                    naive.put(member, change);
                }
                assertThat(before.get(new MemberId(member))).isEqualTo(was);
                for (int each : members) {
                    assertThat(known.get(new MemberId(each))).isEqualTo(Optional.ofNullable(naive.get(each)));
                }
                Map<Integer, String> all = new LinkedHashMap<>();
                known.map(value -> "it is " + value).forEach((who, value) -> all.put(who.index(), value));
                assertThat(all.keySet()).containsExactlyElementsOf(new TreeSet<>(naive.keySet()));
                assertThat(all).allSatisfy((who, value) -> assertThat(value).isEqualTo("it is " + naive.get(who)));
            }
        });
    }
}
