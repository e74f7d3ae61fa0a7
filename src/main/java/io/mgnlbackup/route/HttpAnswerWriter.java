package io.mgnlbackup.route;

import io.mgnlbackup.http.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Sends an {@link Answer}. */
public final class HttpAnswerWriter implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Answer answer = message.getBody(Answer.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        message.setHeader("Cache-Control", "no-store");
        answer.location().ifPresent(path -> message.setHeader("Location", path));
        message.setBody(answer.body());
    }
}
