package org.evolvent.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.study.StudyFileException;
import org.evolvent.cli.study.TrainerSpec;
import org.evolvent.runtime.Executor;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.thread.ThreadExecutor;

/** A trainer class in this JVM, from a class path of its own whose parent is the command's. */
final class InJvmTrainers implements Trainers {
    private final URLClassLoader loader;
    private final TrainerFactory factory;

    private InJvmTrainers(URLClassLoader loader, TrainerFactory factory) {
        this.loader = loader;
        this.factory = factory;
    }

    static InJvmTrainers load(TrainerSpec.InJvm spec) {
        List<Path> classpath = new ArrayList<>();
        for (String pattern : spec.classpath()) {
            List<Path> found = expand(spec.directory(), pattern);
            if (found.isEmpty()) {
                throw new StudyFileException(
                        spec.place(),
                        "trainer.classpath has '%s' but there is no such file or directory in %s.\nMaybe it has to be built first?"
                                .formatted(pattern, spec.directory()));
            }
            classpath.addAll(found);
        }
        URLClassLoader loader = new URLClassLoader(
                spec.factory(),
                classpath.stream().map(InJvmTrainers::url).toArray(URL[]::new),
                InJvmTrainers.class.getClassLoader());
        try {
            return new InJvmTrainers(loader, create(spec, loader, classpath));
        } catch (RuntimeException e) {
            close(loader);
            throw e;
        }
    }

    private static TrainerFactory create(TrainerSpec.InJvm spec, ClassLoader loader, List<Path> classpath) {
        String name = spec.factory();
        try {
            Class<?> type = Class.forName(name, true, loader);
            if (!TrainerFactory.class.isAssignableFrom(type)) {
                throw new StudyFileException(
                        spec.place(),
                        "trainer.java is '%s' but must be a class that implements %s"
                                .formatted(name, TrainerFactory.class.getName()));
            }
            return (TrainerFactory) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new StudyFileException(
                    spec.place(),
                    "trainer.java is '%s' but there is no such class.%s"
                            .formatted(
                                    name,
                                    classpath.isEmpty()
                                            ? "\nMaybe trainer.classpath is missing?"
                                            : "\nMaybe it is not in the class path " + classpath + "?"));
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new StudyFileException(
                    spec.place(),
                    "trainer.java is '%s' but must be a public class with a public constructor without parameters"
                            .formatted(name));
        } catch (InvocationTargetException e) {
            throw new StudyFileException(
                    spec.place(), "trainer.java is '%s', whose constructor failed: %s".formatted(name, e.getCause()));
        } catch (LinkageError e) {
            throw new StudyFileException(
                    spec.place(), "trainer.java is '%s', which cannot be loaded: %s".formatted(name, e));
        }
    }

    /** Returns what a pattern stands for, sorted: the path itself when it exists, or else every match of the glob. */
    private static List<Path> expand(Path directory, String pattern) {
        if (!pattern.contains("*") && !pattern.contains("?") && !pattern.contains("{")) {
            Path path = directory.resolve(pattern).normalize();
            return Files.exists(path) ? List.of(path) : List.of();
        }
        Path start = directory;
        for (Path name : Path.of(pattern)) {
            if (name.toString().matches(".*[*?{\\[].*")) {
                break;
            }
            start = start.resolve(name);
        }
        if (pattern.startsWith("/")) {
            start = Path.of("/").resolve(directory.relativize(start));
        }
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + (pattern.startsWith("/") ? pattern : directory + "/" + pattern));
        try (Stream<Path> walk = Files.walk(start)) {
            return walk.filter(matcher::matches).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Executor open(Site site) {
        return new ThreadExecutor(factory, site.checkpoints(), site.slots(), site.hot(), site.clock());
    }

    @Override
    public void close() {
        close(loader);
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The class path of the trainer could not be closed", e);
        }
    }
}
