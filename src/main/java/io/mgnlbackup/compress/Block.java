package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;

/**
 * A piece of the input and what it becomes: raw deflate that ends on a byte boundary, so that blocks can simply follow each other. The end of the
 * input before it serves as dictionary, which costs nothing in the output and keeps the ratio of one long stream.
 */
final class Block {

    /** Input of a block, in bytes. */
    static final int INPUT_BYTES = 128 * 1024;

    /** How far back deflate can refer (RFC 1951). */
    static final int DICTIONARY_BYTES = 32 * 1024;

    /** Stored blocks add 5 bytes for each 16 KiB or so, a flush 5 more. */
    private static final int OUTPUT_BYTES = INPUT_BYTES + INPUT_BYTES / 256 + 64;

    /** All buffers of a block, in bytes. */
    static final int MEMORY_BYTES = DICTIONARY_BYTES + INPUT_BYTES + OUTPUT_BYTES;

    private final byte[] input = new byte[DICTIONARY_BYTES + INPUT_BYTES];
    private final byte[] output = new byte[OUTPUT_BYTES];
    private int dictionaryLength;
    private int inputLength;
    private int outputLength;

    /** Reads until the block is full or the source ends; the number of bytes read. */
    int fill(InputStream source) throws IOException {
        inputLength = source.readNBytes(input, dictionaryLength, INPUT_BYTES);
        return inputLength;
    }

    /** Takes the end of a block for the dictionary of this one. */
    void follow(Block before) {
        int end = before.dictionaryLength + before.inputLength;
        dictionaryLength = Math.min(DICTIONARY_BYTES, end);
        System.arraycopy(before.input, end - dictionaryLength, input, 0, dictionaryLength);
    }

    /** Starts without a dictionary. */
    void begin() {
        dictionaryLength = 0;
    }

    /** Makes the output. */
    Block deflate(Deflater deflater) {
        deflater.reset();
        deflater.setDictionary(input, 0, dictionaryLength);
        deflater.setInput(input, dictionaryLength, inputLength);
        outputLength = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
        if (outputLength == output.length) {
            throw new IllegalStateException("deflate made more of " + inputLength + " bytes than it can");
        }
        return this;
    }

    /** The input of this block, as it was read. */
    void addTo(java.util.zip.CRC32 crc) {
        crc.update(input, dictionaryLength, inputLength);
    }

    byte[] output() {
        return output;
    }

    int outputLength() {
        return outputLength;
    }
}
