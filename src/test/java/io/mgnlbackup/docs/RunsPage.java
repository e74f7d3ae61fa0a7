package io.mgnlbackup.docs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the page whose commands a test runs, all but those of {@link NotRunHere}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface RunsPage {

    /** Relative to the root of the repository. */
    String[] value();
}
