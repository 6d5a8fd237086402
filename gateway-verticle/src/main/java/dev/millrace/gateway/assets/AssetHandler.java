package dev.millrace.gateway.assets;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.RequestPath;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves files from the class path below one path of the gateway; owned by the gateway verticle.
 * Nothing that it serves may load anything from another origin.
 */
public final class AssetHandler implements Endpoint {
  /** Swagger UI and the dashboard both set styles from their scripts, but load nothing else. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; "
          + "base-uri 'none'; frame-ancestors 'none'";

  private static final String INDEX = "index.html";

  private final BackgroundWork work;
  private final List<ClasspathAssets> places;
  private final String absent;
  private final boolean singlePage;

  private AssetHandler(
      BackgroundWork work, List<ClasspathAssets> places, String absent, boolean singlePage) {
    this.work = work;
    this.places = places;
    this.absent = absent;
    this.singlePage = singlePage;
  }

  /** Swagger UI, showing the gateway's own description. */
  public static AssetHandler docs(BackgroundWork work) {
    return new AssetHandler(work, WebJars.DOCS, "The documentation has no such file", false);
  }

  /** The dashboard, where its module is on the class path; its own routes lead to its index. */
  public static AssetHandler ui(BackgroundWork work) {
    return new AssetHandler(
        work,
        WebJars.UI,
        "There is no such file, or the dashboard is not part of this build",
        true);
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    RequestPath path = exchange.path();
    if (path.length() == 1) {
      return Answer.redirect(path.segment(0) + "/").future();
    }
    String name = name(path);
    String ifNoneMatch = exchange.header("If-None-Match");
    for (ClasspathAssets place : places) {
      ClasspathAssets.Asset asset = place.known(name);
      if (asset != null) {
        return answer(name, asset, ifNoneMatch).future();
      }
    }
    return work.run(
        () ->
            read(name)
                .map(asset -> answer(name, asset, ifNoneMatch))
                .orElseThrow(() -> Failure.of(ErrorCode.NotFound, absent).exception()));
  }

  private Optional<ClasspathAssets.Asset> read(String name) {
    for (ClasspathAssets place : places) {
      Optional<ClasspathAssets.Asset> asset = place.read(name);
      if (asset.isPresent()) {
        return asset;
      }
    }
    return Optional.empty();
  }

  private String name(RequestPath path) {
    String last = path.segment(path.length() - 1);
    if (path.length() == 2 && last.isEmpty()) {
      return INDEX;
    }
    if (singlePage && last.indexOf('.') < 0) {
      return INDEX;
    }
    StringBuilder name = new StringBuilder(path.segment(1));
    for (int index = 2; index < path.length(); index++) {
      name.append('/').append(path.segment(index));
    }
    return name.toString();
  }

  private static Answer answer(String name, ClasspathAssets.Asset asset, String ifNoneMatch) {
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("ETag", asset.entityTag()),
            Map.entry("Cache-Control", caching(name)),
            Map.entry("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            Map.entry("X-Frame-Options", "DENY"));
    if (asset.entityTag().equals(ifNoneMatch)) {
      return Answer.empty(304).withHeaders(headers);
    }
    return Answer.of(asset.mediaType(), asset.content()).withHeaders(headers);
  }

  private static String caching(String name) {
    if (name.equals(INDEX)) {
      return "no-cache";
    }
    // Files below assets/ carry a hash of their content in their name.
    return name.startsWith("assets/")
        ? "public, max-age=31536000, immutable"
        : "public, max-age=600";
  }
}
