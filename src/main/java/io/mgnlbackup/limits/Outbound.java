package io.mgnlbackup.limits;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What waits to be taken by a client, and since when it has taken nothing. To be used on the event loop of the channel. */
final class Outbound {

    private final Channel channel;
    private Mark last = Mark.NOTHING;
    private long changed;

    /** Changes whenever the system has taken something of what waits. */
    private record Mark(int first, long bytes, long progress) {

        private static final Mark NOTHING = new Mark(0, 0, 0);

        static Mark of(ChannelOutboundBuffer buffer) {
            return buffer.isEmpty()
                    ? NOTHING
                    : new Mark(
                            System.identityHashCode(buffer.current()),
                            buffer.totalPendingWriteBytes(),
                            buffer.currentProgress());
        }
    }

    Outbound(Channel channel, long now) {
        this.channel = channel;
        this.changed = now;
    }

    /** Looks once more; returns for how many nanoseconds something has been waiting of which nothing was taken, 0 if nothing waits. */
    long stalledNanos(long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Mark mark = buffer == null ? Mark.NOTHING : Mark.of(buffer);
        if (mark.equals(Mark.NOTHING) || !mark.equals(last)) {
            last = mark;
            changed = now;
        }
        return now - changed;
    }

    /** Whether something waited at the last look. */
    boolean isPending() {
        return !last.equals(Mark.NOTHING);
    }
}
