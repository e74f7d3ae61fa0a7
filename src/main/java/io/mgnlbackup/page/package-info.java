/** The page that people look at: what is there, what runs, what comes next. */
@NullMarked
package io.mgnlbackup.page;

import org.jspecify.annotations.NullMarked;
