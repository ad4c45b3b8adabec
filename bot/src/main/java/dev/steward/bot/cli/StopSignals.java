package dev.steward.bot.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signals by which a process is told to stop: TERM, INT (Ctrl-C) and HUP. Handled here, and not in a shutdown hook,
 * so that a Steward that stopped as it should ends with exit code 0: a Java machine that stops by itself at a signal
 * ends with 128 and the signal's number, whatever its hooks did.
 *
 * <p>
 * {@code sun.misc.Signal} is the platform's only way (module jdk.unsupported), and javac's warning about it cannot be
 * switched off; hence by reflection.
 */
final class StopSignals {
    private StopSignals() {}

    /** Has the first such signal, and every later one, call this on a thread of its own. */
    static void call(Runnable stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler stopping = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    stop.run();
                }
                return null;
            };
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[]{handler}, stopping);
            for (String name : new String[]{"TERM", "INT", "HUP"}) {
                signal.getMethod("handle", signal, handler).invoke(null,
                        signal.getConstructor(String.class).newInstance(name), handling);
            }
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        }
    }
}
