<?php
// The page that HANDOVER_URL names, for a website in PHP that keeps its members in $_SESSION. It needs nothing but ext-openssl.
// PLATFORM_URL, WEBSITE_URL and KEY_FILE (an RSA or EC P-256 key in PEM) are yours to set.
declare(strict_types=1);

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** A JWT that the platform believes for a minute. This one is signed by RS256: HANDOVER_KEYS has the public key of an RSA pair. */
function signed(string $type, array $claims): string
{
    $now = time();
    $claims += [
        'iss' => getenv('WEBSITE_URL'), 'aud' => getenv('PLATFORM_URL'),
        'iat' => $now, 'exp' => $now + 60, 'jti' => bin2hex(random_bytes(16)),
    ];
    $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES;
    $content = base64url(json_encode(['alg' => 'RS256', 'typ' => $type], $flags)) . '.' . base64url(json_encode($claims, $flags));
    $key = openssl_pkey_get_private('file://' . getenv('KEY_FILE'));
    if ($key === false || !openssl_sign($content, $signature, $key, OPENSSL_ALGO_SHA256)) {
        throw new RuntimeException('the key cannot sign');
    }
    return $content . '.' . base64url($signature);
}

/** The platform never learns the cookie's value. Call this when a session ends, and post it as logout_token to PLATFORM_URL/backchannel-logout. */
function logoutToken(string $sessionId): string
{
    return signed('logout+jwt', [
        'sid' => hash('sha256', $sessionId),
        'events' => ['http://schemas.openid.net/event/backchannel-logout' => new stdClass()],
    ]);
}

session_start();
$text = fn (string $name): string => is_string($_GET[$name] ?? null) ? $_GET[$name] : '';
$member = $_SESSION['member'] ?? null;
if ($member === null && $text('prompt') !== 'none') {
    // Your own login page, which comes back here with the same query.
    header('Location: /sign-in?' . http_build_query(['back' => '/hand-over.php?' . ($_SERVER['QUERY_STRING'] ?? '')]));
    exit;
}
$answer = $member === null
    ? ['state' => $text('state'), 'error' => 'login_required']
    : ['state' => $text('state'), 'assertion' => signed('handover+jwt', [
        'sub' => $member['id'], 'nonce' => $text('nonce'),
        'sid' => hash('sha256', session_id()), 'auth_time' => $member['signed_in_at'],
        'email' => $member['email'], 'email_verified' => $member['email_verified'],
        'given_name' => $member['given_name'], 'family_name' => $member['family_name'],
    ])];

// Neither Cross-Origin-Opener-Policy, which cuts the popup off, nor Referrer-Policy: no-referrer, which hides who posts.
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
header('Referrer-Policy: origin');
?>
<!doctype html>
<title>One moment</title>
<form method="post" action="<?= htmlspecialchars(getenv('PLATFORM_URL')) ?>/handover">
<?php foreach ($answer as $name => $value) { ?>
  <input type="hidden" name="<?= $name ?>" value="<?= htmlspecialchars($value) ?>">
<?php } ?>
  <noscript><button>Continue</button></noscript>
</form>
<script>document.forms[0].submit()</script>
