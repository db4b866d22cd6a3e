<?php
// The platform from PHP 8, with nothing but the openssl extension: log in as a machine, read a user, verify a credential.
declare(strict_types=1);

final class PlatformError extends RuntimeException
{
    /** @param string $reason the platform's own word, e.g. "not_found" */
    public function __construct(public readonly string $reason, string $message, public readonly int $status = 0)
    {
        parent::__construct($message);
    }
}

final class Platform
{
    private const TIMEOUT_SECONDS = 10;
    private const LEEWAY_SECONDS = 10;
    private const MAX_CREDENTIAL_LENGTH = 16384;

    private ?string $token = null;
    private int $renewAtSeconds = 0;

    /** @param string $url without a slash at the end */
    public function __construct(
        private readonly string $url,
        private readonly string $clientId,
        #[SensitiveParameter] private readonly string $clientSecret,
        private readonly string $environment,
    ) {
    }

    /** What the person agreed to share. @return array<string, mixed> */
    public function user(string $id): array
    {
        return $this->request('GET', '/1/users/' . rawurlencode($id), ['Authorization: Bearer ' . $this->token()]);
    }

    /**
     * The claims of the form's field `credential`. Key your users on iss + sub, never on the email address.
     *
     * @param string $issuer the platform's address, in the sandbox with /sandbox
     * @param string $nonce the session's own; forget it now, whatever comes of it
     * @return array<string, mixed>
     */
    public function verifyCredential(mixed $credential, string $issuer, string $nonce): array
    {
        $refuse = fn (string $reason) => throw new PlatformError($reason, "The credential is refused: $reason");
        if ($nonce === '') {
            throw new InvalidArgumentException('The session has no nonce: refuse the form');
        }
        if (!is_string($credential) || strlen($credential) > self::MAX_CREDENTIAL_LENGTH
            || preg_match('/^([\w-]+)\.([\w-]+)\.([\w-]+)$/D', $credential, $parts) !== 1) {
            $refuse('malformed_credential');
        }
        [, $head, $body, $signature] = $parts;
        $header = json_decode(self::decode($head), true);
        $claims = json_decode(self::decode($body), true);
        if (!is_array($header) || !is_array($claims)) {
            $refuse('malformed_credential');
        }
        // RFC 8725 section 3.1: the algorithm is ours to choose, not the token's.
        if (($header['alg'] ?? null) !== 'ES256' || !in_array(strtoupper((string) ($header['typ'] ?? 'JWT')), ['JWT'], true)) {
            $refuse('wrong_algorithm');
        }
        // Before its keys are asked for; what is fetched is the address that we know, not the one that the token names.
        if (($claims['iss'] ?? null) !== $issuer) {
            $refuse('wrong_issuer');
        }
        $keys = $this->request('GET', substr("$issuer/jwks", strlen($this->url)))['keys'] ?? [];
        $key = array_values(array_filter($keys, fn (array $key) => ($key['kid'] ?? null) === ($header['kid'] ?? '') && ($key['alg'] ?? null) === 'ES256'))[0] ?? $refuse('unknown_key');
        if (openssl_verify("$head.$body", self::derSignature(self::decode($signature)), self::pem($key), OPENSSL_ALGO_SHA256) !== 1) {
            $refuse('bad_signature');
        }
        $now = time();
        match (true) {
            ($claims['aud'] ?? null) !== $this->clientId => $refuse('wrong_audience'),
            !is_string($claims['nonce'] ?? null) || !hash_equals($nonce, $claims['nonce']) => $refuse('wrong_nonce'),
            !is_int($claims['exp'] ?? null) || $claims['exp'] + self::LEEWAY_SECONDS <= $now => $refuse('expired'),
            !is_int($claims['iat'] ?? null) || $claims['iat'] - self::LEEWAY_SECONDS > $now => $refuse('not_yet_valid'),
            !is_string($claims['sub'] ?? null) || $claims['sub'] === '' => $refuse('missing_claim'),
            default => null,
        };
        return $claims;
    }

    /** Kept until a minute before it expires. */
    private function token(): string
    {
        if ($this->token !== null && time() < $this->renewAtSeconds) {
            return $this->token;
        }
        $answer = $this->request('POST', '/custom_api/external_login', ['Content-Type: application/json'], json_encode([
            'client_id' => $this->clientId,
            'client_secret' => $this->clientSecret,
            'environment' => $this->environment,
        ], JSON_THROW_ON_ERROR));
        $this->token = (string) $answer['data']['token'];
        $claims = json_decode(self::decode(explode('.', $this->token)[1]), true);
        $this->renewAtSeconds = time() + $claims['exp'] - $claims['iat'] - 60;
        return $this->token;
    }

    /** @return array<string, mixed> */
    private function request(string $method, string $path, array $headers = [], string $content = ''): array
    {
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => ['Accept: application/json', 'Connection: close', ...$headers],
            'content' => $content,
            'timeout' => self::TIMEOUT_SECONDS,
            'ignore_errors' => true,
            // A redirect would carry the token to wherever it points.
            'follow_location' => 0,
        ]]);
        $text = @file_get_contents($this->url . $path, false, $context);
        if ($text === false) {
            throw new PlatformError('connection_failed', "No answer from $this->url");
        }
        preg_match('/^HTTP\/\S+ (\d{3})/', $http_response_header[0] ?? '', $matches);
        $status = (int) ($matches[1] ?? 0);
        $answer = json_decode($text, true);
        if ($status !== 200 || !is_array($answer)) {
            $reason = $answer['error'] ?? $answer['data']['error'] ?? "http_$status";
            throw new PlatformError((string) $reason, (string) ($answer['message'] ?? $reason), $status);
        }
        return $answer;
    }

    private static function decode(string $base64url): string
    {
        return (string) base64_decode(strtr($base64url, '-_', '+/'), true);
    }

    /** openssl takes a key as SubjectPublicKeyInfo (RFC 5480): what stands before the point is the same for every P-256 key. */
    private static function pem(array $jwk): string
    {
        [$x, $y] = [self::decode($jwk['x'] ?? ''), self::decode($jwk['y'] ?? '')];
        if (($jwk['kty'] ?? null) !== 'EC' || ($jwk['crv'] ?? null) !== 'P-256' || strlen($x) !== 32 || strlen($y) !== 32) {
            throw new PlatformError('unknown_key', 'The key is not of P-256');
        }
        $der = hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . $x . $y;
        return "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END PUBLIC KEY-----\n";
    }

    /** A JWS has the two numbers side by side (RFC 7518 section 3.4), openssl wants them in ASN.1. */
    private static function derSignature(string $signature): string
    {
        if (strlen($signature) !== 64) {
            return '';
        }
        $integers = '';
        foreach (str_split($signature, 32) as $number) {
            $number = ltrim($number, "\0");
            // A leading bit would make it negative.
            if ($number === '' || ord($number[0]) > 127) {
                $number = "\0$number";
            }
            $integers .= "\x02" . chr(strlen($number)) . $number;
        }
        return "\x30" . chr(strlen($integers)) . $integers;
    }
}
