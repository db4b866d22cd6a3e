import { CLIENT_PACKAGE, installCommand } from '#packages/install-command.ts';
import type { Samples } from './code-samples.ts';

/** Examples of how a vendor's backend verifies the credential in a form. */
export function verifySamples(publicUrl: string): Samples {
  return {
    javascript: `// ${installCommand(publicUrl, CLIENT_PACKAGE)}
import { CredentialError, verifyCredential } from '${CLIENT_PACKAGE}';

// The nonce was created for this page view and kept in the session. Delete it after the first use.
export async function personOf(form, nonce) {
  try {
    const { iss, sub, email, email_verified, is_new_user } = await verifyCredential(form.credential, {
      clientId: process.env.CLIENT_ID,
      issuer: '${publicUrl}', // in the sandbox: ${publicUrl}/sandbox
      nonce, // or a list: those of all forms that are open in this session
      algorithms: ['ES256'],
    });
    // Identify your users by iss and sub, because people change their email address.
    return { id: \`\${iss} \${sub}\`, email: email_verified ? email : undefined, isNew: is_new_user };
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    console.warn(error.code, error.hint); // for your log
    // Sign nobody in. When it expired, show the form again with what was typed.
    const message = error.code === 'expired' ? 'That took a while. ' : '';
    return { again: \`\${message}Please press the button again.\` };
  }
}`,
    php: `<?php
// composer require firebase/php-jwt
require 'vendor/autoload.php';

use Firebase\\JWT\\JWK;
use Firebase\\JWT\\JWT;

/** @throws UnexpectedValueException when the credential is not valid */
function personOf(string $credential, string $nonce): object
{
    $issuer = '${publicUrl}'; // in the sandbox: ${publicUrl}/sandbox
    // Cache the keys for ten minutes, and fetch them again when a key is unknown.
    $keys = json_decode(file_get_contents("$issuer/jwks"), true, 512, JSON_THROW_ON_ERROR);
    JWT::$leeway = 10;
    // Checks signature and times. Each key has its algorithm, and the platform has keys of others as well.
    $header = new stdClass();
    $claims = JWT::decode($credential, JWK::parseKeySet($keys), $header);
    if (
        $header->alg !== 'ES256'
        || $claims->iss !== $issuer
        || $claims->aud !== getenv('CLIENT_ID')
        || !hash_equals($nonce, (string) ($claims->nonce ?? ''))
    ) {
        throw new UnexpectedValueException('This credential was issued for somebody else.');
    }
    // Identify your users by iss and sub, because people change their email address.
    return $claims;
}`,
  };
}
