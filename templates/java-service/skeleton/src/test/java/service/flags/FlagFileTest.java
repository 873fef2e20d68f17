package service.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import service.flags.Flags.Flag;
import tools.jackson.databind.JsonNode;

class FlagFileTest {

    @Test
    void declaresExactlyTheFlagsOfTheCode() {
        assertThat(FlagFile.flags().propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Flag.values()).map(Flag::key).collect(Collectors.toList()));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoOwnsTheFlagOfWhichTypeItIsAndWhenAReleaseFlagGoes(Flag flag) {
        JsonNode metadata = FlagFile.flags().get(flag.key()).get("metadata");

        assertThat(metadata.path("owner").asString("")).isNotBlank();
        assertThat(metadata.path("type").asString("")).isIn("release", "ops");
        if (metadata.get("type").asString().equals("release")) {
            assertThat(LocalDate.parse(metadata.path("expires").asString(""))).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasOnlyOnAndOffAsVariants(Flag flag) {
        JsonNode variants = FlagFile.flags().get(flag.key()).get("variants");

        assertThat(variants).hasToString("{\"on\":true,\"off\":false}");
    }

    @ParameterizedTest
    @EnumSource
    void evaluatesAsCommitted(Flag flag) {
        String variant = FlagFile.flags().get(flag.key()).get("defaultVariant").asString();

        try (Flags flags = Flags.connect(FlagFile.provider())) {
            assertThat(flags.isOn(flag, "Ada")).isEqualTo(variant.equals("on"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsInTheSafeStateByDefault(Flag flag) {
        String type =
                FlagFile.flags().get(flag.key()).get("metadata").get("type").asString();

        assertThat(flag.fallback()).isEqualTo(type.equals("ops"));
    }
}
