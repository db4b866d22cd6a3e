package shop;

import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.HtmlUtils;

@SpringBootApplication
@RestController
public class Shop {
  static final String PLATFORM = "https://platform.example";
  static final String ISSUER = "https://platform.example/sandbox";
  static final String CLIENT_ID = "YOUR_CLIENT_ID";
  static final String ORIGIN = "http://localhost:3000"; // of your page, as you registered it

  record User(String iss, String sub, String name) {}

  /** For a credential that signs nobody in, with what to tell the person. */
  static ResponseStatusException refused(String message) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
  }

  private final NimbusJwtDecoder decoder;

  Shop() throws MalformedURLException {
    // Cached for ten minutes. An unknown key fetches them again, at most once in ten seconds.
    var keys = JWKSourceBuilder.<SecurityContext>create(URI.create(ISSUER + "/jwks").toURL())
        .cache(600_000, 15_000)
        .rateLimited(10_000)
        .build();
    decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.ES256).build();
    JwtTimestampValidator times = new JwtTimestampValidator(Duration.ofSeconds(10));
    times.setAllowEmptyExpiryClaim(false);
    decoder.setJwtValidator(times);
  }

  Jwt verify(String credential, Deque<String> nonces) {
    Jwt claims;
    try {
      // Only to say what is wrong, because another issuer has other keys. What counts is the signature.
      if (!ISSUER.equals(JWTParser.parse(credential).getJWTClaimsSet().getIssuer())) {
        throw refused("This sign-up comes from another platform, or from its sandbox.");
      }
      claims = decoder.decode(credential);
    } catch (JwtValidationException error) {
      throw refused("That took too long. Please press the button again.");
    } catch (BadJwtException | ParseException | IllegalArgumentException error) {
      System.err.println("refused: " + error.getMessage());
      throw refused("This sign-up could not be verified. Please press the button again.");
    } catch (JwtException error) {
      System.err.println("keys unavailable: " + error.getMessage());
      throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The platform does not answer. Please try again.");
    }
    if (!ISSUER.equals(claims.getClaimAsString("iss"))) {
      throw refused("This sign-up comes from another platform, or from its sandbox.");
    }
    if (!List.of(CLIENT_ID).equals(claims.getAudience())) {
      throw refused("This sign-up was meant for another app.");
    }
    String nonce = claims.getClaimAsString("nonce");
    if (nonce == null || !nonces.remove(nonce)) { // each works once
      throw refused("This form was sent before, or in another browser. Please press the button again.");
    }
    return claims;
  }

  @PostMapping("/register")
  ResponseEntity<String> register(HttpServletRequest request, @RequestParam(defaultValue = "") String credential) {
    // Comes without the session's cookie. A new session would replace that of somebody who is signed in.
    if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      return ResponseEntity.badRequest().body("Please use our own form.");
    }
    HttpSession session = request.getSession();
    try {
      Jwt claims = verify(credential, noncesOf(session));
      // A new session id, so that nobody who knew the old one is signed in too.
      request.changeSessionId();
      // Find or create your own user by iss and sub together, because people change their email addresses.
      String sub = claims.getSubject();
      String email = claims.getClaimAsString("email");
      String name = claims.getClaimAsString("name");
      String shown = name != null ? name : email != null ? email : sub;
      session.setAttribute("user", new User(ISSUER, sub, shown));
      return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/")).build();
    } catch (ResponseStatusException refused) {
      return page(session, refused.getStatusCode(), refused.getReason());
    }
  }

  @GetMapping("/")
  ResponseEntity<String> home(HttpSession session) {
    String message = session.getAttribute("user") instanceof User user ? "Signed in as " + user.name : "";
    return page(session, HttpStatus.OK, message);
  }

  @SuppressWarnings("unchecked")
  Deque<String> noncesOf(HttpSession session) {
    synchronized (session) {
      if (session.getAttribute("nonces") instanceof Deque<?> nonces) return (Deque<String>) nonces;
      Deque<String> nonces = new ConcurrentLinkedDeque<>();
      session.setAttribute("nonces", nonces);
      return nonces;
    }
  }

  ResponseEntity<String> page(HttpSession session, HttpStatusCode status, String message) {
    // A nonce for each form, so that a second tab does not break the first. Ten are enough.
    String nonce = UUID.randomUUID().toString();
    Deque<String> nonces = noncesOf(session);
    nonces.add(nonce);
    if (nonces.size() > 10) nonces.poll();
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).contentType(MediaType.TEXT_HTML).body("""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>My shop</title>
        <script type="module" src="%s/widget.js"></script>
        <h1>My shop</h1>
        <p role="alert">%s</p>
        <form method="post" action="/register">
          <signup-with-platform client-id="%s" nonce="%s" fields="name email"></signup-with-platform>
          <label>Name <input name="name" autocomplete="name"></label>
          <label>Email <input name="email" type="email" autocomplete="email"></label>
          <button>Create account</button>
        </form>
        </html>
        """.formatted(PLATFORM, HtmlUtils.htmlEscape(message), CLIENT_ID, nonce));
  }

  public static void main(String[] arguments) {
    SpringApplication app = new SpringApplication(Shop.class);
    app.setDefaultProperties(Map.of(
        "server.port", "3000",
        "server.servlet.session.tracking-modes", "cookie",
        "server.servlet.session.cookie.http-only", "true",
        "server.servlet.session.cookie.same-site", "lax",
        "server.servlet.session.cookie.secure", String.valueOf(ORIGIN.startsWith("https:"))));
    app.run(arguments);
  }
}
