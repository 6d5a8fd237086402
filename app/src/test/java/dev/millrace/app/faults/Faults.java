package dev.millrace.app.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The processes under test: does faults to them, starts them again, and notes what happened. All of
 * it is done on one thread of its own; made and closed by the test.
 */
final class Faults {
  private static final long LOOK_MILLIS = 50;
  private static final long RESTART_MILLIS = 100;

  /** On a slow machine the next fault comes before all is up again. */
  private static final long LONGEST_WAIT_MICROS = 8_000_000L;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "faults"));
  private final DatabaseServer database;
  private final List<Gateway> gateways;
  private final Process[] processes;
  private final List<Incident> incidents = new ArrayList<>();

  /** Those that were told to end, and when. */
  private final Map<Process, Long> stopping = new HashMap<>();

  private boolean databaseAway;
  private int frozen;
  private boolean closing;
  private Exception broken;

  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  Faults(DatabaseServer database, List<Gateway> gateways) {
    this.database = database;
    this.gateways = List.copyOf(gateways);
    this.processes = new Process[gateways.size()];
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "faults-last"));
  }

  /** Starts every gateway. */
  void start() {
    later(
        Duration.ZERO,
        () -> {
          for (int gateway = 0; gateway < processes.length; gateway++) {
            startGateway(gateway);
          }
        });
  }

  /** Does what is planned, from now on; completes when all has settled again, or should have. */
  Future<Void> begin(FaultPlan plan) {
    Promise<Void> over = Promise.promise();
    long end = EpochMicros.now() + plan.length().toNanos() / 1_000L;
    next(plan.strikes().iterator(), end, over);
    return over.future();
  }

  private void next(Iterator<FaultPlan.Strike> strikes, long end, Promise<Void> over) {
    if (!strikes.hasNext() || EpochMicros.now() > end) {
      whenSettled(over::complete);
      return;
    }
    FaultPlan.Strike strike = strikes.next();
    Action strikeAndGoOn =
        () -> {
          strike(strike.fault());
          next(strikes, end, over);
        };
    if (strike.settled()) {
      whenSettled(() -> later(strike.after(), strikeAndGoOn));
    } else {
      later(strike.after(), strikeAndGoOn);
    }
  }

  private void whenSettled(Runnable action) {
    whenSettled(EpochMicros.now() + LONGEST_WAIT_MICROS, action);
  }

  private void whenSettled(long latest, Runnable action) {
    later(
        Duration.ofMillis(LOOK_MILLIS),
        () -> {
          boolean up = !databaseAway && frozen == 0 && gateways.stream().allMatch(Gateway::listens);
          if (up || EpochMicros.now() > latest) {
            action.run();
          } else {
            whenSettled(latest, action);
          }
        });
  }

  /** What happened up to now. */
  List<Incident> incidents() throws Exception {
    return thread
        .submit(
            () -> {
              if (broken != null) {
                throw broken;
              }
              return List.copyOf(incidents);
            })
        .get(60, TimeUnit.SECONDS);
  }

  private void strike(Fault fault) throws IOException, InterruptedException {
    if (fault instanceof Fault.KillGateway kill) {
      kill(List.of(kill.gateway()));
    } else if (fault instanceof Fault.StopGateway stop) {
      Process process = processes[stop.gateway()];
      stopping.put(process, EpochMicros.now());
      Signals.send(process, "TERM");
    } else if (fault instanceof Fault.KillAllGateways) {
      kill(gateways.stream().map(Gateway::number).toList());
    } else if (fault instanceof Fault.FreezeGateway freeze) {
      freeze(freeze);
    } else if (fault instanceof Fault.RestartDatabase restart && !databaseAway) {
      restart(restart);
    }
  }

  private void kill(List<Integer> numbers) throws IOException, InterruptedException {
    for (int number : numbers) {
      Process process = processes[number];
      processes[number] = null;
      long from = EpochMicros.now();
      Signals.kill(process);
      incidents.add(new Incident.GatewayDied(number, true, from, EpochMicros.now()));
    }
    for (int number : numbers) {
      startGateway(number);
    }
  }

  private void startGateway(int number) throws IOException {
    Process process = gateways.get(number).start();
    processes[number] = process;
    var unused = process.onExit().thenRun(() -> later(Duration.ZERO, () -> ended(number, process)));
  }

  /** A process that nobody killed, as when it began while the database was away. */
  private void ended(int number, Process process) {
    if (processes[number] == process && !closing) {
      long now = EpochMicros.now();
      Long told = stopping.remove(process);
      long from = told == null ? now - 500_000L : told;
      incidents.add(new Incident.GatewayDied(number, told != null, from, now));
      later(
          Duration.ofMillis(RESTART_MILLIS),
          () -> {
            if (processes[number] == process) {
              startGateway(number);
            }
          });
    }
  }

  private void freeze(Fault.FreezeGateway freeze) throws IOException, InterruptedException {
    Process process = processes[freeze.gateway()];
    long from = EpochMicros.now();
    Signals.send(process, "STOP");
    frozen++;
    later(
        freeze.length(),
        () -> {
          frozen--;
          if (process.isAlive()) {
            Signals.send(process, "CONT");
          }
          incidents.add(new Incident.GatewayFroze(freeze.gateway(), from, EpochMicros.now()));
        });
  }

  private void restart(Fault.RestartDatabase restart) throws IOException, InterruptedException {
    databaseAway = true;
    long from = EpochMicros.now();
    database.stop(restart.how());
    later(restart.away(), () -> launch(restart, from));
  }

  /** After a SIGKILL the first starts may fail, until the last of its former processes is gone. */
  private void launch(Fault.RestartDatabase restart, long from) throws IOException {
    database.launch();
    if (database.answers()) {
      databaseAway = false;
      incidents.add(new Incident.DatabaseAway(restart.how(), from, EpochMicros.now()));
    } else {
      later(Duration.ofMillis(LOOK_MILLIS), () -> launch(restart, from));
    }
  }

  private void later(Duration delay, Action action) {
    var unused =
        thread.schedule(
            () -> {
              try {
                if (!closing) {
                  action.run();
                }
              } catch (IOException | InterruptedException | RuntimeException failure) {
                broken = failure;
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Whatever becomes of the test, nothing that it started outlives it. */
  private void endAll() {
    for (Process process : processes) {
      if (process != null) {
        process.destroyForcibly();
      }
    }
    try {
      database.close();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public void close() throws Exception {
    thread.submit(() -> closing = true).get(60, TimeUnit.SECONDS);
    thread.shutdown();
    for (Process process : processes) {
      if (process != null) {
        Signals.kill(process);
      }
    }
    database.close();
  }
}
