package io.mgnlbackup.limits;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection whose client asks for more and more and does not read the answers (RFC 9112, section 9.3.2): the server keeps all such
 * requests, and all such answers, in memory. Nearly all clients send a request at a time.
 */
final class Pipelining extends ChannelDuplexHandler {

    /** Requests whose answers have not yet left this process. */
    static final int MOST_WAITING = 16;

    private int waiting;
    private boolean closed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            waiting++;
            closed |=
                    waiting > MOST_WAITING || (waiting > 1 && !context.channel().isWritable());
        }
        if (closed) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            context.write(message, promise.unvoid().addListener(sent -> waiting--));
            return;
        }
        context.write(message, promise);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
