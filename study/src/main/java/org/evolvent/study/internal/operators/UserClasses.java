package org.evolvent.study.internal.operators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.core.option.Options;

/**
 * Classes of the user's own, from a class path whose parent is the command's. What is wrong is an {@link IllegalArgumentException} for people.
 * Immutable.
 */
public final class UserClasses implements AutoCloseable {
    private final String key;
    private final List<Path> classpath;
    private final URLClassLoader loader;

    private UserClasses(String key, List<Path> classpath, URLClassLoader loader) {
        this.key = key;
        this.classpath = classpath;
        this.loader = loader;
    }

    /**
     * Finds a class path.
     *
     * @param key what names it in the study file, such as {@code trainer.classpath}
     * @param patterns of jars and directories; may be empty
     * @param directory where relative patterns begin
     */
    public static UserClasses of(String key, List<String> patterns, Path directory) {
        List<Path> classpath = new ArrayList<>();
        for (String pattern : patterns) {
            List<Path> found = expand(directory, pattern);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s has '%s' but there is no such file or directory in %s.\nMaybe it has to be built first?"
                                .formatted(key, pattern, directory));
            }
            classpath.addAll(found);
        }
        URL[] urls = classpath.stream().map(UserClasses::url).toArray(URL[]::new);
        return new UserClasses(key, classpath, new URLClassLoader(key, urls, UserClasses.class.getClassLoader()));
    }

    /**
     * Makes an object.
     *
     * @param subject what messages begin with, such as {@code trainer.java}
     * @param name the class, which must be public and have a public constructor without parameters, or with options
     * @param type what it must implement
     * @param options for a constructor that takes them; empty where none can be given
     */
    public <T> T make(String subject, String name, Class<T> type, Optional<Options> options) {
        String what = "%s is '%s'".formatted(subject, name);
        try {
            Class<?> found = Class.forName(name, true, loader);
            if (!type.isAssignableFrom(found)) {
                throw new IllegalArgumentException(
                        "%s but must be a class that implements %s".formatted(what, type.getName()));
            }
            return type.cast(construct(found, options));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("%s but there is no such class.%s"
                    .formatted(
                            what,
                            classpath.isEmpty()
                                    ? "\nMaybe %s is missing?".formatted(key)
                                    : "\nMaybe it is not in the class path " + classpath + "?"));
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "%s but must be a public class with a public constructor without parameters%s"
                            .formatted(what, options.isPresent() ? ", or with " + Options.class.getName() : ""));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalArgumentException("%s, whose constructor failed: %s".formatted(what, e.getCause()));
        } catch (LinkageError e) {
            throw new IllegalArgumentException("%s, which cannot be loaded: %s".formatted(what, e));
        }
    }

    private static Object construct(Class<?> type, Optional<Options> options)
            throws NoSuchMethodException, IllegalAccessException, InstantiationException, InvocationTargetException {
        if (options.isPresent()) {
            for (Constructor<?> constructor : type.getConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Options.class))) {
                    return constructor.newInstance(options.get());
                }
            }
        }
        return type.getConstructor().newInstance();
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

    /** Frees the class path; what was made from it must not be used any more. */
    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A class path could not be closed", e);
        }
    }
}
