package io.mgnlbackup.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection of a client and the one to the server behind it: requests go one way in one thread, answers the other in another. */
final class ChaosConnection {

    private final ChaosProxy proxy;
    private final Socket client;
    private final Socket server;
    private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private volatile Optional<Fault> atNextUse = Optional.empty();

    /** A request that is on its way or was handed on, and waits for its answer. */
    private record Asked(String method, Optional<Fault> fault) {

        boolean is(Fault.Kind kind) {
            return fault.filter(what -> what.kind() == kind).isPresent();
        }
    }

    ChaosConnection(ChaosProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** Hands on requests until one side has closed or a fault says so; closes both then. */
    void requests() {
        try (client;
                server) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (Optional<HttpHead> head = HttpHead.read(in); head.isPresent(); head = HttpHead.read(in)) {
                if (!request(head.get(), in)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side went away: the other one notices.
        }
    }

    /** Hands on one request; false when the connection is lost. */
    private boolean request(HttpHead head, InputStream in) throws IOException {
        Optional<Fault> stale = atNextUse;
        if (stale.isPresent()) {
            stale.get().happened();
            return false;
        }
        Optional<Fault> fault = proxy.meet(head.line());
        Asked now = new Asked(head.line().split(" ", 2)[0], fault);
        if (now.is(Fault.Kind.ANSWER)) {
            return answerHere(head, in, fault.orElseThrow());
        }
        if (now.is(Fault.Kind.HOLD_REQUEST) && !fault.orElseThrow().awaitRelease()) {
            return false;
        }
        asked.add(now);
        handOn(head, in, fault);
        return true;
    }

    private boolean answerHere(HttpHead head, InputStream in, Fault fault) throws IOException {
        if (!head.waitsForContinue()) {
            head.copyRequestBody(in, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        }
        client.getOutputStream().write(fault.message().getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        return false;
    }

    private void handOn(HttpHead head, InputStream in, Optional<Fault> fault) throws IOException {
        OutputStream out = proxy.paced(server.getOutputStream());
        boolean shorter =
                fault.filter(what -> what.kind() == Fault.Kind.SHORTEN_REQUEST).isPresent();
        out.write((shorter ? head.ofLength(fault.orElseThrow().amount()) : head).bytes());
        out.flush();
        Optional<Fault> ofBody = fault.filter(ChaosConnection::isOfRequestBody);
        if (ofBody.isEmpty()) {
            head.copyRequestBody(in, out, out);
            return;
        }
        FaultyStream body = new FaultyStream(out, ofBody.get());
        body.begin();
        head.copyRequestBody(in, out, body);
        if (ofBody.get().kind() == Fault.Kind.LOSE_REQUEST) {
            throw new IOException("lost on purpose, behind a body that is shorter than said");
        }
    }

    private static boolean isOfRequestBody(Fault fault) {
        return switch (fault.kind()) {
            case LOSE_REQUEST, STALL_REQUEST, SHORTEN_REQUEST, FLIP_REQUEST, SLOW -> true;
            case ANSWER,
                    ANSWER_INSTEAD,
                    LOSE_ANSWER,
                    HOLD_REQUEST,
                    HOLD_ANSWER,
                    CUT_ANSWER,
                    FLIP_ANSWER,
                    CLOSE_WHEN_IDLE,
                    LOSE_WHEN_USED_AGAIN -> false;
        };
    }

    /** Hands on answers until one side has closed or a fault says so; closes both then. */
    void answers() {
        try (client;
                server) {
            InputStream in = new BufferedInputStream(server.getInputStream());
            for (Optional<HttpHead> head = HttpHead.read(in); head.isPresent(); head = HttpHead.read(in)) {
                if (!answer(head.get(), in)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side went away: the other one notices.
        }
    }

    /** Hands on one answer; false when the connection is lost. */
    private boolean answer(HttpHead head, InputStream in) throws IOException {
        OutputStream out = client.getOutputStream();
        if (head.status() < 200) {
            out.write(head.bytes());
            out.flush();
            return true;
        }
        Asked to = Optional.ofNullable(asked.poll()).orElseGet(() -> new Asked("GET", Optional.empty()));
        if (to.is(Fault.Kind.LOSE_ANSWER)
                || (to.is(Fault.Kind.HOLD_ANSWER) && !to.fault().orElseThrow().awaitRelease())) {
            return false;
        }
        if (to.is(Fault.Kind.ANSWER_INSTEAD)) {
            out.write(to.fault().orElseThrow().message().getBytes(StandardCharsets.UTF_8));
            out.flush();
            return false;
        }
        if (to.is(Fault.Kind.LOSE_WHEN_USED_AGAIN)) {
            atNextUse = to.fault();
        }
        out.write(head.bytes());
        out.flush();
        OutputStream body = out;
        if (to.is(Fault.Kind.CUT_ANSWER) || to.is(Fault.Kind.FLIP_ANSWER)) {
            FaultyStream faulty = new FaultyStream(out, to.fault().orElseThrow());
            faulty.begin();
            body = faulty;
        }
        head.copyAnswerBody(to.method(), in, out, body);
        out.flush();
        return !to.is(Fault.Kind.CLOSE_WHEN_IDLE);
    }
}
