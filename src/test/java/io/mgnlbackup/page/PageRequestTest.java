package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.http.Request;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.store.Tags;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    private static PageRequest of(String... parameters) {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], List.of(parameters[i + 1]));
        }
        return PageRequest.of(new Request("GET", "/list", all, "text/html", Caller.anybody("-", "-")));
    }

    @Test
    void linksCarryWhatIsChosenAndNoMore() {
        assertThat(of().link()).isEqualTo("/list");
        assertThat(of("query", "{a=\"x y\"}", "orderby", "size", "dir", "asc", "page", "3")
                        .link())
                .isEqualTo("/list?query=%7Ba%3D%22x+y%22%7D&orderby=size&dir=asc&page=3");
        assertThat(of("query", "{}").withNumber(2).link()).isEqualTo("/list?query=%7B%7D&page=2");
    }

    @Test
    void aSecondClickOnAColumnTurnsTheOrderRound() {
        PageRequest bySize = of("page", "4").sortedBy("size");
        assertThat(bySize.link()).isEqualTo("/list?orderby=size&dir=desc");
        assertThat(bySize.sortedBy("size").link()).isEqualTo("/list?orderby=size&dir=asc");
        assertThat(of().sortedBy("ulid").link())
                .as("newest first is where it begins")
                .contains("dir=asc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with \"quotes\"", "back\\slash", "two\nlines", "<script>", "ü😀"})
    void aClickOnATagFindsExactlyThatTag(String value) {
        String link = of().filteredBy("tag", value).link();
        String query = URI.create(link.replace("+", "%20")).getQuery().substring("query=".length());
        TagQuery parsed = TagQuery.parse(query);
        assertThat(parsed.matches(Tags.of(Map.of("tag", value)))).isTrue();
        assertThat(parsed.matches(Tags.of(Map.of("tag", value + "x")))).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> of("dir", "up")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> of("page", "0")).isInstanceOf(Problem.class);
    }
}
