import type { Samples } from './code-samples.ts';

/** What the vendor installs; this program does not use it. */
const LIBRARY = '@signup-with-platform/client';

/** How a vendor's backend checks the credential that came with a form. */
export function verifySamples(publicUrl: string): Samples {
  return {
    javascript: `import { verifyCredential } from '${LIBRARY}';

// The nonce was made for this page view and kept in the session; forget it after the first use.
export async function personOf(form, nonce) {
  const { iss, sub, email, email_verified, is_new_user } = await verifyCredential(form.credential, {
    clientId: process.env.CLIENT_ID,
    issuer: '${publicUrl}', // in the sandbox: ${publicUrl}/sandbox
    nonce,
  });
  // Key your users on iss and sub: people change their e-mail address.
  return { id: \`\${iss} \${sub}\`, email: email_verified ? email : undefined, isNew: is_new_user };
}`,
    php: `<?php
// composer require firebase/php-jwt
require 'vendor/autoload.php';

use Firebase\\JWT\\JWK;
use Firebase\\JWT\\JWT;

/** @throws UnexpectedValueException when the credential is not what it should be */
function personOf(string $credential, string $nonce): object
{
    $issuer = '${publicUrl}'; // in the sandbox: ${publicUrl}/sandbox
    // Keep the keys for ten minutes, and fetch them again for a key that is not among them.
    $keys = json_decode(file_get_contents("$issuer/jwks"), true, 512, JSON_THROW_ON_ERROR);
    JWT::$leeway = 10;
    // Checks signature, algorithm and times.
    $claims = JWT::decode($credential, JWK::parseKeySet($keys, 'ES256'));
    if (
        $claims->iss !== $issuer
        || $claims->aud !== getenv('CLIENT_ID')
        || !hash_equals($nonce, (string) ($claims->nonce ?? ''))
    ) {
        throw new UnexpectedValueException('This credential is meant for somebody else.');
    }
    // Key your users on iss and sub: people change their e-mail address.
    return $claims;
}`,
  };
}
