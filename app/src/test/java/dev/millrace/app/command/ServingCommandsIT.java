package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The serving commands in this process, with a life that the test ends. */
@Timeout(240)
class ServingCommandsIT {

  private static final Pattern CURL =
      Pattern.compile("curl -s (?:'(?<quoted>[^']+)'|(?<plain>http\\S+))");

  @TempDir Path directory;
  @TempDir Path data;

  private final TestConsole console = new TestConsole();

  @Test
  void demoPrintsLinesThatWork() throws Exception {
    CompletableFuture<Integer> demo = start("demo", "--port", "0", "--upstream-port", "0");

    List<String> reads =
        CURL.matcher(console.out())
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .filter(address -> address.contains("/run/"))
            .toList();
    assertThat(reads).isNotEmpty();
    for (String address : reads) {
      assertThat(get(address)).as(address).isEqualTo(200);
    }
    assertThat(console.out()).contains("/docs/", "/metrics", "/faults", "(a copy)");
    assertThat(get(address("API docs   ")) / 100).isEqualTo(2);
    assertThat(end(demo)).isZero();
  }

  @Test
  void demoServesAnotherDirectoryAndSaysWhatIsWrongWithIt() throws Exception {
    Files.writeString(directory.resolve("broken.yaml"), broken());

    CompletableFuture<Integer> demo =
        start("demo", "--port", "0", "--upstream-port", "0", directory.toString());

    assertThat(console.out()).contains("definition(s) are not served");
    assertThat(end(demo)).isZero();
  }

  @Test
  void serveSaysWhereItServesAndWhatItDoesNot() throws Exception {
    Files.writeString(directory.resolve("broken.yaml"), broken());

    CompletableFuture<Integer> serve =
        start("serve", "--port", "0", "--definitions", directory.toString());

    assertThat(console.out()).contains("definition(s) are not served", "millrace validate");
    assertThat(get(address("workflows  "))).isEqualTo(200);
    assertThat(end(serve)).isZero();
  }

  @Test
  void aRehearsalStartsAsksAndEndsByItself() {
    assertThat(console.run("rehearse", data.toString())).as(console.err()).isZero();

    assertThat(console.out()).isEmpty();
    assertThat(data.resolve("postgresql")).isDirectory();
  }

  @Test
  void aTakenPortEndsTheStartWithTheWayOut() throws IOException {
    Files.createDirectories(directory);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(console.run("serve", "--port", port, "--definitions", directory.toString()))
          .isEqualTo(1);
      assertThat(console.run("demo", "--upstream-port", "0", "--port", port)).isEqualTo(1);
    }

    assertThat(console.err()).contains("cannot listen at 127.0.0.1:").contains("--http-port");
  }

  private static String broken() {
    return """
        apiVersion: millrace.dev/v1
        kind: Workflow
        metadata: { name: broken }
        spec:
          inputSchema: { type: object }
          tasks: []
          output: {}
          unheardOf: 1
        """;
  }

  private CompletableFuture<Integer> start(String... arguments) throws Exception {
    CompletableFuture<Integer> command =
        CompletableFuture.supplyAsync(() -> console.run(withData(arguments)));
    CompletableFuture.anyOf(console.serving(), command).get(30, TimeUnit.SECONDS);
    assertThat(command.isDone()).as(console.err()).isFalse();
    return command;
  }

  private String[] withData(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = data.toString();
    return all;
  }

  private int end(CompletableFuture<Integer> command) throws Exception {
    console.end();
    return command.get(30, TimeUnit.SECONDS);
  }

  private String address(String label) {
    Matcher matcher = Pattern.compile(Pattern.quote(label) + "(http\\S+)").matcher(console.out());
    assertThat(matcher.find()).as(console.out()).isTrue();
    return matcher.group(1);
  }

  private static int get(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
