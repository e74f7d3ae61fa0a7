package io.mgnlbackup.limits;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients wait until there is somebody to answer: Camel's server listens up to a second before the routes start, and would say meanwhile
 * that there is nothing at {@code /list}.
 */
final class Opening {

    private final Set<Waiting> clients = new LinkedHashSet<>();
    private boolean open;

    /** From now on everybody is answered; those who wait come first. */
    synchronized void open() {
        open = true;
        clients.forEach(Waiting::admit);
        clients.clear();
    }

    /** A client has connected; by the thread of its channel. */
    synchronized void connected(Channel channel, String before) {
        if (!open) {
            Waiting client = new Waiting();
            channel.pipeline().addBefore(before, "opening", client);
            clients.add(client);
        }
    }

    private synchronized void left(Waiting client) {
        clients.remove(client);
    }

    /** How many wait. */
    synchronized int waiting() {
        return clients.size();
    }

    /** Keeps what was read already, which is one buffer of the socket, and reads no more. */
    private final class Waiting extends ChannelInboundHandlerAdapter {

        private final Queue<Object> messages = new ArrayDeque<>();
        private @Nullable ChannelHandlerContext its;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            its = context;
            context.channel().config().setAutoRead(false);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            messages.add(message);
        }

        void admit() {
            ChannelHandlerContext context = Objects.requireNonNull(its);
            context.executor().execute(() -> {
                if (!context.isRemoved()) {
                    context.pipeline().remove(this);
                }
            });
        }

        /** At the end of the connection, too, where nobody reads the messages any more. */
        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            left(this);
            boolean reads = context.channel().isActive();
            context.channel()
                    .config()
                    .setAutoRead(true); // first, since whoever gets a message may want no more of them for now
            for (Object message = messages.poll(); message != null; message = messages.poll()) {
                if (reads) {
                    context.fireChannelRead(message);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }
            if (reads) {
                context.fireChannelReadComplete();
            }
        }
    }
}
