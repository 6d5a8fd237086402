package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a command while its cluster cannot be reached. */
@Timeout(60)
class OperatorCommandIT {
  private static final String KUBECONFIG = "kubeconfig";

  @TempDir Path directory;

  private final TestConsole console = new TestConsole();

  @BeforeEach
  void nobodyAnswers() throws Exception {
    System.setProperty(KUBECONFIG, UnreachableCluster.kubeconfig(directory).toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(KUBECONFIG);
  }

  @Test
  void livesButIsNotReadyUntilTheClusterAnswers() throws Exception {
    // Made for nothing but this test; valid for a hundred years.
    CompletableFuture<Integer> operator =
        start("--webhook-certificates", "src/test/resources/operator");

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("the cluster's resources have not been read yet");
    assertThat(get("/metrics").body()).contains("millrace_operator_leading 0.0");
    console.end();
    assertThat(operator.get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void withoutACertificateItSaysWhatIsMissing() {
    assertThat(run("--webhook-certificates", directory.resolve("none").toString())).isEqualTo(1);

    assertThat(console.err()).contains("tls.crt cannot be read", "needs tls.crt and tls.key");
  }

  private int run(String... more) {
    return console.run(arguments(more));
  }

  private CompletableFuture<Integer> start(String... more) throws Exception {
    CompletableFuture<Integer> command =
        CompletableFuture.supplyAsync(() -> console.run(arguments(more)));
    CompletableFuture.anyOf(console.serving(), command).get(30, TimeUnit.SECONDS);
    assertThat(command.isDone()).as(console.err()).isFalse();
    return command;
  }

  private static String[] arguments(String... more) {
    String[] arguments = new String[more.length + 7];
    String[] first = {
      "operator", "--webhook-host", "127.0.0.1", "--webhook-port", "0", "--operator-http-port", "0"
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return arguments;
  }

  private HttpResponse<String> get(String path) throws Exception {
    Matcher matcher = Pattern.compile("metrics    (http\\S+)/metrics").matcher(console.out());
    assertThat(matcher.find()).as(console.out()).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(matcher.group(1) + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
