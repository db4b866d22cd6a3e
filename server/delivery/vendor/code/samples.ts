import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import { CLIENT_PACKAGE, installCommand } from '#packages/install-command.ts';
import { type TagSubject, tag } from './tag.ts';

/** What the samples are filled in with. Nothing of it is secret. */
export interface SampleSubject extends TagSubject {
  /** Page on which the vendor creates secrets. */
  keysUrl: string;
}

/** A program for the vendor's backend. */
export interface BackendSample {
  /** Unique on the page. */
  id: string;
  /** Its programming language, as developers write it. */
  language: string;
  code: string;
}

/** The form that sends the credential to the backend. */
export function pageSample(subject: SampleSubject): string {
  return `<script type="module" src="${subject.publicUrl}/widget.js"></script>
<form method="post" action="/register">
  ${tag(subject, '…').replaceAll('\n', '\n  ')}
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>`;
}

/** Programs in the order of the page. They run as they are, with the secrets in environment variables. */
export function backendSamples(subject: SampleSubject): readonly BackendSample[] {
  return [
    { id: 'node', language: 'Node', code: node(subject) },
    { id: 'php', language: 'PHP', code: php(subject) },
    { id: 'curl', language: 'cURL', code: curl(subject) },
  ];
}

function issuer({ publicUrl, environment }: SampleSubject): string {
  return issuerOf(publicUrl, realmOf(environment));
}

function node(subject: SampleSubject): string {
  return `// ${installCommand(subject.publicUrl, CLIENT_PACKAGE)}
import { createClient, verifyCredential } from '${CLIENT_PACKAGE}';

// SECRET_KEY is an API key. Create one at ${subject.keysUrl}
const platform = createClient(process.env.SECRET_KEY, { baseUrl: '${subject.publicUrl}' });

// nonce: the value on the page of this session. Use it once, then delete it from the session.
export async function register(form, nonce) {
  let credential;
  try {
    credential = await verifyCredential(form.credential, {
      clientId: '${subject.clientId}',
      issuer: '${issuer(subject)}',
      nonce,
    });
  } catch (error) {
    // Show the form again with what was typed, and a new nonce.
    if (error.code === 'expired') return { again: 'That took a while. Please press the button again.' };
    throw error; // error.hint is for your log. Sign nobody in.
  }
  const { iss, sub } = credential;
  const user = await platform.users.get(sub);
  // Identify users by iss and sub together, because people change their email addresses.
  return { key: \`\${iss} \${sub}\`, user };
}`;
}

function php(subject: SampleSubject): string {
  return `<?php
// composer require firebase/php-jwt
require 'vendor/autoload.php';

use Firebase\\JWT\\ExpiredException;
use Firebase\\JWT\\JWK;
use Firebase\\JWT\\JWT;

const PLATFORM = '${subject.publicUrl}';
const ISSUER = '${issuer(subject)}';
const CLIENT_ID = '${subject.clientId}';

// $nonce: the value on the page of this session. Use it once, then delete it from the session.
function register(array $form, string $nonce): array
{
    $keys = json_decode(file_get_contents(ISSUER . '/jwks'), true, 512, JSON_THROW_ON_ERROR);
    JWT::$leeway = 10;
    try {
        // Checks the signature, the algorithm and the times.
        $claims = JWT::decode($form['credential'], JWK::parseKeySet($keys, 'ES256'));
    } catch (ExpiredException) {
        // Show the form again with what was typed, and a new nonce.
        return ['again' => 'That took a while. Please press the button again.'];
    }
    $isOurs = $claims->iss === ISSUER && $claims->aud === CLIENT_ID;
    if (!$isOurs || !hash_equals($nonce, (string) ($claims->nonce ?? ''))) {
        throw new UnexpectedValueException('This credential is not meant for this app or this session.');
    }
    // Identify users by iss and sub together, because people change their email addresses.
    return ['key' => "$claims->iss $claims->sub", 'user' => user($claims->sub)];
}

// Reads what the person shared. CLIENT_SECRET is shown once; create a new one at ${subject.keysUrl}
function user(string $sub): array
{
    // The token works for an hour, so you can reuse it for other users.
    $login = request('/custom_api/external_login', [
        'method' => 'POST',
        'header' => ['Content-Type: application/json'],
        'content' => json_encode([
            'client_id' => CLIENT_ID,
            'client_secret' => getenv('CLIENT_SECRET'),
            'environment' => '${subject.environment}',
        ]),
    ]);
    $token = $login['data']['token'];
    return request('/1/users/' . rawurlencode($sub), ['header' => ["Authorization: Bearer $token"]]);
}

function request(string $path, array $options): array
{
    $context = stream_context_create(['http' => $options + ['timeout' => 10]]);
    return json_decode(file_get_contents(PLATFORM . $path, false, $context), true, 512, JSON_THROW_ON_ERROR);
}`;
}

function curl(subject: SampleSubject): string {
  return `# CLIENT_SECRET is shown once; create a new one at ${subject.keysUrl}
# SUB is the sub of a credential that you have verified.
TOKEN=$(curl -sS --fail-with-body '${subject.publicUrl}/custom_api/external_login' \\
  -d 'client_id=${subject.clientId}' \\
  --data-urlencode "client_secret=$CLIENT_SECRET" \\
  -d 'environment=${subject.environment}' \\
  | sed -E 's/.*"token":"([^"]+)".*/\\1/')

curl -sS --fail-with-body "${subject.publicUrl}/1/users/$SUB" \\
  -H "Authorization: Bearer $TOKEN"`;
}
