<?php
// A form handler: php -S localhost:3000 register.php, with the settings in the environment.
declare(strict_types=1);

require __DIR__ . '/platform.php';

session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'use_strict_mode' => true]);
$platform = new Platform(
    (string) getenv('PLATFORM_URL'),
    (string) getenv('CLIENT_ID'),
    (string) getenv('CLIENT_SECRET'),
    (string) getenv('ENVIRONMENT'),
);
$escape = fn (string $text) => htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE);

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $nonce = $_SESSION['nonce'] ?? '';
    unset($_SESSION['nonce']);
    try {
        if ($nonce === '') {
            throw new PlatformError('wrong_nonce', 'This form was sent before');
        }
        $claims = $platform->verifyCredential($_POST['credential'] ?? null, (string) getenv('ISSUER'), $nonce);
        $user = $platform->user($claims['sub']);
        session_regenerate_id(true);
        echo '<!doctype html><title>Welcome</title><h1>Welcome, ', $escape($user['first_name'] ?? $user['id']), '</h1>';
    } catch (PlatformError $error) {
        error_log("sign-up refused: $error->reason");
        http_response_code(400);
        echo '<!doctype html><title>Try again</title><h1>That did not work</h1><p><a href="/">Please try again.</a></p>';
    }
    return;
}

$_SESSION['nonce'] = bin2hex(random_bytes(16));
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Become a customer</title>
<form method="post" action="/">
  <signup-with-platform client-id="<?= $escape((string) getenv('CLIENT_ID')) ?>" nonce="<?= $_SESSION['nonce'] ?>" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
<script type="module" src="<?= $escape((string) getenv('PLATFORM_URL')) ?>/widget.js"></script>
</html>
