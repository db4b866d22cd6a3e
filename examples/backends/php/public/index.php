<?php
declare(strict_types=1);

use Firebase\JWT\CachedKeySet;
use Firebase\JWT\ExpiredException;
use Firebase\JWT\JWT;
use GuzzleHttp\Client;
use GuzzleHttp\Psr7\HttpFactory;
use Psr\Http\Client\ClientExceptionInterface;
use Symfony\Component\Cache\Adapter\FilesystemAdapter;

require __DIR__ . '/../vendor/autoload.php';

const PLATFORM = 'https://platform.example';
const ISSUER = 'https://platform.example/sandbox';
const CLIENT_ID = 'YOUR_CLIENT_ID';
const ORIGIN = 'http://localhost:3000'; // of your page, as you registered it

// Comes without the session's cookie. A new session would replace that of somebody who is signed in.
if ($_SERVER['REQUEST_METHOD'] === 'POST' && ($_SERVER['HTTP_SEC_FETCH_SITE'] ?? '') === 'cross-site') {
    http_response_code(400);
    exit('Please use our own form.');
}
session_start([
    'cache_limiter' => 'nocache', // because the pages have the person's name
    'cookie_httponly' => true,
    'cookie_samesite' => 'Lax',
    'cookie_secure' => str_starts_with(ORIGIN, 'https:'),
    'use_strict_mode' => true,
]);

class Refused extends Exception
{
}

/** @throws Refused with what to tell the person */
function verify(string $credential, array $nonces): stdClass
{
    // Cached for ten minutes. An unknown key fetches them again, at most ten times a minute.
    $cache = new FilesystemAdapter('', 600, __DIR__ . '/../cache');
    $keys = new CachedKeySet(ISSUER . '/jwks', new Client(['timeout' => 5]), new HttpFactory(), $cache, 600, true);
    JWT::$leeway = 10;
    try {
        // Only to say what is wrong, because another issuer has other keys. It is checked again below.
        $claims = JWT::jsonDecode(JWT::urlsafeB64Decode(explode('.', $credential)[1] ?? ''));
        if ($claims instanceof stdClass && ($claims->iss ?? '') !== ISSUER) {
            throw new Refused('This sign-up comes from another platform, or from its sandbox.');
        }
        $header = new stdClass();
        $claims = JWT::decode($credential, $keys, $header);
        if ($header->alg !== 'ES256' || !isset($claims->exp, $claims->sub, $claims->nonce)) {
            throw new UnexpectedValueException('This is not a credential.');
        }
    } catch (Refused $refused) {
        throw $refused;
    } catch (ExpiredException) {
        throw new Refused('That took too long. Please press the button again.');
    } catch (ClientExceptionInterface $error) {
        error_log("keys unavailable: {$error->getMessage()}");
        throw new Refused('The platform does not answer. Please try again.', 503);
    } catch (Throwable $error) {
        error_log("refused: {$error->getMessage()}");
        throw new Refused('This sign-up could not be verified. Please press the button again.');
    }
    if ($claims->iss !== ISSUER) {
        throw new Refused('This sign-up comes from another platform, or from its sandbox.');
    }
    if ($claims->aud !== CLIENT_ID) {
        throw new Refused('This sign-up was meant for another app.');
    }
    if (!in_array($claims->nonce, $nonces, true)) {
        throw new Refused('This form was sent before, or in another browser. Please press the button again.');
    }
    return $claims;
}

function register(): void
{
    $credential = $_POST['credential'] ?? '';
    $claims = verify(is_string($credential) ? $credential : '', $_SESSION['nonces'] ?? []);
    // A new session id, so that nobody who knew the old one is signed in too.
    session_regenerate_id(true);
    $_SESSION['nonces'] = array_values(array_diff($_SESSION['nonces'], [$claims->nonce])); // each works once
    // Find or create your own user by iss and sub together, because people change their email addresses.
    $name = $claims->name ?? $claims->email ?? $claims->sub;
    $_SESSION['user'] = ['iss' => $claims->iss, 'sub' => $claims->sub, 'name' => $name];
}

$message = isset($_SESSION['user']) ? "Signed in as {$_SESSION['user']['name']}" : '';
switch ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case 'GET /':
        break;
    case 'POST /register':
        try {
            register();
            header('Location: /', true, 303);
            exit;
        } catch (Refused $refused) {
            $message = $refused->getMessage();
            http_response_code($refused->getCode() ?: 400);
        }
        break;
    default:
        http_response_code(404);
        exit('There is no such page.');
}

// A nonce for each form, so that a second tab does not break the first. Ten are enough.
$nonce = bin2hex(random_bytes(16));
$_SESSION['nonces'] = array_slice([...($_SESSION['nonces'] ?? []), $nonce], -10);
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>My shop</title>
<script type="module" src="<?= PLATFORM ?>/widget.js"></script>
<h1>My shop</h1>
<p role="alert"><?= htmlspecialchars($message) ?></p>
<form method="post" action="/register">
  <signup-with-platform client-id="<?= CLIENT_ID ?>" nonce="<?= $nonce ?>" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
</html>
