<?php
declare(strict_types=1);

const TOLERANCE_SECONDS = 300;
const MAX_BODY_BYTES = 65_536;

/**
 * The event in `$body`, which is the text as it arrived.
 * @param string $secrets of the webhook. While it is rotated there are two, with a space between them
 * @throws DomainException when it is refused
 */
function verifyWebhook(string $id, string $timestamp, string $signatures, string $body, string $secrets): array
{
    if (!preg_match('/^[\w-]{1,200}$/D', $id) || !preg_match('/^\d{1,11}$/D', $timestamp)) {
        throw new DomainException('a header is missing or malformed');
    }
    $matches = false;
    foreach (explode(' ', $secrets) as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        if ($key === false || strlen($key) < 24) {
            throw new RuntimeException('WEBHOOK_SECRET is not whsec_ and base64');
        }
        $right = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        // There may be several, one for each secret.
        foreach (explode(' ', $signatures) as $signature) {
            $matches = hash_equals($right, $signature) || $matches;
        }
    }
    if (!$matches) {
        throw new DomainException('no signature matches: is it the secret of this webhook, and the body as it arrived?');
    }
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new DomainException('it was sent too long ago, or a clock is wrong');
    }
    return json_decode($body, true, 32, JSON_THROW_ON_ERROR);
}

try {
    // php://input has the text as it arrived. $_POST is empty, because the body is JSON.
    $body = file_get_contents('php://input', length: MAX_BODY_BYTES + 1);
    if (strlen($body) > MAX_BODY_BYTES) {
        throw new DomainException('the body is larger than any event');
    }
    $event = verifyWebhook(
        $_SERVER['HTTP_WEBHOOK_ID'] ?? '',
        $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '',
        $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '',
        $body,
        getenv('WEBHOOK_SECRET') ?: '',
    );
    // Keep it under its webhook-id, which is the same when the event comes again. Do what takes long after you have answered.
    $about = $event['data']['user_id'] ?? $event['data']['client_id'];
    error_log("{$_SERVER['HTTP_WEBHOOK_ID']} {$event['type']} $about");
    http_response_code(204);
} catch (DomainException $reason) {
    error_log("refused: {$reason->getMessage()}");
    http_response_code(400);
}
