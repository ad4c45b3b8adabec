package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperatingModelTest {
    @ParameterizedTest
    @CsvSource({"application-bound, true, you-build-it-you-run-it, owner, owner",
            "application-bound, false, embedded-platform-engineers, owner operator, operator owner",
            "shared, true, complicated-subsystem-team, owner, owner",
            "shared, false, platform-team, platform, platform"})
    void setsTheDefaultRouteAndWhoIsPaged(String lifecycle, boolean sameTeam, String name, String route, String pages) {
        var model = OperatingModel.of(Lifecycle.of(lifecycle).orElseThrow(), sameTeam);

        assertThat(model.text()).isEqualTo(name);
        assertThat(model.route("owner", "operator", "platform")).extracting(stage -> stage.by())
                .isEqualTo(List.of(route.split(" ")).stream().map(Principal::team).toList());
        assertThat(model.pages("owner", "operator", "platform")).isEqualTo(List.of(pages.split(" ")));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItMeansInOneSentence(OperatingModel model) {
        assertThat(model.meaning()).endsWith(".").hasSizeLessThan(150);
    }

    @Test
    void followsFromWhoOwnsAndOperates() {
        assertThat(Responsibility.ofOwner("payments").operatingModel())
                .isEqualTo(OperatingModel.YOU_BUILD_IT_YOU_RUN_IT);
        assertThat(new Responsibility("payments", "platform", Lifecycle.SHARED).operatingModel())
                .isEqualTo(OperatingModel.PLATFORM_TEAM);
    }
}
