import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class ReadUser {
  static final String PLATFORM = "https://platform.example";
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A token for the user API. It works for an hour, so keep it. */
  static String externalLogin() throws Exception {
    String form = "client_id=YOUR_CLIENT_ID&environment=" + encode("YOUR_ENVIRONMENT")
        // CLIENT_SECRET is shown once; create a new one at https://platform.example/account
        + "&client_secret=" + encode(System.getenv("CLIENT_SECRET"));
    String answer = send(HttpRequest.newBuilder(URI.create(PLATFORM + "/custom_api/external_login"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form)));
    // Use the JSON library that you have. The token is letters, digits, and the characters . _ -
    Matcher token = Pattern.compile("\"token\":\"([\\w.-]+)\"").matcher(answer);
    if (!token.find()) throw new IllegalStateException(answer);
    return token.group(1);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString()).body();
  }

  public static void main(String[] arguments) throws Exception {
    // SUB is the sub of somebody who signed up.
    URI user = URI.create(PLATFORM + "/1/users/" + encode(System.getenv("SUB")));
    System.out.println(send(HttpRequest.newBuilder(user).header("Authorization", "Bearer " + externalLogin())));
  }
}
