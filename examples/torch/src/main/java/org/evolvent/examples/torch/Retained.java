package org.evolvent.examples.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scope in which they were made, until this is closed. */
public final class Retained implements AutoCloseable {
    private final List<Pointer> pointers = new ArrayList<>();

    /** Keeps an object, and returns it. */
    public <P extends Pointer> P keep(P pointer) {
        pointers.add(pointer);
        return pointer.retainReference();
    }

    @Override
    public void close() {
        pointers.forEach(Pointer::releaseReference);
        pointers.clear();
    }
}
