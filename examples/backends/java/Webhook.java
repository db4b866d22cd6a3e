import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Webhook {
  static final Duration TOLERANCE = Duration.ofMinutes(5);
  static final int MAX_BODY_BYTES = 65_536;

  static class Refused extends Exception {
    Refused(String reason) {
      super(reason);
    }
  }

  /** Returns if `body`, which is the bytes as they arrived, is an event of the platform. */
  static void verifyWebhook(Headers headers, byte[] body, List<byte[]> keys) throws Refused, GeneralSecurityException {
    String id = first(headers, "webhook-id");
    String timestamp = first(headers, "webhook-timestamp");
    if (!id.matches("[\\w-]{1,200}") || !timestamp.matches("[0-9]{1,11}")) {
      throw new Refused("a header is missing or malformed");
    }
    boolean matches = false;
    for (byte[] key : keys) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      byte[] right = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.US_ASCII);
      // There may be several, one for each secret.
      for (String signature : first(headers, "webhook-signature").split(" ")) {
        matches |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (!matches) throw new Refused("no signature matches: is it the secret of this webhook, and the body as it arrived?");
    Duration difference = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now()).abs();
    if (difference.compareTo(TOLERANCE) > 0) throw new Refused("it was sent too long ago, or a clock is wrong");
  }

  static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  static void answer(HttpExchange exchange, List<byte[]> keys) throws IOException {
    int status = 204;
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) throw new Refused("the body is larger than any event");
      verifyWebhook(exchange.getRequestHeaders(), body, keys);
      // Read it with the JSON library that you have, and keep it under its webhook-id, which is the same when the event comes again.
      // Do what takes long after you have answered.
      System.out.println(first(exchange.getRequestHeaders(), "webhook-id") + " " + new String(body, StandardCharsets.UTF_8));
    } catch (Refused reason) {
      System.out.println("refused: " + reason.getMessage());
      status = 400;
    } catch (GeneralSecurityException error) {
      status = 500;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  public static void main(String[] arguments) throws IOException {
    // Nobody may hold a thread by sending slowly. In seconds.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    // The secret of the webhook. While it is rotated there are two, with a space between them.
    List<byte[]> keys = Arrays.stream(System.getenv("WEBHOOK_SECRET").split(" "))
        .map(secret -> Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")))
        .toList();
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.createContext("/webhooks", exchange -> answer(exchange, keys));
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
  }
}
