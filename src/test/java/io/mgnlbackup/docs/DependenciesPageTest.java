package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** docs/dependencies.md names each dependency of pom.xml, and none that is gone. */
class DependenciesPageTest {

    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

    @Test
    void eachDirectDependencyHasAReason() throws Exception {
        assertThat(onThePage()).isEqualTo(inTheBuild());
    }

    private static Set<String> inTheBuild() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        Set<String> names = new TreeSet<>();
        for (Element dependencies : children(project, "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                names.add(children(dependency, "artifactId").iterator().next().getTextContent());
            }
        }
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }

    private static Iterable<Element> children(Element parent, String name) {
        Set<Element> found = new java.util.LinkedHashSet<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The first column of each table. */
    private static Set<String> onThePage() {
        Set<String> names = new TreeSet<>();
        for (String line : MarkdownPage.read(Path.of("docs/dependencies.md")).prose()) {
            if (line.startsWith("| `")) {
                Matcher name = NAME.matcher(line.substring(0, line.indexOf("|", 1)));
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }
}
